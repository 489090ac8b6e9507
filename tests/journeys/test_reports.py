"""`/tier`: the report, what is missing, unknown handles, sharing."""

from tests.journeys.conftest import Journey, enrol


async def test_what_is_missing_is_named_with_the_command_that_fills_it(world: Journey):
    await enrol(world.planner, "@moss")
    answer = await world.member.slash("tier", handle="@moss")
    assert "Engagement rate: not computable" in answer.text
    assert "likes aren't known" in answer.text
    assert "Missing: niches, country, likes, comments, and price" in answer.text
    assert "</influencer edit:" in answer.text
    assert "`instagram:moss`" in answer.text


async def test_hidden_likes_are_never_a_rate_of_zero(world: Journey):
    await enrol(world.planner, "@moss", likes=0.0, comments=4.0, posts=6)
    text = (await world.member.slash("tier", handle="moss")).text
    assert "not computable" in text
    assert "usually mean that they are hidden" in text
    assert "0.0" not in text


async def test_below_the_lowest_tier_and_near_the_next(world: Journey):
    await enrol(world.planner, "@tiny", followers=120)
    await enrol(world.planner, "@almost", platform="youtube", followers=4_990)
    assert "Below nano" in (await world.member.slash("tier", handle="tiny")).text
    near = (await world.member.slash("tier", handle="almost")).text
    assert "10 followers short of mid-tier" in near
    assert "YouTube rounds" in near


async def test_autocomplete_finds_any_part_of_a_handle_or_name(world: Journey):
    await enrol(world.planner, "@moss.kitchen", name="Élise van Dam")
    await enrol(world.planner, "@kitchen.sink", platform="tiktok", followers=12_000)
    choices = await world.member.autocomplete("tier", "handle", "KITCH")
    assert [choice.value for choice in choices] == ["tiktok:kitchen.sink", "instagram:moss.kitchen"]
    assert choices[1].name == "@moss.kitchen · Instagram · micro · 3,210 · Élise van Dam"
    assert [c.value for c in await world.member.autocomplete("tier", "handle", "van da")] == ["instagram:moss.kitchen"]
    assert [c.value for c in await world.member.autocomplete("tier", "handle", "s")] != []
    answer = await world.member.slash("tier", handle=choices[0].value)
    assert "@kitchen.sink" in answer.text


async def test_a_name_finds_its_account_and_several_are_offered(world: Journey):
    await enrol(world.planner, "@moss.kitchen", name="Élise van Dam")
    assert "@moss.kitchen" in (await world.member.slash("tier", handle="Élise van Dam")).text
    await enrol(world.planner, "@fern", name="Jan van Dam")
    several = await world.member.slash("tier", handle="van Dam")
    assert set(several.labels) == {"@fern · Instagram", "@moss.kitchen · Instagram"}
    assert "no handle" in (await world.member.slash("tier", handle="Nobody At All")).text


async def test_an_unknown_handle_gets_the_nearest_and_a_form_to_register_it(world: Journey):
    await enrol(world.planner, "@moss.kitchen")
    answer = await world.planner.slash("tier", handle="@mos.kitchen")
    assert "isn't registered" in answer.text
    assert answer.labels == ["@moss.kitchen · Instagram", "Register it"]
    form = await answer.click("Register it")
    assert form.form is not None
    values = {component["custom_id"]: component for component in _inputs(form.form)}
    ids = list(values)
    filled = await form.submit(
        {ids[0]: "@mos.kitchen", ids[1]: ["instagram"], ids[2]: "2.4k", ids[3]: "vegan", ids[4]: "99 EUR"}
    )
    assert "Micro · 2,400 followers" in filled.text
    opened = await answer.click("@moss.kitchen · Instagram")
    assert "3,210 followers" in opened.text


async def test_a_form_with_bad_input_says_what_is_wrong(world: Journey):
    answer = await world.planner.slash("tier", handle="@mos.kitchen")
    form = await answer.click("Register it")
    ids = [component["custom_id"] for component in _inputs(form.form or {})]
    refused = await form.submit({ids[0]: "@mos.kitchen", ids[1]: ["instagram"], ids[2]: "many"})
    assert "can't be read as a number" in refused.text
    assert refused.ephemeral


async def test_sharing_posts_to_the_channel_in_the_servers_language(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0, comments=10.0, posts=3)
    await world.planner.slash("settings language", language="nl")
    answer = await world.member.slash("tier", handle="moss")
    assert "followers" in answer.text
    await answer.click("Share to channel")
    post = world.planner.sees()[-1]
    assert "3.210 volgers" in post.text
    assert "Share to channel" not in post.labels


async def test_answers_follow_the_persons_own_discord(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0, comments=28.0, posts=3, price="250 EUR")
    text = (await world.member.speaks("nl").slash("tier", handle="moss")).text
    for part in ("3.210 volgers", "4,0%", "€\N{NO-BREAK SPACE}250"):
        assert part in text


def _inputs(form: dict) -> list[dict]:
    """The input of each label, in order."""
    return [label["component"] for label in form["components"]]


async def test_no_followers_make_no_rate_and_no_picture(world: Journey):
    await enrol(world.planner, "@moss", followers=0, likes=40.0, comments=4.0, posts=5)
    answer = await world.member.slash("tier", handle="moss")
    assert "Engagement rate: not computable" in answer.text
    assert "no followers to compare with" in answer.text
    assert answer.files == {}
    listed = await world.member.slash("influencer list")
    assert "rate not computable" in listed.text
