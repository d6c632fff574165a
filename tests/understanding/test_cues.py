"""Words and phrases that lean on the last answer."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.cues import Cue, Cues, Phrases

_WORDS = st.lists(st.sampled_from(["the", "other", "one", "two", "of"]), min_size=1, max_size=4)
_CUES = Cues(
    whole={"why": Cue.WHY, "are you sure": Cue.CHECK},
    opening={"and": Cue.AND},
    pronouns={"he": ["he"], "that man": ["he"], "il": ["he", "it"], "il y": ["none"]},
    telling=frozenset(),
    furthering=frozenset(),
    joining=frozenset(),
    fillers=frozenset({"please", "by the way"}),
    references={},
)


@given(phrases=st.lists(_WORDS, max_size=6), message=_WORDS)
def test_the_longest_phrase_counts_wherever_it_stands(phrases: list[list[str]], message: list[str]) -> None:
    """Of phrases as long, the one that stands first."""
    known = {" ".join(phrase) for phrase in phrases}
    spans = [(start, end) for start in range(len(message)) for end in range(start + 1, len(message) + 1)]
    standing = [(start, end - start) for start, end in spans if " ".join(message[start:end]) in known]
    longest = max((length for _, length in standing), default=0)
    first = min((start for start, length in standing if length == longest), default=0)
    assert Phrases(known).find(message) == (first, longest)


def test_a_phrase_is_found_at_its_place_only() -> None:
    """Nothing stands at a place where it goes on otherwise, or after the last word."""
    phrases = Phrases({"the other", "the other one"})
    assert phrases.length_at(["the", "other", "one"]) == 3
    assert phrases.length_at(["and", "the", "other"], 1) == 2
    assert phrases.length_at(["the", "one"]) == phrases.length_at([], 0) == 0


def test_fillers_and_repetition_do_not_hide_a_cue() -> None:
    """Neither "and" before it nor "please" after it, nor a word said twice."""
    for said in ("why", "and why", "why please", "by the way why", "why why please"):
        assert _CUES.whole_cue(said.split()) is Cue.WHY
    assert _CUES.whole_cue(["why", "not"]) is None


def test_only_fillers_are_chat() -> None:
    """Not a cue, and not nothing at all."""
    assert _CUES.only_chat(["please"])
    assert not _CUES.only_chat(["please", "why"])
    assert not _CUES.only_chat([])


def test_a_pronoun_may_be_of_several_kinds_or_of_none() -> None:
    """With the next word it may be somebody, or no pronoun."""
    assert _CUES.pronouns_in(["did", "he"]) == {"he"}
    assert _CUES.pronouns_in(["that", "man"]) == {"he"}
    assert _CUES.pronouns_in(["dit", "il"]) == {"he", "it"}
    assert _CUES.pronouns_in(["il", "y", "a"]) == frozenset()
