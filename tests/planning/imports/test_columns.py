import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import UnreadableFile
from planning.files import Table
from planning.imports.choosing import understand_columns
from planning.imports.columns import By, ColumnUse, Ignored, platform_in
from planning.imports.headers import Field
from planning.imports.mapping import headers_key, pack_chosen, unpack_chosen
from planning.imports.roster_file import RosterFile
from planning.imports.rows import read_rows
from planning.platform import Platform


def uses(*header: str) -> dict[str, Field | Ignored | None]:
    return {use.header: use.field or use.ignored for use in understand_columns(header)}


@pytest.mark.parametrize(
    "header",
    [
        ["handle", "followers"],
        ["Username", "Follower count"],
        ["Gebruikersnaam", "Aantal volgers"],
        ["Benutzername", "Abonnenten"],
        ["Nom d'utilisateur", "Abonnés"],
        ["Usuario", "Seguidores"],
        ["Nome de usuário", "Seguidores"],
        ["IG_Handle", "num_followers"],
        ["tiktokHandle", "followersCount"],
    ],
)
def test_handles_and_followers_are_found_in_six_languages(header: list[str]) -> None:
    assert [use.field for use in understand_columns(header)] == [Field.HANDLE, Field.FOLLOWERS]


def test_averages_are_taken_and_totals_rates_tiers_and_ranks_are_not() -> None:
    assert uses(
        *("handle", "followers", "Avg. Likes per post", "commentsAvg", "Ø Aufrufe", "posts averaged"),
        *("Total Likes", "num_posts", "Total Posts", "Engagement Rate (%)", "Tier", "rank", "influence Score", "Notes"),
        *("median likes", "Followers (K)"),
    ) == {
        "handle": Field.HANDLE,
        "followers": Field.FOLLOWERS,
        "Avg. Likes per post": Field.LIKES,
        "commentsAvg": Field.COMMENTS,
        "Ø Aufrufe": Field.VIEWS,
        "posts averaged": Field.POSTS,
        "Total Likes": Ignored.TOTAL,
        "num_posts": Ignored.TOTAL,
        "Total Posts": Ignored.TOTAL,
        "Engagement Rate (%)": Field.DECLARED_RATE,
        "Tier": Ignored.TIER,
        "rank": Ignored.RANK,
        "influence Score": Ignored.RANK,
        "Notes": Ignored.UNKNOWN,
        "median likes": Ignored.UNKNOWN,
        "Followers (K)": Ignored.BEATEN,
    }


def test_the_better_header_wins_and_then_the_one_further_left() -> None:
    columns = understand_columns(["user", "handle", "Followers", "Followers"])
    assert [use.field or use.ignored for use in columns] == [
        *(Ignored.BEATEN, Field.HANDLE, Field.FOLLOWERS, Ignored.BEATEN),
    ]


def test_followers_of_another_platform_are_not_taken() -> None:
    found = uses("TikTok handle", "Instagram followers", "TikTok followers")
    assert found["Instagram followers"] is Ignored.BEATEN
    assert found["TikTok followers"] is Field.FOLLOWERS


def test_a_name_stands_in_for_a_handle_that_no_column_has() -> None:
    assert uses("name", "followers") == {"name": Field.HANDLE, "followers": Field.FOLLOWERS}
    assert uses("name", "Instagram", "followers")["name"] is Field.NAME


def test_headers_say_platform_and_currency() -> None:
    columns = understand_columns(["IG_Handle", "Followers", "Price (USD)", "Lien Instagram"])
    assert columns == (
        ColumnUse(0, "IG_Handle", Field.HANDLE, None, Platform.INSTAGRAM),
        ColumnUse(1, "Followers", Field.FOLLOWERS),
        ColumnUse(2, "Price (USD)", Field.PRICE, None, None, "USD"),
        ColumnUse(3, "Lien Instagram", Field.PROFILE, None, Platform.INSTAGRAM),
    )


