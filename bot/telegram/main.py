"""The bot on Telegram, put together."""

import asyncio
import logging
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

from telegram import User

from bot import __version__
from bot.collector import settle_memory
from bot.faults import SettingsError
from bot.settings import Settings
from bot.store import default_knowledge, load_engine
from bot.telegram.conversation.answers import Answers, KeepMiss
from bot.telegram.conversation.handle import Conversation
from bot.telegram.intake.work import Handle
from bot.telegram.outgoing.client import Client
from bot.telegram.reload import Reloader, summary
from bot.telegram.service import Service
from bot.telegram.start import Start
from bot.telegram.watch.metrics import Metrics

_LOG = logging.getLogger(__name__)


def load(settings: Settings, metrics: Metrics) -> Answers:
    """The answers of the configured knowledge file. Raises FaultsError, and SettingsError for BOT_MISSES_FILE."""
    keep_miss = _miss_keeper(settings.misses_file)
    return Answers(load_engine(settings.knowledge, apart=True), metrics, keep_miss)


async def serve(settings: Settings, answers: Answers, start: Start) -> int:
    """Serve until stopped; the exit status."""
    knowledge = settings.knowledge or default_knowledge()
    _LOG.info("Citebot %s, %s, answers from %s.", __version__, _mode(settings), summary(knowledge, answers.engine))
    settle_memory()

    def make_handle(client: Client, me: User) -> Handle:
        return Conversation(client, answers, settings, me).handle

    async def publish_profile(client: Client) -> None:
        from bot.telegram.conversation.profile import publish  # noqa: PLC0415 - soon enough after the first poll

        await publish(client, answers.engine)

    service = Service(settings, make_handle, publish_profile, start=start)
    reloader = Reloader(knowledge, answers, service.publish_profile, start.reload)
    async with AsyncExitStack() as stack:
        stack.callback(asyncio.create_task(reloader.run()).cancel)
        if settings.watch:
            stack.callback(asyncio.create_task(reloader.watch()).cancel)
        return await service.run()


def _mode(settings: Settings) -> str:
    host = settings.webhook_url and urlsplit(settings.webhook_url).hostname
    return f"webhook at {host}" if host else "polling"


def _miss_keeper(file: Path | None) -> KeepMiss | None:
    if file is None:
        return None
    from bot.misses.keep import MissFile  # noqa: PLC0415 - only where it is asked for

    try:
        return MissFile(file).keep
    except OSError as error:
        raise SettingsError(f"BOT_MISSES_FILE: {file} cannot be written: {error.strerror}") from None
