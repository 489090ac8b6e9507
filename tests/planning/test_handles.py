import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import InvalidValue
from planning.handles import parse_handle, profile_url
from planning.platform import Platform
from planning.reasons import Reason

CHANNEL = "UCX6OQ3DkcsbYNE6H8uQQuVA"


@pytest.mark.parametrize(
    ("text", "platform", "handle"),
    [
        ("https://www.instagram.com/Foo.Bar_/?hl=en", Platform.INSTAGRAM, "foo.bar_"),
        ("instagram.com/foo/", Platform.INSTAGRAM, "foo"),
        ("//m.instagram.com/foo", Platform.INSTAGRAM, "foo"),
        ("https://www.instagram.com/foo\u00a0/", Platform.INSTAGRAM, "foo"),
        ("tiktok.com/@x.y?lang=en", Platform.TIKTOK, "x.y"),
        ("https://youtube.com/@MrBeast/videos", Platform.YOUTUBE, "mrbeast"),
        (f"youtube.com/channel/{CHANNEL}", Platform.YOUTUBE, CHANNEL),
        ("https://www.youtube.com/c/Foo", Platform.YOUTUBE, "foo"),
        ("https://twitch.tv/Some_One", Platform.TWITCH, "some_one"),
        ("https://x.com/jack", Platform.X, "jack"),
        ("mobile.twitter.com/jack", Platform.X, "jack"),
        ("https://bsky.app/profile/alice.bsky.social", Platform.BLUESKY, "alice.bsky.social"),
        ("https://mastodon.social/@Gargron", Platform.MASTODON, "gargron@mastodon.social"),
        ("https://mstdn.nl/@gargron@mastodon.social", Platform.MASTODON, "gargron@mastodon.social"),
        ("https://example.org/users/ann", Platform.MASTODON, "ann@example.org"),
        ("@gargron@mastodon.social", Platform.MASTODON, "gargron@mastodon.social"),
        ("threads.net/@zuck", Platform.THREADS, "zuck"),
        ("https://www.threads.com/@zuck", Platform.THREADS, "zuck"),
        ("https://nl.linkedin.com/in/Jos%C3%A9-x/", Platform.LINKEDIN, "josé-x"),
        ("linkedin.com/company/acme/about", Platform.LINKEDIN, "acme"),
        ("https://nl.pinterest.com/foo/board", Platform.PINTEREST, "foo"),
        ("https://www.pinterest.co.uk/foo", Platform.PINTEREST, "foo"),
        ("https://reddit.com/r/Minecraft", Platform.OTHER, "minecraft"),
    ],
)
def test_an_address_gives_platform_and_handle(text: str, platform: Platform, handle: str) -> None:
    assert parse_handle(text) == (platform, handle)
    assert parse_handle(text, platform) == (platform, handle)
    assert parse_handle(handle, platform) == (platform, handle)


@pytest.mark.parametrize("text", ["@Name.x", "name.x", " NAME.X ", "\u200ename.x\u200f", "@name.x\u00a0"])
def test_handles_are_one_however_they_are_typed(text: str) -> None:
    assert parse_handle(text, Platform.INSTAGRAM) == (Platform.INSTAGRAM, "name.x")
    assert parse_handle(text) == (None, "name.x")


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("😀", None),
        ("name😀", Platform.INSTAGRAM),
        ("@everyone", None),
        ("@HERE", Platform.TIKTOK),
        ("<@123>", None),
        ("<@&123>", Platform.OTHER),
        ("**bold**", None),
        ("`x`", Platform.OTHER),
        ("[x](http://evil.example)", None),
        ("[x](http://evil.example)", Platform.OTHER),
        ("||x||", Platform.OTHER),
        ("a b", None),
        ("a\nb", Platform.OTHER),
        ("@", None),
        ("@@x", None),
        ("alice", Platform.BLUESKY),
        ("alice", Platform.MASTODON),
        ("a" * 31, Platform.INSTAGRAM),
        ("a" * 25, Platform.TIKTOK),
        ("a" * 16, Platform.X),
        ("ab", Platform.YOUTUBE),
        ("dotted.name", Platform.X),
        ("JorgeVázquez", Platform.INSTAGRAM),
        ("a" * 20_000, None),
        ("http://", None),
        ("//", None),
        ("instagram.com/", None),
        ("https://www.instagram.com/p/Cxyz/", None),
        ("https://www.instagram.com/reel/Cxyz/", None),
        ("https://www.instagram.com/foo/p/Cxyz/", None),
        ("https://www.instagram.com/stories/foo/1/", None),
        ("https://www.tiktok.com/@x/video/123", None),
        ("https://www.tiktok.com/foryou", None),
        ("https://www.facebook.com/groups/food", None),
        ("https://www.facebook.com/profile.php?id=1000", None),
        ("https://open.spotify.com/artist/abc", None),
        ("https://www.youtube.com/watch?v=abc", None),
        ("https://youtu.be/abc", None),
        ("https://x.com/jack/status/20", None),
        ("https://x.com/home", None),
        ("https://www.threads.net/@zuck/post/1", None),
        ("https://bsky.app/profile/a.bsky.social/post/1", None),
        ("https://mastodon.social/@Gargron/1234", None),
        ("https://example.org/page", None),
    ],
)
def test_what_is_no_profile_is_refused(text: str, platform: Platform | None) -> None:
    with pytest.raises(InvalidValue) as failure:
        parse_handle(text, platform)
    assert failure.value.reason is Reason.NOT_A_HANDLE


def test_nothing_and_the_wrong_platform_have_reasons_of_their_own() -> None:
    with pytest.raises(InvalidValue, match="handle_missing"):
        parse_handle(" \u200b")
    with pytest.raises(InvalidValue, match="platform_conflict"):
        parse_handle("instagram.com/foo", Platform.TIKTOK)


def test_youtube_takes_any_alphabet_and_keeps_channel_ids() -> None:
    assert parse_handle("SentoFarmacéutico", Platform.YOUTUBE)[1] == "sentofarmacéutico"
    assert parse_handle(CHANNEL) == (None, CHANNEL)
    assert profile_url(Platform.YOUTUBE, CHANNEL) == f"https://www.youtube.com/channel/{CHANNEL}"


def test_elsewhere_has_no_address() -> None:
    assert profile_url(Platform.OTHER, "foo") is None
    assert parse_handle("https://my.site/creators/Foo", Platform.OTHER) == (Platform.OTHER, "foo")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from([None, *Platform]))
def test_a_normalised_handle_stays_as_it_is(text: str, platform: Platform | None) -> None:
    try:
        found, handle = parse_handle(text, platform)
    except InvalidValue:
        return
    assert parse_handle(handle, found) == (found, handle)
    assert not set(handle) & set(" \t\n*`|<>[]()~\\")


@given(st.sampled_from(sorted(set(Platform) - {Platform.OTHER})), st.from_regex(r"\A[a-z0-9]{4,15}\Z"))
def test_a_profiles_address_leads_back_to_it(platform: Platform, name: str) -> None:
    handle = {Platform.BLUESKY: f"{name}.bsky.social", Platform.MASTODON: f"{name}@example.org"}.get(platform, name)
    url = profile_url(platform, handle)
    assert url is not None
    if name not in {"reel", "home", "here", "search", "about", "legal"}:
        assert parse_handle(url) == (platform, handle)
