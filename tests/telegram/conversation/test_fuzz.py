"""Generated updates of every kind and shape."""

import asyncio
import json
import logging

import pytest

from bot.engine import Engine
from tests.botapi import BotApi
from tests.telegram.conversation.driving import conversing
from tests.telegram.conversation.fuzz import run
from tests.telegram.conversation.generate import KINDS, OWN_NAME, Generator


def test_no_update_breaks_it_or_makes_it_talk(engine: Engine) -> None:
    """No generated update raises an error, or leads to a call where there should be silence."""
    generator = Generator(seed=5)
    with BotApi(OWN_NAME) as api:
        outcome = asyncio.run(run(api, engine, (generator.update() for _ in range(600))))
    assert outcome.faults == []
    assert min(outcome.counts["answered"], outcome.counts["silent"]) > 100


def test_the_service_lives_through_odd_updates(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """Odd updates are confirmed, and the question after them is answered."""
    generator = Generator(seed=6)
    with BotApi(OWN_NAME) as api, caplog.at_level(logging.ERROR), conversing(api, engine):
        for update in (generator.update() for _ in range(200)):
            [kind] = set(update) & set(KINDS)
            text = json.dumps(update[kind], ensure_ascii=False).encode(errors="replace")
            api.push(kind, json.loads(text))
        api.message("did russia agree?", chat=7)
        api.wait_for(1, chat=7)
        api.settle()
    assert [record for record in caplog.records if record.name.startswith("bot.")] == []
