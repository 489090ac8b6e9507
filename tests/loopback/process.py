"""`python -m bot …` as a process of its own, as an operator or a supervisor starts it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.loopback.server import Loopback

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 5.0
COMMAND_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended and what it wrote."""

    code: int
    out: str
    err: str


CommandLine = Callable[..., Ended]
"""Runs a command in this process: `cli("import", "roster.csv", LOG_LEVEL="debug")`, settings by their names."""


class BotProcess:
    """A running `python -m bot`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._err = ""
        self._read = asyncio.Condition()
        self._out = asyncio.create_task(process.stdout.read())
        self._reading = asyncio.create_task(self._read_errors(process.stderr))

    async def _read_errors(self, stream: asyncio.StreamReader) -> None:
        async for line in stream:
            async with self._read:
                self._err += line.decode()
                self._read.notify_all()

    async def wrote(self, text: str) -> None:
        """Wait until its standard error holds this."""
        async with asyncio.timeout(COMMAND_SECONDS), self._read:
            await self._read.wait_for(lambda: text in self._err)

    async def stop(self, signum: int = signal.SIGTERM, *, within: float = STOP_SECONDS) -> Ended:
        """Send the signal and wait for the end. Raises TimeoutError where it takes longer than promised."""
        self.send(signum)
        return await self.ended(within=within)

    def send(self, signum: int) -> None:
        """Send the signal only."""
        self._process.send_signal(signum)

    async def ended(self, *, within: float) -> Ended:
        """Wait for the end."""
        async with asyncio.timeout(within):
            code = await self._process.wait()
        return Ended(code, (await self._out).decode(), await self._errors())

    async def _errors(self) -> str:
        await self._reading
        return self._err

    async def end(self) -> str:
        """Leave nothing behind, however a test went; what it wrote to standard error."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._out
        return await self._errors()


@asynccontextmanager
async def started(*arguments: str, folder: Path, env: dict[str, str]) -> AsyncIterator[BotProcess]:
    """Start `python -m bot` with these arguments in an empty folder: no `.env` of this checkout is read there."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT)} | env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    bot = BotProcess(process)
    try:
        yield bot
    finally:
        sys.stderr.write(await bot.end())  # pytest shows it where the test failed


async def command_line(*arguments: str, folder: Path, env: dict[str, str]) -> Ended:
    """Run one command to its end."""
    async with started(*arguments, folder=folder, env=env) as process:
        return await process.ended(within=COMMAND_SECONDS)


def environment(discord: Loopback, database: Path) -> dict[str, str]:
    """The settings of a bot that meets the loopback Discord."""
    return {
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
    }
