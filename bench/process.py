"""The whole process against the library's stock echo bot: start to the first poll, and peak memory."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.row import Row
from bench.telegram import QUESTIONS, STOCK
from tests.botapi import BotApi

OURS, THEIRS = ("bot", "run"), ("bench.stock_bot", "0")
_RUNS = 9
_MESSAGES = 500


def rows() -> Iterator[Row]:
    """Measure both bots in turn; the ratio of medians. Some half a minute."""
    starts = [(_start(OURS), _start(THEIRS)) for _ in range(_RUNS + 1)][1:]
    yield _compare("Telegram, start to the first getUpdates", starts, 1.15, "ms", 1000)
    peaks = [(_peak(OURS), _peak(THEIRS)) for _ in range(3)]
    yield _compare(f"Telegram, peak memory over {_MESSAGES} messages", peaks, 1.25, "MiB", 1 / 1024)


def _compare(name: str, pairs: list[tuple[float, float]], goal: float, unit: str, scale: float) -> Row:
    ours, theirs = (median(values) for values in zip(*pairs, strict=True))
    against = f"{STOCK} ({ours * scale:.0f} against {theirs * scale:.0f} {unit})"
    return Row(name, ours / theirs, goal, against=against)


@contextmanager
def _running(api: BotApi, module: tuple[str, ...]) -> Iterator[int]:
    """A bot's process id."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    own = {"BOT_TOKEN": api.token, "BOT_API_URL": api.url, "BOT_LOG_LEVEL": "WARNING"}
    process = subprocess.Popen([sys.executable, "-m", *module], env=clean | own)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30.0)


def _start(module: tuple[str, ...]) -> float:
    """Seconds from the start of the process to the arrival of its first poll."""
    with BotApi() as api:
        began = time.monotonic()
        with _running(api, module):
            api.until(lambda: bool(api.calls("getUpdates")), 30.0)
            return api.calls("getUpdates")[0].began - began


def _peak(module: tuple[str, ...]) -> float:
    """Kibibytes of resident memory at most, after some messages, each from a chat of its own."""
    with BotApi() as api, _running(api, module) as pid:
        for chat in range(1, _MESSAGES + 1):
            api.message(QUESTIONS[chat % len(QUESTIONS)], chat=chat)
        api.wait_for(_MESSAGES, within=60.0)
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    [peak] = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return float(peak)
