"""The client: every form of answer read, every broken one told apart from one that never was, connections kept."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.telegram.http import connect as connecting
from bot.telegram.http import connection, pool
from bot.telegram.http.connection import LostError, Response, UnsentError
from bot.telegram.http.pool import Limits, Pool
from tests.telegram.live import free_port

LIMITS = Limits(5.0, 5.0)
CERTIFICATE = Path(__file__).with_name("localhost.pem")
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """A server that answers each request with the next of its scripts, then closes where there is no more.

    `requests` are the heads it was sent; `connections` how many it has taken.
    """

    def __init__(self, *scripts: bytes, pause: float = 0.0, at_a_time: int = 65_536) -> None:
        self._scripts = iter(scripts)
        self._pause, self._at_a_time = pause, at_a_time
        self.requests: list[bytes] = []
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk on one connection."""
        self.connections += 1
        try:
            while head := await read_head(reader):
                self.requests.append(head)
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


def call(peer: Peer, times: int = 1, limits: Limits = LIMITS) -> list[Response]:
    """The answers to calls one after another."""

    async def go() -> list[Response]:
        async with listening(peer.serve) as port, opened() as client:
            found = []
            for _ in range(times):
                found.append(await ask(client, port, limits))
                await asyncio.sleep(0.02)
            return found

    return asyncio.run(go())


@pytest.mark.parametrize("at_a_time", [1, 7, 65_536])
@pytest.mark.parametrize(
    "script",
    [
        HELLO,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        b"HTTP/1.1 200 Until the end\r\n\r\nhello",
        b"HTTP/1.1 100 Continue\r\n\r\n" + HELLO,
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + HELLO,
    ],
    ids=["length", "chunked", "end", "continue", "hints"],
)
def test_every_form_of_answer_is_read(script: bytes, at_a_time: int) -> None:
    """A body with a length, in chunks, up to the end of the connection, after an interim answer; in any pieces."""
    assert call(Peer(script, at_a_time=at_a_time)) == [Response(200, b"hello")]


@pytest.mark.parametrize(
    "script",
    [
        None,
        b"HTTP/1.1 200 Until the end\r\nContent-Length: 10\r\n\r\nhello",
        b"HTTP/1.1 200 Until the end\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 Until the end\r\nContent",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    ],
    ids=["nothing", "length", "chunked", "head", "no-http", "upgrade"],
)
def test_half_an_answer_is_none(script: bytes | None) -> None:
    """What ends early, or is no HTTP, is an error that says that the request may have arrived."""
    with pytest.raises(LostError):
        call(Peer(*[script] if script else []), limits=Limits(5.0, 0.5))


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a bound of bytes is not taken in."""
    monkeypatch.setattr(connection, "LARGEST", 1000)
    with pytest.raises(LostError, match="too large"):
        call(Peer(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000))


def test_an_answer_has_its_time() -> None:
    """A call that is not answered in time says so, also on a connection whose former call had more time."""

    async def go() -> None:
        peer = Peer(HELLO, b"")
        async with listening(peer.serve) as port, opened() as client:
            await ask(client, port)
            with pytest.raises(TimeoutError):
                await ask(client, port, Limits(5.0, 0.05))
            assert peer.connections == 1

    asyncio.run(go())


@pytest.mark.parametrize("url", ["http://127.0.0.1:{}/", "http://nowhere.invalid:{}/", "http://:{}/", "ftp://x:{}/"])
def test_without_a_connection_nothing_was_sent(url: str) -> None:
    """Where no connection comes about, the error says that nothing has left."""

    async def go() -> None:
        async with opened() as client:
            await client.ask("POST", url.format(free_port()), "", b"?", LIMITS)

    with pytest.raises(UnsentError):
        asyncio.run(go())


def test_connections_are_kept_and_let_go() -> None:
    """A connection serves call after call, until a side wants to close it."""
    peer = Peer(HELLO, HELLO, HELLO.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), HELLO)
    call(peer, times=4)
    assert peer.connections == 2


def test_a_connection_that_the_server_has_closed_is_not_used() -> None:
    """When the server closes between two calls, the second opens another connection."""
    script = HELLO.replace(b"OK", b"Until the end")
    peer = Peer(script, script)
    assert (call(peer, times=2), peer.connections) == ([Response(200, b"hello")] * 2, 2)


def test_a_connection_that_was_idle_for_long_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time that connections are kept, the next call opens another."""
    monkeypatch.setattr(pool, "KEEP_ALIVE", 0.0)
    peer = Peer(HELLO, HELLO)
    call(peer, times=2)
    assert peer.connections == 2


def test_an_answer_that_nobody_asked_for_is_not_the_next_ones() -> None:
    """A server that answers twice is not trusted with another call on that connection."""
    surplus = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse"
    peer = Peer(HELLO + surplus, HELLO)
    assert (call(peer, times=2), peer.connections) == ([Response(200, b"hello")] * 2, 2)


