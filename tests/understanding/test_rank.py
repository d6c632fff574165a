"""Ranking subjects by arrays and bits gives what counting one by one gives."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compiling.counting import Phrasing, Subject, count_model
from bot.understanding import evidence
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Ranker

_FEATURES = st.sampled_from(["?who", "?when", "@finch", "#mars", "ferry", "bridge", "pay", "repair", "~xyz"])
_PHRASING = st.dictionaries(_FEATURES, st.sampled_from([1.0, 1.25, 0.5]), min_size=1, max_size=5)
_PHRASINGS = st.lists(_PHRASING, min_size=1, max_size=6)


def _subjects(phrasings: list[list[dict[str, float]]]) -> list[Subject]:
    return [Subject(f"t{n}", SubjectKind.TOPIC, tuple(map(Phrasing, own))) for n, own in enumerate(phrasings)]


@given(phrasings=st.lists(_PHRASINGS, min_size=1, max_size=8), message=_PHRASING)
def test_the_nearest_utterance_is_the_most_alike(
    phrasings: list[list[dict[str, float]]], message: Mapping[str, float]
) -> None:
    """A candidate's likeness is the highest Dice coefficient among its utterances, and `nearest` has it."""
    model = count_model(_subjects(phrasings))

    rarity = model.rarity

    def dice(phrasing: Mapping[str, float]) -> float:
        shared = sum(weight * rarity(feature) for feature, weight in message.items() if feature in phrasing)
        total = sum(weight * rarity(feature) for feature, weight in message.items())
        return min(1.0, 2 * shared / (total + sum(map(rarity, phrasing))))

    for candidate in Ranker(model).rank(message):
        assert candidate.likeness == pytest.approx(max(map(dice, phrasings[candidate.number])))
        nearest = dict(model.phrasing(candidate.nearest))
        assert not nearest or candidate.likeness == pytest.approx(dice(nearest))


def test_among_very_many_subjects_the_best_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where topics are too many to weigh them all, what rare words speak for still comes first."""
    phrasings = [[{"?who": 1.0, f"word{number}": 1.0}, {"?when": 1.0, f"word{number}": 1.0}] for number in range(60)]
    model = count_model(_subjects(phrasings))
    message = {"?who": 1.0, "word7": 1.0}
    best = Ranker(model).rank(message)[0]
    monkeypatch.setattr(evidence, "_MANY", 10)
    assert Ranker(model).rank(message)[0] == best
    assert best.id == "t7"
