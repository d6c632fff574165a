"""The core's figures: start-up, time for one message, memory."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.engine_time import ENGINES, least_micros
from bench.row import Row
from bot.evaluation.measure import median_and_p99

_ROOT = Path(__file__).parent.parent
_QUESTIONS = _ROOT / "tests" / "questions"
_RUNS = 15
_IMPORTS = "import rapidfuzz, pydantic_settings"
_MEMORY = """
import json
from pathlib import Path
{imports}
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
before = resident()
from bot.store import load_engine
engine = load_engine()
engine.reply("who came from the US?")
print(json.dumps([before, resident()]))
"""
_RUNTIME_IMPORTS = "import rapidfuzz, rapidfuzz.process, rapidfuzz.fuzz, pydantic, pydantic_settings, Stemmer"


def rows() -> Iterator[Row]:
    """Measure everything."""
    yield from _start_up()
    yield from _engine_time()
    yield _memory()


def _start_up() -> Iterator[Row]:
    """Wall and CPU time of a whole process, in turn with the baseline; the ratio of medians."""
    ask = [sys.executable, "-m", "bot", "ask", "x"]
    baseline = [sys.executable, "-c", _IMPORTS]
    pairs = [(_run(ask), _run(baseline)) for _ in range(_RUNS + 1)][1:]
    against = f"python -c '{_IMPORTS}'"
    for index, name in enumerate(("wall", "CPU")):
        ours = statistics.median(pair[0][index] for pair in pairs)
        theirs = statistics.median(pair[1][index] for pair in pairs)
        yield Row(f"start-up to the first answer (ask x), {name} time", ours / theirs, 2.5, against=against)


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of wall and CPU time."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, cwd=_ROOT, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    cpu = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return wall, cpu


def _engine_time() -> Iterator[Row]:
    """Over every committed question set."""
    micros = least_micros(_QUESTIONS)
    median, p99 = median_and_p99(micros)
    name = f"engine, one message at first sight (least of {ENGINES})"
    yield Row(f"{name}, median of {len(micros)}", median, 250, unit="us")
    yield Row(f"{name}, p99", p99, 1000, unit="us")


def _memory() -> Row:
    code = _MEMORY.format(imports=_RUNTIME_IMPORTS)
    found = subprocess.run([sys.executable, "-c", code], check=True, cwd=_ROOT, capture_output=True)
    before, after = json.loads(found.stdout)
    return Row("engine, memory above the imports", (after - before) / 2**20, 40, unit="MB")
