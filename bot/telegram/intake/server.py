"""The HTTP server: updates from Telegram, health and metrics."""

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.telegram.intake.health import Health
from bot.telegram.intake.work import Outcome
from bot.telegram.outgoing.client import is_numbered
from bot.telegram.watch.metrics import Metrics

if TYPE_CHECKING:
    from bot.telegram.watch.exposition import Exposition

_LOG = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
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
        runner = web.ServerRunner(web.Server(self._answer, access_log=None), shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port), backlog=1024).start()
            address = "{}:{}".format(*runner.addresses[0][:2])
            _LOG.info("Listening on %s.", address)
            yield address
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        if request.method == "POST" and self._deliver is not None:
            return await self._update(request, self._deliver)
        if request.method in {"GET", "HEAD"} and request.path == "/health":
            reason = self._health.reason()
            status = HTTPStatus.SERVICE_UNAVAILABLE if reason else HTTPStatus.OK
            return web.json_response({"status": reason or "ok"}, status=status)
        if request.method in {"GET", "HEAD"} and request.path == "/metrics" and self._exposition is not None:
            return web.Response(body=self._exposition.text(), headers={"Content-Type": self._exposition.content_type})
        return web.Response(status=HTTPStatus.NOT_FOUND)

    async def _update(self, request: web.BaseRequest, deliver: Deliver) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            self._metrics.count("webhook_refused")
            return web.Response(status=HTTPStatus.FORBIDDEN)
        if self._health.stopping:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if not is_numbered(update):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        self._metrics.delivered()
        # A connection that Telegram drops must not undo an answer on its way.
        outcome = await asyncio.shield(asyncio.ensure_future(deliver(update)))
        return web.Response(status=STATUS[outcome])
