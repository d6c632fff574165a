"""The settings in force, and a word on what looks like one and is none."""

import sys

from bot.settings import Settings, load_settings, unknown_variables


def configured_settings() -> Settings:
    """Load the settings; a line on standard error for each unknown variable. Raises SettingsError."""
    settings = load_settings()
    for warning in unknown_variables():
        print(f"citebot: warning: {warning}", file=sys.stderr)
    return settings
