"""The bot at work against the stand-in, in a thread of the test's process."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Self

from telegram import Update, User

from bot.settings import Settings
from bot.telegram.outgoing.client import Client
from bot.telegram.service import Ending, Service
from tests.botapi import BotApi

PATIENCE = 15.0  # seconds
Handler = Callable[[Client, Update], Awaitable[None]]


async def echo(client: Client, update: Update) -> None:
    """Send every message's text back."""
    message = update.message
    if message is not None and message.text is not None:
        await client.send_message(message.chat.id, message.text)


async def publish_nothing(_: Client) -> None:
    """Leave the profile as it is."""


def settings_for(api: BotApi, **fields: Any) -> Settings:
    """Settings for the stand-in, whatever the environment holds."""
    return Settings(**{"token": api.token, "api_url": api.url, **fields})


class Live:
    """A running service; `with Live(api) as bot`. On leaving it is stopped, and `ending` says how it ended.

    `handler` serves updates, by default as an echo; with `make` it is made from the client and the bot's user.
    """

    def __init__(
        self,
        api: BotApi,
        handler: Handler = echo,
        make: Callable[[Client, User], Callable[[Update], Awaitable[None]]] | None = None,
        publish: Callable[[Client], Awaitable[None]] = publish_nothing,
        conflict_patience: float = 30.0,
        **fields: Any,
    ) -> None:
        self._settings = settings_for(api, **fields)
        self._make = make or (lambda client, _: lambda update: handler(client, update))
        self._publish = publish
        self._patience = conflict_patience
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self.service: Service
        self.ending: Ending | None = None

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.service = Service(self._settings, self._make, self._publish, self._patience)
        self._ready.set()
        self._task = asyncio.create_task(self.service.run())
        with suppress(asyncio.CancelledError):
            self.ending = await self._task

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE), "the service did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> Ending:
        """Ask it to stop, as a signal does, and wait until it has."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self.service.stop)
        return self.join()

    def join(self) -> Ending:
        """Wait until it has ended."""
        self._thread.join(PATIENCE)
        assert self.ending is not None, "the service did not end"
        return self.ending

    @property
    def waiting(self) -> int:
        """How many updates wait for their chat's turn."""
        desk = self.service._desk
        return len(desk._lanes.waiting()) if desk else 0

    def call(self, function: Callable[[], object]) -> None:
        """Call something in the service's loop."""
        self._loop.call_soon_threadsafe(function)

    def wait(self, event: asyncio.Event) -> None:
        """Wait for an event of the service's loop."""
        asyncio.run_coroutine_threadsafe(event.wait(), self._loop).result(PATIENCE)

    def kill(self) -> None:
        """End it without finishing anything."""
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(PATIENCE)
        self.ending = self.ending or Ending.STOPPED


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
