"""Collects every text that a person sees, and brings the translation files up to date.

    python -m bot.texts

Texts in the code are found by Babel (`t("…")`, `mark("…")`, `t.many("…", "…", n)`); names and descriptions of commands,
options and choices are read off the command tree. New texts come into each locales/*/LC_MESSAGES/microscout.po empty,
gone ones leave it.
To add a language, make the folder with an empty file in it and run this.
"""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from discord import app_commands

from bot.app import build
from bot.settings import Settings
from cogs.install import install
from cogs.kit.language import CHOICE, COMMAND, DOMAIN, FOLDER, OPTION
from planning.platform import Platform
from planning.tiers import PRESETS

ROOT = FOLDER.parent
KEYWORDS = {"t": None, "mark": None, "many": (1, 2)}
PROPER_NOUNS = {platform.label for platform in Platform if platform is not Platform.OTHER} | {
    ladder.title for ladder in PRESETS.values()
}


def collect() -> Catalog:
    """Every text, in no language yet."""
    catalog = Catalog(domain=DOMAIN, fuzzy=False)
    for package in ("bot", "cogs"):
        found = extract_from_dir(ROOT / package, [("**.py", "python")], keywords=KEYWORDS)
        for _file, _line, message, _comments, context in found:
            catalog.add(message, context=context)
    for context, text in asyncio.run(_tree_texts()):
        catalog.add(text, context=context)
    return catalog


async def _tree_texts() -> list[tuple[str | None, str]]:
    app = build(Settings.model_validate({}))
    async with app.bot:
        await install(app.bot, app.bot.services)
        return [text for command in app.bot.tree.get_commands() for text in _command_texts(command)]


def _command_texts(command: Any) -> Iterator[tuple[str | None, str]]:
    yield COMMAND, command.name
    yield None, command.description
    if isinstance(command, app_commands.Group):
        for child in command.commands:
            yield from _command_texts(child)
        return
    for parameter in command.parameters:
        yield OPTION, parameter.display_name
        yield None, str(parameter.description)
        for choice in parameter.choices:
            if choice.name not in PROPER_NOUNS:
                yield CHOICE, choice.name


def update(path: Path, texts: Catalog) -> None:
    """Bring one translation file up to date; its header stays as it is."""
    code = path.parts[-3]
    content = path.read_bytes()
    catalog = read_po(io.BytesIO(content), locale=code.replace("-", "_"), domain=DOMAIN)
    catalog.update(texts, no_fuzzy_matching=True)
    catalog.fuzzy = False
    header = content.partition(b"\n\n")[0] or _header(code, catalog.plural_forms).encode()
    body = io.BytesIO()
    write_po(body, catalog, sort_output=True, ignore_obsolete=True, omit_header=True, width=120)
    path.write_bytes(header + b"\n\n" + body.getvalue().strip() + b"\n")


def _header(code: str, plural_forms: str) -> str:
    fields = f"Language: {code}", f"Plural-Forms: {plural_forms}", "Content-Type: text/plain; charset=utf-8"
    return "\n".join(('msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields)))


def main() -> None:
    """Bring every translation file up to date."""
    texts = collect()
    for path in sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        update(path, texts)


if __name__ == "__main__":
    main()
