"""Baselines on the questions that the bot is measured on."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import Engine
from bot.evaluation.baselines import baseline
from bot.evaluation.compare import best_threshold, measure_search
from bot.evaluation.judge import Outcome
from bot.evaluation.questions import Dialogue, LabelledSentence, Question


def _dialogue(*turns: tuple[str, str]) -> Dialogue:
    return Dialogue("d", tuple(Question(text, "direct", frozenset(gold.split()), frozenset()) for text, gold in turns))


def test_search_is_judged_as_the_bot_is(bridge: Engine) -> None:
    """The best sentence is quoted and judged; below the threshold nothing is; a later turn stays one."""
    article = bridge.catalogue.article
    labels = {f"s{s.number}": LabelledSentence(f"s{s.number}", s.span.start, s.span.end) for s in article.sentences}
    sentences = [article.quote(sentence.span) for sentence in article.sentences]
    ferry = next(number for number, text in enumerate(sentences) if "A small ferry" in text)
    asked = (
        _dialogue(("a small ferry across the river?", f"s{ferry}"), ("zzz", "")),
        _dialogue(("what is a ferry", f"s{ferry}"), ("ferry captain qqq www", "")),
    )
    measured, threshold = measure_search(baseline("rapidfuzz", sentences), bridge.catalogue, asked, labels)
    assert [result.outcome for result in measured.results] == [Outcome.RIGHT] * 4
    assert [result.leaning for result in measured.results] == [False, True, False, True]
    assert [result.answer.score >= threshold for result in measured.results] == [True, False, True, False]
    assert measured.results[0].answer.citations[0].quote == sentences[ferry]


@pytest.mark.parametrize(
    ("gains", "threshold"),
    [
        ([], inf),
        ([(0.9, -1)], inf),
        ([(0.9, 1), (0.5, 1), (0.4, -1)], 0.5),
        ([(0.9, -1), (0.5, 1), (0.4, 1)], 0.4),
        ([(0.5, 1), (0.5, -1)], inf),
    ],
)
def test_the_threshold_is_the_best_for_the_baseline(gains: list[tuple[float, int]], threshold: float) -> None:
    """Everything from it on is answered; nothing is where answering never pays."""
    assert best_threshold(gains) == threshold


@given(st.lists(st.tuples(st.integers(0, 5).map(float), st.integers(-1, 1))))
def test_no_other_threshold_is_better(gains: list[tuple[float, int]]) -> None:
    """Among all scores and none."""

    def gained(threshold: float) -> int:
        return sum(gain for score, gain in gains if score >= threshold)

    assert gained(best_threshold(gains)) == max(map(gained, [inf, *(score for score, _ in gains)]))
