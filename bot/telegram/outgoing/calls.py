"""How calls of the Bot API are made; times in seconds."""

import json

_TO_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "guest_message",
)
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
LONG_POLL = 50  # Telegram's most
POLL_MARGIN = 10.0  # that a poll's answer may be late


def to_json(value: object) -> bytes:
    """A value as the Bot API takes it. Half of a surrogate pair cannot be sent; it becomes a question mark."""
    return _TO_JSON(value).encode(errors="replace")
