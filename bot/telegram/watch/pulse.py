"""Health without a port: a Unix socket in Linux's abstract namespace, which needs no file and no folder.

The process answers whoever connects with the reason why it is not well, or "ok".
"""

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.settings import Settings

HEALTHY = b"ok"
_LONGEST = 4096


def address(settings: Settings) -> str:
    """The socket's name: one for each token and Bot API server. It tells neither."""
    token = settings.token or ""
    return "\0citebot-" + hashlib.sha256(f"health of {token} at {settings.api_url}".encode()).hexdigest()[:32]


@asynccontextmanager
async def beating(name: str, health: Callable[[], str]) -> AsyncIterator[None]:
    """Answer until left. Raises OSError where the name is taken, or the system has no abstract namespace."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(health().encode() or HEALTHY)
        writer.close()

    async with await asyncio.start_unix_server(answer, name):
        yield


def feel(name: str, seconds: float) -> str:
    """The reason why the process is not well, or nothing. Raises OSError where none answers in time."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(seconds)
        connection.connect(name)
        with connection.makefile("rb") as answer:
            said = answer.read(_LONGEST)
    if not said:
        raise ConnectionResetError
    return "" if said == HEALTHY else said.decode(errors="replace")
