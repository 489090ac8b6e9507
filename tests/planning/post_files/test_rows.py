"""What is wrong with files of posts, and what becomes of it."""

from datetime import UTC, datetime

import pytest

from planning.errors import InvalidValue, UnreadableFile
from planning.platform import Platform
from planning.post_files.found import PostWarning
from planning.posts import PostKind
from planning.reasons import Reason
from tests.planning.post_files.tables import read, rows, told


@pytest.mark.parametrize("text", ["date,likes\n", "Content,Video title,Video publish time,Likes\nTotal,,,5\n"])
def test_an_export_without_posts_says_so(text: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    assert refused.value.reason == "no_posts"


@pytest.mark.parametrize("text", ["likes,comments\n1,2\n", "date,title\n2026-09-20,x\n", "a;b\n1;2\n", "x\n"])
def test_a_table_without_dates_or_figures_is_none_of_posts(text: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    assert refused.value.reason == "post_columns"
    assert refused.value.detail


def test_one_post_is_enough() -> None:
    found = read("date,likes\n2026-09-20,3\n")
    assert [post.likes for post in found.posts] == [3]
    assert found.warnings == ()


def test_rows_that_cannot_be_posts_are_rejected_with_their_reason() -> None:
    found = read(
        "date,likes,comments,handle\n"
        ",1,1,ann\n"
        "someday,1,1,ann\n"
        "2026-11-26,1,1,ann\n"
        "1970-01-01,1,1,ann\n"
        "2026-02-30,1,1,ann\n"
        "2026-09-20,,n/a,ann\n"
        "2026-09-20,1,1,@Bob\n"
        "2026-09-20,1,1,a b\n"
        "2026-09-20,1,1,ann,5\n"
        ",,,\n"
        "2026-09-20,7,1,https://www.instagram.com/Ann/\n",
        handle="ann",
        platform=Platform.INSTAGRAM,
    )
    assert [post.likes for post in found.posts] == [7]
    assert found.rows == 10
    assert told(found) == [
        (2, "date", "", Reason.DATE_MISSING, True),
        (3, "date", "someday", Reason.NOT_A_DATE, True),
        (4, "date", "2026-11-26", Reason.DATE_IN_FUTURE, True),
        (5, "date", "1970-01-01", Reason.NOT_A_DATE, True),
        (6, "date", "2026-02-30", Reason.NOT_A_DATE, True),
        (7, "", "", Reason.NO_NUMBERS, True),
        (8, "handle", "bob", Reason.OTHER_ACCOUNT, True),
        (9, "handle", "a b", Reason.NOT_A_HANDLE, True),
        (10, "", "5", Reason.TOO_MANY_CELLS, True),
    ]
    assert found.accounts == {"ann": 7, "bob": 1}


def test_cells_that_cannot_be_read_are_left_out() -> None:
    found = read(
        "date,likes,comments,shares,saves,type,sponsored,post id\n"
        "2026-09-20,many,2,-5,1.5,hologram,perhaps,1.79E+16\n"
        "2026-09-21,-1,2,99999999999,unknown,reel,no,12\n"
    )
    first, second = found.posts
    assert (first.likes, first.comments, first.shares, first.saves) == (None, 2, None, None)
    assert (first.kind, first.sponsored, first.reference) == (None, None, None)
    assert (second.likes, second.kind, second.sponsored, second.reference) == (None, PostKind.REEL, False, None)
    assert {(p.row, p.column, p.reason, p.rejects_row) for p in found.problems} == {
        (2, "likes", Reason.NOT_A_NUMBER, False),
        (2, "shares", Reason.NOT_A_COUNT, False),
        (2, "saves", Reason.NOT_A_COUNT, False),
        (2, "type", Reason.NOT_A_KIND, False),
        (2, "sponsored", Reason.NOT_YES_OR_NO, False),
        (2, "post id", Reason.NOT_A_REFERENCE, False),
        (3, "shares", Reason.NOT_A_COUNT, False),
    }


def test_hidden_likes_are_unknown_and_never_zero() -> None:
    found = read("date,likes,comments\n2026-09-20,-1,4\n2026-09-21,-1,5\n2026-09-22,,6\n")
    assert [(post.likes, post.comments) for post in found.posts] == [(None, 4), (None, 5), (None, 6)]
    assert (found.warnings, found.problems) == ((PostWarning.NO_LIKES,), [])
    assert read("date,comments\n2026-09-20,4\n").warnings == (PostWarning.NO_LIKES,)


@pytest.mark.parametrize("likes", ["0", "3"])
def test_the_same_3_or_0_in_every_row_is_a_placeholder(likes: str) -> None:
    found = read(f"date,likes,comments\n2026-09-20,{likes},4\n2026-09-21,{likes},5\n")
    assert [(post.likes, post.comments) for post in found.posts] == [(None, 4), (None, 5)]
    assert found.warnings == (PostWarning.LIKES_PLACEHOLDER,)
    several = read(f"date,likes,comments\n2026-09-20,{likes},4\n2026-09-21,{likes},5\n2026-09-22,9,5\n")
    assert [post.likes for post in several.posts] == [int(likes), int(likes), 9]
    assert several.warnings == ()


def test_placeholders_are_told_for_each_account_of_a_file() -> None:
    found = read("account,date,likes\nann,2026-09-20,3\nbob,2026-09-20,3\nann,2026-09-21,3\nbob,2026-09-21,8\n")
    assert list(zip(found.owners, (post.likes for post in found.posts), strict=True)) == [
        ("ann", None),
        ("bob", 3),
        ("ann", None),
        ("bob", 8),
    ]


def test_a_row_for_every_day_looks_like_days_and_not_like_posts() -> None:
    lines = [f"2026-09-{day:02},{day * 7},{day}" for day in range(1, 21)]
    assert read(rows("date,likes,comments", lines)).warnings == (PostWarning.EVERY_DAY,)
    assert read(rows("date,likes,comments", lines[::2])).warnings == ()
    assert read(rows("date,likes,comments", lines[:13])).warnings == ()
    named = [f"{line},reel" for line in lines]
    assert read(rows("date,likes,comments,kind", named)).warnings == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *(("IG image", PostKind.POST), ("IG-Karussell", PostKind.POST), ("Imagen de IG", PostKind.POST)),
        *(("IG reel", PostKind.REEL), ("Reel do IG", PostKind.REEL), ("Reels", PostKind.REEL)),
        *(("Story's", PostKind.STORY), ("Historia", PostKind.STORY), ("IG story", PostKind.STORY)),
        *(("Vidéo", PostKind.VIDEO), ("YouTube Shorts", PostKind.SHORT), ("Livestream", PostKind.STREAM)),
    ],
)
def test_kinds_by_their_names(word: str, kind: PostKind) -> None:
    assert read(f"date,likes,type\n2026-09-20,5,{word}\n").posts[0].kind is kind


