from collections.abc import Sequence

from planning.accounts import Draft, Engagement
from planning.files import Table
from planning.imports.found import ReadRows
from planning.imports.problems import Problem
from planning.imports.repeats import merge_repeats
from planning.imports.rows import read_rows
from planning.money import Money
from planning.platform import Platform
from planning.reasons import Reason

INSTAGRAM = Platform.INSTAGRAM


def read(
    header: str, *rows: str | Sequence[str], platform: Platform | None = INSTAGRAM, currency: str | None = "EUR"
) -> ReadRows:
    cells = [row.split(";") if isinstance(row, str) else row for row in rows]
    table = Table(header.split(";"), cells, range(2, 2 + len(cells)), "utf-8", ";")
    return read_rows(table, platform=platform, currency=currency)


def told(found: ReadRows) -> list[tuple[int, str, str, Reason, bool]]:
    return [(p.row, p.column, p.value, p.reason, p.rejects_row) for p in found.problems]


def test_a_full_row_becomes_a_full_draft() -> None:
    found = read(
        "handle;platform;name;followers;niches;country;language;likes;comments;views;posts_averaged;price",
        "@Ann;TikTok;Ann B.;1.2K;Food, Travel;Nederland;Dutch;87,5;3;1200;12;€250",
    )
    engagement = Engagement(87.5, 3.0, 1200.0, 12)
    expected = Draft(
        Platform.TIKTOK, "ann", 1200, ("food", "travel"), "Ann B.", "NL", "nl", engagement, Money(25_000, "EUR")
    )
    assert found.drafts == [expected]
    assert (found.rows, found.lines, found.problems) == (1, [2], [])


def test_what_the_account_stands_on_must_be_there() -> None:
    found = read(
        "handle;platform;followers",
        "ann;Myspace;1",
        "ann;;1",
        ";X;1",
        "n/a;X;1",
        "a b;X;1",
        "ann;X;",
        "ann;X;unknown",
        "ann;X;many",
        "ann;X;-5",
        "ann;X;1000000000000000000",
        "instagram.com/ann;X;5",
        "😀;Myspace;many",
        platform=None,
    )
    assert found.drafts == []
    assert found.rows == 12
    assert told(found) == [
        (2, "platform", "Myspace", Reason.NOT_A_PLATFORM, True),
        (3, "platform", "", Reason.PLATFORM_MISSING, True),
        (4, "handle", "", Reason.HANDLE_MISSING, True),
        (5, "handle", "", Reason.HANDLE_MISSING, True),
        (6, "handle", "a b", Reason.NOT_A_HANDLE, True),
        (7, "followers", "", Reason.FOLLOWERS_MISSING, True),
        (8, "followers", "", Reason.FOLLOWERS_MISSING, True),
        (9, "followers", "many", Reason.NOT_A_NUMBER, True),
        (10, "followers", "-5", Reason.NEGATIVE, True),
        (11, "followers", "1000000000000000000", Reason.TOO_LARGE, True),
        (12, "handle", "instagram.com/ann", Reason.PLATFORM_CONFLICT, True),
        (13, "platform", "Myspace", Reason.NOT_A_PLATFORM, True),
    ]


def test_any_other_cell_is_left_out_and_the_row_kept() -> None:
    found = read(
        "handle;followers;country;language;niches;likes;price",
        f"ann;5;https://x.com/ann;Klingon;{'x' * 300};-1;TBD",
        "bob;6;unknown;n/a;-;;none",
    )
    assert found.drafts == [Draft(INSTAGRAM, "ann", 5), Draft(INSTAGRAM, "bob", 6)]
    assert [(p.column, p.reason, p.rejects_row) for p in found.problems] == [
        ("niches", Reason.NICHE_TOO_LONG, False),
        ("country", Reason.NOT_A_COUNTRY, False),
        ("language", Reason.NOT_A_LANGUAGE, False),
        ("likes", Reason.NEGATIVE, False),
        ("price", Reason.NOT_A_PRICE, False),
    ]
    assert max(len(p.value) for p in found.problems) == 100


