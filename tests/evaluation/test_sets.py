"""The question sets in `tests/questions`."""

import json
from itertools import chain
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.evaluation.questions import Dialogue, Question, dialogues, read_questions, read_sentences

_FOLDER = Path(__file__).parent.parent / "questions"
_SENTENCES = _FOLDER / "sentences.json"


def _is_set(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        return not {"q", "turns"}.isdisjoint(json.loads(file.readline()))


_SETS = sorted(path for path in _FOLDER.glob("*.jsonl") if _is_set(path))


def _questions(path: Path) -> list[Question]:
    items: list[Question | Dialogue] = read_questions(path)
    return list(chain.from_iterable(dialogue.turns for dialogue in dialogues(items)))


def test_labelled_sentences_are_the_articles(engine: Engine) -> None:
    """Each label's offsets hold the text that it says."""
    for item in json.loads(_SENTENCES.read_text(encoding="utf-8")):
        assert engine.catalogue.article.text[item["start"] : item["end"]] == item["text"]


@pytest.mark.parametrize("path", _SETS, ids=lambda path: path.stem)
def test_every_label_is_a_citable_sentence(path: Path, engine: Engine) -> None:
    """Evidence is never a heading, page furniture or a sentence that does not exist."""
    labels = read_sentences(_SENTENCES)
    for question in _questions(path):
        for label in question.gold | question.must:
            assert engine.catalogue.article.paragraph_at(labels[label].start), question.text


@pytest.mark.parametrize("path", _SETS, ids=lambda path: path.stem)
def test_what_must_be_cited_is_evidence(path: Path) -> None:
    """No question demands a sentence that it does not accept."""
    assert [question.text for question in _questions(path) if not question.must <= question.gold] == []
