"""`citebot run` and `citebot chat`."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.faults import EXIT_CONFIGURATION

if TYPE_CHECKING:
    from bot.engine import Engine

_NOWHERE_TO_TALK = """\
citebot: there is no token, so Telegram cannot be reached.
citebot: Get one from @BotFather, then set BOT_TOKEN (or BOT_TOKEN_FILE to a file that holds it),
citebot: in the environment or in a file .env here. Without a token, `citebot chat` talks on a terminal."""


def run() -> int:
    """Telegram where a token is configured, else the console chat; without a terminal, an error."""
    on_terminal = sys.stdin.isatty()
    _bear_signals(on_terminal=on_terminal)
    # A signal may come while this is imported; what is imported before the settings are read is not imported twice.
    from bot.telegram.run import run as run_telegram  # noqa: PLC0415
    from bot.verbs.settings import configured_settings_apart  # noqa: PLC0415

    settings = configured_settings_apart()
    if settings.token is not None:
        return run_telegram(settings)
    if not on_terminal:
        print(_NOWHERE_TO_TALK, file=sys.stderr)
        return EXIT_CONFIGURATION
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from bot.verbs.engine import configured, opened  # noqa: PLC0415

    return _talk(opened(configured(settings)))


def chat(knowledge: Path | None) -> int:
    """The console chat about a knowledge file, by default the configured one."""
    from bot.verbs.engine import chosen, opened  # noqa: PLC0415

    return _talk(opened(chosen(knowledge)))


def _bear_signals(*, on_terminal: bool) -> None:
    """Until the bot obeys signals itself: nothing is in hand that would have to be finished, nothing loaded anew."""

    def leave(_: int, __: object) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, leave)
    if not on_terminal:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _talk(engine: "Engine") -> int:
    from bot.console.chat import Chat  # noqa: PLC0415 - other verbs need no console

    return Chat(engine).run()
