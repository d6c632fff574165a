"""The HTTP client under python-telegram-bot: one that costs a fraction of the stock one's CPU and start."""

import asyncio
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.telegram.http.connection import LostError, Response, UnsentError
from bot.telegram.http.pool import Limits, Pool
from bot.telegram.outgoing.ahead import Ahead
from bot.telegram.outgoing.calls import CONNECT_TIMEOUT, READ_TIMEOUT, to_json
from bot.telegram.watch.metrics import Metrics

RETRY_PAUSES = (0.1, 0.4, 1.0)
# A second call of these is a second message. Polling has a back-off of its own.
NEVER_REPEATED = ("send", "copy", "forward", "getUpdates")
# As the library reads them: 404 is what a malformed token gets.
ERRORS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
}
_JSON = "application/json"


class Transport(BaseRequest):
    """Calls of the Bot API over one pool of connections; timeouts in seconds.

    A call that never reached the server is tried again; one that may have, only where twice is harmless.
    `on_flood` is told the seconds of every 429; `ahead` are the calls that are made already.
    """

    def __init__(
        self,
        *,
        read_timeout: float = READ_TIMEOUT,
        pauses: tuple[float, ...] = RETRY_PAUSES,
        on_flood: Callable[[float], None] = lambda _: None,
        metrics: Metrics | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self._read_timeout = read_timeout
        self._pauses = pauses
        self._on_flood = on_flood
        self._metrics = metrics or Metrics()
        self._ahead = ahead
        self._pool: Pool | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        self._pool = self._pool or (self._ahead.pool if self._ahead else Pool())

    async def shutdown(self) -> None:
        """Close the pool."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

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
        limits = Limits(_seconds(connect_timeout, CONNECT_TIMEOUT), _seconds(read_timeout, self._read_timeout))
        return await self._insist(method, url, *_encoded(request_data), limits)

    async def call(self, url: str, body: bytes, seconds: float | None = None) -> object:
        """The result of a call whose parameters are JSON already; `seconds` for its answer. Raises TelegramError.

        What the library's own way costs beyond this is a tenth of a message's time.
        """
        limits = Limits(CONNECT_TIMEOUT, seconds or self._read_timeout)
        status, payload = await self._insist("POST", url, _JSON, body, limits)
        if status != HTTPStatus.OK:
            raise failure(status, payload)
        answer = self.parse_json_payload(payload)
        return answer.get("result")

    async def _insist(self, method: str, url: str, kind: str, body: bytes, limits: Limits) -> Response:
        endpoint = url.rpartition("/")[2]
        repeatable = method == "GET" or not endpoint.startswith(NEVER_REPEATED)
        pauses = iter(self._pauses)
        while True:
            pause = next(pauses, None)
            try:
                response = await self._exchange(method, url, kind, body, limits)
            except (UnsentError, LostError, TimeoutError) as error:
                self._metrics.count("api_errors", endpoint, _kind(error))
                again = isinstance(error, UnsentError) or (repeatable and isinstance(error, LostError))
                if pause is None or not again or endpoint == "getUpdates":
                    raise _translated(error, endpoint) from None
            else:
                if response.status != HTTPStatus.OK:
                    self._metrics.count("api_errors", endpoint, str(response.status))
                if pause is None or response.status < HTTPStatus.INTERNAL_SERVER_ERROR or not repeatable:
                    return response
            self._metrics.count("api_retries")
            await asyncio.sleep(pause)

    async def _exchange(self, method: str, url: str, kind: str, body: bytes, limits: Limits) -> Response:
        if self._pool is None:
            raise NetworkError("The transport is not open.")
        early = await self._ahead.take(url.rpartition("/")[2]) if self._ahead else None
        response = early or await self._pool.ask(method, url, kind, body, limits)
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._on_flood(_retry_after(response.body))
        return response

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


def failure(status: int, payload: bytes) -> TelegramError:
    """The library's error for an answer of the Bot API that is none of success."""
    try:
        said = Transport.parse_json_payload(payload)
    except NetworkError:
        said = {}
    parameters = said.get("parameters")
    if isinstance(parameters, dict):
        if isinstance(moved := parameters.get("migrate_to_chat_id"), int):
            return ChatMigrated(moved)
        if isinstance(wait := parameters.get("retry_after"), int):
            return RetryAfter(wait)
    error = ERRORS.get(status, NetworkError)
    return error(str(said.get("description") or f"status {status}"))


def _encoded(data: RequestData | None) -> tuple[str, bytes]:
    """A call's MIME type and body."""
    if data is None:
        return "", b""
    if not data.contains_files:
        return _JSON, to_json(data.parameters)
    boundary = secrets.token_hex(16)
    form = b""
    for name, text in data.json_parameters.items():
        form += _field(boundary, f'name="{name}"', "", text.encode(errors="replace"))
    for name, (filename, content, kind) in data.multipart_data.items():
        safe = filename.replace('"', "%22").replace("\r", "").replace("\n", "")
        whole = content if isinstance(content, bytes) else content.read()
        form += _field(boundary, f'name="{name}"; filename="{safe}"', f"Content-Type: {kind}\r\n", whole)
    return f"multipart/form-data; boundary={boundary}", form + f"--{boundary}--\r\n".encode()


def _field(boundary: str, names: str, header: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {names}\r\n{header}\r\n"
    return head.encode(errors="replace") + content + b"\r\n"


def _seconds(value: object, default: float) -> float | None:
    if value is None or isinstance(value, int | float):
        return value
    return default


def _retry_after(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 0.0


def _kind(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else "network"


def _translated(error: Exception, endpoint: str) -> NetworkError:
    """The library's error for one of the client's."""
    if isinstance(error, TimeoutError):
        return TimedOut(f"{endpoint} was not answered in time")
    return NetworkError(f"{endpoint} failed: {error}")
