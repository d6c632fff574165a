"""How calls of the Bot API are made; times in seconds."""

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
