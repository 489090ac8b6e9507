"""What tests of backups share: two rosters, and what is left in a folder."""

from pathlib import Path

from tests.loopback.process import CommandLine, Ended

GUILD = "1097170000000000000"
EARLIER = "handle,platform,followers\nmoss,instagram,3210\nfern,tiktok,1200\n"
LIBPQ = "postgresql://team@db.example:5433/microscout?sslmode=require"
LATER = "handle,platform,followers\nmoss,instagram,9999\nnorth,youtube,500\n"


def load(cli: CommandLine, folder: Path, roster: str) -> None:
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    ended = cli("import", "roster.csv", "--guild", GUILD)
    assert ended.code == 0, ended.err


def roster(cli: CommandLine, folder: Path) -> str:
    ended = cli("export", "out.csv", "--guild", GUILD)
    assert ended.code == 0, ended.err
    return (folder / "out.csv").read_text(encoding="utf-8")


def refused(ended: Ended, said: str) -> None:
    """It ended as a mistake, with one line beside those of its progress."""
    assert (ended.code, ended.out) == (1, "")
    [line] = [line for line in ended.err.splitlines() if ", pages: " not in line]
    assert said in line


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if ".partial" in path.name]
