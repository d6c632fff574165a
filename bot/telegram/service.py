"""The running bot: starts, works, and stops in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn, TypeVar

from telegram import User
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram.intake.desk import Desk
from bot.telegram.intake.health import Health
from bot.telegram.intake.polling import CONFLICT_PATIENCE, Polling
from bot.telegram.intake.work import Handle, foresee_wait, pauses
from bot.telegram.outgoing.calls import ALLOWED_UPDATES
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.transport import Transport
from bot.telegram.start import Start
from bot.telegram.watch import pulse
from bot.telegram.watch.metrics import Metrics

if TYPE_CHECKING:
    from bot.telegram.intake.server import Server

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
GRACE = 8.0  # seconds to finish what is in hand; container runtimes kill after 10
WEBHOOK_CONNECTIONS = 100  # Telegram's most


class Ending(IntEnum):
    """Exit statuses, as sysexits.h names them."""

    STOPPED = 0
    CONFLICT = 75
    MISCONFIGURED = 78


class StoppedError(Exception):
    """The process was asked to stop."""


class MisconfiguredError(Exception):
    """A setting that cannot work; the message says which and why."""


class Service:
    """One bot from start to end. `make_handle` gets the client and the bot's own user once Telegram has named it."""

    def __init__(
        self,
        settings: Settings,
        make_handle: Callable[[Client, User], Handle],
        publish: Callable[[Client], Awaitable[None]],
        conflict_patience: float = CONFLICT_PATIENCE,
        start: Start | None = None,
    ) -> None:
        self._settings = settings
        self._make_handle = make_handle
        self._publish = publish
        self._conflict_patience = conflict_patience
        start = start or Start()
        self._metrics = start.metrics
        self._health = Health(self._metrics)
        self._desk: Desk | None = None
        self._server: Server | None = None
        self._stop = start.stop
        transport = Transport(on_flood=foresee_wait, metrics=self._metrics, ahead=start.ahead)
        self._client = Client(settings.token or "", settings.api_url, transport)

    def stop(self) -> None:
        """Finish what is in hand, then end."""
        self._stop.set()

    async def run(self) -> Ending:
        """Serve until stopped, or until it cannot go on; which."""
        try:
            async with AsyncExitStack() as stack:
                stack.push_async_callback(self._client.shutdown)
                await self._listen(stack)
                await self._serve()
        except StoppedError:
            _LOG.info("Stopped.")
            return Ending.STOPPED
        except Conflict:
            _LOG.critical("Another process keeps polling with this token: stop it, or use another bot's token.")
            return Ending.CONFLICT
        except InvalidToken:
            _LOG.critical("Telegram refuses the token: check BOT_TOKEN, and BOT_API_URL if it is set.")
        except MisconfiguredError as error:
            _LOG.critical("%s", error)
        return Ending.MISCONFIGURED

    async def _listen(self, stack: AsyncExitStack) -> None:
        listen = self._settings.listen
        if listen is None:
            await self._beat(stack)
            return
        self._server = _make_server(self._metrics, self._health, exposed=self._settings.metrics)
        try:
            await stack.enter_async_context(self._server.serving(listen))
        except OSError as error:
            raise MisconfiguredError(f"BOT_LISTEN: {listen} cannot be used: {error.strerror}.") from None

    async def _beat(self, stack: AsyncExitStack) -> None:
        name = pulse.address(self._settings)
        try:
            await stack.enter_async_context(pulse.beating(name, self._health.reason))
        except OSError as error:
            _LOG.warning("`citebot health` cannot ask here (%s): set BOT_LISTEN, and it asks there.", error.strerror)

    async def _serve(self) -> None:
        await self._insist(self._client.initialize)
        me = self._client.bot
        _LOG.info("Serving as @%s; %s.", me.username, _hearing(me))
        webhook = self._settings.webhook_url
        handle = self._make_handle(self._client, me)
        desk = self._desk = Desk(self._client, handle, self._metrics, persistent=webhook is None)
        publishing = asyncio.create_task(self.publish_profile())
        try:
            await (self._poll(desk) if webhook is None else self._take_deliveries(desk, webhook))
        finally:
            publishing.cancel()

    async def _poll(self, desk: Desk) -> None:
        await self._insist(self._client.delete_webhook)
        self._metrics.reached()
        polling = Polling(self._client, desk, conflict_patience=self._conflict_patience)
        try:
            await race(polling.run(), desk.broken, self._stopped())
        except (StoppedError, Conflict):
            await self._finish(desk)
            await polling.confirm()
            raise

    async def _take_deliveries(self, desk: Desk, url: str) -> None:
        if self._server is not None:
            self._server.accept_updates(desk.deliver, self._settings.webhook_secret or "")
        try:
            await self._insist(lambda: self._set_webhook(url))
            self._metrics.reached()
            await race(self._health.watch(self._client, url), desk.broken, self._stopped())
        except StoppedError:
            # The webhook stays: other replicas may live by it, and updates wait at Telegram for the next start.
            await self._finish(desk)
            raise

    async def _set_webhook(self, url: str) -> None:
        try:
            await self._client.set_webhook(
                url,
                max_connections=WEBHOOK_CONNECTIONS,
                allowed_updates=ALLOWED_UPDATES,
                secret_token=self._settings.webhook_secret,
            )
        except BadRequest as error:
            raise MisconfiguredError(f"BOT_WEBHOOK_URL: Telegram does not accept it: {error.message}.") from None

    async def _finish(self, desk: Desk) -> None:
        self._health.stopping = True
        left = await desk.close(GRACE)
        if left:
            self._metrics.count("updates_unfinished_at_exit", times=left)
            _LOG.warning("%s updates could not be finished in %g s.", left, GRACE)

    async def publish_profile(self) -> None:
        """Bring what Telegram shows of the bot up to date; a failure is a warning."""
        try:
            await self._publish(self._client)
        except TelegramError as error:
            _LOG.warning("The commands and descriptions could not be published: %s", error)

    async def _insist(self, call: Callable[[], Awaitable[_T]]) -> _T:
        """Call until it succeeds. Raises InvalidToken and StoppedError."""
        silent = False
        for pause in pauses():
            try:
                return await race(call(), self._stopped())
            except InvalidToken:
                if await race(self._client.is_refused(), self._stopped()):
                    raise
            except TelegramError as error:
                _LOG.log(logging.DEBUG if silent else logging.WARNING, "Waiting for Telegram: %s.", error)
                silent = True
            await race(asyncio.sleep(pause), self._stopped())
        raise AssertionError("the pauses do not end")

    async def _stopped(self) -> NoReturn:
        await self._stop.wait()
        raise StoppedError


def _hearing(me: User) -> str:
    if me.can_read_all_group_messages:
        return "privacy mode is off: it sees every message of its groups, and answers what is addressed to it"
    return "privacy mode is on: in groups it sees commands and replies, and mentions only as an administrator"


def _make_server(metrics: Metrics, health: Health, *, exposed: bool) -> "Server":
    """The HTTP server; what it needs is imported only by who serves."""
    from bot.telegram.intake.server import Server  # noqa: PLC0415

    if not exposed:
        return Server(metrics, health)
    from bot.telegram.watch.exposition import Exposition  # noqa: PLC0415

    return Server(metrics, health, Exposition(metrics))


async def race(*contenders: Awaitable[_T]) -> _T:
    """The result of the first to end, of the first named where several have; the others are cancelled."""
    tasks = [asyncio.ensure_future(contender) for contender in contenders]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return next(task for task in tasks if task in done).result()
