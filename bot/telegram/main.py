"""`citebot run` with a token."""

import asyncio
import gc
import logging
import signal

from telegram import User

from bot.engine import Engine
from bot.settings import Settings
from bot.telegram.client import Client
from bot.telegram.handle import Conversation
from bot.telegram.intake.work import Handle
from bot.telegram.logs import configure_logging
from bot.telegram.profile import publish
from bot.telegram.service import Service

_LOG = logging.getLogger(__name__)
SIGNALS = (signal.SIGTERM, signal.SIGINT)
EXIT_SOFTWARE, EXIT_INTERRUPTED = 70, 130


def run(settings: Settings, engine: Engine) -> int:
    """Serve Telegram until stopped; the exit status."""
    secrets = [secret.get_secret_value() for secret in (settings.token, settings.webhook_secret) if secret]
    configure_logging(settings.log_level, settings.log_format, secrets)
    # What is loaded by now stays, and an update leaves no cycles: the collector has little to look for.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
    try:
        return asyncio.run(_serve(settings, engine))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception:  # noqa: BLE001 - the last resort: logged without secrets, unlike an uncaught one
        _LOG.exception("This is a fault of the program's own.")
        return EXIT_SOFTWARE


async def _serve(settings: Settings, engine: Engine) -> int:
    def make_handle(client: Client, me: User) -> Handle:
        return Conversation(client, engine, settings, me).handle

    async def publish_profile(client: Client) -> None:
        await publish(client, engine)

    service = Service(settings, make_handle, publish_profile)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        # A second signal ends the process at once.
        for number in SIGNALS:
            loop.remove_signal_handler(number)
        service.stop()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    return await service.run()