def test_the_platform_is_the_cells_then_the_headers_then_the_addresses_then_the_callers() -> None:
    assert read("handle;platform;followers", "ann;yt;5", "bob;;5", "cat;Reddit;5").drafts == [
        *(Draft(Platform.YOUTUBE, "ann", 5), Draft(INSTAGRAM, "bob", 5), Draft(Platform.OTHER, "cat", 5)),
    ]
    assert read("TikTok handle;followers", "ann;5").drafts == [Draft(Platform.TIKTOK, "ann", 5)]
    assert read("handle;url;followers", "ann;https://x.com/ann;5").drafts == [Draft(Platform.X, "ann", 5)]
    assert read("handle;followers", "https://x.com/ann;5", "bob;5").drafts == [
        *(Draft(Platform.X, "ann", 5), Draft(INSTAGRAM, "bob", 5)),
    ]
    assert told(read("handle;followers", "ann;5", platform=None)) == [(2, "", "", Reason.PLATFORM_MISSING, True)]


def test_a_profiles_address_names_a_row_without_a_handle() -> None:
    found = read("handle;profile;followers", ";https://x.com/ann;5", platform=None)
    assert found.drafts == [Draft(Platform.X, "ann", 5)]
    assert read("link;followers", "https://x.com/ann;5", platform=None).drafts == [Draft(Platform.X, "ann", 5)]


def test_long_short_and_blank_rows() -> None:
    found = read("handle;followers;country", "ann;5", ";;", " ; ", "bob;6;NL;;", "cat;7;NL;more", "dan;8;NL")
    assert [(draft.handle, draft.country) for draft in found.drafts] == [("ann", None), ("bob", "NL"), ("dan", "NL")]
    assert found.rows == 4
    assert told(found) == [(6, "", "more", Reason.TOO_MANY_CELLS, True)]


def test_the_column_decides_how_its_figures_are_read() -> None:
    def likes(*cells: str, others: str = "5") -> list[float | None]:
        rows = [f"h{number};{others};{cell}" for number, cell in enumerate(cells)]
        return [draft.engagement.likes for draft in read("handle;followers;likes", *rows).drafts]

    assert likes("1.234", "523.7") == [1.234, 523.7]
    assert likes("1.234", "523,7") == [1234, 523.7]
    assert likes("1.234", "987") == [1234, 987]
    assert likes("1.234", "2.345") == [None, None]
    assert likes("1.234", "2.345", others="12.400") == [1234, 2345]
    assert likes("1.234K", "1.2K") == [1234, 1200]


def test_a_count_is_whole_whatever_else_its_column_holds() -> None:
    cells = ["1.2M", "87,5k", "12.400", "12 400", "1,234", "~20K", "1432.0"]
    found = read("handle;followers", *(f"h{number};{cell}" for number, cell in enumerate(cells)))
    assert [draft.followers for draft in found.drafts] == [1_200_000, 87_500, 12_400, 12_400, 1234, 20_000, 1432]
    found = read("handle;followers", "ann;12.000", "bob;1432.000")
    assert [draft.followers for draft in found.drafts] == [12, 1432]


def test_niche_columns_are_read_together() -> None:
    found = read("handle;followers;niche1;niche2;niche3", "ann;5;Food;;food, Art", "bob;6;;;")
    assert [draft.niches for draft in found.drafts] == [("food", "art"), None]


def test_a_headers_currency_comes_before_the_servers() -> None:
    assert read("handle;followers;price (usd)", "ann;5;250").drafts[0].price == Money(25_000, "USD")
    assert read("handle;followers;price", "ann;5;250").drafts[0].price == Money(25_000, "EUR")


def test_repeated_accounts_are_merged_or_contradict() -> None:
    found = read(
        "handle;followers;niches;country;likes",
        "ann;5;food;;10",
        "bob;6;;;",
        "@ANN;5;art;NL;10",
        "ann;5;art;NL;",
        "ann;7;;;",
        "ann;5;;;11",
        "ann;5;;BE;",
    )
    accounts, problems = merge_repeats(found)
    [ann, bob] = accounts
    assert ann.draft == Draft(INSTAGRAM, "ann", 5, ("food", "art"), None, "NL", engagement=Engagement(10.0))
    assert (ann.row, ann.added, ann.same, bob.row) == (2, 1, 2, 3)
    assert problems == [
        Problem(6, "followers", "7", Reason.DUPLICATE_DIFFERS, "2"),
        Problem(7, "likes", "11", Reason.DUPLICATE_DIFFERS, "2"),
        Problem(8, "country", "BE", Reason.STANDS_OTHERWISE, "2", rejects_row=False),
    ]


