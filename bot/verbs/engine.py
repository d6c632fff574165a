"""The engine of the configured knowledge file."""

import sys
from pathlib import Path

from bot.engine import Engine
from bot.settings import Settings, load_settings, unknown_variables
from bot.store import default_knowledge, load_engine


def configured(settings: Settings) -> Path:
    """The knowledge file that the settings name, or the bot's own."""
    return settings.knowledge or default_knowledge()


def configured_engine() -> Engine:
    """Load settings and engine. Raises SettingsError, FaultsError."""
    settings = load_settings()
    warn_of_unknown_variables()
    return load_engine(configured(settings))


def warn_of_unknown_variables() -> None:
    """One line on standard error for each variable that looks like a setting and is none."""
    for warning in unknown_variables():
        print(f"citebot: warning: {warning}", file=sys.stderr)
