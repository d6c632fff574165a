"""Polling: fetches updates, confirms the finished ones, waits out what passes."""

import asyncio
import logging
import time

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.intake.desk import Desk
from bot.telegram.intake.window import PAGE
from bot.telegram.intake.work import asked_pause, pauses
from bot.telegram.outgoing.calls import LONG_POLL
from bot.telegram.outgoing.client import Client

_LOG = logging.getLogger(__name__)
CONFLICT_PATIENCE = 30.0  # seconds that another poller is waited for: an old instance that is shutting down
CONFLICT_PAUSE = 2.0
QUIET = 86_400.0  # seconds; Telegram may number updates anew after a week
# While updates are in hand, polls begin this far apart: soon after there were new ones, later less often.
FIRST_LOOK, LAST_LOOK = 0.02, 0.25


class Polling:
    """Polls for the desk until it is cancelled. Raises InvalidToken or Conflict when it cannot go on."""

    def __init__(self, client: Client, desk: Desk, *, conflict_patience: float = CONFLICT_PATIENCE) -> None:
        self._client = client
        self._desk = desk
        self._patience = conflict_patience
        self._conflict_since: float | None = None
        self._failures = pauses()
        self._failing = False
        self._last_update = time.monotonic()

    async def run(self) -> None:
        """Poll for ever."""
        look = FIRST_LOOK
        while True:
            began = time.monotonic()
            brought = await self._poll()
            if brought is None:
                continue
            look = FIRST_LOOK if brought else min(LAST_LOOK, 1.5 * look)
            await self._until_worthwhile(began + look - time.monotonic())

    async def confirm(self) -> None:
        """Confirm what is finished, and nothing else."""
        offset = self._desk.window.offset
        if offset is None:
            return
        for pause in (0.2, 0.5, 1.0):
            try:
                await self._client.raw_updates(offset, wait=0, limit=1)
            except TelegramError as error:
                _LOG.debug("not confirmed yet: %s", error)
                await asyncio.sleep(pause)
            else:
                return
        _LOG.warning("The last updates could not be confirmed; they will be answered again.")

    async def _poll(self) -> int | None:
        """How many new updates a poll has brought; none if it failed."""
        window = self._desk.window
        try:
            updates = await self._client.raw_updates(window.offset, wait=0 if window.unfinished else LONG_POLL)
        except TelegramError as error:
            await self._wait_out(error)
            return None
        if self._failing:
            _LOG.info("Telegram answers again.")
        self._failing, self._failures, self._conflict_since = False, pauses(), None
        self._desk.metrics.reached()
        if updates:
            self._last_update = time.monotonic()
        elif not window.in_hand and time.monotonic() - self._last_update > QUIET:
            window.forget()
        return self._desk.take_page(updates)

    async def _wait_out(self, error: TelegramError) -> None:
        self._desk.metrics.count("polls_failed")
        if isinstance(error, InvalidToken) and await self._client.is_refused():
            raise error
        if isinstance(error, Conflict):
            await self._wait_for_other(error)
            return
        pause = asked_pause(error) or next(self._failures)
        _LOG.log(logging.DEBUG if self._failing else logging.WARNING, "No updates: %s; trying again.", error)
        self._failing = True
        await asyncio.sleep(pause)

    async def _wait_for_other(self, error: Conflict) -> None:
        now = time.monotonic()
        if self._conflict_since is None:
            self._conflict_since = now
            _LOG.warning("Another process polls with this token; waiting for it to stop.")
        elif now - self._conflict_since > self._patience:
            raise error
        await asyncio.sleep(min(CONFLICT_PAUSE, self._patience / 4))

    async def _until_worthwhile(self, seconds: float) -> None:
        """Wait until everything in hand is finished, or so long and then until a poll may bring something new."""
        wanted = PAGE // 4
        while not await self._idle_within(seconds):
            if self._desk.window.room >= wanted or self._release():
                return
            # A poll that brings few is not worth its time yet.
            seconds, wanted = FIRST_LOOK / 2, max(1, wanted // 2)

    async def _idle_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._desk.idle.wait()
        except TimeoutError:
            return False
        return True

    def _release(self) -> bool:
        released = self._desk.window.release()
        if released:
            self._desk.metrics.count("updates_released", times=released)
            _LOG.info("%s slow updates no longer hold up the others.", released)
        return released > 0
