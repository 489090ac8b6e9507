"""`python -m bot`."""

from bot.commands import app

app(prog_name="python -m bot")
