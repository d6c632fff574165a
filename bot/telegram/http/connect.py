"""Making a connection: straight, or through a proxy; with TLS where it is asked for."""

import asyncio
import os
import ssl
from asyncio import sslproto
from base64 import b64encode
from functools import cache
from typing import NamedTuple, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from bot.telegram.http.connection import Connection

SECOND_ADDRESS_AFTER = 0.25  # seconds, as RFC 8305 has it: one of IPv6 and IPv4 may lead nowhere
LONGEST_HEAD = 65_536
READ_AT_ONCE = 32_768  # bytes over TLS, whose records hold half of that
PORTS = {"http": 80, "https": 443}
_P = TypeVar("_P", bound=asyncio.Protocol)


class Origin(NamedTuple):
    """Where a connection leads, and the address of the proxy that it goes through."""

    tls: bool
    host: str
    port: int
    proxy: str | None = None

    @classmethod
    def of(cls, url: SplitResult, proxy: str | None = None) -> "Origin":
        """The server that an address names. Raises ValueError where it names none."""
        if url.scheme not in PORTS or not url.hostname:
            raise ValueError("no http address")
        return cls(url.scheme == "https", url.hostname, url.port or PORTS[url.scheme], proxy)


class ProxyError(OSError):
    """The proxy did not open a way."""

    def __str__(self) -> str:
        return "the proxy opens no way"


async def connect(origin: Origin) -> Connection:
    """A connection to an origin. Raises OSError."""
    if origin.proxy is None:
        return await _open(origin, Connection)
    proxy = urlsplit(origin.proxy)
    if not origin.tls:
        return await _open(Origin.of(proxy), Connection)
    tunnel = await _open(Origin.of(proxy), _Tunnel)
    transport = await tunnel.reach(origin, proxy)
    connection = Connection()
    loop = asyncio.get_running_loop()
    secured = await loop.start_tls(transport, connection, _tls(), server_hostname=origin.host)
    if secured is None:
        raise ProxyError
    connection.connection_made(secured)
    return connection


def authorization(url: SplitResult) -> str:
    """The value of the header that carries an address's name and password; empty where it has none."""
    if url.username is None:
        return ""
    given = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return f"Basic {b64encode(given.encode()).decode()}"


def ascii_host(host: str) -> str:
    """A host's name as it travels."""
    return host if host.isascii() else host.encode("idna").decode()


def proxy_for(scheme: str, host: str) -> str | None:
    """The address of the proxy that the environment names for a host."""
    if not any(name.lower() == f"{scheme}_proxy" for name in os.environ):
        return None
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - seldom needed

    proxy = None if proxy_bypass(host) else getproxies().get(scheme)
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


async def _open(origin: Origin, protocol: type[_P]) -> _P:
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(
        protocol,
        origin.host,
        origin.port,
        ssl=_tls() if origin.tls else None,
        happy_eyeballs_delay=SECOND_ADDRESS_AFTER,
    )
    return made


@cache
def _tls() -> ssl.SSLContext:
    """The system's trusted authorities: a tenth of a second and some MiB, once."""
    # Each connection has a buffer of this length: a quarter of a mebibyte, were it left to asyncio.
    sslproto.SSLProtocol.max_size = READ_AT_ONCE
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Tunnel(asyncio.Protocol):
    """Asks a proxy for a way to an origin."""

    def __init__(self) -> None:
        self._head = b""
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None

    async def reach(self, origin: Origin, proxy: SplitResult) -> asyncio.Transport:
        """The way, open. Raises ProxyError."""
        assert self._transport is not None  # noqa: S101 - it is made by create_connection
        host = f"[{origin.host}]" if ":" in origin.host else ascii_host(origin.host)
        credentials = authorization(proxy)
        lines = [f"CONNECT {host}:{origin.port} HTTP/1.1", f"Host: {host}:{origin.port}"]
        lines += [f"Proxy-Authorization: {credentials}"] if credentials else []
        self._transport.write("\r\n".join([*lines, "", ""]).encode())
        try:
            await self._opened
        except BaseException:
            self._transport.abort()
            raise
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a stream protocol is given
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._head += data
        if self._opened.done() or (b"\r\n\r\n" not in self._head and len(self._head) < LONGEST_HEAD):
            return
        status = self._head.split(b" ", 2)[1:2]
        if status == [b"200"]:
            self._opened.set_result(None)
        else:
            self._opened.set_exception(ProxyError)

    def connection_lost(self, _: Exception | None) -> None:
        """Called by the loop."""
        if not self._opened.done():
            self._opened.set_exception(ProxyError)
