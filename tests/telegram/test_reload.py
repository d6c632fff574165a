"""The knowledge file is loaded anew on SIGHUP, or on change; a faulty one is refused; no update is lost across it."""

import asyncio
import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import ANY

import pytest

from bot.engine import Engine
from bot.telegram.conversation.answers import Answers, Surface
from bot.telegram.reload import Reloader
from tests.botapi import BotApi
from tests.knowledge.editing import apart
from tests.process import BRIDGE
from tests.proofs.ledger import Ledger
from tests.proofs.process import PATIENCE, Process

BEFORE, AFTER = "The bridge closes", "The bridge is shut"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge file of the test's own."""
    for file in (BRIDGE, BRIDGE.with_name("bridge.txt")):
        shutil.copy(file, tmp_path)
    return tmp_path / BRIDGE.name


def change(knowledge: Path, old: str, new: str) -> None:
    """Replace the file by one with another wording, as editors and orchestrators do."""
    text = knowledge.read_text(encoding="utf-8")
    assert old in text
    draft = knowledge.with_suffix(".new")
    draft.write_text(text.replace(old, new), encoding="utf-8")
    draft.replace(knowledge)


def title(api: BotApi) -> str:
    """The title that /closure is answered with now."""
    count = len(api.sent())
    api.message("/closure")
    return api.wait_for(count + 1)[-1].text.splitlines()[0]


def test_sighup_loads_the_file_anew(api: BotApi, knowledge: Path) -> None:
    """After SIGHUP answers come from the changed file, and the profile is published again where it differs."""
    with Process(api, knowledge=knowledge) as bot:
        assert title(api) == BEFORE
        change(knowledge, BEFORE, AFTER)
        bot.signal(signal.SIGHUP)
        bot.wait_to_say("Loaded ")
        assert title(api) == AFTER
        assert bot.terminate() == 0


def load(knowledge: Path, answers: Answers) -> int:
    """Want the file once and wait for what becomes of it; how often the profile was to be published."""
    published = []

    async def publish() -> None:
        published.append(1)

    async def go() -> None:
        reloader = Reloader(knowledge, answers, publish)
        work = asyncio.create_task(reloader.run())
        reloader.want()
        async with asyncio.timeout(PATIENCE):
            while not answers.metrics.value("reloads"):  # noqa: ASYNC110 - nothing tells of the moment
                await asyncio.sleep(0.01)
        work.cancel()

    asyncio.run(go())
    return len(published)


def test_a_faulty_file_is_refused(knowledge: Path, bridge: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """A faulty file is refused with a line for each fault, and the old one stays in service."""
    change(knowledge, "follow_ups: [dispute, damage, ferry]", "follow_ups: [dispute, nowhere]")
    answers = Answers(bridge)
    assert load(knowledge, answers) == 0
    assert answers.engine is bridge
    assert answers.metrics.value("reloads", "refused") == 1
    fault, verdict = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "bridge.yaml:47: " in fault
    assert "nowhere" in fault
    assert verdict.endswith("what was loaded before stays in service.")


def test_a_missing_file_is_refused(knowledge: Path, bridge: Engine) -> None:
    """A file that is gone changes nothing either."""
    knowledge.unlink()
    answers = Answers(bridge)
    assert load(knowledge, answers) == 0
    assert answers.engine is bridge


@pytest.mark.parametrize("name", ["bridge.yaml", "bridge.txt", "bridge/en.yaml", "bridge/new.yaml"])
def test_a_watched_file_is_wanted_when_it_changes(
    name: str, knowledge: Path, bridge: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change is noticed by itself, in any file, and so is a new file; without one nothing happens."""
    apart(knowledge, "en.yaml", "ferry: [can i take a boat]\n")
    monkeypatch.setattr("bot.telegram.reload.LOOK_EVERY", 0.005)

    async def watch() -> bool:
        reloader = Reloader(knowledge, Answers(bridge), lambda: asyncio.sleep(0))
        work = asyncio.create_task(reloader.watch())
        await asyncio.sleep(0.05)
        too_early = reloader._wanted.is_set()
        with (knowledge.parent / name).open("ab") as file:
            file.write(b"\n")
        await asyncio.wait_for(reloader._wanted.wait(), PATIENCE)
        work.cancel()
        return too_early

    assert asyncio.run(watch()) is False


def test_nothing_is_lost_across_a_reload(api: BotApi) -> None:
    """Loaded anew in mid-flood, the bot answers every question once and in order."""
    ledger = Ledger(api, chats=20)
    api.server.latency = 0.01
    with Process(api, knowledge=BRIDGE) as bot:
        ledger.ask(20)
        bot.wait_to_say("Serving as")
        bot.signal(signal.SIGHUP)
        ledger.ask(80)
        bot.wait_to_say("Loaded ")
        ledger.wait_until_answered(within=60.0)
        assert bot.terminate() == 0
    assert (len(ledger.unanswered), ledger.duplicates, ledger.in_order) == (0, 0, True)


def test_an_old_context_does_not_mislead(bridge: Engine, engine: Engine) -> None:
    """What a chat leans on may name what the new file no longer has: the next question is answered all the same."""
    answers = Answers(bridge)
    last = answers.reply(Surface.PRIVATE, "what did ada finch say?", None, None).context
    assert last is not None
    answers.replace(engine)
    for text in ("why?", "more", "who said that?", "where is it from?"):
        assert answers.reply(Surface.PRIVATE, text, last, None) == engine.reply(text)._replace(micros=ANY)


def test_a_context_that_fits_is_kept(bridge: Engine) -> None:
    """A conversation goes on across a reload where the new file has all that it leans on."""
    answers = Answers(bridge)
    last = answers.reply(Surface.PRIVATE, "is there a ferry?", None, None).context
    answers.replace(bridge)
    assert answers.reply(Surface.PRIVATE, "more", last, None).topic == "finish"


ON_A_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
"""


def test_a_closed_terminal_ends_it(api: BotApi) -> None:
    """Where the hangup means that its terminal was closed, the bot stops in order instead."""
    ours, its = pty.openpty()
    bot = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL],
        env={**os.environ, "BOT_TOKEN": api.token, "BOT_API_URL": api.url},
        stdin=its,
        stdout=its,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(its)
        api.message("did russia agree?")
        api.wait_for(1)
        os.close(ours)
        assert bot.wait(PATIENCE) == 0
    finally:
        bot.kill()
        bot.wait(PATIENCE)
    assert api.unconfirmed == []
