"""The command line, run in this process in an empty folder."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from bot.commands import app
from bot.settings import Settings
from tests.bot.backing_up import EARLIER, load
from tests.loopback.process import CommandLine, Ended


@pytest.fixture
def restored_logs() -> Iterator[None]:
    """What a command sets up for its whole process is undone."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hook, thread_hook = sys.excepthook, threading.excepthook
    yield
    root.handlers, root.level = handlers, level
    sys.excepthook, threading.excepthook = hook, thread_hook
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restored_logs: None) -> CommandLine:
    """Run one command with a database of its own; any error but an exit is the test's."""
    del restored_logs
    monkeypatch.chdir(tmp_path)
    unset = {name.upper(): None for name in Settings.model_fields}
    own = {"DATABASE_URL": f"sqlite:///{tmp_path}/microscout.db"}

    def run(*arguments: str, **settings: str) -> Ended:
        given = unset | own | settings
        result = CliRunner().invoke(app, arguments, env=given, prog_name="python -m bot")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def file(tmp_path: Path, cli: CommandLine) -> Path:
    """The database of the command line, with two accounts."""
    load(cli, tmp_path, EARLIER)
    return tmp_path / "microscout.db"
