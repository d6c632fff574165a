"""`citebot run` with a token."""

import asyncio
import logging
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

from telegram import User

from bot import __version__
from bot.engine import Engine
from bot.settings import Settings, SettingsError
from bot.telegram.conversation.answers import Answers, KeepMiss
from bot.telegram.conversation.handle import Conversation
from bot.telegram.conversation.profile import publish
from bot.telegram.intake.work import Handle
from bot.telegram.outgoing.client import Client
from bot.telegram.reload import Reloader, settle_memory, summary
from bot.telegram.service import Service
from bot.telegram.watch.logs import configure_logging

_LOG = logging.getLogger(__name__)
SIGNALS = (signal.SIGTERM, signal.SIGINT)
EXIT_SOFTWARE, EXIT_INTERRUPTED = 70, 130


def run(settings: Settings, knowledge: Path, engine: Engine) -> int:
    """Serve Telegram until stopped; the exit status. `knowledge` is the file that the engine was loaded from.

    Raises SettingsError where BOT_MISSES_FILE cannot be written.
    """
    secrets = [secret.get_secret_value() for secret in (settings.token, settings.webhook_secret) if secret]
    configure_logging(settings.log_level, settings.log_format, secrets)
    answers = Answers(engine, keep_miss=_miss_keeper(settings.misses_file))
    _LOG.info("Citebot %s, %s, answers from %s.", __version__, _mode(settings), summary(knowledge, engine))
    settle_memory()
    try:
        return asyncio.run(_serve(settings, knowledge, answers))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception:  # noqa: BLE001 - the last resort: logged without secrets, unlike an uncaught one
        _LOG.exception("This is a fault of the program's own.")
        return EXIT_SOFTWARE


def _mode(settings: Settings) -> str:
    host = settings.webhook_url and urlsplit(settings.webhook_url).hostname
    return f"webhook at {host}" if host else "polling"


def _miss_keeper(file: Path | None) -> KeepMiss | None:
    if file is None:
        return None
    from bot.misses import MissFile  # noqa: PLC0415 - only where it is asked for

    try:
        return MissFile(file).keep
    except OSError as error:
        raise SettingsError(f"BOT_MISSES_FILE: {file} cannot be written: {error.strerror}") from None


async def _serve(settings: Settings, knowledge: Path, answers: Answers) -> int:
    def make_handle(client: Client, me: User) -> Handle:
        return Conversation(client, answers, settings, me).handle

    async def publish_profile(client: Client) -> None:
        await publish(client, answers.engine)

    service = Service(settings, make_handle, publish_profile, metrics=answers.metrics)
    reloader = Reloader(knowledge, answers, service.publish_profile)
    _obey_signals(service, reloader)
    async with AsyncExitStack() as stack:
        stack.callback(asyncio.create_task(reloader.run()).cancel)
        if settings.watch:
            stack.callback(asyncio.create_task(reloader.watch()).cancel)
        return await service.run()


def _obey_signals(service: Service, reloader: Reloader) -> None:
    loop = asyncio.get_running_loop()
    on_terminal = sys.stdin is not None and sys.stdin.isatty()

    def stop() -> None:
        # A second signal ends the process at once.
        for number in SIGNALS:
            loop.remove_signal_handler(number)
        service.stop()

    def hang_up() -> None:
        # A terminal that is closed hangs up too, and nobody wants a bot that lives on unseen.
        if on_terminal and not os.isatty(0):
            stop()
        else:
            reloader.want()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, hang_up)