def test_a_post_that_stands_twice_counts_once() -> None:
    found = read(
        "posted at,post id,likes,comments,shares\n"
        "2026-09-20 14:05,abc,5,1,\n"
        "2026-09-20 14:05,abc,5,1,2\n"
        "2026-09-20 14:05,abc,6,1,2\n"
        "2026-09-20 14:05,def,9,9,9\n"
        "2026-09-21 14:05,,7,1,\n"
        "2026-09-21 14:05,,7,1,\n"
        "2026-09-21 14:05,,8,1,\n"
        "2026-09-21 14:05,ghi,7,,4\n"
    )
    assert [(post.reference, post.likes, post.shares) for post in found.posts] == [
        ("abc", 5, 2),
        ("def", 9, 9),
        ("ghi", 7, 4),
    ]
    assert (found.rows, found.repeated) == (8, 3)
    assert [(p.row, p.column, p.value, p.reason, p.detail) for p in found.problems] == [
        (4, "likes", "6", Reason.POST_DIFFERS, "2"),
        (8, "likes", "8", Reason.POST_DIFFERS, "6"),
    ]


def test_where_only_days_are_known_posts_of_a_day_differ_by_their_figures() -> None:
    found = read("date,likes,comments\n2026-09-20,5,1\n2026-09-20,5,1\n2026-09-20,6,1\n")
    assert [post.likes for post in found.posts] == [5, 6]
    assert (found.rows, found.repeated, found.problems) == (3, 1, [])


