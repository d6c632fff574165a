"""A bot imports only what its settings need."""

import subprocess
import sys

import pytest

UNNEEDED = [
    "aiohttp.web",
    "apscheduler",
    "bot.compiling",
    "bot.console",
    "bot.misses",
    "logging.handlers",
    "prometheus_client",
    "telegram.ext",
    "tornado",
    "yaml",
]


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules of a polling bot that is about to start."""
    code = "import sys, bot.verbs.run, bot.telegram.main; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(found.stdout.split())


@pytest.mark.parametrize("module", UNNEEDED)
def test_a_polling_bot_does_not_import_it(module: str, imported: set[str]) -> None:
    """What serves webhooks, metrics, compiling or the console costs a polling bot nothing."""
    assert module not in imported
