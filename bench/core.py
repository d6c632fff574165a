"""The core's figures: start-up, time for one message, memory."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.row import Row
from bot.evaluation.questions import Dialogue, dialogues, read_questions
from bot.store import default_knowledge
from bot.verbs.engine import opened

_ROOT = Path(__file__).parent.parent
_QUESTIONS = _ROOT / "tests" / "questions"
_RUNS = 15
_ENGINES = 5
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
    """Microseconds for one message at first sight, over every committed question set.

    Every message is put to some engines that have never seen it, and the least counts: more is the machine's doing.
    """
    items = [item for path in sorted(_QUESTIONS.glob("*.jsonl")) for item in read_questions(path)]
    chats = list(dialogues(items))
    runs = [_micros(chats) for _ in range(_ENGINES)]
    least = sorted(map(min, zip(*runs, strict=True)))
    median, p99 = least[len(least) // 2], least[len(least) * 99 // 100]
    name = f"engine, one message at first sight (least of {_ENGINES})"
    yield Row(f"{name}, median of {len(least)}", median, 250, unit="us")
    yield Row(f"{name}, p99", p99, 1000, unit="us")


def _micros(chats: Iterable[Dialogue]) -> list[int]:
    """What a new engine takes for every message."""
    engine = opened(default_knowledge(), preload=True)
    micros: list[int] = []
    for chat in chats:
        last = None
        for turn in chat.turns:
            answer = engine.reply(turn.text, last)
            last = answer.context or last
            micros.append(answer.micros)
    return micros


def _memory() -> Row:
    code = _MEMORY.format(imports=_RUNTIME_IMPORTS)
    found = subprocess.run([sys.executable, "-c", code], check=True, cwd=_ROOT, capture_output=True)
    before, after = json.loads(found.stdout)
    return Row("engine, memory above the imports", (after - before) / 2**20, 40, unit="MB")
