"""A bot imports only what its settings need."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.knowledge.editing import edited
from tests.proofs.process import Process

UNNEEDED = [
    "aiohttp",
    "apscheduler",
    "bot.compiling",
    "bot.console",
    "bot.misses",
    "bot.telegram.conversation.profile",
    "bot.telegram.http.server",
    "logging.handlers",
    "prometheus_client",
    "pydantic",
    "telegram.ext",
    "tornado",
    "yaml",
]


UNNEEDED_AT_FIRST = ["bot.engine", "httpx", "rapidfuzz", "telegram", "urllib.request"]


def modules(imports: str) -> set[str]:
    """What is loaded after some imports."""
    code = f"import sys, {imports}; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(found.stdout.split())


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules of a polling bot that is about to serve."""
    return modules("bot.verbs.run, bot.verbs.settings, bot.telegram.run, bot.telegram.main")


@pytest.fixture(scope="module")
def imported_at_first() -> set[str]:
    """The modules of a polling bot that is about to poll for the first time."""
    return modules("bot.verbs.run, bot.verbs.settings, bot.telegram.run")


@pytest.mark.parametrize("module", UNNEEDED)
def test_a_polling_bot_does_not_import_it(module: str, imported: set[str]) -> None:
    """What serves webhooks, metrics, compiling or the console costs a polling bot nothing."""
    assert module not in imported


@pytest.mark.parametrize("module", UNNEEDED_AT_FIRST)
def test_the_first_poll_does_not_wait_for_it(module: str, imported_at_first: set[str]) -> None:
    """What understands and answers is loaded while the first poll is under way."""
    assert module not in imported_at_first


def test_a_running_bot_never_loads_what_checks_and_compiles(api: BotApi, tmp_path: Path) -> None:
    """Settings, knowledge files and the faults of both are read by processes of their own, which end."""
    with Process(api, knowledge=edited(tmp_path), misses_file=tmp_path / "misses.jsonl") as bot:
        api.message("how many tanks were destroyed?")
        api.wait_for(1)
        edited(tmp_path, ("money", "honey"))
        bot.signal(signal.SIGHUP)
        bot.wait_to_say("is refused")
        mapped = Path(f"/proc/{bot.pid}/maps").read_text(encoding="utf-8")
    assert "httptools" in mapped
    assert [library for library in ("pydantic", "yaml") if library in mapped] == []
