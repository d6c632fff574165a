"""The other articles in `tests/articles`."""

import json
from pathlib import Path

import pytest

from bot.evaluation.questions import Dialogue, read_questions, read_sentences

_FOLDERS = sorted(path.parent for path in (Path(__file__).parent.parent / "articles").glob("*/questions.jsonl"))


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_labelled_sentences_are_the_articles(folder: Path) -> None:
    """Each label's offsets hold the text that it says."""
    article = (folder / "article.txt").read_text(encoding="utf-8")
    for item in json.loads((folder / "sentences.json").read_text(encoding="utf-8")):
        assert article[item["start"] : item["end"]] == item["text"]


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_what_must_be_cited_is_labelled_evidence(folder: Path) -> None:
    """Every label is a sentence, and no question demands one that it does not accept."""
    labels = read_sentences(folder / "sentences.json")
    for question in read_questions(folder / "questions.jsonl"):
        assert not isinstance(question, Dialogue)
        assert question.must <= question.gold <= set(labels), question.text
