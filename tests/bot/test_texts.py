"""Every text has its translation, none is left over, and what Discord is told changes only when someone means it."""

import ast
import asyncio
import json
import os
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.app import build
from bot.settings import Settings
from bot.sync import translated_payload
from bot.texts import KEYWORDS, collect, update
from cogs.install import install
from cogs.kit.language import COMMAND, DOMAIN, FOLDER, OPTION, Languages, MicroscoutTranslator
from tests.openapi import check_request, described

GOLDEN = Path(__file__).parents[1] / "golden" / "commands.json"
TRANSLATIONS = sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
NAME = re.compile(r"[-_'\w]{1,32}")


@cache
def texts() -> Catalog:
    """The texts of the code and of the command tree."""
    return collect()


def entries(catalog: Catalog) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """Each entry's translations by its context and English text."""
    found = {}
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            found[message.context, key] = tuple(strings)
    return found


@pytest.fixture(params=TRANSLATIONS, ids=lambda path: path.parts[-3])
def translation(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def test_dutch_is_there():
    assert "nl" in [path.parts[-3] for path in TRANSLATIONS]


def test_no_call_for_a_text_escapes_the_collection():
    """Babel doesn't look into f-strings on every Python: what it missed would stay English for ever."""
    collected = {text for _, text in entries(texts())}
    plurals = {message.id[0] for message in texts() if isinstance(message.id, tuple | list)}
    for path in (*Path("cogs").rglob("*.py"), *Path("bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in KEYWORDS:
                    assert node.args[0].value in collected, f"{path}:{node.lineno}"
                if name == "many":  # another text's call among its arguments hides it
                    assert node.args[0].value in plurals, f"{path}:{node.lineno}"


def test_no_text_lacks_its_translation(translation: Catalog):
    translated = entries(translation)
    missing = [key for key in entries(texts()) if not all(translated.get(key, ("",)))]
    assert missing == []


def test_no_translation_is_left_over(translation: Catalog):
    assert sorted(map(str, set(entries(translation)) - set(entries(texts())))) == []
    assert not translation.obsolete


def test_translations_keep_the_placeholders(translation: Catalog):
    for message in translation:
        if not message.id:
            continue
        wanted = message.id if isinstance(message.id, tuple | list) else (message.id,)
        given = message.string if isinstance(message.string, tuple | list) else (message.string,)
        allowed = set().union(*(placeholders(text) for text in wanted))
        for text in given:
            assert placeholders(text) <= allowed, text
            assert placeholders(wanted[-1]) - {"n"} <= placeholders(text), text


def placeholders(text: object) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name}


def test_names_of_commands_and_options_are_what_discord_takes(translation: Catalog):
    for message in translation:
        if message.context in {COMMAND, OPTION}:
            assert NAME.fullmatch(str(message.string)), message.string
            assert message.string == str(message.string).lower()


@pytest.mark.parametrize("code", ["de", "pl", "pt-BR"])
def test_a_new_language_is_a_file(tmp_path: Path, code: str):
    path = tmp_path / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    path.parent.mkdir(parents=True)
    path.touch()
    update(path, texts())
    assert set(entries(read(path))) == set(entries(texts()))
    before = path.read_bytes()
    update(path, texts())
    assert path.read_bytes() == before
    language = Languages.load(tmp_path).get(code)
    assert language.code == code
    assert [language.many("{n} like", "{n} likes", n) for n in (1, 1.5)] == ["1 like", f"{language.number(1.5)} likes"]


def read(path: Path) -> Catalog:
    """The translations in a file."""
    with path.open("rb") as file:
        return read_po(file)


@cache
def payload() -> list[dict]:
    """What Discord is told about the commands."""

    async def read() -> list[dict]:
        app = build(Settings.model_validate({}))
        async with app.bot:
            await install(app.bot, app.bot.services)
            await app.bot.tree.set_translator(MicroscoutTranslator(app.bot.services.languages))
            return await translated_payload(app.bot.tree)

    return asyncio.run(read())


def test_the_commands_are_those_of_the_golden_file():
    """After a change that is meant: UPDATE_GOLDEN=1 make test, and look at the difference."""
    text = json.dumps(payload(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == payload()


@described
def test_discord_takes_the_commands():
    check_request("PUT", "/applications/1/commands", payload())


def test_every_command_is_for_servers_only_and_described():
    def leaves(command: dict) -> list[dict]:
        groups = [option for option in command.get("options", []) if option["type"] in {1, 2}]
        return [leaf for group in groups for leaf in leaves(group)] or [command]

    for command in payload():
        assert command["contexts"] == [0]
        for leaf in leaves(command):
            assert len(leaf["description"]) > 10
            for option in leaf.get("options", []):
                assert len(option["description"]) > 5, (leaf["name"], option["name"])
