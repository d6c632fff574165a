"""The variables `BOT_...`, from the environment first and `.env` second, and the settings that they make."""

import ipaddress
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.faults import SettingsError, nearest_name
from bot.settings import LogFormat, LogLevel, Settings

PREFIX = "BOT_"
_TOKEN = r"\d{1,20}:[A-Za-z0-9_-]{20,120}"  # noqa: S105 - the shape of a token, no token
_SECRET = r"[A-Za-z0-9_-]{1,256}"  # noqa: S105 - the shape of a secret, no secret


class Variables(BaseSettings):
    """Everything that an operator can set; each field is the variable `BOT_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True,
        hide_input_in_errors=True,
    )  # fmt: skip

    token: SecretStr | None = Field(None, description="The bot's token from @BotFather.")
    token_file: Path | None = Field(None, description="A file that holds the token.")
    knowledge: Path | None = Field(None, description="The knowledge file; unset: the one that comes with the bot.")
    api_url: str = Field(Settings.api_url, description="Root of the Bot API server.")
    webhook_url: str | None = Field(None, description="Public https address for updates; unset: polling.")
    webhook_secret: SecretStr | None = Field(None, description="What Telegram must send along with each update.")
    webhook_secret_file: Path | None = Field(None, description="A file that holds the webhook secret.")
    listen: str | None = Field(None, description="address:port for the webhook, health and metrics.")
    metrics: bool = Field(default=False, description="Serve /metrics for Prometheus on BOT_LISTEN.")
    allowed_chats: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Chat ids to serve, separated by commas; unset: everybody."
    )
    log_format: LogFormat = Settings.log_format
    log_level: LogLevel = Settings.log_level
    misses_file: Path | None = Field(None, description="Where unanswered questions are kept; unset: nowhere.")
    watch: bool = Field(default=False, description="Load the knowledge file anew when it changes.")

    @field_validator("knowledge", "misses_file", mode="before")
    @classmethod
    def _is_filled(cls, value: object) -> object:
        if isinstance(value, str) and not value.strip():
            raise ValueError("is empty; set it or take it out")
        return value

    @field_validator("allowed_chats", mode="before")
    @classmethod
    def _split_chats(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return frozenset(int(part) for part in value.replace(",", " ").split())
        except ValueError:
            raise ValueError("write chat ids separated by commas, such as 12345,-1001234567890") from None

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: object) -> object:
        upper = getattr(info, "field_name", "") == "log_level"
        return (value.upper() if upper else value.lower()) if isinstance(value, str) else value

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _is_address(cls, value: str | None, info: object) -> str | None:
        schemes = ("https://",) if getattr(info, "field_name", "") == "webhook_url" else ("http://", "https://")
        if value is not None and not (value.startswith(schemes) and _has_host(value)):
            raise ValueError(f"write a full address that starts with {' or '.join(schemes)}")
        return value.rstrip("/") if value else value

    @field_validator("listen")
    @classmethod
    def _is_endpoint(cls, value: str | None) -> str | None:
        if value is not None:
            _check_endpoint(value)
        return value


def load_settings() -> Settings:
    """The settings in force, secrets read from their files. Raises SettingsError naming every fault."""
    problems: dict[str, str] = {}
    try:
        given = _valid_variables(problems)
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SettingsError(f".env: cannot be read: {error.strerror}") from None
    token = _secret(problems, "token", given.token, given.token_file, _TOKEN)
    secret = _secret(problems, "webhook_secret", given.webhook_secret, given.webhook_secret_file, _SECRET)
    if given.webhook_url or "webhook_url" in problems:
        _require_for_webhook(problems, given)
    if given.metrics and not given.listen:
        problems.setdefault("listen", "is required where BOT_METRICS is on, such as 0.0.0.0:8080")
    if problems:
        raise SettingsError("\n".join(f"{_variable(field)}: {problem}" for field, problem in problems.items()))
    others = given.model_dump(exclude={"token", "token_file", "webhook_secret", "webhook_secret_file"})
    return Settings(token=token, webhook_secret=secret, **others)


def unknown_variables() -> Iterator[str]:
    """A warning for each variable with the bot's prefix that is no setting, with the nearest known one."""
    known = list(Variables.model_fields)
    for name in sorted({name.upper() for name in (*os.environ, *DotEnvSettingsSource(Variables).env_vars)}):
        field = name.removeprefix(PREFIX).lower()
        if name.startswith(PREFIX) and field not in known:
            nearest = nearest_name(field, known)
            yield f"{name} is no setting of Citebot{f'; did you mean {_variable(nearest)}?' if nearest else '.'}"


def _valid_variables(problems: dict[str, str]) -> Variables:
    """The variables whose values are valid by themselves; the others are unset, and named in `problems`."""
    try:
        return Variables()
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            message = detail["msg"].removeprefix("Value error, ")
            problems[str(detail["loc"][0])] = f"{message[:1].lower()}{message[1:]}"
    return Variables(**{field: Variables.model_fields[field].default for field in problems})


def _require_for_webhook(problems: dict[str, str], given: Variables) -> None:
    if not (given.webhook_secret or given.webhook_secret_file):
        problems.setdefault("webhook_secret", "is required where BOT_WEBHOOK_URL is set")
    if not given.listen:
        problems.setdefault("listen", "is required where BOT_WEBHOOK_URL is set, such as 0.0.0.0:8080")


def _secret(problems: dict[str, str], name: str, value: SecretStr | None, file: Path | None, shape: str) -> str | None:
    """A secret's value, from the variable or its file, checked for its shape."""
    if value is not None and file is not None:
        problems[name] = f"is set, and so is {_variable(name)}_FILE; set one of the two"
        return None
    field = name if file is None else f"{name}_file"
    try:
        text = file.read_text(encoding="utf-8") if file else _revealed(value)
    except (OSError, ValueError) as error:
        # The path is not shown: whoever puts the secret itself there must not find it in a log.
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        problems[field] = f"the file that it names cannot be read: {reason}"
        return None
    if text is None:
        return None
    if not re.fullmatch(shape, text.strip()):
        rule = "is no bot token; copy it from @BotFather" if name == "token" else "allows A-Z, a-z, 0-9, _ and - only"
        problems[field] = rule if text.strip() else "is empty; set it or take it out"
        return None
    return text.strip()


def _revealed(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", address)
    except ValueError:
        return False


def _check_endpoint(value: str) -> None:
    host, colon, port = value.rpartition(":")
    if not (colon and port.isascii() and port.isdigit() and 0 <= int(port) <= 65_535):
        raise ValueError("write address:port, such as 127.0.0.1:8080")
    if host.strip("[]") != "localhost":
        try:
            ipaddress.ip_address(host.strip("[]"))
        except ValueError:
            raise ValueError("write an IP address and a port, such as 127.0.0.1:8080") from None