def test_posts_of_several_accounts_are_told_apart() -> None:
    found = read("handle,posted at,likes\nann,2026-09-20 14:05,5\nbob,2026-09-20 14:05,6\n,2026-09-20 14:05,7\n")
    assert found.owners == ["ann", "bob", None]
    assert (found.accounts, found.repeated, found.problems) == ({"ann": 1, "bob": 1}, 0, [])


@pytest.mark.parametrize(
    ("link", "reference", "kind"),
    [
        ("https://www.instagram.com/reel/DAb_c-1/?igsh=x", "DAb_c-1", PostKind.REEL),
        ("instagram.com/ann/p/DAbc1", "DAbc1", None),
        ("https://www.instagram.com/stories/ann/34567890123456789/", "34567890123456789", PostKind.STORY),
        ("https://www.youtube.com/watch?v=aB3-xyz_90Q&t=5", "aB3-xyz_90Q", PostKind.VIDEO),
        ("https://youtu.be/aB3-xyz_90Q?si=1", "aB3-xyz_90Q", None),
        ("https://youtube.com/shorts/aB3-xyz_90Q", "aB3-xyz_90Q", PostKind.SHORT),
        ("https://youtube.com/live/aB3-xyz_90Q", "aB3-xyz_90Q", PostKind.STREAM),
        ("https://www.tiktok.com/@ann/photo/7681714846173356608", "7681714846173356608", PostKind.POST),
        ("https://example.org/posts/1/", "example.org/posts/1", None),
    ],
)
def test_addresses_say_which_post_and_of_what_kind(link: str, reference: str, kind: PostKind | None) -> None:
    (post,) = read(f"date,likes,link\n2026-09-20,5,{link}\n").posts
    assert (post.reference, post.kind) == (reference, kind)


def test_figures_as_each_country_writes_them() -> None:
    comma = read('date,likes,views\n2026-09-20,"1,234","1,234,567"\n2026-09-21,12,1.2M\n')
    assert [(post.likes, post.views) for post in comma.posts] == [(1_234, 1_234_567), (12, 1_200_000)]
    point = read("date;likes;views\n2026-09-20;1.234;1.234.567\n2026-09-21;12;1,2M\n", delimiter=";")
    assert [post.views for post in point.posts] == [1_234_567, 1_200_000]
    exact = read("date,likes,views\n2026-09-20,432.000,1432.000\n2026-09-21,12.0,7\n")
    assert [(post.likes, post.views) for post in exact.posts] == [(432, 1_432), (12, 7)]


def test_a_zone_or_a_handle_that_is_none_is_refused() -> None:
    for zone in ("Mars/Olympus", "", "../etc/passwd", "/etc"):
        with pytest.raises(InvalidValue):
            read("date,likes\n2026-09-20,1\n", timezone=zone)
    with pytest.raises(InvalidValue):
        read("date,likes\n2026-09-20,1\n", handle="a b")


def test_two_hundred_thousand_posts() -> None:
    lines = [f"{1_700_000_000 + 60 * i},{i % 977 + 4},{i % 31}" for i in range(200_000)]
    found = read(rows("unix time,likes,comments", lines))
    assert (len(found.posts), found.rows, found.problems) == (200_000, 200_000, [])
    assert found.posts[-1].posted_at == datetime.fromtimestamp(1_700_000_000 + 60 * 199_999, UTC)
