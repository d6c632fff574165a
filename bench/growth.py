"""How the engine's time grows with the number of topics: generated articles, the same kind of questions."""

import gc
import hashlib
import json
import random
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.row import Row
from bot.compiling.tables import compile_tables
from bot.engine import Engine

SIZES = (30, 300, 3000)
_QUESTIONS = 600
_OWN_WORDS = 3  # of each topic
_SHARED_WORDS = 2000  # of all topics, the first ones by far the most frequent
_UTTERANCES = 6
_FRAMES = (
    "what did they say about the {0} {1} and {2}",
    "when will the {0} be {1} with {2}",
    "who wants the {0} and the {1} of {2}",
    "how many {0} are in the {1} {2}",
    "is the {0} {1} or {2}",
    "tell me about {0} {1} {2}",
)
_SYLLABLES = ("ba", "ken", "dor", "mil", "tas", "ruv", "lom", "sig", "fen", "pol", "gra", "nix", "hul", "vet", "jaz")


def rows() -> Iterator[Row]:
    """The largest size against the smallest, medians of microseconds; some ten seconds."""
    micros = [_micros(size) for size in SIZES]
    steps = ", ".join(f"{size}: {value:.0f} us" for size, value in zip(SIZES, micros, strict=True))
    yield Row("engine, growth from 30 to 3,000 topics", micros[-1] / micros[0], 3, against=steps)


def _micros(topics: int) -> float:
    """The median for one message at first sight, of questions in the words of its topics."""
    dice = random.Random(topics)  # noqa: S311 - generated texts are no secrets
    words = _Words(dice)
    subjects = [[*islice(words.new, _OWN_WORDS), *words.shared(4)] for _ in range(topics)]
    with TemporaryDirectory() as folder:
        engine = Engine(compile_tables(_write(Path(folder), subjects, dice)))
    asked = [_ask(dice.choice(subjects), dice) for _ in range(_QUESTIONS)]
    gc.collect()
    return median(engine.reply(question).micros for question in asked)


class _Words:
    """Invented words: new ones, and shared ones whose frequency falls as in natural language."""

    def __init__(self, dice: random.Random) -> None:
        invented = ["".join(parts) for parts in product(_SYLLABLES, repeat=4)]
        dice.shuffle(invented)
        self.new = iter(invented)
        self._shared = list(islice(self.new, _SHARED_WORDS))
        self._weights = [1 / rank for rank in range(1, _SHARED_WORDS + 1)]
        self._dice = dice

    def shared(self, count: int) -> list[str]:
        """So many words that other topics use too."""
        return self._dice.choices(self._shared, self._weights, k=count)


def _ask(subject: list[str], dice: random.Random) -> str:
    """A question with one of the subject's own words in it."""
    own, others = subject[:_OWN_WORDS], subject[_OWN_WORDS:]
    words = [dice.choice(own), *dice.sample(others, 2)]
    dice.shuffle(words)
    return dice.choice(_FRAMES).format(*words)


def _write(folder: Path, subjects: list[list[str]], dice: random.Random) -> Path:
    """A knowledge file and its article: a paragraph, a topic and some utterances for each subject."""
    sentences = [f"The {' '.join(subject)} was number {number}." for number, subject in enumerate(subjects)]
    article = folder / "article.txt"
    article.write_text("\n".join([*sentences, "Sources: Invented Press"]) + "\n", encoding="utf-8")
    last = _topic("source", "Sources: Invented Press", ["what is the source of this"])
    topics = [
        _topic(f"t{number}", sentence, list({_ask(subject, dice) for _ in range(_UTTERANCES)}))
        for number, (sentence, subject) in enumerate(zip(sentences, subjects, strict=True))
    ]
    about = {
        "file": article.name,
        "sha256": hashlib.sha256(article.read_bytes()).hexdigest(),
        "title": {"en": "Invented"},
        "source": "Sources: Invented Press",
    }
    knowledge = folder / "article.yaml"
    knowledge.write_text(json.dumps({"article": about, "topics": [*topics, last]}), encoding="utf-8")
    return knowledge


def _topic(name: str, quote: str, utterances: list[str]) -> dict[str, Any]:
    return {"id": name, "title": {"en": name}, "quotes": [quote], "utterances": {"en": utterances}}
