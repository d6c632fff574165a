"""What a start asks of Telegram, asked while the program is still loading. Nothing is changed or confirmed by it."""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from bot.settings import Settings
from bot.telegram.http.connection import LostError, Response, UnsentError
from bot.telegram.http.pool import Limits, Pool
from bot.telegram.outgoing.calls import ALLOWED_UPDATES, CONNECT_TIMEOUT, LONG_POLL, POLL_MARGIN, READ_TIMEOUT, to_json


class Ahead:
    """The bot's own user and, where it polls, the first updates: under way from now on."""

    def __init__(self, settings: Settings) -> None:
        self.pool = Pool()
        self._root = f"{settings.api_url}/bot{settings.token}/"
        poll = {"limit": 100, "timeout": LONG_POLL, "allowed_updates": ALLOWED_UPDATES}
        self._calls = {"getMe": self._call("getMe", {}, READ_TIMEOUT)}
        if settings.webhook_url is None:
            self._calls["getUpdates"] = self._call("getUpdates", poll, LONG_POLL + POLL_MARGIN)

    def _call(self, method: str, parameters: dict[str, Any], seconds: float) -> asyncio.Task[Response]:
        body, limits = to_json(parameters), Limits(CONNECT_TIMEOUT, seconds)
        return asyncio.create_task(self.pool.ask("POST", self._root + method, "application/json", body, limits))

    async def take(self, method: str) -> Response | None:
        """The answer to a call, the first time; none where it was not made, or has failed and is to be made anew."""
        call = self._calls.pop(method, None)
        if call is None:
            return None
        with suppress(UnsentError, LostError, TimeoutError):
            response = await call
            return response if response.status == HTTPStatus.OK else None
        return None

    async def close(self) -> None:
        """Let go of what was not taken."""
        for call in self._calls.values():
            call.cancel()
        await asyncio.gather(*self._calls.values(), return_exceptions=True)
        await self.pool.close()
