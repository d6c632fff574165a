"""Features by number and by name."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.arrays import numbers
from bot.understanding.features import Features

_NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
_FEATURE = st.one_of(_NAME, _NAME.map("~{}".format), _NAME.map("=en:{}".format))


@given(names=st.sets(_FEATURE, max_size=20), other=_FEATURE)
def test_every_feature_has_a_number_of_its_own(names: set[str], other: str) -> None:
    """Numbers count up in the order of the features, literal words last, and what is not known has none."""
    features = Features.of(names)
    ordered = list(features)
    assert {*ordered} == names
    assert [features.number(name) for name in ordered] == list(range(len(features)))
    assert (features.number(other) is None) == (other not in names)
    assert ordered == sorted(ordered, key=lambda name: name[0] == "=")


@given(names=st.sets(_FEATURE, max_size=20))
def test_features_that_are_no_words_have_names(names: set[str]) -> None:
    """What a message shares with an utterance can be shown."""
    features = Features.of(names)
    plain = [name for name in features if name[0] != "="]
    assert [features.name(number) for number in range(len(plain))] == plain


@given(values=st.lists(st.integers(0, 2**64 - 1)))
def test_numbers_take_no_more_than_they_need(values: list[int]) -> None:
    """Whole numbers come back as they were, in as few bytes as the largest needs."""
    held = numbers(values)
    assert held.tolist() == values
    assert 2 ** (4 * held.itemsize) <= max(values, default=0) or held.itemsize == 1
