"""Files made of known posts come back exactly, whatever their columns, language and dates; garbage is only refused."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import PlanningError
from planning.files import Table
from planning.platform import Platform
from planning.post_files.found import ReadPosts
from planning.post_files.reading import read_posts
from planning.posts import Post, PostKind
from tests.planning.post_files.tables import NOW

ZONES = ("UTC", "Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata")

LANGUAGES = {
    "en": ("Publish time", "Likes", "Comments", "Shares", "Saves", "Views", "Reach", "Post type", "Post ID", "Handle"),
    "nl": ("Datum", "Vind-ik-leuks", "Reacties", "Gedeeld", "Opgeslagen", "Weergaven", "Bereik", "Soort", "ID",
           "Gebruikersnaam"),
    "de": ("Veröffentlichungszeit", "„Gefällt mir“-Angaben", "Kommentare", "Geteilte Inhalte", "Gespeichert", "Aufrufe",
           "Reichweite", "Beitragsart", "Beitrags-ID", "Nutzername des Kontos"),
    "fr": ("Heure de publication", "Mentions J’aime", "Commentaires", "Partages", "Enregistrements", "Vues",
           "Couverture", "Type de publication", "Identifiant de la publication", "Nom d’utilisateur du compte"),
    "es": ("Hora de publicación", "Me gusta", "Comentarios", "Compartidos", "Guardados", "Visualizaciones", "Alcance",
           "Tipo de publicación", "Id. de la publicación", "Nombre de usuario"),
    "pt": ("Horário de publicação", "Curtidas", "Comentários", "Compartilhamentos", "Salvamentos", "Visualizações",
           "Alcance", "Tipo de publicação", "ID da publicação", "Nome de usuário da conta"),
}  # fmt: skip
MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "pt": "de_jan._de de_fev._de de_mar._de de_abr._de de_mai._de de_jun._de de_jul._de de_ago._de de_set._de "
    "de_out._de de_nov._de de_dez._de",
}
KINDS = {PostKind.POST: "IG image", PostKind.REEL: "IG reel", PostKind.STORY: "Story", PostKind.VIDEO: "Video",
         PostKind.SHORT: "Shorts", PostKind.STREAM: "Live"}  # fmt: skip


def named(local: datetime, language: str) -> str:
    month = MONTHS[language].split(" ")[local.month - 1].replace("_", " ")
    if language == "en":
        return f"{month} {local.day}, {local.year}, {local:%I:%M %p}"
    return f"{local.day} {month} {local.year} {local:%H:%M}"


def written(moment: datetime, form: str, zone: str, language: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    forms = {
        "iso": lambda: f"{local:%Y-%m-%d %H:%M}",
        "zoned": local.isoformat,
        "unix": lambda: str(int(moment.timestamp())),
        "milliseconds": lambda: str(int(moment.timestamp() * 1000)),
        "month first": lambda: f"{local:%m/%d/%Y %H:%M}",
        "half days": lambda: f"{local.month}/{local.day}/{local:%y, %I:%M %p}",
        "day first": lambda: f"{local:%d/%m/%Y %H:%M}",
        "points": lambda: f"{local:%d.%m.%Y, %H:%M} Uhr",
        "dashes": lambda: f"{local:%d-%m-%Y %H:%M}",
        "named": lambda: named(local, language),
    }
    return forms[form]()


FIGURES = st.one_of(st.none(), st.integers(0, 2_000_000))
MOMENTS = st.integers(25_770_000, 29_920_000).map(lambda minutes: datetime.fromtimestamp(60 * minutes, UTC))


@st.composite
def truths(draw: st.DrawFn) -> list[Post]:
    moments = draw(st.lists(MOMENTS, min_size=1, max_size=12, unique=True))
    return [
        Post(
            moment,
            draw(st.sampled_from([None, *PostKind])),
            *draw(st.tuples(st.integers(4, 2_000_000), *[FIGURES] * 5)),
            reference=f"DA{place:06}x" if draw(st.booleans()) else None,
        )
        for place, moment in enumerate(moments)
    ]


def figure(value: int | None, mark: str) -> str:
    return "" if value is None else f"{value:,}".replace(",", mark)


def make(posts: list[Post], dates: list[str], language: str, mark: str, order: list[int]) -> Table:
    cells = [
        [date_, *(figure(value, mark) for value in
                  (post.likes, post.comments, post.shares, post.saves, post.views, post.reach)),
         KINDS[post.kind] if post.kind else "", post.reference or "", "@Ann.B"]
        for post, date_ in zip(posts, dates, strict=True)
    ]  # fmt: skip
    header = [LANGUAGES[language][i] for i in order]
    return Table(header, [[row[i] for i in order] for row in cells], range(2, len(cells) + 2), "utf-8", ",")


def read(table: Table, zone: str, day_first: bool | None = None) -> ReadPosts:
    return read_posts(table, handle="ann.b", platform=Platform.INSTAGRAM, now=NOW, day_first=day_first, timezone=zone)


@settings(max_examples=300, deadline=None)
@given(
    posts=truths(),
    form=st.sampled_from(
        ["iso", "zoned", "unix", "milliseconds", "month first", "half days", "day first", "points", "dashes", "named"]
    ),
    zone=st.sampled_from(ZONES),
    language=st.sampled_from(sorted(LANGUAGES)),
    mark=st.sampled_from(["", ",", ".", " ", "\u202f", "'"]),
    order=st.permutations(range(10)),
)
def test_what_was_written_is_read(
    posts: list[Post], form: str, zone: str, language: str, mark: str, order: list[int]
) -> None:
    # A time that the clock shows twice can't be told from its first.
    posts = [post for post in posts if not post.posted_at.astimezone(ZoneInfo(zone)).fold]
    if not posts:
        return
    local = [post.posted_at.astimezone(ZoneInfo(zone)) for post in posts]
    dates = [written(post.posted_at, form, zone, language) for post in posts]
    table = make(posts, dates, language, mark, order)
    found = read(table, zone)
    if found.question is not None:
        assert form in {"month first", "half days", "day first", "dashes"}
        place = dates.index(found.question.example)
        answer = form not in {"month first", "half days"}
        given = found.question.as_day_first if answer else found.question.as_month_first
        assert given == local[place].date()
        found = read(table, zone, answer)
    assert found.question is None
    assert found.problems == []
    if all((moment.hour, moment.minute) == (0, 0) for moment in local) and form not in {"unix", "milliseconds"}:
        assert all(post.dated_only for post in found.posts)
        assert [post.posted_at.date() for post in found.posts] == [moment.date() for moment in local]
    else:
        assert found.posts == posts
    assert found.owners == ["ann.b"] * len(posts)


@settings(max_examples=200, deadline=None)
@given(
    days=st.lists(st.dates(date(2019, 1, 1), date(2026, 11, 24)), min_size=1, max_size=15, unique=True),
    day_first=st.booleans(),
    mark=st.sampled_from("/-"),
)
def test_a_reading_that_is_not_asked_about_is_the_true_one(days: list[date], day_first: bool, mark: str) -> None:
    # Sorted days may stand in order under the other reading too, or by chance under it alone: never so eight of them.
    dates = [(f"{d:%d}{mark}{d:%m}" if day_first else f"{d:%m}{mark}{d:%d}") + f"{mark}{d:%Y}" for d in days]
    rows = [[text, str(likes)] for likes, text in enumerate(dates, 10)]
    found = read_posts(
        Table(["date", "likes"], rows, range(2, 2 + len(rows)), "", ","), handle=None, platform=None, now=NOW
    )
    if found.question is None:
        assert [post.posted_at.date() for post in found.posts] == days
    else:
        answered = read_posts(
            Table(["date", "likes"], rows, range(2, 2 + len(rows)), "", ","),
            handle=None, platform=None, now=NOW, day_first=day_first,
        )  # fmt: skip
        assert [post.posted_at.date() for post in answered.posts] == days


WORDS = st.sampled_from(
    [
        *(
            "date",
            "Datum",
            "likes",
            "comments",
            "Views",
            "Video title",
            "Content",
            "Data comment",
            "handle",
            "url",
            "id",
        ),
        *("type", "sponsored", "Total", "-1", "3", "1,234", "1.2K", "2026-09-20", "03/04/2026", "20/09/2026", "@ann"),
        *("1789913100", "Sep 20, 2026", "September 4", "https://www.tiktok.com/@ann/video/7681714846173356608", "ja"),
        *("9" * 400, "\ud800", "1e999", "0001-01-01", "9999-12-31 23:59", "12:00", "∞", "²", "٣", "Lifetime"),
        "2026-09-20T14:05+99:99",
    ]
)
CELLS = st.one_of(WORDS, WORDS, st.text(max_size=20))


@settings(max_examples=500, deadline=None)
@given(
    header=st.lists(CELLS, max_size=7),
    rows=st.lists(st.lists(CELLS, max_size=8), max_size=8),
    handle=st.sampled_from([None, "ann", "", "a b"]),
    platform=st.sampled_from([None, Platform.TIKTOK, Platform.YOUTUBE, Platform.X]),
    day_first=st.sampled_from([None, True, False]),
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "nowhere", "\0", "../x"]),
    dated=st.booleans(),
)
def test_garbage_is_refused_or_told(
    header: list[str],
    rows: list[list[str]],
    handle: str | None,
    platform: Platform | None,
    day_first: bool | None,
    zone: str,
    dated: bool,
) -> None:
    header = ["date", "likes", *header] if dated else header
    table = Table(header, rows, range(2, 2 + len(rows)), "utf-8", ",")
    try:
        found = read_posts(table, handle=handle, platform=platform, now=NOW, day_first=day_first, timezone=zone)
    except PlanningError:
        return
    if found.question is not None:
        assert found.question.as_day_first != found.question.as_month_first
        return
    assert found.rows == len(found.posts) + found.repeated + sum(problem.rejects_row for problem in found.problems)
    assert len(found.posts) == len(found.lines) == len(found.owners)
    for post in found.posts:
        assert post.posted_at.tzinfo is UTC
        assert post.posted_at.microsecond == 0
        assert post.posted_at <= NOW + timedelta(days=1)
        assert not post.dated_only or post.posted_at.hour == post.posted_at.minute == 0
