"""Files of sections."""

from array import array
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.packing.sections import pack_array, pack_json, pack_texts, read_sections, write_sections

_LINES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1)


@given(texts=st.lists(_LINES), numbers=st.lists(st.integers(0, 2**64 - 1)), reals=st.lists(st.floats(allow_nan=False)))
def test_what_is_written_is_read(texts: list[str], numbers: list[int], reals: list[float]) -> None:
    """Texts, numbers and JSON come back as they were."""
    packed = {
        "texts": pack_texts(texts),
        "numbers": pack_array(array("Q", numbers)),
        "reals": pack_array(array("d", reals)),
        "json": pack_json({"texts": texts}),
    }
    sections = read_sections(BytesIO(write_sections({"article": "a.txt"}, packed)))
    assert sections.about["article"] == "a.txt"
    assert sections.texts("texts") == texts
    assert list(sections.array("numbers")) == numbers
    assert list(sections.array("reals")) == reals
    assert sections.json("json") == {"texts": texts}


@given(content=st.binary(max_size=300))
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    """Nothing but what was written is ever read."""
    with pytest.raises((ValueError, TypeError, AttributeError)):
        read_sections(BytesIO(content))


@given(content=st.binary(max_size=40))
def test_a_file_that_is_refused_is_closed(content: bytes) -> None:
    """A damaged file is not held open."""
    file = BytesIO(content)
    with pytest.raises((ValueError, TypeError, AttributeError)):
        read_sections(file)
    assert file.closed


def test_sections_hold_their_file_open() -> None:
    """A section can be read long after the file was opened, and the file is closed when nothing reads it any more."""
    file = BytesIO(write_sections({}, {"a": b"one", "b": b"two"}))
    sections = read_sections(file)
    assert (sections.raw("b"), sections.raw("a"), sections.raw("b")) == (b"two", b"one", b"two")
    del sections
    assert file.closed
