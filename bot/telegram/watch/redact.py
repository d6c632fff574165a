"""Secrets out of the logs, whoever writes them there."""

import logging
import re
from collections.abc import Iterable

HIDDEN = "[hidden]"
# A token as Telegram shapes it, plain or in an address; so wrong and former ones are hidden too.
TOKEN = re.compile(r"(?<!\d)\d{5,20}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)


class Redaction(logging.Filter):
    """A filter for log handlers: hides tokens and the given secrets in message, arguments and traceback."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        # Of a token the part after the colon is the secret.
        parts = {part for secret in secrets for part in (secret, secret.rpartition(":")[2]) if part}
        known = sorted(parts, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record, and let it pass."""
        record.msg, record.args = self.clean(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            # Formatters print the text; the exception itself would be formatted anew from its arguments.
            record.exc_text, record.exc_info = self.clean(record.exc_text), None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """The text without secrets."""
        text = TOKEN.sub(HIDDEN, text)
        return self._known.sub(HIDDEN, text) if self._known else text
