"""A bot imports only what its settings need."""

import subprocess
import sys

import pytest

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
    return modules("bot.verbs.run, bot.telegram.run, bot.telegram.main")


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
