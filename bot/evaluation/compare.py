"""The questions that the bot is measured on, put to plain search over the article's sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from time import perf_counter_ns

from bot.answering.catalogue import Catalogue
from bot.answering.model import Answer, Status
from bot.evaluation.baselines import Scores
from bot.evaluation.judge import Outcome, judge
from bot.evaluation.measure import Measurement, Result
from bot.evaluation.questions import Dialogue, LabelledSentence


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one message gets where its best sentence is quoted, and where it is refused."""

    quoted: Result
    refused: Result

    @property
    def score(self) -> float:
        """How well the best sentence fits."""
        return self.quoted.answer.score

    @property
    def gain(self) -> int:
        """What quoting wins over refusing: 1, 0 or -1 right answers."""
        return (self.quoted.outcome is Outcome.RIGHT) - (self.refused.outcome is Outcome.RIGHT)


def measure_search(
    scores: Scores, catalogue: Catalogue, dialogues: Iterable[Dialogue], labels: Mapping[str, LabelledSentence]
) -> tuple[Measurement, float]:
    """Quote the best sentence for every message, or refuse below a threshold; the measurement and that threshold.

    The threshold is the one that makes most answers right on these very messages, which flatters the search.
    """
    attempts = [attempt for dialogue in dialogues for attempt in _attempts(scores, catalogue, dialogue, labels)]
    threshold = best_threshold([(attempt.score, attempt.gain) for attempt in attempts])
    results = [attempt.quoted if attempt.score >= threshold else attempt.refused for attempt in attempts]
    return Measurement(results), threshold


def best_threshold(gains: Sequence[tuple[float, int]]) -> float:
    """The least score to answer from so that the gains of all that is answered sum to most; infinite for none."""
    best, threshold, total = 0, inf, 0
    for score, group in groupby(sorted(gains, reverse=True), key=lambda pair: pair[0]):
        total += sum(gain for _, gain in group)
        if total > best:
            best, threshold = total, score
    return threshold


def _attempts(
    scores: Scores, catalogue: Catalogue, dialogue: Dialogue, labels: Mapping[str, LabelledSentence]
) -> Iterable[_Attempt]:
    before: str | None = None
    for question in dialogue.turns:
        started = perf_counter_ns()
        fitting = scores(question.text)
        best = max(range(len(fitting)), key=fitting.__getitem__)
        micros = (perf_counter_ns() - started) // 1_000
        refused = Answer(Status.NOT_IN_ARTICLE, "en", score=float(fitting[best]), micros=micros)
        quoted = refused._replace(status=Status.ANSWERED, citations=(catalogue.cite_sentence(best),))
        yield _Attempt(
            Result(question, quoted, judge(question, quoted, labels), before),
            Result(question, refused, judge(question, refused, labels), before),
        )
        before = question.text
