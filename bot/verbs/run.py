"""`citebot run` and `citebot chat`."""

import gc
import sys

from bot.engine import Engine
from bot.settings import EXIT_CONFIGURATION, load_settings
from bot.store import load_engine
from bot.verbs.engine import configured, configured_engine, warn_of_unknown_variables

_NOWHERE_TO_TALK = """\
citebot: there is no token, so Telegram cannot be reached.
citebot: Get one from @BotFather, then set BOT_TOKEN (or BOT_TOKEN_FILE to a file that holds it),
citebot: in the environment or in a file .env here. Without a token, `citebot chat` talks on a terminal."""


def run() -> int:
    """Telegram where a token is configured, else the console chat; without a terminal, an error."""
    settings = load_settings()
    warn_of_unknown_variables()
    if settings.token is not None:
        # Loading makes much and throws little away: looking for garbage meanwhile costs a fifth of the start.
        gc.disable()
        from bot.telegram.main import run as run_telegram  # noqa: PLC0415 - the console never imports telegram

        knowledge = configured(settings)
        return run_telegram(settings, knowledge, load_engine(knowledge))
    if not sys.stdin.isatty():
        print(_NOWHERE_TO_TALK, file=sys.stderr)
        return EXIT_CONFIGURATION
    return _talk(load_engine(configured(settings)))


def chat() -> int:
    """The console chat."""
    return _talk(configured_engine())


def _talk(engine: Engine) -> int:
    from bot.console.chat import Chat  # noqa: PLC0415 - other verbs need no console

    return Chat(engine).run()
