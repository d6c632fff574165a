"""The HTTP server: updates from Telegram, health and metrics."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bot.telegram.http.server import Reply, Request, serving
from bot.telegram.intake.health import Health
from bot.telegram.intake.work import Outcome
from bot.telegram.outgoing.client import is_numbered
from bot.telegram.watch.metrics import Metrics

if TYPE_CHECKING:
    from bot.telegram.watch.exposition import Exposition

_LOG = logging.getLogger(__name__)
SECRET_HEADER = b"x-telegram-bot-api-secret-token"
STATUS = {
    Outcome.HANDLED: HTTPStatus.OK,
    Outcome.POISON: HTTPStatus.OK,  # a third time would not help it
    Outcome.UNDELIVERED: HTTPStatus.SERVICE_UNAVAILABLE,
}
Deliver = Callable[[dict[str, Any]], Awaitable[Outcome]]


class Server:
    """Answers on one address. While the process stops, updates are left to Telegram."""

    def __init__(self, metrics: Metrics, health: Health, exposition: "Exposition | None" = None) -> None:
        self._metrics = metrics
        self._health = health
        self._exposition = exposition
        self._deliver: Deliver | None = None
        self._secret = b""

    def accept_updates(self, deliver: Deliver, secret: str) -> None:
        """Take updates that come with the secret."""
        self._deliver, self._secret = deliver, secret.encode()

    @asynccontextmanager
    async def serving(self, listen: str) -> AsyncIterator[str]:
        """Serve on address:port, until left; the address in use. Raises OSError if it cannot be had."""
        host, _, port = listen.rpartition(":")
        async with serving(self._answer, host.strip("[]"), int(port)) as address:
            _LOG.info("Listening on %s.", address)
            yield address

    async def _answer(self, request: Request) -> Reply:
        if request.method == "POST" and self._deliver is not None:
            return await self._update(request, self._deliver)
        if request.method in {"GET", "HEAD"} and request.path == "/health":
            reason = self._health.reason()
            status = HTTPStatus.SERVICE_UNAVAILABLE if reason else HTTPStatus.OK
            return Reply(status, json.dumps({"status": reason or "ok"}).encode(), "application/json")
        if request.method in {"GET", "HEAD"} and request.path == "/metrics" and self._exposition is not None:
            return Reply(HTTPStatus.OK, self._exposition.text(), self._exposition.content_type)
        return Reply(HTTPStatus.NOT_FOUND)

    async def _update(self, request: Request, deliver: Deliver) -> Reply:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, b""), self._secret):
            self._metrics.count("webhook_refused")
            return Reply(HTTPStatus.FORBIDDEN)
        if self._health.stopping:
            return Reply(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            update = json.loads(request.body)
        except (ValueError, RecursionError):
            return Reply(HTTPStatus.BAD_REQUEST)
        if not is_numbered(update):
            return Reply(HTTPStatus.BAD_REQUEST)
        self._metrics.delivered()
        return Reply(STATUS[await deliver(update)])
