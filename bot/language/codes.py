"""The languages that there is data for."""

LANGUAGES = ("en", "uk", "ru", "fr", "de", "es", "pl", "da", "it")
"""ISO 639-1 codes."""

CYRILLIC = ("uk", "ru")
"""Those written in Cyrillic letters."""
