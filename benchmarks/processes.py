"""The bot, and its rival, as processes of their own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.built import ROOT

INHERITED = ("PATH", "HOME", "SYSTEMROOT")


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """These settings, and of this process's own only what any program needs."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {"PYTHONPATH": str(ROOT)} | dict(settings)


@asynccontextmanager
async def running(*arguments: str, folder: Path, settings: Mapping[str, str]) -> AsyncIterator[asyncio.StreamReader]:
    """`python …` in this folder for as long as the block runs; its standard output. Its log is a file there."""
    log = folder / "log.txt"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder,
            env=environment(settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    assert process.stdout is not None
    try:
        yield process.stdout
    except TimeoutError as error:
        raise RuntimeError(f"{arguments} did not answer in time: {log.read_text(errors='replace')[-2000:]}") from error
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
