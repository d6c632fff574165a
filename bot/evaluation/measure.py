"""Running question sets through the engine and counting outcomes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.answering.model import Answer, Context
from bot.engine import Engine
from bot.evaluation.judge import Outcome, judge
from bot.evaluation.questions import Dialogue, LabelledSentence, Question

FOREIGN_KINDS = frozenset({"lang", "lang_none"})
"""Kinds of message in another language than English."""


@dataclass(frozen=True, slots=True)
class Result:
    """One labelled message, what it got, how that is judged, and the message before it in its dialogue."""

    question: Question
    answer: Answer
    outcome: Outcome
    before: str | None = None

    @property
    def leaning(self) -> bool:
        """Whether it is a later turn."""
        return self.before is not None


@dataclass(slots=True)
class Measurement:
    """All results of a run."""

    results: list[Result] = field(default_factory=list)

    def by_kind(self) -> dict[str, Counter[Outcome]]:
        """Outcomes per kind of question, in alphabetical order."""
        counted: dict[str, Counter[Outcome]] = {}
        for result in sorted(self.results, key=lambda r: r.question.kind):
            counted.setdefault(result.question.kind, Counter())[result.outcome] += 1
        return counted

    def groups(self) -> dict[str, Counter[Outcome]]:
        """Outcomes of the groups that goals are set for."""
        counted: dict[str, Counter[Outcome]] = {}
        for result in self.results:
            for group in _groups(result.question, leaning=result.leaning):
                counted.setdefault(group, Counter())[result.outcome] += 1
        return dict(sorted(counted.items()))

    def micros(self) -> dict[str, int]:
        """The engine's time for one message in microseconds: median and 99th percentile."""
        median, p99 = median_and_p99([result.answer.micros for result in self.results] or [0])
        return {"median": median, "p99": p99}


def median_and_p99(micros: Iterable[int]) -> tuple[int, int]:
    """The median and the 99th percentile of at least one figure."""
    ordered = sorted(micros)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]


def measure(engine: Engine, dialogues: Iterable[Dialogue], sentences: Mapping[str, LabelledSentence]) -> Measurement:
    """Put every message to the engine; each dialogue is one chat."""
    measurement = Measurement()
    for dialogue in dialogues:
        last: Context | None = None
        before: str | None = None
        for question in dialogue.turns:
            answer = engine.reply(question.text, last)
            last = answer.context or last
            outcome = judge(question, answer, sentences)
            measurement.results.append(Result(question, answer, outcome, before))
            before = question.text
    return measurement


def _groups(question: Question, *, leaning: bool) -> Iterable[str]:
    if leaning:
        yield "later turns"
    elif question.kind == "social":
        yield "social"
    else:
        foreign = question.kind in FOREIGN_KINDS or question.language not in {None, "en"}
        language = "other languages" if foreign else "English"
        refusable = question.kind == "false_premise" or not question.gold
        yield f"{language}, {'not answerable' if refusable else 'answerable'}"
