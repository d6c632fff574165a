"""The client: every form of answer read, every broken one told apart from one that never was, connections kept."""

import asyncio

import pytest

from bot.telegram.http import connection, pool
from bot.telegram.http.connection import LostError, Response, UnsentError
from bot.telegram.http.pool import Limits
from tests.telegram.http.peers import HELLO, LIMITS, Peer, ask, listening, opened
from tests.telegram.live import free_port


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
        peer = Peer(late, HELLO, pause=0.05)
        async with listening(peer.serve) as port, opened() as client:
            given_up = asyncio.create_task(ask(client, port))
            await peer.asked.wait()
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
