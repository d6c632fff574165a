"""Maps that keep no texts."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.fingerprints import Fingerprints

_TEXTS = st.text(max_size=12)


@given(held=st.dictionaries(_TEXTS, st.integers(1, 2**36)), other=_TEXTS)
def test_what_was_put_in_is_found_and_nothing_else(held: dict[str, int], other: str) -> None:
    """A map answers like the dictionary that it was made from."""
    table = Fingerprints.of(held)
    assert all(table.get(text) == number for text, number in held.items())
    assert table.get(other) == held.get(other)


@given(held=st.dictionaries(_TEXTS, st.integers(1, 2**36)), text=_TEXTS)
def test_beginnings_are_found_as_if_asked_for_one_by_one(held: dict[str, int], text: str) -> None:
    """Every beginning of a text has the number that it has alone, or none."""
    table = Fingerprints.of(held)
    assert table.beginnings(text) == [table.get(text[:length]) or 0 for length in range(len(text) + 1)]
