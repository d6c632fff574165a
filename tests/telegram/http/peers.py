"""Servers that do what they are told, and a client for them."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.telegram.http.connection import Response
from bot.telegram.http.pool import Limits, Pool

LIMITS = Limits(5.0, 5.0)
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """A server that answers each request with the next of its scripts, then closes where there is no more.

    `requests` are the heads it was sent, `asked` whether there are any; `connections` how many it has taken.
    """

    def __init__(self, *scripts: bytes, pause: float = 0.0, at_a_time: int = 65_536) -> None:
        self._scripts = iter(scripts)
        self._pause, self._at_a_time = pause, at_a_time
        self.requests: list[bytes] = []
        self.asked = asyncio.Event()
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk on one connection."""
        self.connections += 1
        try:
            while head := await read_head(reader):
                self.requests.append(head)
                self.asked.set()
                script = next(self._scripts, None)
                if script is None:
                    break
                await asyncio.sleep(self._pause)
                for start in range(0, len(script), self._at_a_time):
                    writer.write(script[start : start + self._at_a_time])
                    await writer.drain()
                    await asyncio.sleep(0)
                if script.startswith(b"HTTP/1.1 200 Until the end"):
                    break
        except ConnectionError:
            pass
        finally:
            writer.close()


async def read_head(reader: asyncio.StreamReader) -> bytes:
    """A request, whose body is "?", without that; nothing at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(0 if head.startswith(b"CONNECT") else 1)
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""
    return head


@asynccontextmanager
async def listening(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server's port."""
    open_connections: set[asyncio.StreamWriter] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_connections.add(writer)
        await serve(reader, writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in open_connections:
            writer.transport.abort()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def opened() -> AsyncIterator[Pool]:
    """A pool."""
    client = Pool()
    try:
        yield client
    finally:
        await client.close()


async def ask(client: Pool, port: int, limits: Limits = LIMITS) -> Response:
    """One call."""
    return await client.ask("POST", f"http://127.0.0.1:{port}/path", "text/plain", b"?", limits)
