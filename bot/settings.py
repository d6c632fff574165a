"""The settings in force, as every room reads them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

LogFormat: TypeAlias = Literal["text", "json"]
LogLevel: TypeAlias = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator has set, checked and with the secrets read from their files; see `variables.py`."""

    token: str | None = field(default=None, repr=False)
    knowledge: Path | None = None
    api_url: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    listen: str | None = None
    metrics: bool = False
    allowed_chats: frozenset[int] = frozenset()
    log_format: LogFormat = "text"
    log_level: LogLevel = "INFO"
    misses_file: Path | None = None
    watch: bool = False
