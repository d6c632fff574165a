"""The logs hold no secret, whoever writes it and wherever it stands."""

import io
import json
import logging

import pytest

from bot.telegram.watch.logs import configure_logging
from bot.telegram.watch.redact import HIDDEN, Redaction

TOKEN = "7000000001:AAExample_of_a_token-0123456789abcd"  # noqa: S105 - opens nothing
SECRET = "Webhook.secret"  # noqa: S105 - opens nothing


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    """A logger whose handler redacts, and what it wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction([SECRET]))
    logger = logging.Logger("test")  # noqa: LOG001 - stands alone, so that no other handler hears it
    logger.addHandler(handler)
    return logger, stream


def test_message_and_arguments_are_cleaned(log: tuple[logging.Logger, io.StringIO]) -> None:
    """Secrets are hidden in the message, in its arguments, and where the two meet."""
    logger, stream = log
    prefix, rest = TOKEN.split(":")
    logger.info("at /bot%s/getMe with %s and %s:%s", TOKEN, {"secret": SECRET}, prefix, rest)
    assert stream.getvalue() == f"at /bot{HIDDEN}/getMe with {{'secret': '{HIDDEN}'}} and {HIDDEN}\n"


def test_tracebacks_are_cleaned(log: tuple[logging.Logger, io.StringIO]) -> None:
    """Secrets are hidden in an exception, its cause, and a stack."""
    logger, stream = log
    failure = RuntimeError(f"with {SECRET}")
    failure.__cause__ = ValueError(TOKEN)
    logger.error("failed", exc_info=failure, stack_info=True)
    text = stream.getvalue()
    assert text.count(HIDDEN) >= 2
    assert "RuntimeError" in text
    assert TOKEN not in text
    assert SECRET not in text


def test_a_record_may_pass_twice(log: tuple[logging.Logger, io.StringIO]) -> None:
    """A record that two handlers see is cleaned for both, percent signs included."""
    logger, stream = log
    logger.addHandler(logger.handlers[0])
    other = logging.StreamHandler(stream)
    other.addFilter(Redaction())
    logger.addHandler(other)
    logger.info("100%% of %s", TOKEN)
    assert stream.getvalue() == f"100% of {HIDDEN}\n" * 2


def test_a_token_in_an_address_is_hidden() -> None:
    """A token that follows `bot` in an address is found, and one with its colon quoted."""
    text = Redaction().clean(f"https://api.telegram.org/bot{TOKEN}/x {TOKEN.replace(':', '%3A')}")
    assert TOKEN.split(":")[1] not in text


def test_ordinary_text_is_left_alone() -> None:
    """Times, addresses and ids are no tokens."""
    text = "2026-11-23 02:50:36 update 123456789: chat -1001234567890 at 127.0.0.1:8080"
    assert Redaction([SECRET]).clean(text) == text


def test_json_logs_are_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON form holds time, level, logger, message and traceback."""
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = list(root.handlers)
    try:
        configure_logging("INFO", "json", [SECRET])
        logging.getLogger("some.where").error("two\nlines %s", TOKEN, exc_info=ValueError(SECRET))
        logging.getLogger("httpx").info("not shown")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.captureWarnings(capture=False)
    [line] = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("ERROR", "some.where", f"two\nlines {HIDDEN}")
    assert entry["traceback"].endswith(f"ValueError: {HIDDEN}")
    assert entry["time"].endswith("+00:00")
