"""Settings, from the environment first and `.env` second."""

import ipaddress
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.faults import nearest_name

PREFIX = "BOT_"
EXIT_CONFIGURATION = 78
_TOKEN = r"\d{1,20}:[A-Za-z0-9_-]{20,120}"  # noqa: S105 - the shape of a token, no token
_SECRET = r"[A-Za-z0-9_-]{1,256}"  # noqa: S105 - the shape of a secret, no secret


class SettingsError(Exception):
    """Settings that cannot be used; the message names every variable and its rule, and shows no value of a secret."""


class Settings(BaseSettings):
    """Everything that an operator can set; each field is the variable `BOT_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True,
        hide_input_in_errors=True,
    )  # fmt: skip

    token: SecretStr | None = Field(None, description="The bot's token from @BotFather.")
    token_file: Path | None = Field(None, description="A file that holds the token.")
    knowledge: Path | None = Field(None, description="The knowledge file; unset: the one that comes with the bot.")
    api_url: str = Field("https://api.telegram.org", description="Root of the Bot API server.")
    webhook_url: str | None = Field(None, description="Public https address for updates; unset: polling.")
    webhook_secret: SecretStr | None = Field(None, description="What Telegram must send along with each update.")
    webhook_secret_file: Path | None = Field(None, description="A file that holds the webhook secret.")
    listen: str | None = Field(None, description="address:port for the webhook, health and metrics.")
    allowed_chats: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Chat ids to serve, separated by commas; unset: everybody."
    )
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    misses_file: Path | None = Field(None, description="Where unanswered questions are kept; unset: nowhere.")

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
        if value is not None and not (value.startswith(schemes) and value.partition("://")[2].strip("/")):
            raise ValueError(f"write a full address that starts with {' or '.join(schemes)}")
        return value.rstrip("/") if value else value

    @field_validator("listen")
    @classmethod
    def _is_endpoint(cls, value: str | None) -> str | None:
        if value is not None:
            _check_endpoint(value)
        return value

    @model_validator(mode="after")
    def _secrets(self) -> Self:
        problems = [
            *_secret_problems("token", self.token, self.token_file),
            *_secret_problems("webhook_secret", self.webhook_secret, self.webhook_secret_file),
        ]
        if self.webhook_url and not (self.webhook_secret or self.webhook_secret_file):
            problems.append("BOT_WEBHOOK_SECRET: is required where BOT_WEBHOOK_URL is set")
        if self.webhook_url and not self.listen:
            problems.append("BOT_LISTEN: is required where BOT_WEBHOOK_URL is set, such as 0.0.0.0:8080")
        if problems:
            raise ValueError("\n".join(problems))
        return self


def load_settings() -> Settings:
    """The settings in force, secrets read from their files. Raises SettingsError."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_described(error))) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8; save it as UTF-8") from None
    problems: list[str] = []
    read = partial(_secret, problems)
    token = read("token", settings.token, settings.token_file, _TOKEN)
    secret = read("webhook_secret", settings.webhook_secret, settings.webhook_secret_file, _SECRET)
    if problems:
        raise SettingsError("\n".join(problems))
    return settings.model_copy(update={"token": token, "webhook_secret": secret})


def unknown_variables() -> Iterator[str]:
    """A warning for each variable with the bot's prefix that is no setting, with the nearest known one."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            nearest = nearest_name(name, known)
            yield f"{name} is no setting of Citebot{f'; did you mean {nearest}?' if nearest else '.'}"


def _described(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        message = detail["msg"].removeprefix("Value error, ")
        if detail["loc"]:
            yield f"{PREFIX}{str(detail['loc'][0]).upper()}: {message[:1].lower()}{message[1:]}"
        else:
            yield message


def _secret_problems(name: str, value: SecretStr | None, file: Path | None) -> Iterator[str]:
    variable = PREFIX + name.upper()
    if value is not None and file is not None:
        yield f"{variable}: is set, and so is {variable}_FILE; set one of the two"
    elif value is not None and not value.get_secret_value().strip():
        yield f"{variable}: is empty; set it or take it out"


def _secret(problems: list[str], name: str, value: SecretStr | None, file: Path | None, shape: str) -> SecretStr | None:
    """A secret's value, from the variable or its file, checked for its shape."""
    variable = PREFIX + name.upper()
    text = value.get_secret_value().strip() if value is not None else None
    if file is not None:
        variable += "_FILE"
        try:
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            problems.append(f"{variable}: the file {file} cannot be read: {reason}")
            return None
    if text is None:
        return None
    if not re.fullmatch(shape, text):
        rule = "is no bot token; copy it from @BotFather" if name == "token" else "allows A-Z, a-z, 0-9, _ and - only"
        problems.append(f"{variable}: {rule}" if text else f"{variable}: is empty")
        return None
    return SecretStr(text)


def _check_endpoint(value: str) -> None:
    host, colon, port = value.rpartition(":")
    if not (colon and port.isdigit() and 0 <= int(port) <= 65_535):
        raise ValueError("write address:port, such as 127.0.0.1:8080")
    if host.strip("[]") != "localhost":
        try:
            ipaddress.ip_address(host.strip("[]"))
        except ValueError:
            raise ValueError("write an IP address and a port, such as 127.0.0.1:8080") from None
