"""`run` and `demo`."""

import asyncio
from typing import Annotated

import typer

from bot.commands.edge import started
from bot.runtime import serve
from bot.settings import Settings

NO_TOKEN = "DISCORD_TOKEN is not set, so this is the demo: the same bot in a simulated Discord on this machine."  # noqa: S105 - a sentence

Port = Annotated[int, typer.Option(min=0, max=65535, help="The demo page's port; 0 takes a free one.")]
Server = Annotated[int, typer.Option(min=1, max=2, help="Which of the demo's two servers the page shows.")]
Reset = Annotated[bool, typer.Option("--reset", help="Begin with a fresh demo database.")]
Language = Annotated[str, typer.Option(help="The language of the demo's people, as Discord names it (nl, en-US, ...).")]


def run(port: Port = 8750, server: Server = 1, reset: Reset = False, language: Language = "en-US") -> None:
    """Connect to Discord and serve; without DISCORD_TOKEN, open the demo (the options are for the demo)."""
    with started() as settings:
        if settings.discord_token is None:
            typer.echo(NO_TOKEN)
            _demo(settings, port=port, server=server, reset=reset, language=language)
        else:
            serve(settings)


def demo(port: Port = 8750, server: Server = 1, reset: Reset = False, language: Language = "en-US") -> None:
    """Open the demo: the same bot in a simulated Discord, in the browser, with a roster of invented influencers."""
    with started() as settings:
        _demo(settings, port=port, server=server, reset=reset, language=language)


def _demo(settings: Settings, *, port: int, server: int, reset: bool, language: str) -> None:
    # Here, since a bot that serves a real Discord has no need to load a simulated one.
    from bot.demo import run_demo

    # `echo` flushes: through a pipe, too, the address is there as soon as the page is.
    asyncio.run(run_demo(settings, port=port, server=server, reset=reset, language=language, say=typer.echo))
