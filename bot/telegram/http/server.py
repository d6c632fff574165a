"""The server's side: whole requests in, replies out, in order on each connection. Strangers may connect."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import NamedTuple

import httptools

_LOG = logging.getLogger(__name__)
LARGEST = 2**20  # bytes of a request, its head included
IN_TIME = 30.0  # seconds for a request to come whole, or a reply to be taken
KEEP_ALIVE = 75.0  # seconds between requests
LOOK_EVERY = 1.0  # seconds between looks for who is late
CONNECTIONS = 2000
BACKLOG = 1024


class Request(NamedTuple):
    """A request; the path without its query, header names in lower case."""

    method: str
    path: str
    headers: dict[bytes, bytes]
    body: bytes


class Reply(NamedTuple):
    """Status, body and its MIME type."""

    status: HTTPStatus
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"


_HEAD = "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
Respond = Callable[[Request], Awaitable[Reply]]


@asynccontextmanager
async def serving(respond: Respond, host: str, port: int, grace: float = 1.0) -> AsyncIterator[str]:
    """Serve until left; the address in use. Raises OSError if it cannot be had.

    On leaving, replies under way have `grace` seconds.
    """
    sessions: set[_Session] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Session(respond, sessions), host, port, backlog=BACKLOG)
    watch = asyncio.create_task(_watch(sessions))
    try:
        yield "{}:{}".format(*server.sockets[0].getsockname()[:2])
    finally:
        watch.cancel()
        server.close()
        for session in tuple(sessions):
            session.finish()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                while sessions:  # noqa: ASYNC110 - only now is anybody interested in when they end
                    await asyncio.sleep(0.01)
        for session in tuple(sessions):
            session.abort()
        await asyncio.sleep(0)  # the loop lets go of them in its next round


async def _watch(sessions: "set[_Session]") -> None:
    """Cut, for ever, the connections of those who are late."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        for session in tuple(sessions):
            if session.deadline < loop.time():
                session.abort()


class _Session(asyncio.Protocol):
    """One connection. Reading pauses while a request is answered."""

    def __init__(self, respond: Respond, sessions: "set[_Session]") -> None:
        self._respond = respond
        self._sessions = sessions
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[tuple[Request, bool]] = deque()
        self._work: asyncio.Task[None] | None = None
        self._fault: HTTPStatus | None = None
        self._taken = asyncio.Event()
        self._taken.set()
        self._last = False
        self._size = 0
        self.deadline = self._loop.time() + IN_TIME
        self._begin()

    def _begin(self) -> None:
        self._url = b""
        self._headers: dict[bytes, bytes] = {}
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a stream protocol is given
        self._transport = transport
        self._sessions.add(self)
        if len(self._sessions) > CONNECTIONS:
            self.abort()

    def connection_lost(self, _: Exception | None) -> None:
        """Called by the loop. What is being answered goes on: its effect is wanted, its reply is not."""
        self._sessions.discard(self)
        self._transport = None
        self._waiting.clear()
        self._taken.set()

    def pause_writing(self) -> None:
        """Called by the loop: the replies are not taken."""
        self._taken.clear()

    def resume_writing(self) -> None:
        """Called by the loop."""
        self._taken.set()

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._size += len(data)
        if self._fault is not None or self._last:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._last = True  # the request is answered as if it asked for nothing else
        except (httptools.HttpParserError, ValueError):
            self._fault = HTTPStatus.BAD_REQUEST
        else:
            if self._size > LARGEST:
                self._fault = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if self._work is None and (self._waiting or self._fault):
            self._work = self._loop.create_task(self._answer())
        if self._work is not None and self._transport is not None:
            self._transport.pause_reading()

    def on_message_begin(self) -> None:
        """Called by the parser."""
        self._begin()
        self.deadline = self._loop.time() + IN_TIME

    def on_url(self, url: bytes) -> None:
        """Called by the parser."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        self._headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        expects = self._headers.get(b"expect", b"").lower() == b"100-continue"
        if expects and self._work is None and self._transport is not None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        path = self._url.partition(b"?")[0].decode("latin-1")
        method = self._parser.get_method().decode("latin-1")
        request = Request(method, path, self._headers, b"".join(self._body))
        self._waiting.append((request, self._parser.should_keep_alive()))
        self._size = 0

    async def _answer(self) -> None:
        """Answer what has come whole, in order; then say what is no request."""
        keep = True
        while self._waiting and keep:
            request, keep = self._waiting.popleft()
            self.deadline = float("inf")
            reply = await self._reply(request)
            keep = keep and not (self._last and not self._waiting)
            self._write(reply, keep=keep, bodiless=request.method == "HEAD")
            self.deadline = self._loop.time() + IN_TIME
            await self._taken.wait()
        self._work = None
        if self._transport is None:
            return
        if not keep:
            self._transport.close()
        elif self._fault is not None:
            # What the client is still sending is read and dropped, or the end of the connection would hide the reply.
            self._write(Reply(self._fault), keep=False)
            self._transport.write_eof()
            self._transport.resume_reading()
        else:
            self.deadline = self._loop.time() + KEEP_ALIVE
            self._transport.resume_reading()

    async def _reply(self, request: Request) -> Reply:
        try:
            return await self._respond(request)
        except Exception:  # noqa: BLE001 - one request's failure is not the server's
            _LOG.exception("a request could not be answered")
            return Reply(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _write(self, reply: Reply, *, keep: bool, bodiless: bool = False) -> None:
        if self._transport is None:
            return
        head = _HEAD.format(reply.status.value, reply.status.phrase, reply.kind, len(reply.body))
        end = b"\r\n" if keep else b"Connection: close\r\n\r\n"
        self._transport.write(head.encode("latin-1") + end + (b"" if bodiless else reply.body))

    def finish(self) -> None:
        """End the connection as soon as what has come whole is answered."""
        self._last = True
        if self._work is None and self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """End the connection now."""
        if self._transport is not None:
            self._transport.abort()
