"""Fixtures of the Telegram tests."""

from collections.abc import Iterator

import pytest

from tests.botapi import BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A stand-in Bot API of the test's own."""
    with BotApi() as api:
        yield api


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter pauses between attempts than with the real Telegram."""
    monkeypatch.setattr("bot.telegram.intake.work.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.telegram.intake.polling.CONFLICT_PAUSE", 0.05)
    monkeypatch.setattr("bot.telegram.outgoing.client.DOUBTS", (0.01, 0.01, 0.01))
