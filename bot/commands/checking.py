"""`check`: is everything as it should be, and if not, how to mend it."""

import asyncio
import re
import sys
from dataclasses import dataclass

import typer

from bot import logs
from bot.app import open_database
from bot.settings import Settings, SettingsError
from planning.errors import DatabaseUnavailable

TOKEN_SHAPE = re.compile(r"[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}", re.ASCII)
"""Three parts with dots between: the bot's id, a time and a signature, each in URL-safe base64."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` says what to do where it is wrong; None is fine."""

    about: str
    state: str
    mend: str | None = None


def check() -> None:
    """Look at the settings, the token, the database and its migrations; say what is wrong and how to mend it."""
    try:
        settings = Settings.load()
    except SettingsError as error:
        findings = [
            Finding("settings", str(error), "change it in .env or in the environment; .env.example explains it")
        ]
    else:
        logs.configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
        findings = [Finding("settings", "every value can be read"), _token(settings), *asyncio.run(_database(settings))]
        if settings.demo_roster is not None:
            findings.append(_demo_roster(settings))
    for finding in findings:
        typer.echo(f"{'ok   ' if finding.mend is None else 'WRONG'} {finding.about}: {finding.state}")
        if finding.mend is not None:
            typer.echo(f"      to mend it: {finding.mend}")
    if any(finding.mend for finding in findings):
        sys.exit(1)


def _token(settings: Settings) -> Finding:
    if settings.discord_token is None:
        return Finding("token", "DISCORD_TOKEN is not set, so `run` opens the demo")
    if TOKEN_SHAPE.fullmatch(settings.discord_token.get_secret_value()):
        return Finding("token", "DISCORD_TOKEN has the shape of a bot's token (Discord was not asked)")
    return Finding(
        "token",
        "DISCORD_TOKEN does not have the shape of a bot's token: three parts with dots between",
        "copy the token from Developer Portal > your application > Bot > Reset Token (it is not the public key, "
        "nor the client secret)",
    )


async def _database(settings: Settings) -> list[Finding]:
    address = settings.shown_database_url
    try:
        database = open_database(settings)
    except DatabaseUnavailable as error:
        return [Finding("database", f"{address} can't be used ({error.__cause__})", _mend_database(settings))]
    try:
        health = await database.check()
    finally:
        await database.close()
    if not health.reachable:
        said = (health.problem or "no reason given").splitlines()[0]  # the statement that failed follows
        return [Finding("database", f"{address} does not answer ({said})", _mend_database(settings))]
    found = Finding("database", f"{address} answers")
    if health.migrated:
        return [found, Finding("migrations", f"up to date ({health.head})")]
    state = f"the database is at {health.revision or 'none'}, the program needs {health.head}"
    if health.newer:
        return [found, Finding("migrations", state, "the database was made by a newer version: run that one")]
    return [found, Finding("migrations", state, "python -m bot migrate (`run`, `import` and `export` do it too)")]


def _mend_database(settings: Settings) -> str:
    if settings.database_url.startswith("sqlite"):
        return "see that the folder of DATABASE_URL can be written and has room, and that the file is a SQLite database"
    return "see that PostgreSQL runs, and that DATABASE_URL has its host, port, database, user and password right"


def _demo_roster(settings: Settings) -> Finding:
    if settings.demo_roster is not None and settings.demo_roster.is_file():
        return Finding("demo roster", f"{settings.demo_roster} is there")
    return Finding(
        "demo roster", f"{settings.demo_roster} is no file", "give DEMO_ROSTER the path of a CSV file, or empty it"
    )
