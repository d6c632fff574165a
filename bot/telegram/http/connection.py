"""One connection to a server: a request at a time, and its answer."""

import asyncio
from typing import NamedTuple

import httptools

LARGEST = 32 * 2**20  # bytes of an answer, its head included; Telegram's largest have one or two million


class Response(NamedTuple):
    """Status and body."""

    status: int
    body: bytes


class UnsentError(Exception):
    """No connection came about: nothing of the request has left. The message holds no address."""


class LostError(Exception):
    """The connection ended, or what came was no HTTP, before the whole answer was there."""


class Connection(asyncio.Protocol):
    """A connection that `connect` has made; `open` while it can be asked."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Response] | None = None
        self._deadline: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._body: list[bytes] = []
        self._received = 0
        self._framed = False
        self.open = False
        self.idle_since = 0.0

    async def ask(self, request: bytes, seconds: float | None) -> Response:
        """The answer to a whole request. Raises UnsentError, LostError, and TimeoutError after so many seconds."""
        if self._transport is None or not self.open:
            raise UnsentError("the connection is closed")
        self._waiting = waiting = self._loop.create_future()
        self._received = 0
        self._transport.write(request)
        self._wait_until(None if seconds is None else self._loop.time() + seconds)
        try:
            response: Response = await waiting
        except asyncio.CancelledError:
            # Its answer may still come, and must not be taken for the next one's.
            self.close()
            raise
        else:
            return response
        finally:
            self._waiting = None

    def _wait_until(self, deadline: float | None) -> None:
        """Let the waiting end at a moment of the loop's clock. One timer serves many requests: most end long before."""
        self._deadline = deadline
        if deadline is None or (self._timer is not None and self._timer.when() <= deadline):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(deadline, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._waiting is None or self._deadline is None:
            return
        if self._loop.time() >= self._deadline:
            self._fail(TimeoutError())
        else:
            self._wait_until(self._deadline)

    def close(self) -> None:
        """End the connection now."""
        self.open = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a stream protocol is given
        self._transport, self.open = transport, True

    def connection_lost(self, _: Exception | None) -> None:
        """Called by the loop."""
        self.open = False
        if self._body and not self._framed:
            # Without a length, the end of the connection is the end of the body.
            self._answer()
        self._fail(LostError("the connection was lost"))

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._received += len(data)
        if self._waiting is None or self._received > LARGEST:
            self._fail(LostError("the answer is too large"))
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(LostError("the answer is no HTTP"))

    def on_message_begin(self) -> None:
        """Called by the parser."""
        self._body, self._framed = [], False
        if self._waiting is None or self._waiting.done():
            self.close()

    def on_header(self, name: bytes, _: bytes) -> None:
        """Called by the parser."""
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._framed = True

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        if self._parser.get_status_code() >= 200:  # below: another message will follow
            self.open = self.open and self._parser.should_keep_alive()
            self._answer()

    def _answer(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(Response(self._parser.get_status_code(), b"".join(self._body)))
        self._body = []

    def _fail(self, error: Exception) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)
        self.close()
