"""`/influencer posts` and `log`: an account's posts from a file, and fresh readings of its averages."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.influencer.cards import edited_card
from cogs.influencer.files import problems_file
from cogs.influencer.posts_card import posts_done_card, posts_proposal_card
from cogs.kit import options
from cogs.kit.buttons import action
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.kit.state import unpack
from cogs.tier.card import unknown_card
from planning.services.accounts import Unknown
from planning.services.post_imports import PostsProposal, answer_dates, confirm_posts, propose_posts
from planning.services.proposed_imports import check_size
from planning.services.readings import Reading, log_reading


class PostCommands(commands.Cog):
    """The part of `/influencer` that keeps an account's numbers over time."""

    services: Services

    @app_commands.command()
    @app_commands.autocomplete(handle=options.suggest_handle)
    async def posts(self, interaction: discord.Interaction, handle: options.Typed, file: discord.Attachment) -> None:
        """Read an account's posts from a file; shows what it understood before it writes anything.

        Args:
            handle: Whose posts they are.
            file: A CSV export of Instagram, YouTube Studio or TikTok Studio, or a table with a post a row.
        """
        request = await Request.begin(interaction, self.services)
        request.caller.must_plan()
        check_size(file.size)
        result = await propose_posts(
            request.database,
            self.services.reader,
            request.caller,
            handle,
            filename=file.filename,
            content=await file.read(),
            now=request.now,
        )
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=True))
        else:
            await self._propose(request, result)

    @app_commands.command()
    @app_commands.autocomplete(handle=options.suggest_handle)
    async def log(
        self,
        interaction: discord.Interaction,
        handle: options.Typed,
        followers: options.Followers | None = None,
        likes: options.Average | None = None,
        comments: options.Average | None = None,
        views: options.Average | None = None,
        posts: options.Posts | None = None,
    ) -> None:
        """Keep a fresh reading of an account's numbers; what was known before stays as history.

        Args:
            handle: Whose numbers they are.
            followers: How many followers it has now.
            likes: Likes of an average post.
            comments: Comments on an average post.
            views: Views of an average post.
            posts: Over how many posts these averages are.
        """
        request = await Request.begin(interaction, self.services)
        reading = Reading(followers, likes, comments, views, posts)
        result = await log_reading(request.database, request.caller, handle, reading, now=request.now)
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=True))
        else:
            await request.answer(edited_card(request.t, result.before, result.after))

    @action("posts")
    async def confirm_posts(self, interaction: discord.Interaction, state: str) -> None:
        """Write the posts that were shown."""
        request = await Request.begin_update(interaction, self.services)
        report = await confirm_posts(request.database, self.services.reader, request.caller, state, now=request.now)
        await request.answer(posts_done_card(request.t, report), files=problems_file(request, report.found.problems))

    @action("posts-date")
    async def answer_dates(self, interaction: discord.Interaction, state: str) -> None:
        """Read the file again, now that it is said which number of its dates is the day."""
        request = await Request.begin_update(interaction, self.services)
        answer, token = unpack(state, 2)
        day_first = answer == "d"
        proposal = await answer_dates(
            request.database, self.services.reader, request.caller, token or "", day_first=day_first, now=request.now
        )
        await self._propose(request, proposal)

    async def _propose(self, request: Request, proposal: PostsProposal) -> None:
        files = problems_file(request, proposal.report.found.problems)
        await request.answer(posts_proposal_card(request.t, proposal), files=files)
