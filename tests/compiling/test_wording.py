"""Which words of curated utterances are real, and which are slips."""

from bot.compiling.wording import real_words
from bot.understanding.lexicon import Lexicon
from bot.understanding.spelling import Speller
from bot.understanding.text import tokenize
from bot.understanding.vocabulary import Vocabulary

_WORDS = ["bridge", "about", "repair"]


def _real(uses: dict[str, int]) -> set[str]:
    words: dict[str, tuple[str, ...]] = {word: (word,) for word in _WORDS}
    lexicon = Lexicon("en", None, words)
    counted = {tokenize(word)[0]: count for word, count in uses.items()}
    return set(real_words(counted, lexicon, Speller(lambda: Vocabulary.of(_WORDS))))


def test_a_word_much_rarer_than_the_one_it_resembles_is_a_slip() -> None:
    """So misspelt utterances do not keep the speller from correcting."""
    assert _real({"brigde": 2, "bridge": 40}) == set()


def test_a_word_used_often_enough_is_real() -> None:
    """It is not taken for another that is no likelier."""
    assert _real({"abort": 5, "about": 20}) == {"abort"}


def test_a_word_of_one_utterance_may_be_a_slip() -> None:
    """Once is chance."""
    assert _real({"bridges": 1, "repairs": 1, "bride": 1}) == set()


def test_a_word_like_no_other_is_real() -> None:
    """Nothing need be looked for in its place, however seldom it is used."""
    assert _real({"ferry": 1, "fridge": 1}) == {"ferry", "fridge"}
