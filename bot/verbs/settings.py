"""The settings in force, and a word on what looks like one and is none."""

import sys

from bot.apart import apart
from bot.faults import SettingsError
from bot.settings import Settings


def configured_settings() -> Settings:
    """Load the settings; a line on standard error for each unknown variable. Raises SettingsError."""
    from bot.variables import load_settings, unknown_variables  # noqa: PLC0415 - a running bot never imports it

    settings = load_settings()
    for warning in unknown_variables():
        print(f"citebot: warning: {warning}", file=sys.stderr)
    return settings


def configured_settings_apart() -> Settings:
    """The same from a process of its own: what reads and checks them is a fifth of a running bot's memory."""
    found = apart(_settings_or_error)
    if isinstance(found, SettingsError):
        raise found
    return found


def _settings_or_error() -> Settings | SettingsError:
    try:
        return configured_settings()
    except SettingsError as error:
        return error
