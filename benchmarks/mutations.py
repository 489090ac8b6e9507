"""Rosters as files, broken in every way that a disk, a mail program or ill will breaks files: each seed is one file."""

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

import xlsxwriter

HEADER = ("handle", "platform", "followers", "name", "niches", "country", "likes", "price")
ROWS = 12
GIANT = 200_000

Mutation = Callable[[random.Random, bytes], bytes]


def mutated(seed: int, *, workbooks: float) -> bytes:
    """The file of a seed; `workbooks` is the share of workbooks among them."""
    dice = random.Random(seed)  # noqa: S311 - drawn, not guessed at
    if dice.random() < workbooks:
        return _mutated_workbook(dice)
    content = _csv(dice)
    for _ in range(dice.randint(1, 3)):
        content = dice.choice(MUTATIONS)(dice, content)
    return content


def _flip(dice: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randint(1, 20)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _truncate(dice: random.Random, content: bytes) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _cut_out(dice: random.Random, content: bytes) -> bytes:
    start = dice.randrange(len(content) + 1)
    return content[:start] + content[start + dice.randint(1, 200) :]


def _repeat(dice: random.Random, content: bytes) -> bytes:
    start = dice.randrange(len(content) + 1)
    return content[:start] + content[start : start + dice.randint(1, 300)] * dice.randint(2, 20) + content[start:]


def _inserted(*pieces: bytes) -> Mutation:
    def insert(dice: random.Random, content: bytes) -> bytes:
        place = dice.randrange(len(content) + 1)
        return content[:place] + dice.choice(pieces) + content[place:]

    return insert


MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _truncate,
    _cut_out,
    _repeat,
    _inserted(b"x" * GIANT, b"9" * GIANT, b" " * GIANT, b"," * 20_000, b"\n" * 20_000, b"@" * GIANT),
    _inserted(b'"' * 9_999, b'""' * 5_000, b'",' * 5_000, b'"\n' * 5_000),
    _inserted(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1a", "\u202e".encode(), b"\xed\xa0\x80"),
    _inserted(b"<<<<<<< HEAD\n", b"sep=;\n", b"<html>", b"#VALOR!", b"-1e999", b"1e308", "\u0661\u0662".encode()),
)


def _csv(dice: random.Random) -> bytes:
    delimiter = dice.choice(",;\t|")
    lines = [delimiter.join(HEADER), *(delimiter.join(map(str, _row(dice))) for _ in range(ROWS))]
    text = dice.choice(("\n", "\r\n")).join(lines)
    return text.encode(dice.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")), "replace")


def _row(dice: random.Random) -> tuple[str | int | float, ...]:
    number = dice.randrange(10**6)
    return (
        f"{dice.choice(('@', '', 'https://www.instagram.com/'))}ann{number}",
        dice.choice(("instagram", "TikTok", "yt")),
        dice.choice((number, f"{number / 1000:.1f}K", f'"{number:,}"')),
        dice.choice(("Zoë", '"Doe, Ann"', "")),
        dice.choice(("food", '"food, art"')),
        dice.choice(("NL", "Deutschland", "🇫🇷")),
        number / 10,
        dice.choice(("€250", "1200 USD", "")),
    )


def _mutated_workbook(dice: random.Random) -> bytes:
    """The archive itself broken, or a part of it, or one that unpacks to far more than it takes."""
    kind = dice.random()
    content = _workbook()
    if kind < 0.4:
        return dice.choice((_flip, _truncate, _cut_out, _repeat))(dice, content)
    parts = _parts(content)
    name = dice.choice((*parts, "xl/worksheets/sheet1.xml"))
    if kind < 0.8:
        parts[name] = dice.choice((_flip, _truncate, _cut_out, _repeat))(dice, parts[name])
    elif kind < 0.9:
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'r="B3"', _far(dice))
    else:
        return _zipped(
            parts, name, dice.choice((b" ", b"<row/>", b"\0", b"<v>1</v>")) * 1_000, dice.randint(10**3, 10**5)
        )
    return _zipped(parts)


def _far(dice: random.Random) -> bytes:
    """A cell so far away that a reader which makes room for all before it needs gigabytes."""
    return b'r="%s%d"' % (dice.choice((b"B", b"ZZ", b"XFD", b"ZZZZ")), dice.choice((3, 10**6, 1_048_576, 10**12)))


@cache
def _workbook() -> bytes:
    dice = random.Random(0)  # noqa: S311 - drawn, not guessed at
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Roster")
        sheet.write_row(0, 0, HEADER)
        share, money = (book.add_format({"num_format": code}) for code in ("0.0%", '"$"#,##0'))
        for number in range(1, ROWS):
            sheet.write_row(number, 0, _row(dice))
            sheet.write_number(number, len(HEADER) - 2, number / 100, share)
            sheet.write_number(number, len(HEADER) - 1, number * 25, money)
        sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")  # pyright: ignore[reportArgumentType] - it takes any value
        sheet.merge_range(ROWS, 0, ROWS + 1, 3, "merged")
        book.add_worksheet("Notes").write_string(0, 0, "nothing here")
    return out.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes], longest: str = "", piece: bytes = b"", pieces: int = 0) -> bytes:
    """An archive of these parts; behind one of them stands a piece so many times, which packs to nearly nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            with archive.open(name, "w") as member:
                member.write(part)
                for _ in range(pieces if name == longest else 0):
                    member.write(piece)
    return out.getvalue()
