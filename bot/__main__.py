"""`python -m bot`."""

import io
import sys

from bot.commands import app

# A name that the terminal's encoding lacks is shown escaped; it must not end the command.
if isinstance(sys.stdout, io.TextIOWrapper):
    sys.stdout.reconfigure(errors="backslashreplace")
app(prog_name="python -m bot")