def test_niches_may_stand_in_several_columns() -> None:
    assert [use.field for use in understand_columns(["handle", "followers", "niche1", "niche2", "Category_3"])][2:] == [
        Field.NICHES
    ] * 3


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        *(([], "columns"), (["a", "b"], "columns"), (["12", "34"], "columns"), (["x" * 20_000, ""], "columns")),
        *((["handle"], "no_followers handle"), (["followers"], "no_handles followers")),
    ],
)
def test_a_table_of_something_else_is_refused(header: list[str], reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        understand_columns(header)


@pytest.mark.parametrize(
    "header",
    ["Age", "Edad", "Following", "New followers", "Female followers", "Phone", "Reach", "Budget", "House number"],
)
def test_figures_under_a_word_of_something_else_are_no_followers(header: str) -> None:
    with pytest.raises(UnreadableFile, match="no_followers"):
        understand_columns(["Handle", "Platform", header], [["ann", "ig", "12"], ["bob", "ig", "345"]])


@pytest.mark.parametrize("header", ["", "Column3", "Unnamed: 2", "Spalte 3", "#3", "C"])
def test_figures_under_no_header_of_their_own_are_followers(header: str) -> None:
    columns = understand_columns(["Handle", "Platform", header], [["ann", "ig", "12"], ["bob", "ig", "345"]])
    assert (columns[2].field, columns[2].by) == (Field.FOLLOWERS, By.CONTENT)


def read(header: str, *rows: str) -> dict[str, Field | Ignored | None]:
    cells = [row.split(";") for row in rows]
    return {
        f"{use.index} {use.header}": use.field or use.ignored for use in understand_columns(header.split(";"), cells)
    }


def test_exact_figures_win_against_rounded_ones_and_the_column_says_so() -> None:
    columns = understand_columns(["handle", "Followers", "followers"], [["ann", "48.5M", "48500000"]])
    assert [use.field for use in columns] == [Field.HANDLE, None, Field.FOLLOWERS]
    assert (columns[1].ignored, columns[1].winner) == (Ignored.BEATEN, 2)


def test_a_column_that_can_be_read_wins_against_one_that_cannot() -> None:
    assert read("handle;followers;followers", "ann;#VALOR!;1.2M", "bob;#VALOR!;3K", "cat;5;4K") == {
        "0 handle": Field.HANDLE, "1 followers": Ignored.BEATEN, "2 followers": Field.FOLLOWERS
    }  # fmt: skip


def test_the_names_that_are_handles_are_read_as_such() -> None:
    rows = ["Leo Messi;leomessi;5", "Kylie 🤍;kyliejenner;6", "The Rock;therock;7"]
    assert list(read("instagram name;name;followers", *rows).values()) == [Field.NAME, Field.HANDLE, Field.FOLLOWERS]
    assert list(read("username;name;followers", *rows).values()) == [Field.NAME, Field.HANDLE, Field.FOLLOWERS]


def test_columns_without_a_known_header_are_read_by_what_they_hold() -> None:
    columns = understand_columns(
        ["a", "b", "c", "d", "e", "f"],
        [
            ["@ann", "1.2M", "Nederland", "€ 250", "TikTok", "once"],
            ["@bob", "3400", "🇫🇷", "100 USD", "yt", "twice"],
            ["@cat", "12.400", "German", "£1,000", "instagram", "never"],
        ],
    )
    assert [use.field for use in columns] == [
        *(Field.HANDLE, Field.FOLLOWERS, Field.COUNTRY, Field.PRICE, Field.PLATFORM, None),
    ]
    assert {use.by for use in columns[:5]} == {By.CONTENT}
    assert all(use.confidence == 0.8 for use in columns[:5])
    assert [use.field for use in understand_columns(["p", "q"], [["https://x.com/ann", "5"]])] == [
        *(Field.PROFILE, Field.FOLLOWERS),
    ]


def test_two_columns_of_figures_without_a_header_are_not_guessed_at() -> None:
    with pytest.raises(UnreadableFile, match="no_followers"):
        understand_columns(["a", "b", "c"], [["@ann", "5", "6"], ["@bob", "7", "8"]])


def test_a_code_of_two_letters_is_no_country_without_its_header() -> None:
    assert read("handle;followers;mark", "ann;5;no", "bob;6;no", "cat;7;it")["2 mark"] is Ignored.UNKNOWN


def test_a_column_under_a_wrong_header_is_read_by_what_it_holds() -> None:
    found = read("handle;followers;views", "ann;5;Spain", "bob;6;France", "cat;7;Indonesia", "dan;8;0", "eva;9;Peru")
    assert found["2 views"] is Field.COUNTRY


def test_columns_that_a_cell_too_many_pushed_aside_are_not_used() -> None:
    rows = ("ann;ig;1200;NL;34;5", "bob;ig;900;BE;12;2", "cat;ig;5000;DE;90;7")
    found = read("handle;platform;followers;likes;comments;country", *rows)
    assert list(found.values())[2:] == [Field.FOLLOWERS, Ignored.CONTENT, Ignored.CONTENT, Ignored.CONTENT]
    priced = ("ann;ig;1200;TBD;34;Klingon", "bob;ig;900;ask;12;Elvish", "cat;ig;5000;soon;90;Latin?")
    kept = read("handle;platform;followers;price;likes;language", *priced)
    assert kept["4 likes"] is Field.LIKES
    coded = ("ann;ig;1200;€250;34;101", "bob;ig;900;€90;12;102", "cat;ig;5000;€40;90;103")
    assert read("handle;platform;followers;price;likes;niche", *coded)["3 price"] is Field.PRICE
    with pytest.raises(UnreadableFile, match="no_followers"):
        read("handle;platform;followers;country", "ann;ig;NL;1200", "bob;ig;BE;900", "cat;ig;DE;5000")


def test_more_comments_than_likes_are_neither() -> None:
    rows = [f"a{number};5;{number};{2 * number}" for number in range(1, 30)]
    assert list(read("handle;followers;likes;comments", *rows).values())[2:] == [Ignored.CONTENT, Ignored.CONTENT]
    other = [f"a{number};5;{2 * number};{number}" for number in range(1, 30)]
    assert list(read("handle;followers;likes;comments", *other).values())[2:] == [Field.LIKES, Field.COMMENTS]


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("TikTok roster.csv", Platform.TIKTOK),
        ("tiktok.csv", Platform.TIKTOK),
        ("2026(instagram).xlsx", Platform.INSTAGRAM),
        ("insta_2026", Platform.INSTAGRAM),
        ("x.csv", None),
        ("yt and ig", None),
        ("Instagram and TikTok.csv", None),
    ],
)
def test_a_name_of_a_file_may_name_its_platform(text: str, platform: Platform | None) -> None:
    assert platform_in(text) is platform


