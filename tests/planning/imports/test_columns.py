import pytest

from planning.errors import UnreadableFile
from planning.imports.columns import ColumnUse, Ignored, understand_columns
from planning.imports.headers import Field
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
        "Engagement Rate (%)": Ignored.RATE,
        "Tier": Ignored.TIER,
        "rank": Ignored.RANK,
        "influence Score": Ignored.RANK,
        "Notes": Ignored.UNKNOWN,
        "median likes": Ignored.UNKNOWN,
        "Followers (K)": Ignored.UNKNOWN,
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


@pytest.mark.parametrize("header", [[], ["a", "b"], ["handle"], ["followers"], ["12", "34"], ["x" * 20_000, ""]])
def test_a_table_of_something_else_is_refused(header: list[str]) -> None:
    with pytest.raises(UnreadableFile, match="columns"):
        understand_columns(header)
