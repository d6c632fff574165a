"""Which subjects lead: fixed-point sums of all subjects at once give what adding up one by one gives."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compiling.counting import Phrasing, Subject, count_model
from bot.understanding import evidence
from bot.understanding.arrays import numbers, offsets, signed
from bot.understanding.evidence import Evidence
from bot.understanding.model import Model, SubjectKind
from bot.understanding.postings import CONTRAST, ODDS, Contrasts

_SUBJECTS = 70
_FEATURES = ["?who", "?when", "@finch", *(f"concept{number}" for number in range(8))]
_MESSAGE = st.dictionaries(st.sampled_from(_FEATURES), st.sampled_from([1.0, 0.5, 1.25, 0.5**0.5]), min_size=1)


@pytest.fixture(scope="module")
def counted() -> Model:
    """Subjects that share some features with most others, and some with few."""
    return count_model(
        [
            Subject(f"t{number}", SubjectKind.TOPIC, (Phrasing(dict.fromkeys(_held(number), 1.0)),))
            for number in range(_SUBJECTS)
        ]
    )


@pytest.fixture(scope="module")
def contrasted(counted: Model) -> Model:
    """The same with contrasts of either sign, some between most subjects, some between few."""
    rows = [range(0, _SUBJECTS, feature + 1) for feature in range(len(counted.features))]
    weights = [(37 * subject + 11 * feature) % 4001 - 2000 for feature, row in enumerate(rows) for subject in row]
    subjects = numbers(subject for row in rows for subject in row)
    return replace(counted, contrasts=Contrasts(offsets(map(len, rows)), subjects, signed(weights)))


def _held(number: int) -> list[str]:
    held = [f"concept{place}" for place in range(8) if number % (place + 2) == 0]
    return ["?who" if number % 3 else "?when", *held, *["@finch"] * (number == 7)]


def _known(model: Model, message: Mapping[str, float]) -> list[tuple[int, float]]:
    numbered = [(model.features.number(feature), weight) for feature, weight in message.items()]
    return [(number, weight) for number, weight in numbered if number is not None]


def _by_hand(model: Model, message: Mapping[str, float]) -> dict[int, float]:
    """The log-odds of every subject that some feature speaks for."""
    known, base = _known(model, message), math.fsum(message.values())
    sums = [-base * length for length in model.lengths]
    for feature, weight in known:
        for subject in range(_SUBJECTS):
            place = model.postings.place(feature, subject)
            sums[subject] += weight * model.postings.odds[place] * ODDS if place >= 0 else 0.0
            sums[subject] += weight * model.contrasts.weight(feature, subject) * CONTRAST
    return {number: odds for number, odds in enumerate(sums) if odds != -base * model.lengths[number]}


@given(message=_MESSAGE)
def test_the_leading_subjects_are_those_with_the_most(contrasted: Model, message: dict[str, float]) -> None:
    """Twelve subjects, best first, contrasts included, whether features are common or rare."""
    expected = _by_hand(contrasted, message)
    leading = Evidence(contrasted).leading(_known(contrasted, message), 100.0, 12)
    assert [odds for odds, _ in leading] == pytest.approx(
        [odds / 100 for odds in sorted(expected.values(), reverse=True)[:12]], abs=1e-4
    )
    assert all(odds == pytest.approx(expected[number] / 100, abs=1e-4) for odds, number in leading)


def test_a_subject_that_no_feature_speaks_for_does_not_lead(counted: Model) -> None:
    """However few utterances it has."""
    leading = Evidence(counted).leading(_known(counted, {"@finch": 1.0}), 1.0, 12)
    assert [number for _, number in leading] == [7]


def test_what_is_far_behind_is_left_out(counted: Model) -> None:
    """Subjects that share only what most share with a message do not lead beside one with its own name."""
    leading = Evidence(counted).leading(_known(counted, {"@finch": 4.0, "?who": 1.0}), 1.0, 12)
    assert [number for _, number in leading] == [7]


@given(message=_MESSAGE)
def test_among_very_many_subjects_the_first_is_right(counted: Model, message: dict[str, float]) -> None:
    """Where not all are summed up, the best is still the best."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "_MANY", 10)
        leading = Evidence(counted).leading(_known(counted, message), 1.0, 12)
    assert leading[0][0] == pytest.approx(max(_by_hand(counted, message).values()), abs=1e-4)
