"""Telegram's own lines, in every language of the interface."""

from bot.engine import Engine
from bot.telegram.outgoing.utf16 import units

MOST = {
    "telegram_stale_button": 200,
    "telegram_slow_down": 200,
    "telegram_not_served": 200,
    "telegram_ask_privately": 64,
    "telegram_description": 512,
    "telegram_short_description": 120,
    "telegram_text_only": 4096,
}


def test_lines_fit_where_telegram_shows_them(engine: Engine) -> None:
    """Each line keeps to the length that Telegram takes for it: in an alert, on a button, in the profile."""
    for language in engine.languages:
        strings = engine.strings(language)
        assert {key: units(strings(key)) <= most for key, most in MOST.items()} == dict.fromkeys(MOST, True)


def test_introductions_name_the_bot(engine: Engine) -> None:
    """In every language the introduction and the word on privacy mode say how to call the bot."""
    for language in engine.languages:
        strings = engine.strings(language)
        assert "@a_bot" in strings("telegram_introduction", name="@a_bot")
        assert "@a_bot" in strings("telegram_privacy", name="@a_bot")
        assert "/setprivacy" in strings("telegram_privacy", name="@a_bot")
