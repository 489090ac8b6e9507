"""What the operator chooses, from the environment and `.env`; `.env.example` explains every setting."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url

from planning.platform import Platform
from storage.engine import parse_url

LARGEST_SNOWFLAKE = 2**63 - 1
"""Discord's ids are positive 64-bit numbers."""

LARGEST_PORT = 2**16 - 1

EXPECTED = {
    "discord_token": "the bot's token as the Discord developer portal shows it, alone and without spaces",
    "database_url": "an address such as sqlite+aiosqlite:///data/microscout.db or postgresql+asyncpg://user:password@host/database",
    "discord_api_url": "a web address such as https://discord.com/api/v10",
    "discord_gateway_url": "a WebSocket address such as wss://gateway.discord.gg/",
    "dev_guild_id": "a server's id, a number such as 1097170000000000000",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "log_format": "console or json",
    "metrics_port": "a port's number, 1 to 65535",
    "metrics_host": "an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them",
    "demo_roster": "the path of a CSV file",
    "demo_platform": f"one of {', '.join(Platform)}",
    "demo_database_url": "an address such as sqlite+aiosqlite:///data/demo.db",
}
"""What would be right, for the line that names a wrong setting."""


class SettingsError(Exception):
    """A setting is wrong; the text is one line that names it and says what would be right."""


def _token(value: SecretStr) -> SecretStr:
    token = value.get_secret_value().strip()
    if len(token.split()) != 1 or not token.isascii():
        raise ValueError
    return SecretStr(token)


def _database(value: str) -> str:
    return parse_url(value).render_as_string(hide_password=False)


def _web(value: str) -> str:
    return _address(value, ("https", "http")).rstrip("/")


def _websocket(value: str) -> str:
    return _address(value, ("wss", "ws"))


def _host(value: str) -> str:
    if len(value.split()) != 1:
        raise ValueError
    return value.strip()


def _address(value: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname or (parts.port or 0) < 0:
        raise ValueError
    return value


def _folded(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _raised(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Every setting by its field's name in capitals. An empty value counts as unset."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    discord_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="sqlite+aiosqlite:///data/microscout.db", repr=False
    )
    discord_api_url: Annotated[str, AfterValidator(_web)] = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[str, AfterValidator(_websocket)] = "wss://gateway.discord.gg/"
    dev_guild_id: Annotated[int, Field(gt=0, le=LARGEST_SNOWFLAKE)] | None = None
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_raised)] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_folded)] = "console"
    metrics_port: Annotated[int, Field(gt=0, le=LARGEST_PORT)] | None = None
    metrics_host: Annotated[str, AfterValidator(_host)] = "127.0.0.1"
    demo_roster: Path | None = None
    demo_platform: Annotated[Platform, BeforeValidator(_folded)] | None = None
    demo_database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="sqlite+aiosqlite:///data/demo.db", repr=False
    )

    @classmethod
    def load(cls) -> Self:
        """The settings of this process. Raises `SettingsError`."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(_line(error)) from None
        except (OSError, UnicodeDecodeError):
            raise SettingsError(
                ".env can't be read: it should be a text file in UTF-8 that this user may read"
            ) from None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen: the token, and the passwords as they stand in database addresses."""
        token = () if self.discord_token is None else (self.discord_token.get_secret_value(),)
        people = (urlsplit(url).netloc.rpartition("@")[0] for url in (self.database_url, self.demo_database_url))
        # With its colon and at sign, since a password such as "postgres" alone stands in many a harmless word.
        return (*token, *(f":{person.partition(':')[2]}@" for person in people if ":" in person))

    @property
    def shown_database_url(self) -> str:
        """The database's address without its password."""
        return make_url(self.database_url).render_as_string(hide_password=True)


def _line(error: ValidationError) -> str:
    fields = list(dict.fromkeys(str(problem["loc"][0]) for problem in error.errors()))
    return "; ".join(_sentence(field) for field in fields)


def _sentence(field: str) -> str:
    return f"{field.upper()} is wrong: it should be {EXPECTED[field]}"
