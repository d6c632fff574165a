"""The server: strangers may send it anything, at any pace, and it goes on serving the others."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.http import server
from bot.telegram.http.server import Reply, Request, serving

GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"


async def echo(request: Request) -> Reply:
    """Say what was asked; /fail fails, /slow takes its time, /large is large."""
    if request.path == "/fail":
        raise ValueError(request.path)
    if request.path == "/slow":
        await asyncio.sleep(0.05)
    said = b"x" * 2**20 if request.path == "/large" else request.body or request.path.encode()
    return Reply(HTTPStatus.OK, said)


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server."""
    async with serving(echo, "127.0.0.1", 0) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        try:
            yield reader, writer
        finally:
            writer.transport.abort()
            await asyncio.sleep(0)


def send(*pieces: bytes, end: bool = True) -> bytes:
    """Everything that comes back on one connection until the server closes it, or has answered and we do."""

    async def go() -> bytes:
        async with connected() as (reader, writer), asyncio.timeout(10.0):
            for piece in pieces:
                writer.write(piece)
                await asyncio.sleep(0.005)
            if end:
                writer.write_eof()
            return await reader.read()

    return asyncio.run(go())


def statuses(said: bytes) -> list[int]:
    """The statuses of replies."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", said)]


def bodies(said: bytes) -> list[bytes]:
    """The bodies of replies that are one line each."""
    return [part.partition(b"HTTP/1.1 ")[0] for part in said.split(b"\r\n\r\n")[1:]]


@pytest.mark.parametrize("size", [1, 10, 1000])
@pytest.mark.parametrize(
    "request_",
    [
        b"POST /?q HTTP/1.1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        b"POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello",
    ],
    ids=["length", "chunked", "old"],
)
def test_a_request_comes_in_any_pieces(request_: bytes, size: int) -> None:
    """A body with a length or in chunks is read, however it is cut; then the connection closes as was asked."""
    said = send(*(request_[start : start + size] for start in range(0, len(request_), size)), end=False)
    assert (statuses(said), bodies(said)) == ([200], [b"hello"])


def test_requests_in_a_row_are_answered_in_order() -> None:
    """What is sent without waiting is answered one after another, the slow first."""
    paths = [b"/slow", b"/b", b"/fail", b"/c"]
    said = asyncio.run(row(paths))
    assert (statuses(said), bodies(said)) == ([200, 200, 500, 200], [b"/slow", b"/b", b"", b"/c"])


async def row(paths: list[bytes]) -> bytes:
    """The replies to requests sent at once; the last asks to close."""
    async with connected() as (reader, writer):
        writer.write(b"".join(GET.replace(b"/a", path) for path in paths[:-1]))
        writer.write(GET.replace(b"/a", paths[-1]).replace(b"Host: x", b"Connection: close"))
        return await reader.read()


def test_a_head_request_gets_no_body() -> None:
    """HEAD is told the length, and given nothing."""
    said = send(GET.replace(b"GET", b"HEAD").replace(b"Host: x", b"Connection: close"), end=False)
    assert b"Content-Length: 2\r\n" in said
    assert bodies(said) == [b""]


def test_a_client_that_asks_first_is_told_to_go_on() -> None:
    """Expect: 100-continue is answered before the body comes."""
    head = b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    assert statuses(send(head, b"hello", end=False)) == [100, 200]


def test_another_protocol_is_not_spoken() -> None:
    """A request to upgrade is answered as it stands, and the connection closed."""
    upgrade = GET.replace(b"Host: x", b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM")
    assert bodies(send(upgrade + b"PRI * HTTP/2.0\r\n\r\n", end=False)) == [b"/a"]


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nNo colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: a\x00b\r\n\r\n",
    ],
    ids=["tls", "version", "line", "length", "lengths", "smuggling", "header", "control"],
)
def test_what_is_no_http_is_refused(bytes_: bytes) -> None:
    """Malformed and ambiguous requests get 400, and the end."""
    said = send(bytes_)
    assert statuses(said) == [400]
    assert b"Connection: close\r\n" in said


def test_what_comes_before_the_fault_is_answered() -> None:
    """A good request is answered although the next is none."""
    assert statuses(send(GET + b"\x00\x01")) == [200, 400]


@pytest.mark.parametrize("head", [b"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", b"GET / HTTP/1.1\r\nX: "])
def test_too_large_a_request_is_refused(head: bytes) -> None:
    """More than a mebibyte, in head or body, gets 413 while the rest is still coming."""
    assert statuses(send(head, *[b"x" * 65_536] * 20)) == [413]


@pytest.mark.parametrize("start", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe", GET])
def test_who_takes_too_long_is_cut_off(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing, half a request, or silence after a reply: the connection ends when the time is over."""
    for name in ("IN_TIME", "KEEP_ALIVE", "LOOK_EVERY"):
        monkeypatch.setattr(server, name, 0.02)

    async def go() -> bytes:
        async with connected() as (reader, writer), asyncio.timeout(10.0):
            writer.write(start)
            try:
                return await reader.read()
            except ConnectionResetError:
                return b""

    assert statuses(asyncio.run(go())) == ([200] if start == GET else [])


def test_a_reply_may_take_longer_than_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time in which a request must come does not run while it is being answered."""
    for name in ("IN_TIME", "LOOK_EVERY"):
        monkeypatch.setattr(server, name, 0.01)
    slow = GET.replace(b"/a", b"/slow").replace(b"Host: x", b"Connection: close")
    assert statuses(send(slow, end=False)) == [200]


def test_who_does_not_read_is_not_answered_further() -> None:
    """A client that asks and asks and takes no reply costs one reply's memory."""
    asked: list[Request] = []

    async def count(request: Request) -> Reply:
        asked.append(request)
        return await echo(request)

    async def go() -> None:
        async with serving(count, "127.0.0.1", 0, grace=0.01) as address:
            _, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]), limit=1)
            writer.write(GET.replace(b"/a", b"/large") * 1000)
            await asyncio.sleep(0.3)
            writer.transport.abort()
            await asyncio.sleep(0)

    asyncio.run(go())
    assert 1 <= len(asked) < 30


def test_what_is_under_way_is_finished() -> None:
    """On leaving, a reply under way is sent; an idle connection is closed."""

    async def go() -> bytes:
        async with serving(echo, "127.0.0.1", 0) as address:
            port = int(address.rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            idle, other = await asyncio.open_connection("127.0.0.1", port)
            writer.write(GET.replace(b"/a", b"/slow"))
            await asyncio.sleep(0.01)
        said = await reader.read() + await idle.read()
        writer.close()
        other.close()
        return said

    assert bodies(asyncio.run(go())) == [b"/slow"]


PIECES = st.sampled_from(
    [GET, b"POST / HTTP/1.1\r\n", b"Content-Length: 3\r\n", b"\r\n", b"abc", b"Expect: 100-continue\r\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=40)), max_size=12))
def test_nothing_that_is_sent_harms_the_others(pieces: list[bytes]) -> None:
    """Whatever a stranger sends, another's request is answered afterwards."""

    async def go() -> bytes:
        async with serving(echo, "127.0.0.1", 0, grace=0.0) as address:
            port = int(address.rpartition(":")[2])
            _, stranger = await asyncio.open_connection("127.0.0.1", port)
            for piece in pieces:
                stranger.write(piece)
                await asyncio.sleep(0)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(GET)
            said = await reader.readuntil(b"/a")
            for one in (stranger, writer):
                one.transport.abort()
            await asyncio.sleep(0)
            return said

    assert statuses(asyncio.run(go())) == [200]
