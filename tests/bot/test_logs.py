import io
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from bot import logs

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
ROOT = Path(__file__).parents[2]


def configured(form: str) -> io.StringIO:
    stream = io.StringIO()
    logs.configure(level="DEBUG", form=form, secrets=[TOKEN, ":hunter2@"], stream=stream)
    return stream


@pytest.mark.usefixtures("restored_logs")
@pytest.mark.parametrize("form", ["console", "json"])
def test_the_token_is_taken_out_wherever_it_turns_up(form: str) -> None:
    stream = configured(form)
    ours = structlog.stdlib.get_logger("microscout")

    ours.info(f"token {TOKEN}", token=TOKEN, nested={"headers": [{"Authorization": f"Bot {TOKEN}"}]})
    ours.bind(bound=TOKEN).warning("bound")
    logging.getLogger("discord.http").info("sent %s to %r", TOKEN, {"url": f"postgresql://team:hunter2@db/{TOKEN}"})
    try:
        raise ValueError(f"bad {TOKEN}") from KeyError(TOKEN)
    except ValueError:
        ours.exception("ours")
        logging.getLogger("discord.client").exception("theirs")

    written = stream.getvalue()
    assert TOKEN not in written
    assert "hunter2" not in written
    assert written.count(logs.REDACTED) >= 9
    assert "Traceback (most recent call last)" in written


@pytest.mark.usefixtures("restored_logs")
def test_json_is_one_object_a_line_for_ours_and_the_libraries() -> None:
    stream = configured("json")

    structlog.stdlib.get_logger("microscout.sync").info("commands synced", commands=7)
    logging.getLogger("discord.gateway").warning("shard %s\nis slow", 0)

    ours, theirs = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (ours["event"], ours["commands"], ours["level"], ours["logger"]) == (
        "commands synced",
        7,
        "info",
        "microscout.sync",
    )
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("shard 0\nis slow", "warning", "discord.gateway")
    assert ours["timestamp"].endswith("Z")


@pytest.mark.usefixtures("restored_logs")
def test_the_level_holds_for_ours_and_the_libraries() -> None:
    stream = io.StringIO()
    logs.configure(level="WARNING", form="console", secrets=[], stream=stream)

    structlog.stdlib.get_logger("microscout").info("quiet")
    logging.getLogger("discord").info("quiet")
    logging.getLogger("discord").warning("loud")

    (line,) = stream.getvalue().splitlines()
    assert "loud" in line


@pytest.mark.parametrize("where", ["main", "thread"])
def test_an_error_that_nobody_caught_hides_the_token_too(where: str) -> None:
    raising = f"raise RuntimeError('{TOKEN[:10]}' + '{TOKEN[10:]}')"
    threaded = f"def work():\n    {raising}\nthread = threading.Thread(target=work)\nthread.start()\nthread.join()"
    program = (
        "import threading\nfrom bot import logs\n"
        f"logs.configure(level='INFO', form='console', secrets=['{TOKEN}'])\n"
        f"{raising if where == 'main' else threaded}\n"
    )

    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert TOKEN not in ended.stderr
    assert f"RuntimeError: {logs.REDACTED}" in ended.stderr