def test_a_row_may_hold_a_persons_accounts_on_several_platforms() -> None:
    found = read(
        "Name;Instagram;Instagram followers;TikTok;TikTok followers;Likes;Country;Niche",
        "Ann;@ann;1.2K;https://www.tiktok.com/@annie;900;50;NL;food",
        "Bob;;;@bob;7;;;",
        "Cat;@cat;many;;;;;",
        "Dan;;;;;;;",
        platform=None,
    )
    assert found.drafts == [
        Draft(INSTAGRAM, "ann", 1200, ("food",), "Ann", "NL", engagement=Engagement(50.0)),
        Draft(Platform.TIKTOK, "annie", 900, ("food",), "Ann", "NL"),
        Draft(Platform.TIKTOK, "bob", 7, None, "Bob"),
    ]
    assert [(row, column, reason) for row, column, _, reason, _ in told(found)] == [
        (4, "Instagram followers", Reason.NOT_A_NUMBER),
        (5, "Instagram", Reason.HANDLE_MISSING),
    ]
    assert found.rows == 5


def test_a_rate_is_kept_as_declared_and_never_as_likes() -> None:
    def declared(header: str, *cells: str) -> list[float | None]:
        found = read(f"handle;followers;{header}", *(f"h{number};5;{cell}" for number, cell in enumerate(cells)))
        assert all(draft.engagement == Engagement() for draft in found.drafts)
        return [draft.declared_rate for draft in found.drafts]

    assert declared("ER", "1.39%", "0,5 %", "") == [0.0139, 0.005, None]
    assert declared("Engagement rate", "3.2", "0.8") == [0.032, 0.008]
    assert declared("Engagement (%)", "0.8", "0.4") == [0.008, 0.004]
    assert declared("engagement", "0.8", "0.4") == [None, None]
    assert declared("Eng. (Avg.)", "17.8M", "11.7M", "9.5M") == [None, None, None]
    assert declared("estimated rate", "3%", "4%") == [None, None]
    unclear = read("handle;followers;engagement", "ann;5;0.04")
    assert told(unclear) == [(2, "engagement", "0.04", Reason.RATE_UNCLEAR, False)]


def test_counts_under_engagement_are_no_rates() -> None:
    found = read("handle;followers;engagement", "ann;5000;340", "bob;900;120", "cat;800;34")
    assert ([draft.declared_rate for draft in found.drafts], found.problems) == ([None] * 3, [])
    odd = read("handle;followers;ER", "ann;5000;3.4", "bob;900;240", "cat;800;2")
    assert told(odd) == [(3, "ER", "240", Reason.NO_ENGAGEMENT_RATE, False)]


def test_a_day_is_a_date_and_a_row_of_an_unknown_day_is_rejected() -> None:
    found = read(
        "handle;followers;followers_at",
        *("ann;5;2026-01-02", "bob;6;2026-01-02 09:30", "cat;7;2026-01-02T09:30+02:00", "dan;8;02/01/2026", "eva;9;"),
    )
    dates = [draft.followers_at and draft.followers_at.isoformat() for draft in found.drafts]
    assert dates == ["2026-01-02T00:00:00+00:00", "2026-01-02T09:30:00+00:00", "2026-01-02T07:30:00+00:00", None]
    assert told(found) == [(5, "followers_at", "02/01/2026", Reason.NOT_A_TIME, True)]


def test_a_contradicting_price_is_told_as_money() -> None:
    found = read("handle;followers;price", "ann;5;€100", "ann;5;€200")
    [contradiction] = merge_repeats(found)[1]
    assert (contradiction.column, contradiction.value) == ("price", "200.00 EUR")


def test_a_table_without_a_header_is_read_by_what_it_holds() -> None:
    found = read("@ann;1200;Spain", "@bob;900;France")
    assert [(draft.handle, draft.followers, draft.country) for draft in found.drafts] == [
        *(("ann", 1200, "ES"), ("bob", 900, "FR")),
    ]
    assert found.lines == [1, 2]


def test_a_monstrous_cell_breaks_nothing() -> None:
    monster = "x" * 100_000
    header = "handle;platform;followers;name;country;language;niches;likes;price;profile"
    found = read(header, [monster] * 10, ["ann", "X", "5", *[monster] * 7])
    assert [draft.handle for draft in found.drafts] == ["ann"]
    assert len(found.problems) == 7
