import io
import zipfile

import pytest

from cogs.influencer import report_files as reports
from cogs.influencer.report_files import rejected_name, report_files
from cogs.kit.language import Languages
from planning.imports.columns import platform_in
from planning.imports.problems import Problem
from planning.imports.rejected import Rejected, RejectedRow
from planning.platform import Platform
from planning.reasons import Reason
from planning.services.imports import ImportReport
from sheets.csv_files import CsvFiles

ODD = Problem(2, "followers", "many", Reason.NOT_A_NUMBER)
REJECTED = Rejected(["handle", "followers"], [RejectedRow(2, ["=1+1", "many"], [ODD])])
REPORT = ImportReport(0, 0, 0, 1, (ODD,), (), (), 1)


@pytest.mark.parametrize("platform", [platform for platform in Platform if platform is not Platform.OTHER])
def test_the_name_says_the_platform_to_an_import(platform: Platform) -> None:
    assert platform_in(rejected_name(Rejected([], [], platform))) is platform


async def test_a_file_that_discord_would_not_take_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    t, writer = Languages.load().get("en"), CsvFiles()
    [plain] = await report_files(t, writer, REPORT, REJECTED)
    assert plain.name == "rejected-rows.csv"
    assert b"'=1+1,many,2,followers: this can't be read as a number: write it like 12400 or 12.4K" in plain.content
    monkeypatch.setattr(reports, "MOST_BYTES", len(plain.content) - 1)
    [packed] = await report_files(t, writer, REPORT, REJECTED)
    assert packed.name == "rejected-rows.csv.zip"
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.read("rejected-rows.csv") == plain.content
