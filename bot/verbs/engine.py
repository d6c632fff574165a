"""The engine of the configured knowledge file."""

from pathlib import Path

from bot.collector import settle_memory
from bot.engine import Engine
from bot.settings import Settings
from bot.store import default_knowledge, load_engine
from bot.verbs.settings import configured_settings


def configured(settings: Settings) -> Path:
    """The knowledge file that the settings name, or the bot's own."""
    return settings.knowledge or default_knowledge()


def chosen(file: Path | None) -> Path:
    """The knowledge file named on the command line, or else the configured one. Raises SettingsError."""
    return file or configured(configured_settings())


def opened(knowledge: Path, *, preload: bool = False) -> Engine:
    """A knowledge file's engine for a process that lives for it, all languages read beforehand with `preload`.

    Raises FaultsError.
    """
    engine = load_engine(knowledge)
    if preload:
        engine.preload()
    settle_memory()
    return engine
