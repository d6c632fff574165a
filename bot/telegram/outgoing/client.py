"""The Bot API client: python-telegram-bot's over our transport."""

import asyncio
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.telegram.outgoing.calls import ALLOWED_UPDATES, POLL_MARGIN, to_json
from bot.telegram.outgoing.transport import Transport

DOUBTS = (0.2, 0.4, 0.8)  # seconds before each question whether the token is still refused


def is_numbered(update: object) -> bool:
    """Whether something is an update as far as the intake is concerned: an object with a number."""
    return isinstance(update, dict) and type(update.get("update_id")) is int


class Client(Bot):
    """A Bot whose updates come as Telegram wrote them, so that one odd update does not hide the others."""

    __slots__ = ("_transport",)

    def __init__(self, token: str, api_url: str, transport: Transport) -> None:
        self._transport = transport
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
        asked = {"limit": limit, "timeout": wait, "allowed_updates": ALLOWED_UPDATES}
        body = to_json(asked if offset is None else {"offset": offset, **asked})
        updates = await self._transport.call(f"{self.base_url}/getUpdates", body, wait + POLL_MARGIN)
        if not isinstance(updates, list) or not all(is_numbered(update) for update in updates):
            raise NetworkError("The answer of the Bot API is no list of updates.")
        return updates

    async def post_message(self, body: bytes) -> int:
        """Send a message, given as the JSON that the Bot API takes; its id. The rest of the answer is not read."""
        sent = await self._transport.call(f"{self.base_url}/sendMessage", body)
        if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
            raise NetworkError("The answer of the Bot API is no message.")
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