def test_what_a_person_says_stands_above_headers_and_contents() -> None:
    rows = [["Ann", "ann", "5", "900"], ["Bob", "bob", "6", "800"]]
    header = ["name", "handle", "followers", "older"]
    chosen = understand_columns(header, rows, {0: Field.HANDLE, 2: None, 3: Field.FOLLOWERS})
    assert [use.field or use.ignored for use in chosen] == [
        *(Field.HANDLE, Ignored.BEATEN, Ignored.CHOSEN, Field.FOLLOWERS),
    ]
    assert {chosen[place].by for place in (0, 2, 3)} == {By.CHOSEN}
    with pytest.raises(UnreadableFile, match="no_followers"):
        understand_columns(header, rows, {2: None, 3: None})
    assert len(understand_columns(header, rows, {2: None, 3: None}, whole=False)) == 4


@given(st.dictionaries(st.integers(0, 40), st.none() | st.sampled_from(Field)))
def test_choices_are_kept_and_found_under_the_same_headers(chosen: dict[int, Field | None]) -> None:
    assert unpack_chosen(pack_chosen(chosen)) == chosen
    assert headers_key(["Überschrift", "b"]) == headers_key(["uberschrift", "B "]) != headers_key(["b", "uberschrift"])


@pytest.mark.parametrize(
    ("header", "cells", "counts"),
    [
        ("Followers (K)", ("12.4", "125"), (12_400, 125_000)),
        ("Followers (in thousands)", ("12", "125"), (12_000, 125_000)),
        ("Followers (000)", ("12", "7"), (12_000, 7_000)),
        ("Followers (000s)", ("12", "7"), (12_000, 7_000)),
        ("Followers x1000", ("12", "7"), (12_000, 7_000)),
        ("IG followers (×1.000)", ("12", "7"), (12_000, 7_000)),
        ("Subscribers in M", ("1,2", "3"), (1_200_000, 3_000_000)),
        ("Volgers (mln)", ("1,2", "0,5"), (1_200_000, 500_000)),
        ("Followers (K)", ("12.4K", "3"), (12_400, 3_000)),
        ("Followers", ("12", "125"), (12, 125)),
    ],
)
def test_a_header_may_say_what_followers_are_counted_in(header: str, cells: tuple[str, ...], counts: object) -> None:
    rows = [[f"ann{place}", cell] for place, cell in enumerate(cells)]
    table = Table(["Handle", header], rows, range(2, 2 + len(rows)))
    found = read_rows(table, platform=Platform.INSTAGRAM, currency=None)
    assert tuple(draft.followers for draft in found.drafts) == counts


def test_a_chosen_column_is_counted_as_its_header_says() -> None:
    table = Table(["Handle", "Reach in K"], [["ann", "12.4"], ["bob", "7"]], [2, 3])
    columns = understand_columns(table.header, table.rows, {1: Field.FOLLOWERS})
    assert (columns[1].field, columns[1].unit) == (Field.FOLLOWERS, "K")
    found = RosterFile(table, platform=Platform.X, currency=None, chosen={1: Field.FOLLOWERS}).read_all()
    assert [draft.followers for draft in found.drafts] == [12_400, 7_000]
