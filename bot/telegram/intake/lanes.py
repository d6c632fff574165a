"""Chats side by side, each chat in order."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.telegram.intake.work import Work


def lane_of(update: Update) -> object:
    """What an update must keep its order with: its chat, or the person where there is no chat."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    if update.effective_user is not None:
        return "person", update.effective_user.id
    return "update", update.update_id


# So many lanes are opened in one round of the loop: their replies are on the way before the next are thought about.
ABREAST = 8


class Lanes:
    """Runs work, one at a time in each lane. `run` must not raise."""

    def __init__(self, run: Callable[[Work], Awaitable[None]]) -> None:
        self._run = run
        self._queues: dict[object, deque[Work]] = {}
        self._unopened: deque[object] = deque()
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, work: Work) -> None:
        """Run work after all that stands in its lane."""
        queue = self._queues.get(work.lane)
        if queue is not None:
            queue.append(work)
            return
        self._queues[work.lane] = deque([work])
        self._unopened.append(work.lane)
        if len(self._unopened) == 1:
            asyncio.get_running_loop().call_soon(self._open)

    def _open(self) -> None:
        for _ in range(min(ABREAST, len(self._unopened))):
            task = asyncio.create_task(self._follow(self._unopened.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._unopened:
            asyncio.get_running_loop().call_soon(self._open)

    async def _follow(self, lane: object) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                queue[0].started = True
                await self._run(queue[0])
                queue.popleft()
        finally:
            del self._queues[lane]

    def waiting(self) -> list[Work]:
        """The work that has not begun."""
        return [work for queue in self._queues.values() for work in queue if not work.started]

    def withdraw(self, works: list[Work]) -> None:
        """Take work that has not begun out of its lane."""
        for work in works:
            self._queues[work.lane].remove(work)

    async def drain(self, seconds: float) -> None:
        """Wait until all work is done; cancel what is not after so many seconds."""
        while self._unopened:
            self._open()
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
