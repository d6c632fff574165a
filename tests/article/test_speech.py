"""Who speaks in the article."""

from pathlib import Path

import pytest

from bot.article.model import Span, Utterance, speakers_of
from bot.article.parse import parse_article
from bot.article.speech import SpeechWords, attribute_speech
from tests.fixtures import Case, cases

_NAMES = {"finch": ("Ada Finch",), "reed": ("Tomas Reed",), "orr": ("Lena Orr",)}
_WORDS = SpeechWords(verbs=frozenset({"said", "added"}), pronouns=frozenset({"he", "she"}))


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "speech.txt"))
def test_attributes_each_sentence(case: Case) -> None:
    """Each sentence's speaker is the one whom the article names."""
    article = parse_article(" ".join(text.strip() for _, text in case.lines))
    spoken = attribute_speech(article, _NAMES, _WORDS)
    found = [", ".join(speakers_of(sentence.span, spoken)) or "-" for sentence in article.sentences]
    assert found == [speaker for speaker, _ in case.lines]


def test_a_paragraph_starts_without_a_speaker() -> None:
    """A pronoun is not resolved over the end of a paragraph."""
    article = parse_article("Finch said taxes stay.\nShe said fees rise.")
    spoken = attribute_speech(article, _NAMES, _WORDS)
    assert [speakers_of(s.span, spoken) for s in article.sentences] == [("finch",), ()]


def test_speakers_are_named_once_and_in_order() -> None:
    """A span over several utterances names each speaker once, in the article's order."""
    spoken = (Utterance(Span(0, 10), "reed"), Utterance(Span(10, 20), "finch"), Utterance(Span(20, 30), "reed"))
    assert speakers_of(Span(0, 30), spoken) == ("reed", "finch")
