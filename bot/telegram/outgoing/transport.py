"""The HTTP client under python-telegram-bot: aiohttp's, which costs a tenth of the CPU of the stock one."""

import asyncio
import json
import os
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.watch.metrics import Metrics

CONNECTIONS = 256  # more than a full window of updates uses at once
KEEP_ALIVE = 300.0  # seconds: a reply after some quiet minutes needs no handshake
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
RETRY_PAUSES = (0.1, 0.4, 1.0)
# A second call of these is a second message. Polling has a back-off of its own.
NEVER_REPEATED = ("send", "copy", "forward", "getUpdates")
UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
LOST = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError)
_TO_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class Transport(BaseRequest):
    """Calls of the Bot API over one pool of connections, kept alive; timeouts in seconds.

    A call that never reached the server is tried again; one that may have, only where twice is harmless.
    Waiting for a free connection has no limit. `on_flood` is told the seconds of every 429.
    """

    def __init__(
        self,
        *,
        read_timeout: float = READ_TIMEOUT,
        pauses: tuple[float, ...] = RETRY_PAUSES,
        on_flood: Callable[[float], None] = lambda _: None,
        metrics: Metrics | None = None,
    ) -> None:
        self._read_timeout = read_timeout
        self._pauses = pauses
        self._on_flood = on_flood
        self._metrics = metrics or Metrics()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=int(KEEP_ALIVE)
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - a call is one small write
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - no reply is dropped in a stall
    ) -> tuple[int, bytes]:
        """Status and body of one call, after retries."""
        endpoint = url.rpartition("/")[2]
        repeatable = method == "GET" or not endpoint.startswith(NEVER_REPEATED)
        limits = _limits(_seconds(connect_timeout, CONNECT_TIMEOUT), _seconds(read_timeout, self._read_timeout))
        pauses = iter(self._pauses)
        while True:
            pause = next(pauses, None)
            try:
                status, body = await self._exchange(url, method, request_data, limits)
            except (aiohttp.ClientError, TimeoutError) as error:
                self._metrics.count("api_errors", endpoint, _kind(error))
                again = isinstance(error, UNSENT) or (repeatable and isinstance(error, LOST))
                if pause is None or not again or endpoint == "getUpdates":
                    raise _translated(error, endpoint) from None
            else:
                if status != HTTPStatus.OK:
                    self._metrics.count("api_errors", endpoint, str(status))
                if pause is None or status < HTTPStatus.INTERNAL_SERVER_ERROR or not repeatable:
                    return status, body
            self._metrics.count("api_retries")
            await asyncio.sleep(pause)

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("The transport is not open.")
        target = _url(url)
        body, headers = _encoded(data)
        proxy = _proxy(target.scheme, target.host or "")
        async with self._session.request(
            method, target, data=body, headers=headers, timeout=limits, proxy=proxy
        ) as response:
            payload = await response.read()
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._on_flood(_retry_after(payload))
        return response.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer of the Bot API. What is no answer of its is a fault of the network, and is not logged."""
        try:
            parsed = json.loads(payload)
        except ValueError:
            raise NetworkError("The answer of the Bot API is not JSON.") from None
        if not isinstance(parsed, dict) or not ("result" in parsed or "description" in parsed):
            raise NetworkError("The answer of the Bot API is not one of its objects.")
        return parsed


def _encoded(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        # A lone half of a surrogate pair cannot be sent; Telegram shows a question mark for it.
        body = _TO_JSON(data.parameters).encode(errors="replace")
        return body, {"Content-Type": "application/json"}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def _seconds(value: object, default: float) -> float | None:
    if value is None or isinstance(value, int | float):
        return value
    return default


@lru_cache
def _limits(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)


@lru_cache
def _url(url: str) -> URL:
    return URL(url)


@lru_cache
def _proxy(scheme: str, host: str) -> str | None:
    """The proxy that the environment names for a host."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _retry_after(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 0.0


def _kind(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else "network"


def _translated(error: Exception, endpoint: str) -> NetworkError:
    """The library's error for one of the client's, whose own words may hold the address, and so the token."""
    if isinstance(error, TimeoutError):
        return TimedOut(f"{endpoint} was not answered in time")
    number = error.errno if isinstance(error, OSError) else None
    return NetworkError(f"{endpoint} failed: {os.strerror(number) if number else type(error).__name__}")
