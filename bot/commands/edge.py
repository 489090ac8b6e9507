"""The edge of the command line: what is printed where, and what becomes of a person's mistake.

Results go to standard output, logs and mistakes to standard error. Exit codes: 0 fine, 1 a mistake or a failure, 2 usage.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot import logs
from bot.refusals import Refused
from bot.settings import Settings, SettingsError
from cogs.kit.language import ENGLISH, Languages
from cogs.kit.problems import problem_text
from planning.errors import DatabaseUnavailable, PlanningError


class Mistake(Exception):
    """Something that the operator can mend; the text is one line."""


@contextmanager
def started() -> Iterator[Settings]:
    """The settings, with logs set up. A mistake inside ends the process with one line and exit code 1."""
    try:
        settings = Settings.load()
        logs.configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
        yield settings
    except (Mistake, Refused, SettingsError) as error:
        fail(str(error))
    except DatabaseUnavailable as error:
        fail(database_trouble(settings, error))
    except PlanningError as error:
        fail(problem_text(Languages.load().get(ENGLISH), error))


def database_trouble(settings: Settings, error: DatabaseUnavailable) -> str:
    """What is wrong with the database, and where to look."""
    reason = " ".join(str(error.__cause__ or error).split())
    return f"the database {settings.shown_database_url} can't be used ({reason}): check DATABASE_URL"


def fail(line: str) -> NoReturn:
    """End with this line on standard error."""
    typer.echo(line, err=True)
    sys.exit(1)
