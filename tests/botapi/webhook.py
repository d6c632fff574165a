"""Delivery to a webhook: side by side, each chat in order, again and again until the bot says 200."""

import asyncio
import time
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.botapi.state import Queued, State

FIRST_RETRY, LAST_RETRY = 0.05, 0.5


class Delivery:
    """Hands queued updates to the webhook. `wake` when the state has changed."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self.statuses: list[int] = []
        self._turn = 0

    def wake(self) -> None:
        """Look at the queue again."""
        self._changed.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        limit = aiohttp.TCPConnector(limit=0, force_close=False)
        async with aiohttp.ClientSession(connector=limit, timeout=aiohttp.ClientTimeout(60)) as session:
            while True:
                await self._changed.wait()
                self._changed.clear()
                for update in self._due():
                    task = asyncio.create_task(self._deliver(session, update))
                    self._busy[update.chat] = task

    def _due(self) -> list[Queued]:
        """The oldest update of every chat that has none under way, within the connections allowed."""
        with self._state.changed:
            hook = self._state.webhook
            free = hook.get("max_connections", 0) - len(self._busy)
            oldest: dict[int, Queued] = {}
            for update in self._state.updates.pending:
                if len(oldest) >= free:
                    break
                if update.chat not in self._busy:
                    oldest.setdefault(update.chat, update)
        return list(oldest.values())

    async def _deliver(self, session: aiohttp.ClientSession, update: Queued) -> None:
        pause = FIRST_RETRY
        try:
            while (hook := self._state.webhook) and not await self._attempt(session, update, hook):
                await asyncio.sleep(pause)
                pause = min(2 * pause, LAST_RETRY)
        finally:
            del self._busy[update.chat]
            self.wake()

    def _address(self, url: str) -> str:
        """Where a webhook's load balancer sends the next request: to each replica in turn."""
        replicas = self._state.replicas
        if not replicas:
            return url
        self._turn += 1
        return replicas[self._turn % len(replicas)] + urlsplit(url).path

    async def _attempt(self, session: aiohttp.ClientSession, update: Queued, hook: dict[str, Any]) -> bool:
        headers = {"Content-Type": "application/json"}
        if hook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret"]
        update.handed += 1
        status, failure = 0, ""
        try:
            async with session.post(self._address(hook["url"]), data=update.body, headers=headers) as response:
                await response.read()
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            failure = "Connection refused" if refused else "Connection reset by peer"
        with self._state.changed:
            if status != 200:
                message = failure or f"Wrong response from the webhook: {status}"
                self._state.webhook_error = {"last_error_date": int(time.time()), "last_error_message": message}
            self.statuses.append(status)
            if status == 200:
                self._state.updates.confirm(update)
            self._state.changed.notify_all()
        return status == 200
