from pathlib import Path

import pytest

from bot.settings import EXPECTED, Settings, SettingsError

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def examples() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def test_defaults_are_those_of_the_example() -> None:
    settings = Settings.load()

    stated = {name: getattr(settings, name.lower()) for name in examples()}
    assert {name: "" if value is None else str(value) for name, value in stated.items()} == examples()


def test_the_example_lists_every_setting_with_a_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()

    assert list(examples()) == [name.upper() for name in Settings.model_fields] == [name.upper() for name in EXPECTED]
    assert all(
        lines[i - 1].startswith("# ") for i, line in enumerate(lines) if "=" in line and not line.startswith("#")
    )


def test_the_example_itself_is_a_valid_env_file() -> None:
    Path(".env").write_bytes(EXAMPLE.read_bytes())

    assert Settings.load() == Settings()


def test_environment_comes_before_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("LOG_LEVEL=debug\nLOG_FORMAT=JSON\n", encoding="utf-8")
    monkeypatch.setenv("LOG_FORMAT", "console")

    settings = Settings.load()

    assert (settings.log_level, settings.log_format) == ("DEBUG", "console")


def test_an_env_file_saved_by_a_windows_editor_is_read() -> None:
    Path(".env").write_bytes("\ufeffLOG_LEVEL=ERROR\r\n".encode())

    assert Settings.load().log_level == "ERROR"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_an_empty_value_counts_as_unset(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unset = Settings.load()
    monkeypatch.setenv(name.upper(), "")

    assert Settings.load() == unset


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_TOKEN", f"Bot {TOKEN}"),
        ("DISCORD_TOKEN", "   "),
        ("DISCORD_TOKEN", "tökén"),
        ("DATABASE_URL", "mysql://root:hunter2@db/microscout"),
        ("DATABASE_URL", "data/microscout.db"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("DISCORD_API_URL", "discord.com/api"),
        ("DISCORD_API_URL", "https://discord.com:notaport/api"),
        ("DISCORD_GATEWAY_URL", "https://gateway.discord.gg/"),
        ("DEV_GUILD_ID", "my server"),
        ("DEV_GUILD_ID", "-1"),
        ("DEV_GUILD_ID", str(2**63)),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("DEMO_DATABASE_URL", "demo.db"),
    ],
)
def test_a_wrong_value_gives_one_line_that_names_the_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as raised:
        Settings.load()

    line = str(raised.value)
    assert line == f"{name} is wrong: it should be {EXPECTED[name.lower()]}"
    assert TOKEN not in line
    assert "hunter2" not in line
    assert raised.value.__cause__ is None


def test_two_wrong_values_stay_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("LOG_FORMAT", "xml")

    with pytest.raises(SettingsError, match=r"^LOG_LEVEL is wrong: .*; LOG_FORMAT is wrong: [^\n]*$"):
        Settings.load()


def test_an_unreadable_env_file_is_one_line() -> None:
    Path(".env").write_bytes(b"LOG_LEVEL=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"^\.env can't be read[^\n]*$"):
        Settings.load()


@pytest.mark.parametrize("written", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_the_drivers_that_hosts_write_are_understood(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{written}://team:pa%3Ass@db:5432/microscout")

    settings = Settings.load()

    assert settings.database_url == "postgresql+asyncpg://team:pa%3Ass@db:5432/microscout"
    assert settings.shown_database_url == "postgresql+asyncpg://team:***@db:5432/microscout"


def test_secrets_are_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f" {TOKEN}\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://team:hunter2@db/microscout")

    settings = Settings.load()

    assert settings.secrets == (TOKEN, ":hunter2@")
    for shown in (repr(settings), str(settings), f"{settings.discord_token!r}", str(settings.discord_token)):
        assert TOKEN not in shown
        assert "hunter2" not in shown


def test_an_api_address_may_end_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_API_URL", "http://localhost:8080/api/v10/")

    assert Settings.load().discord_api_url == "http://localhost:8080/api/v10"
