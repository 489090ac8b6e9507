"""Rosters as teams keep them, made up so that what they say is known.

Their headers are in six languages and any order, their figures as several countries write them, and notes and sums
stand around the table.
"""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

from planning.accounts import Draft, Engagement
from planning.imports.headers import Field
from planning.money import Money
from planning.platform import Platform

HEADERS: dict[Field, tuple[str, ...]] = {
    Field.HANDLE: (
        "Handle",
        "username",
        "Gebruikersnaam",
        "Benutzername",
        "Nom d'utilisateur",
        "Usuario",
        "Utilizador",
    ),
    Field.PLATFORM: ("Platform", "Netwerk", "Plattform", "Réseau social", "Red social", "Plataforma"),
    Field.FOLLOWERS: ("Followers", "Aantal volgers", "Follower", "Abonnés", "Seguidores", "followers_count"),
    Field.NAME: ("Full Name", "Naam", "Vollständiger Name", "Nom complet", "Nombre completo", "Nome completo"),
    Field.COUNTRY: ("Country", "Land", "Pays", "País", "location"),
    Field.LIKES: ("Avg. likes", "gem. likes", "Ø Likes", "moyenne likes", "promedio likes", "média likes"),
    Field.COMMENTS: ("avg comments", "gemiddelde reacties", "Durchschnitt Kommentare", "comentarios promedio"),
    Field.NICHES: ("Niches", "categorie", "Thema", "Thématique", "Nicho"),
    Field.DECLARED_RATE: ("Engagement rate", "ER %", "Betrokkenheid", "Taux d'engagement"),
    Field.PRICE: ("Price", "Prijs per post", "Preis", "Prix", "Precio", "Preço"),
}
JUNK = ("Notes", "Tier", "rank", "E-mail", "Status", "Growth rate")
COUNTRIES = (
    ("NL", ("NL", "Nederland", "Netherlands", "Niederlande", "Pays-Bas", "Países Bajos", "Dutch", "🇳🇱")),
    ("DE", ("DE", "Duitsland", "Germany", "Deutschland", "Allemagne", "Alemania", "German", "🇩🇪")),
    ("FR", ("FR", "Frankrijk", "France", "Frankreich", "Francia", "French", "🇫🇷")),
    ("BR", ("BR", "Brazil", "Brazilië", "Brasil", "Brésil", "Brazilian", "🇧🇷")),
)
NAMES = ("Zoë de Vries", "José Muñoz", "Ann Lee", "Jürgen Groß", "Élodie", "João")
NICHES = ("food", "vegan baking", "travel", "mode", "jardinage", "fitness")
PLATFORMS = (Platform.INSTAGRAM, Platform.TIKTOK, Platform.YOUTUBE)
NOTES = ("call her on Monday", "source: our own research", "* = agency", "last checked in March")


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A file, the accounts that it says, and how many of its rows are none."""

    content: bytes
    drafts: tuple[Draft, ...]
    rejected: int


@dataclass(frozen=True, slots=True)
class _Format:
    """How one file writes its figures."""

    group: str
    mark: str
    scaled: bool = False


def made_table(seed: int) -> MadeTable:
    """The table of a seed."""
    dice = random.Random(seed)  # noqa: S311 - drawn, not guessed at
    form = dice.choice(
        [_Format(",", "."), _Format(".", ","), _Format(" ", ",", scaled=True), _Format("", ".", scaled=True)]
    )
    optional = [Field.NAME, Field.COUNTRY, Field.LIKES, Field.COMMENTS, Field.NICHES, Field.PRICE]
    optional.append(Field.DECLARED_RATE)
    fields = [Field.HANDLE, Field.PLATFORM, Field.FOLLOWERS, *dice.sample(optional, dice.randint(0, len(optional)))]
    drafts = [_draft(dice, number, fields) for number in range(dice.randint(4, 30))]
    columns = [(dice.choice(HEADERS[field]), [_cell(dice, field, draft, form) for draft in drafts]) for field in fields]
    columns += [(header, [_junk(dice, header) for _ in drafts]) for header in dice.sample(JUNK, dice.randint(0, 3))]
    if dice.random() < 0.3:
        place = fields.index(Field.FOLLOWERS)
        columns.append((columns[place][0], [_rounded(draft.followers or 0) for draft in drafts]))
    dice.shuffle(columns)
    return _written(dice, columns, drafts)


def _draft(dice: random.Random, number: int, fields: Sequence[Field]) -> Draft:
    def drawn(field: Field, value: object) -> object:
        return value if field in fields else None

    likes, comments = dice.randrange(100, 90_000) / 10, dice.randrange(10, 900) / 10
    return Draft(
        dice.choice(PLATFORMS),
        f"{dice.choice('abcdefgh')}{dice.choice('aeiou')}nn{dice.choice(('_', '.'))}{number}",
        dice.choice((dice.randrange(500, 999), dice.randrange(1_000, 99_000), dice.randrange(10, 9_999) * 1_000)),
        niches=drawn(Field.NICHES, tuple(dice.sample(NICHES, dice.randint(1, 3)))),  # pyright: ignore[reportArgumentType] - None for a default
        name=drawn(Field.NAME, dice.choice(NAMES)),  # pyright: ignore[reportArgumentType] - None for a default
        country=drawn(Field.COUNTRY, dice.choice(COUNTRIES)[0]),  # pyright: ignore[reportArgumentType] - None for a default
        engagement=Engagement(likes if Field.LIKES in fields else None, comments if Field.COMMENTS in fields else None),
        declared_rate=dice.randrange(1, 1_500) / 10_000 if Field.DECLARED_RATE in fields else None,
        price=Money(dice.randrange(50, 3_000) * 100, "EUR") if Field.PRICE in fields else None,
    )


def _cell(dice: random.Random, field: Field, draft: Draft, form: _Format) -> str:
    match field:
        case Field.HANDLE:
            return dice.choice((f"@{draft.handle}", draft.handle, draft.handle.upper()))
        case Field.PLATFORM:
            return dice.choice((draft.platform.value, draft.platform.label))
        case Field.FOLLOWERS:
            return _count(dice, draft.followers or 0, form)
        case Field.NAME:
            return draft.name or ""
        case Field.COUNTRY:
            return dice.choice(dict(COUNTRIES)[draft.country or ""])
        case Field.NICHES:
            return dice.choice((", ", " / ", ";")).join(draft.niches or ())
        case Field.DECLARED_RATE:
            whole, rest = divmod(round((draft.declared_rate or 0) * 10_000), 100)
            return f"{whole}{form.mark}{rest:02}%"
        case Field.PRICE:
            assert draft.price is not None
            amount = _grouped(draft.price.minor // 100, form)
            return dice.choice((f"€{amount}", f"{amount} EUR", f"€ {amount}"))
        case _:
            value = (draft.engagement.likes if field is Field.LIKES else draft.engagement.comments) or 0.0
            return f"{_grouped(int(value), form)}{form.mark}{round(value * 10) % 10}"


def _count(dice: random.Random, value: int, form: _Format) -> str:
    if form.scaled and value >= 1_000 and value % 100 == 0 and dice.random() < 0.7:
        scale, letter = (1_000_000, "M") if value >= 1_000_000 and value % 100_000 == 0 else (1_000, "K")
        whole, rest = divmod(value * 10 // scale, 10)
        return f"{whole}{form.mark}{rest}{letter}" if rest else f"{whole}{letter}"
    return _grouped(value, form)


def _grouped(value: int, form: _Format) -> str:
    return f"{value:,}".replace(",", form.group)


def _rounded(value: int) -> str:
    return f"{value / 1_000:.1f}K" if value < 1_000_000 else f"{value / 1_000_000:.1f}M"


def _junk(dice: random.Random, header: str) -> str:
    return {
        "Notes": dice.choice((*NOTES, "")),
        "Tier": dice.choice(("micro", "macro")),
        "rank": str(dice.randrange(100)),
        "E-mail": dice.choice(("a@example.org", "")),
        "Status": dice.choice(("contacted", "TBD")),
    }.get(header, f"{dice.random() * 9:.2f}%")


def _written(dice: random.Random, columns: Sequence[tuple[str, list[str]]], drafts: Sequence[Draft]) -> MadeTable:
    width = len(columns)
    rows = [list(cells) for cells in zip(*(cells for _, cells in columns), strict=True)]
    header = [title for title, _ in columns]
    above = [["Creators 2026"], []][: dice.choice((0, 0, 1, 2))]
    rejected = 0
    if dice.random() < 0.3:
        rows.append(["Total", *["" for _ in range(width - 1)]])
        rejected += 1
    if dice.random() < 0.3:
        rows += [[], [dice.choice(NOTES)]]
        rejected += 1
    if dice.random() < 0.2:
        rows.insert(len(drafts) // 2, header)
        rejected += 1
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dice.choice(",;\t|"), lineterminator=dice.choice(("\n", "\r\n")))
    writer.writerows([*above, header, *rows])
    return MadeTable(text.getvalue().encode(dice.choice(("utf-8", "utf-8-sig", "utf-16"))), tuple(drafts), rejected)
