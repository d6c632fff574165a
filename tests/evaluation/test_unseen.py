"""Utterances read as if they had not been written."""

from pathlib import Path

import pytest

from bot.compiling.tables import compile_knowledge
from bot.evaluation.unseen import Unseen
from bot.knowledge.load import load_knowledge
from bot.language.load import load_languages
from tests.knowledge.editing import edited


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Unseen:
    """Of the invented article, in which a word of two languages stands under its topic in both."""
    twice = ("en: [what is the source,", "fr: [citations]\n      en: [citations, what is the source,")
    data = load_languages()
    knowledge = load_knowledge(edited(Path(tmp_path_factory.mktemp("twice")), twice), data.languages)
    return Unseen(knowledge, data, compile_knowledge(knowledge, data))


def test_every_utterance_is_left_out_once(unseen: Unseen) -> None:
    """In one of four parts of about the same size."""
    assert sum(map(len, unseen.folds)) == 43
    assert len({(u.owner, u.language, u.text) for fold in unseen.folds for u in fold}) == 43
    assert max(map(len, unseen.folds)) - min(map(len, unseen.folds)) < 10


def test_an_utterance_of_two_languages_is_left_out_in_both(unseen: Unseen) -> None:
    """Else the one would be known from the other."""
    assert sorted(sum(u.text == "citations" for u in fold) for fold in unseen.folds) == [0, 0, 0, 2]
