"""The Bot API client: python-telegram-bot's over our transport."""

import asyncio
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.telegram.outgoing.calls import ALLOWED_UPDATES, POLL_MARGIN
from bot.telegram.outgoing.transport import Transport

DOUBTS = (0.2, 0.4, 0.8)  # seconds before each question whether the token is still refused


def is_numbered(update: object) -> bool:
    """Whether something is an update as far as the intake is concerned: an object with a number."""
    return isinstance(update, dict) and type(update.get("update_id")) is int


class Client(Bot):
    """A Bot whose updates come as Telegram wrote them, so that one odd update does not hide the others."""

    __slots__ = ()

    def __init__(self, token: str, api_url: str, transport: Transport) -> None:
        root = api_url.rstrip("/")
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=transport,
            get_updates_request=transport,
        )

    async def raw_updates(self, offset: int | None, *, wait: int, limit: int = 100) -> list[dict[str, Any]]:
        """The updates from an offset on, which confirms those below; `wait` seconds for the first."""
        data = {"offset": offset, "limit": limit, "timeout": wait, "allowed_updates": list(ALLOWED_UPDATES)}
        updates = await self._post("getUpdates", data, read_timeout=wait + POLL_MARGIN)
        if not isinstance(updates, list) or not all(is_numbered(update) for update in updates):
            raise NetworkError("The answer of the Bot API is no list of updates.")
        return updates

    async def post_message(self, parameters: dict[str, Any]) -> int:
        """Send a message, given as the Bot API takes it; its id. The rest of the answer is not read."""
        sent: dict[str, Any] = await self._post("sendMessage", parameters)
        return int(sent["message_id"])

    async def is_refused(self) -> bool:
        """Whether Telegram refuses the token, and not only once."""
        for pause in DOUBTS:
            await asyncio.sleep(pause)
            try:
                await self.get_me()
            except InvalidToken:
                continue
            except TelegramError:
                return False
            return False
        return True
