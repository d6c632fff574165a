"""Where updates land, whichever way they come: each handled once, its chat in order, its failure contained."""

import asyncio
import logging
import time
from typing import Any

from telegram import Update
from telegram.error import InvalidToken

from bot.telegram.intake.lanes import Lanes, lane_of
from bot.telegram.intake.window import Window
from bot.telegram.intake.work import Handle, Outcome, Work, handle_until_final
from bot.telegram.outgoing.calls import ALLOWED_UPDATES
from bot.telegram.outgoing.client import Client
from bot.telegram.watch.metrics import Metrics

_LOG = logging.getLogger(__name__)


class Desk:
    """Takes updates in and works on them. `persistent`: an answer that cannot be delivered is tried on and on.

    One that was given up stays in the window then, unconfirmed; otherwise Telegram is to bring it again.
    `idle` is set while nothing holds the window; `broken` ends with InvalidToken if the token is refused.
    """

    def __init__(self, client: Client, handle: Handle, metrics: Metrics, *, persistent: bool) -> None:
        self.window = Window()
        self.idle = asyncio.Event()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.metrics = metrics
        self._client = client
        self._handle = handle
        self._persistent = persistent
        self._lanes = Lanes(self._work)

    def take_page(self, updates: list[dict[str, Any]]) -> int:
        """Take in what a poll has brought; how many updates were new."""
        by_number = {update["update_id"]: update for update in updates}
        new = self.window.page(by_number)
        for number in new:
            self._take(by_number[number])
        return len(new)

    def _take(self, raw: dict[str, Any]) -> Work | None:
        """Work on an update from now on; none if it can not be read, and is let go."""
        number = raw["update_id"]
        try:
            update = Update.de_json(raw, self._client)
            work = Work(number, update, lane_of(update), kind_of(raw))
        except Exception as error:  # noqa: BLE001 - an update of a shape that the library does not know
            kinds = ", ".join(key for key in raw if key != "update_id")
            reason = type(error).__name__  # its text may quote a message
            _LOG.warning("update %s (%s) cannot be read and is let go: %s", number, kinds, reason)
            self._finish(number, Outcome.POISON, kind_of(raw))
            return None
        self.window.take(work)
        self.metrics.in_hand = self.window.in_hand
        self.idle.clear()
        self._lanes.submit(work)
        return work

    async def _work(self, work: Work) -> None:
        try:
            work.outcome = await self._outcome(work)
        finally:
            self._finish(work.number, work.outcome, work.kind)
            self.metrics.observe("handling_seconds", time.monotonic() - work.taken)
            work.done.set()

    async def _outcome(self, work: Work) -> Outcome:
        while True:
            try:
                return await handle_until_final(work, self._handle, persistent=self._persistent)
            except InvalidToken as error:
                if await self._client.is_refused():
                    if not self.broken.done():
                        self.broken.set_exception(error)
                    return Outcome.UNDELIVERED

    async def deliver(self, raw: dict[str, Any]) -> Outcome:
        """Handle an update and wait for the outcome; one that is in hand or was handled is not handled again."""
        if self.window.is_finished(raw["update_id"]):
            self.metrics.count("updates_repeated")
            return Outcome.HANDLED
        work = self.window.find(raw["update_id"])
        if work is not None:
            self.metrics.count("updates_repeated")
        else:
            work = self._take(raw)
        if work is None:
            return Outcome.POISON
        await work.done.wait()
        return work.outcome or Outcome.UNDELIVERED

    async def close(self, seconds: float) -> int:
        """Finish what is in hand within so many seconds; how many updates are left unfinished.

        Work that has not begun is left to Telegram, unless a later update was begun, and so will be confirmed.
        """
        waiting = self._lanes.waiting()
        last_begun = self.window.last_page_number(excluding={work.number for work in waiting})
        left = [work for work in waiting if work.number > last_begun]
        self._lanes.withdraw(left)
        for work in left:
            self._finish(work.number, None, work.kind)
            work.done.set()
        await self._lanes.drain(seconds)
        return sum(work.started for work in self.window.works)

    def _finish(self, number: int, outcome: Outcome | None, kind: str) -> None:
        if outcome in {Outcome.HANDLED, Outcome.POISON}:
            self.window.finish(number)
        elif not self._persistent:
            self.window.drop(number)
        if outcome is not None:
            self.metrics.count("updates", kind, outcome.value)
        self.metrics.in_hand = self.window.in_hand
        if not self.window.unfinished:
            self.idle.set()


def kind_of(raw: dict[str, Any]) -> str:
    """What an update brings; "other" for what was not asked for."""
    return next((kind for kind in ALLOWED_UPDATES if kind in raw), "other")
