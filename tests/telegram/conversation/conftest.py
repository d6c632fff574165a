"""The real core, and the stand-in with the conversation on it."""

from collections.abc import Iterator

import pytest

from bot.engine import Engine
from bot.store import load_engine
from tests.botapi import BotApi
from tests.telegram.conversation.driving import conversing


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine of the article that comes with the bot."""
    return load_engine()


@pytest.fixture
def api(engine: Engine) -> Iterator[BotApi]:
    """A stand-in whose updates are served."""
    with BotApi("article_bot") as api, conversing(api, engine):
        yield api
