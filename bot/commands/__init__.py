"""The command line."""

import typer

from bot.commands.backtesting import backtest_file
from bot.commands.backups import backup, restore
from bot.commands.checking import check
from bot.commands.files import export_file, import_file
from bot.commands.keeping import migrate, sync
from bot.commands.posts import import_posts
from bot.commands.running import demo, run
from bot.commands.schedules import schedules
from bot.commands.template import template_file

app = typer.Typer(
    name="python -m bot",
    help="Microscout plans micro-influencer campaigns in Discord.",
    no_args_is_help=True,
    add_completion=False,
    # Errors go through our own logs, which take secrets out; boxes would break a usage error over several lines.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run)
app.command()(demo)
app.command()(sync)
app.command()(migrate)
app.command()(check)
app.command()(schedules)
app.command()(backup)
app.command()(restore)
app.command("import")(import_file)
app.command("import-posts")(import_posts)
app.command("export")(export_file)
app.command("template")(template_file)
app.command("backtest")(backtest_file)
