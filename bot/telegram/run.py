"""`citebot run` with a token. Signals are obeyed, and Telegram is asked, while the rest is still being loaded."""

import asyncio
import gc
import logging

from bot.faults import FaultsError, SettingsError
from bot.settings import Settings
from bot.telegram.outgoing.ahead import Ahead
from bot.telegram.start import Start, obey_signals
from bot.telegram.watch.logs import configure_logging

_LOG = logging.getLogger(__name__)
EXIT_SOFTWARE, EXIT_INTERRUPTED = 70, 130


def run(settings: Settings) -> int:
    """Serve Telegram until stopped; the exit status. Raises SettingsError and FaultsError."""
    secrets = [secret for secret in (settings.token, settings.webhook_secret) if secret]
    configure_logging(settings.log_level, settings.log_format, secrets)
    try:
        return asyncio.run(_run(settings))
    except (SettingsError, FaultsError):
        raise
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception:  # noqa: BLE001 - the last resort: logged without secrets, unlike an uncaught one
        _LOG.exception("This is a fault of the program's own.")
        return EXIT_SOFTWARE


async def _run(settings: Settings) -> int:
    ahead = Ahead(settings)
    start = Start(ahead)
    obey_signals(start)
    try:
        await asyncio.to_thread(_import)
        from bot.telegram.main import load, serve  # noqa: PLC0415 - imported by now

        if start.stop.is_set():
            return 0
        loaded = await asyncio.to_thread(load, settings, start.metrics)
        return await serve(settings, loaded, start)
    finally:
        await ahead.close()


def _import() -> None:
    # Much is made and little thrown away: looking for garbage meanwhile costs a fifth of the start.
    gc.disable()
    import bot.telegram.main  # noqa: F401, PLC0415
