"""The start: Telegram is asked while the rest is being loaded, and signals are obeyed from the first moment."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest

from tests.botapi import BotApi, Fault
from tests.process import BRIDGE
from tests.proofs.process import Process


@contextmanager
def reading_its_token(api: BotApi, folder: Path) -> Iterator[tuple[Process, TextIO]]:
    """A process that stands at reading its settings, and where its token is to be written."""
    pipe = folder / "token"
    os.mkfifo(pipe)
    # The pipe opens when the process reads.
    with Process(api, token=None, token_file=pipe, knowledge=BRIDGE) as bot, pipe.open("w", encoding="ascii") as end:
        yield bot, end


def test_sigterm_while_the_settings_are_read_ends_it(api: BotApi, tmp_path: Path) -> None:
    """Told to stop before it serves, it ends with 0."""
    with reading_its_token(api, tmp_path) as (bot, _):
        bot.signal(signal.SIGTERM)
        assert bot.wait() == 0


def test_whoever_reads_the_settings_ends_with_it(api: BotApi, tmp_path: Path) -> None:
    """No process that waits for a file is left behind."""
    with reading_its_token(api, tmp_path) as (bot, _):
        [reader] = Path(f"/proc/{bot.pid}/task/{bot.pid}/children").read_text(encoding="ascii").split()
        bot.signal(signal.SIGTERM)
        bot.wait()
        assert not Path(f"/proc/{reader}").exists()


def test_sighup_while_the_settings_are_read_is_no_harm(api: BotApi, tmp_path: Path) -> None:
    """Told to load anew what is not loaded yet, it starts."""
    with reading_its_token(api, tmp_path) as (bot, end):
        bot.signal(signal.SIGHUP)
        end.write(api.token)
        end.close()
        api.message("is there a ferry?")
        api.wait_for(1)
        assert bot.terminate() == 0


def test_sigterm_while_the_program_is_loaded_ends_it(api: BotApi) -> None:
    """Stopped when it has asked Telegram and cannot answer yet, it ends with 0 and confirms nothing."""
    api.message("did russia agree?")
    with Process(api) as bot:
        api.until(lambda: bool(api.calls("getMe")))
        assert bot.terminate() == 0
    assert len(api.unconfirmed) == 1


def test_sighup_while_the_program_is_loaded_is_remembered(api: BotApi) -> None:
    """The knowledge file is loaded anew once it was loaded."""
    with Process(api, knowledge=BRIDGE) as bot:
        api.until(lambda: bool(api.calls("getMe")))
        bot.signal(signal.SIGHUP)
        bot.wait_to_say("Loaded ")
        assert bot.terminate() == 0


def test_a_faulty_knowledge_file_confirms_nothing(api: BotApi, tmp_path: Path) -> None:
    """What the first poll has brought is still there for the next start, and a webhook is left as it was."""
    faulty = tmp_path / "article.yaml"
    faulty.write_text("article: nowhere.txt\n", encoding="utf-8")
    api.message("did russia agree?")
    with Process(api, knowledge=faulty) as bot:
        assert bot.wait() == 78
        assert "article.yaml:1: " in bot.output
    assert len(api.unconfirmed) == 1
    assert {call.method for call in api.calls()} <= {"getMe", "getUpdates"}


@pytest.mark.parametrize("fault", [Fault.bad_gateway(), Fault.reset(), Fault.malformed(), Fault.unauthorized()])
def test_what_was_asked_ahead_in_vain_is_asked_again(api: BotApi, fault: Fault) -> None:
    """A first call that fails delays the start, and no more."""
    for method in ("getMe", "getUpdates"):
        api.fail(fault, method)
    api.message("did russia agree?")
    with Process(api, knowledge=BRIDGE) as bot:
        api.wait_for(1)
        api.settle()
        assert bot.terminate() == 0


def test_a_webhook_that_is_set_is_withdrawn(api: BotApi) -> None:
    """The first poll fails where a webhook is set; then that is withdrawn."""
    api.state.webhook = {"url": "https://example.org/", "secret": "", "max_connections": 0}
    api.message("did russia agree?")
    with Process(api, knowledge=BRIDGE) as bot:
        api.wait_for(1)
        assert bot.terminate() == 0
