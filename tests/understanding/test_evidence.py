"""Which subjects lead: fixed-point sums of all subjects at once give what adding up one by one gives."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compiling.counting import Phrasing, Subject, count_model
from bot.understanding import evidence
from bot.understanding.evidence import Evidence
from bot.understanding.model import Model, SubjectKind
from bot.understanding.postings import ODDS

_SUBJECTS = 70
_FEATURES = ["?who", "?when", "@finch", *(f"concept{number}" for number in range(8))]
_MESSAGE = st.dictionaries(st.sampled_from(_FEATURES), st.sampled_from([1.0, 0.5, 1.25, 0.5**0.5]), min_size=1)


@pytest.fixture(scope="module")
def model() -> Model:
    """Subjects that share some features with most others, and some with few."""
    return count_model(
        [
            Subject(f"t{number}", SubjectKind.TOPIC, (Phrasing(dict.fromkeys(_held(number), 1.0)),))
            for number in range(_SUBJECTS)
        ]
    )


def _held(number: int) -> list[str]:
    held = [f"concept{place}" for place in range(8) if number % (place + 2) == 0]
    return ["?who" if number % 3 else "?when", *held, *["@finch"] * (number == 7)]


def _known(model: Model, message: Mapping[str, float]) -> list[tuple[int, float]]:
    numbered = [(model.features.number(feature), weight) for feature, weight in message.items()]
    return [(number, weight) for number, weight in numbered if number is not None]


def _by_hand(model: Model, message: Mapping[str, float]) -> dict[int, float]:
    sums: dict[int, float] = {}
    for feature, weight in _known(model, message):
        for subject in range(_SUBJECTS):
            place = model.postings.place(feature, subject)
            if place >= 0:
                sums[subject] = sums.get(subject, 0.0) + weight * model.postings.odds[place] * ODDS
    base = math.fsum(message.values())
    return {subject: value - base * model.lengths[subject] for subject, value in sums.items()}


@given(message=_MESSAGE)
def test_the_leading_subjects_are_those_with_the_most(model: Model, message: dict[str, float]) -> None:
    """Twelve subjects, best first, none that no feature speaks for, whether features are common or rare."""
    expected = _by_hand(model, message)
    leading = Evidence(model).leading(_known(model, message), 1.0)
    assert [odds for odds, _ in leading] == pytest.approx(sorted(expected.values(), reverse=True)[:12], abs=1e-4)
    assert all(odds == pytest.approx(expected[number], abs=1e-4) for odds, number in leading)


@given(message=_MESSAGE)
def test_among_very_many_subjects_the_first_is_right(model: Model, message: dict[str, float]) -> None:
    """Where not all are summed up, the best is still the best."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "_MANY", 10)
        leading = Evidence(model).leading(_known(model, message), 1.0)
    assert leading[0][0] == pytest.approx(max(_by_hand(model, message).values()), abs=1e-4)
