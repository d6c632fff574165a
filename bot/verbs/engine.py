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


def configured_engine() -> Engine:
    """Load settings and engine. Raises SettingsError, FaultsError."""
    engine = load_engine(configured(configured_settings()))
    settle_memory()
    return engine
