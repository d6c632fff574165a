"""The guide for curators, and the example that it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.model import Status
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import AnswerType, ArticleFile, Entity, EntityKind, Gap, KnowledgeFile, Quote, Topic
from bot.language.load import load_languages
from bot.store import PACKAGE, load_engine
from bot.verbs.main import main

_FOLDER = PACKAGE.parent / "knowledge"
_EXAMPLE = _FOLDER / "example.yaml"
_GUIDE = (_FOLDER / "README.md").read_text(encoding="utf-8")


def _words() -> Iterator[str]:
    """Whatever a curator may write as a key, or has to choose from."""
    for model in (ArticleFile, Entity, Topic, Quote, Gap, KnowledgeFile):
        yield from model.model_fields
    yield from (*AnswerType, *EntityKind)


@pytest.mark.parametrize("name", ["example.txt", "example.yaml"])
def test_the_guide_shows_the_example_as_it_is(name: str) -> None:
    """What is read there is what is checked here."""
    shown = re.findall(r"^```(?:yaml)?\n(.*?)^```$", _GUIDE, re.MULTILINE | re.DOTALL)
    assert (_FOLDER / name).read_text(encoding="utf-8") in shown


@pytest.mark.parametrize("word", sorted(set(_words())))
def test_the_guide_names_every_key_and_choice(word: str) -> None:
    """Nothing that a knowledge file may hold is left unexplained."""
    assert re.search(rf"\b{word}\b", _GUIDE)


def test_the_readme_leads_to_the_guide() -> None:
    """A newcomer with an article of his own finds it."""
    section = (PACKAGE.parent / "README.md").read_text(encoding="utf-8").partition("**An article of your own**")[2]
    assert "(knowledge/README.md)" in section.partition("\n## ")[0]


def test_the_example_has_no_fault() -> None:
    """`citebot check` passes it."""
    assert main(["check", str(_EXAMPLE)]) == 0


def test_every_utterance_of_the_example_is_answered_or_refused() -> None:
    """A copy of it works before anything is changed."""
    engine = load_engine(_EXAMPLE)
    for subject in load_knowledge(_EXAMPLE, load_languages().languages).file.subjects():
        for utterance in subject.utterances["en"]:
            answer = engine.reply(utterance)
            if isinstance(subject, Topic):
                assert answer.topic == subject.id, utterance
            else:
                assert answer.status is Status.NOT_IN_ARTICLE, utterance


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("when does the library open late", "hours"),
        ("how much do longer hours cost", "cost"),
        ("did lund complain", "reasons"),
    ],
)
def test_the_example_answers_questions_that_it_does_not_hold(question: str, topic: str) -> None:
    """Small as it is, it shows what utterances, aliases and concepts do together."""
    assert load_engine(_EXAMPLE).reply(question).topic == topic


def test_the_kinds_of_answer_that_the_guide_lists_are_the_only_ones(own_folder: Path) -> None:
    """A topic with `answers`, as it is shown there, refuses a question for another kind; without, it answers."""
    (shown,) = re.findall(r"^```yaml\n(  - id: cost\n.*?)^```$", _GUIDE, re.MULTILINE | re.DOTALL)
    (answers,) = re.findall(r"^    answers: .*\n", shown, re.MULTILINE)
    before, _, rest = _EXAMPLE.read_text(encoding="utf-8").partition("  - id: cost\n")
    after = rest[rest.index("  - id: ") :]
    (own_folder / "example.txt").write_bytes(_EXAMPLE.with_suffix(".txt").read_bytes())
    path = own_folder / "example.yaml"
    for topic, status in ((shown, Status.NOT_IN_ARTICLE), (shown.replace(answers, ""), Status.ANSWERED)):
        path.write_text(before + topic + after, encoding="utf-8")
        engine = load_engine(path)
        assert engine.reply("when was the cost paid").status is status
        assert engine.reply("is it expensive").topic == "cost"
