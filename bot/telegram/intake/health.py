"""Whether the process is well: in contact with Telegram, and reached by it."""

import asyncio
import time

from telegram import WebhookInfo
from telegram.error import TelegramError

from bot.telegram.outgoing.calls import LONG_POLL
from bot.telegram.outgoing.client import Client
from bot.telegram.watch.metrics import Metrics

STALE_AFTER = 3.0 * LONG_POLL  # seconds without contact
CHECK_EVERY = 50.0  # seconds between looks at the webhook


class Health:
    """Why the process is not well; with a webhook, `watch` looks at what Telegram reports of it."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._failing_since: float | None = None
        self._delivered = 0
        self._misdelivery = ""
        self.stopping = False

    def reason(self) -> str:
        """The reason in one line; empty while all is well."""
        if self.stopping:
            return "stopping"
        silence = self._metrics.silence()
        if silence is None:
            return "waiting for Telegram"
        if silence > STALE_AFTER:
            return f"no contact with Telegram for {silence:.0f} s"
        return self._misdelivery

    async def watch(self, client: Client, url: str) -> None:
        """Ask Telegram for ever how the deliveries to the webhook fare."""
        while True:
            await asyncio.sleep(CHECK_EVERY)
            try:
                info = await client.get_webhook_info()
            except TelegramError:
                continue
            self._metrics.reached()
            self._misdelivery = self._judge(info, url)

    def _judge(self, info: WebhookInfo, url: str) -> str:
        if info.url != url:
            return "Telegram's webhook is no longer this bot's: another process has changed or removed it"
        before, self._delivered = self._delivered, self._metrics.deliveries
        if not (info.pending_update_count and info.last_error_date) or self._delivered > before:
            self._failing_since = None
            return ""
        now = time.monotonic()
        self._failing_since = self._failing_since or now
        if now - self._failing_since < STALE_AFTER:
            return ""
        return f"Telegram cannot deliver {info.pending_update_count} updates: {info.last_error_message}"
