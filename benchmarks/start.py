"""How long a start takes: the demo until its address is printed, and the imports alone."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.built import FOLDER
from benchmarks.figures import Row, milliseconds, percentile, print_row
from benchmarks.processes import environment, running

STARTS = 7
IMPORTS = 11
MOST_SECONDS = 3.0
MOST_IMPORT_SECONDS = 1.0
PATIENCE = 60
DEMO = "300 accounts"

EVERY_MODULE = """
import importlib, pkgutil
for package in ("bot", "cogs", "planning", "platforms", "sheets", "storage"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not module.name.endswith("__main__") and ".migrations.env" not in module.name:
            importlib.import_module(module.name)
"""
"""But the two that begin to work as soon as they are imported."""

SERVING = "import bot.commands, bot.app, bot.runtime, cogs.install"
BARE = "import discord, sqlalchemy.ext.asyncio, pydantic_settings, typer"


async def run(accounts: int) -> None:
    """Print the rows; the demo's roster has 300 accounts, whatever is asked."""
    del accounts
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh: list[float] = []
    again: list[float] = []
    for _ in range(1 + STARTS):
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            fresh.append(await _demo(Path(folder)))
            again.append(await _demo(Path(folder)))
    # The first one may have compiled modules.
    _print_start("demo: first start to ready, roster imported", fresh[1:])
    _print_start("demo: later start to ready", again[1:])
    empty: list[float] = []
    imports: dict[str, list[float]] = {EVERY_MODULE: [], SERVING: [], BARE: []}
    for turn in range(1 + IMPORTS):
        for code, spent in ("pass", empty), *imports.items():
            seconds = _python(code)
            if turn:
                spent.append(seconds)
    bare = percentile(empty, 0.5)
    third_party = percentile(imports[BARE], 0.5) - bare
    for what, code in (("import of every module", EVERY_MODULE), ("import of what `run` needs", SERVING)):
        spent = percentile(imports[code], 0.5) - bare
        print_row(
            Row(
                what,
                "",
                f"p50 {milliseconds(spent)}",
                f"discord.py, SQLAlchemy …: {milliseconds(third_party)}",
                f"{spent / third_party:.2f} x",
                f"< {MOST_IMPORT_SECONDS:.0f} s",
                spent < MOST_IMPORT_SECONDS,
            )
        )


def _print_start(what: str, seconds: list[float]) -> None:
    middle, slowest = percentile(seconds, 0.5), max(seconds)
    ours = f"p50 {middle:.2f} s, max {slowest:.2f} s"
    print_row(Row(what, DEMO, ours, limit=f"<= {MOST_SECONDS:.0f} s", met=middle <= MOST_SECONDS))


async def _demo(folder: Path) -> float:
    """Seconds until the demo prints its address."""
    began = time.perf_counter()
    async with running("-m", "bot", "demo", "--port", "0", folder=folder, settings={}) as said:
        async for line in said:
            if b"http://" in line:
                return time.perf_counter() - began
    raise RuntimeError(f"the demo printed no address: {(folder / 'log.txt').read_text()}")


def _python(code: str) -> float:
    """Seconds from the start of a fresh interpreter until it has done this; its end is not waited for."""
    command = [sys.executable, "-c", f"{code}\nimport os\nos._exit(0)"]
    began = time.perf_counter()
    subprocess.run(command, check=True, env=environment({}), timeout=PATIENCE)  # noqa: S603 - our own
    return time.perf_counter() - began
