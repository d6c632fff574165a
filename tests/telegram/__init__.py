"""The Telegram edge against the stand-in Bot API."""
