"""The edge of the command line: what is printed where, and what becomes of a person's mistake.

Results go to standard output, logs and mistakes to standard error.
Exit codes: 0 fine, 1 a mistake or a failure, 2 usage.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.refusals import Refused
from bot.settings import Settings, SettingsError
from cogs.kit.language import ENGLISH, Languages
from cogs.kit.problems import problem_text
from planning.errors import DatabaseUnavailable, PlanningError
from storage.failures import NewerDatabase

WRONG_USAGE = 2


class Mistake(Exception):
    """Something that the operator can mend; the text is one line."""


@contextmanager
def started() -> Iterator[Settings]:
    """The settings, with logs set up. A mistake inside ends the process with one line and exit code 1."""
    settings = _settings()
    logs.configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
    try:
        yield settings
    except (Mistake, Refused) as error:
        fail(str(error))
    except DatabaseUnavailable as error:
        fail(f"the database {settings.shown_database_url} can't be used ({_reason(error)}): check DATABASE_URL")
    except NewerDatabase as error:
        fail(f"the database {settings.shown_database_url} was made by a newer version ({error}), so update this one")
    except PlanningError as error:
        fail(problem_text(Languages.load().get(ENGLISH), error))


def _settings() -> Settings:
    try:
        return Settings.load()
    except SettingsError as error:
        fail(str(error))


def _reason(error: DatabaseUnavailable) -> str:
    """The driver's own words, without the statement that SQLAlchemy adds."""
    cause = error.__cause__ or error
    return " ".join(str(cause.orig if isinstance(cause, DBAPIError) else cause).split())


def fail(line: str, *, code: int = 1) -> NoReturn:
    """End with this line on standard error."""
    typer.echo(line, err=True)
    sys.exit(code)
