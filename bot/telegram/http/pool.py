"""A client: connections that are kept, and shared by all calls."""

import asyncio
import os
import socket
import ssl
import time
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from bot.telegram.http.connect import Origin, ascii_host, authorization, connect, proxy_for
from bot.telegram.http.connection import Connection, Response, UnsentError

CONNECTIONS = 256  # more than a full window of updates uses at once
KEEP_ALIVE = 300.0  # seconds: a reply after some quiet minutes needs no handshake
USER_AGENT = "citebot"
TARGET = "/%?&=:@!$'()*+,;"  # what an address may hold as it is


class Limits(NamedTuple):
    """Seconds to wait for a connection, and for an answer; none: for ever."""

    connect: float | None
    read: float | None


class Pool:
    """Asks servers over at most `CONNECTIONS` connections; waiting for one has no limit."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._idle: defaultdict[Origin, list[Connection]] = defaultdict(list)
        self._closed = False

    async def ask(self, method: str, url: str, kind: str, body: bytes, limits: Limits) -> Response:
        """Send a body of a MIME type, and have the answer.

        Raises UnsentError, LostError, and TimeoutError; none of them holds the address.
        """
        origin, head = _route(method, url, kind)
        request = b"%b%d\r\n\r\n%b" % (head, len(body), body)
        async with self._free:
            connection = self._kept(origin) or await self._connected(origin, limits.connect)
            response = await connection.ask(request, limits.read)
            self._keep(origin, connection)
        return response

    async def close(self) -> None:
        """End every connection that no call uses, and each other as soon as its call ends."""
        self._closed = True
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()
        await asyncio.sleep(0)  # the loop lets go of them in its next round

    def _kept(self, origin: Origin) -> Connection | None:
        """The connection that was used last."""
        idle = self._idle[origin]
        oldest = time.monotonic() - KEEP_ALIVE
        while idle:
            connection = idle.pop()
            if connection.open and connection.idle_since > oldest:
                return connection
            connection.close()
        return None

    def _keep(self, origin: Origin, connection: Connection) -> None:
        if self._closed or not connection.open:
            connection.close()
            return
        idle, now = self._idle[origin], time.monotonic()
        connection.idle_since = now
        idle.append(connection)
        if idle[0].idle_since < now - KEEP_ALIVE:
            idle.pop(0).close()

    @staticmethod
    async def _connected(origin: Origin, seconds: float | None) -> Connection:
        try:
            async with asyncio.timeout(seconds):
                return await connect(origin)
        except TimeoutError:
            raise UnsentError("no connection in time") from None
        except OSError as error:
            raise UnsentError(_reason(error)) from None


def _reason(error: OSError) -> str:
    """What went wrong, in words that hold no secret."""
    if isinstance(error, ssl.SSLError):
        return error.reason or type(error).__name__
    if isinstance(error, socket.gaierror):
        return error.strerror or type(error).__name__
    return os.strerror(error.errno) if error.errno else str(error) or type(error).__name__


@lru_cache(64)
def _route(method: str, url: str, kind: str) -> tuple[Origin, bytes]:
    """Where a request goes, and its head up to the length. Raises UnsentError where an address is none."""
    try:
        parts = urlsplit(url)
        proxy = proxy_for(parts.scheme, parts.hostname or "")
        via = Origin.of(urlsplit(proxy)) if proxy else None
        origin = Origin.of(parts, proxy)
    except ValueError:
        raise UnsentError("an address is no http address") from None
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    host = ascii_host(parts.netloc.rpartition("@")[2])
    headers = {"Host": host, "User-Agent": USER_AGENT, "Accept": "*/*", "Authorization": authorization(parts)}
    if via is not None and not origin.tls:
        target = f"http://{host}{target}"
        headers["Proxy-Authorization"] = authorization(urlsplit(proxy or ""))
    headers["Content-Type"] = kind
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    request = f"{method} {quote(target, safe=TARGET)} HTTP/1.1"
    return origin, "\r\n".join([request, *lines, "Content-Length: "]).encode()