def test_a_cancelled_calls_answer_is_not_the_next_ones() -> None:
    """The connection of a call that was given up is closed."""
    late = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate"

    async def go() -> Response:
        async with listening(Peer(late, HELLO, pause=0.05).serve) as port, opened() as client:
            given_up = asyncio.create_task(ask(client, port))
            await asyncio.sleep(0.02)
            given_up.cancel()
            return await ask(client, port)

    assert asyncio.run(go()).body == b"hello"


def test_a_path_cannot_break_the_request() -> None:
    """Whatever an address holds, the request's first line has three words; name and password become a header."""

    async def go() -> bytes:
        peer = Peer(HELLO)
        async with listening(peer.serve) as port, opened() as client:
            url = f"http://me:p%40ss@127.0.0.1:{port}/a b\r\nX: y?q=ü"
            await client.ask("POST", url, "text/plain", b"?", LIMITS)
            return peer.requests[0]

    first, *headers = asyncio.run(go()).split(b"\r\n")
    assert first == b"POST /a%20bX:%20y?q=%C3%BC HTTP/1.1"
    assert b"Authorization: Basic bWU6cEBzcw==" in headers


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    """A server's TLS with a certificate for "localhost" that the client trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    connecting._tls.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    yield context
    connecting._tls.cache_clear()


async def secured(port: int) -> Response:
    """A call over TLS."""
    async with opened() as client:
        await client.ask("POST", f"https://localhost:{port}/", "text/plain", b"?", LIMITS)
        return await client.ask("POST", f"https://localhost:{port}/", "text/plain", b"?", LIMITS)


def test_tls_is_verified_and_kept(trusted: ssl.SSLContext) -> None:
    """A server whose certificate is trusted is asked, twice over one connection."""

    async def go() -> tuple[Response, int]:
        peer = Peer(HELLO, HELLO)
        async with listening(peer.serve, trusted) as port:
            return await secured(port), peer.connections

    assert asyncio.run(go()) == (Response(200, b"hello"), 1)


def test_a_strangers_certificate_is_refused(trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose certificate nobody vouches for is sent nothing."""
    monkeypatch.delenv("SSL_CERT_FILE")

    async def go() -> None:
        async with listening(Peer(HELLO).serve, trusted) as port:
            await secured(port)

    with pytest.raises(UnsentError, match="CERTIFICATE_VERIFY_FAILED"):
        asyncio.run(go())


class Proxy:
    """A proxy that opens ways, or answers with a refusal."""

    def __init__(self, refusal: bytes = b"") -> None:
        self._refusal = refusal
        self.heads: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.heads.append(await read_head(reader))
        if self._refusal:
            writer.write(self._refusal)
            writer.close()
            return
        port = int(self.heads[-1].split()[1].rpartition(b":")[2])
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on whatever comes."""
    try:
        while data := await reader.read(65_536):
            writer.write(data)
    except ConnectionError:
        pass
    writer.close()


def use_proxy(monkeypatch: pytest.MonkeyPatch, scheme: str, port: int) -> None:
    """Name a proxy in the environment."""
    pool._route.cache_clear()
    monkeypatch.setenv(f"{scheme}_proxy", f"http://me:pass@127.0.0.1:{port}")
    monkeypatch.setenv("no_proxy", "")


def test_https_goes_through_the_proxys_tunnel(trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment names a proxy for https, TLS is spoken with the server through it."""

    async def go() -> Response:
        async with listening(Peer(HELLO, HELLO).serve, trusted) as port, listening(proxy.serve) as near:
            use_proxy(monkeypatch, "https", near)
            return await secured(port)

    proxy = Proxy()
    assert asyncio.run(go()) == Response(200, b"hello")
    [head] = proxy.heads
    assert head.startswith(b"CONNECT localhost:")
    assert b"\r\nProxy-Authorization: Basic bWU6cGFzcw==\r\n" in head


@pytest.mark.parametrize("refusal", [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", b"SSH-2.0\r\n\r\n", b"x"])
def test_a_proxy_that_refuses_is_a_failure_to_connect(refusal: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the proxy opens no way, nothing was sent, and the error shows no password."""

    async def go() -> None:
        async with listening(Proxy(refusal).serve) as near:
            use_proxy(monkeypatch, "https", near)
            await secured(443)

    with pytest.raises(UnsentError, match="proxy") as caught:
        asyncio.run(go())
    assert "pass" not in str(caught.value)


def test_http_is_sent_to_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment names a proxy for http, it is sent the whole address."""

    async def go() -> None:
        async with listening(peer.serve) as near, opened() as client:
            use_proxy(monkeypatch, "http", near)
            await client.ask("POST", "http://bot-api.invalid/path", "text/plain", b"?", LIMITS)

    peer = Peer(HELLO)
    asyncio.run(go())
    assert peer.requests[0].startswith(b"POST http://bot-api.invalid/path HTTP/1.1\r\nHost: bot-api.invalid\r\n")
    assert b"\r\nProxy-Authorization: Basic bWU6cGFzcw==\r\n" in peer.requests[0]
