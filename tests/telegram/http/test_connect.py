"""TLS and proxies: verified, tunnelled, and refused without a word of a secret."""

import asyncio
import ssl
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.http import connect as connecting
from bot.telegram.http import pool
from bot.telegram.http.connection import Response, UnsentError
from tests.telegram.http.peers import HELLO, LIMITS, Peer, listening, opened, read_head

CERTIFICATE = Path(__file__).with_name("localhost.pem")


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


def test_a_connection_over_tls_is_small(trusted: ssl.SSLContext) -> None:
    """Both of its ends together take less than a quarter of a mebibyte: a burst opens many."""

    async def go() -> int:
        async with listening(Peer(HELLO).serve, trusted) as port, opened() as client:
            tracemalloc.start()
            await client.ask("POST", f"https://localhost:{port}/", "text/plain", b"?", LIMITS)
            return tracemalloc.get_traced_memory()[0]

    try:
        assert asyncio.run(go()) < 1 << 18
    finally:
        tracemalloc.stop()


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
