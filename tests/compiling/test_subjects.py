"""What compiling makes of subjects that few utterances are written for."""

from bot.compiling.counting import Subject
from bot.compiling.tables import compile_lexicons, compile_subjects
from bot.knowledge.load import Knowledge, load_knowledge
from bot.language.load import load_languages
from tests.process import BRIDGE

_DATA = load_languages()


def _bridge() -> Knowledge:
    return load_knowledge(BRIDGE, _DATA.languages)


def _subjects(knowledge: Knowledge) -> dict[str, Subject]:
    lexicons = compile_lexicons(knowledge, _DATA)
    return {subject.id: subject for subject in compile_subjects(knowledge, _DATA, lexicons)}


def _with_utterances(knowledge: Knowledge, count: int) -> Knowledge:
    """The first topic with so many utterances."""
    first, *others = knowledge.file.topics
    utterances = {"en": tuple(f"why is the bridge closed to {number} cars" for number in range(count))}
    topics = (first.model_copy(update={"utterances": utterances}), *others)
    return Knowledge(knowledge.file.model_copy(update={"topics": topics}), knowledge.article)


def test_a_title_counts_as_an_utterance_where_there_are_few() -> None:
    """It says what the topic is about; among very many utterances it adds nothing."""
    assert len(_subjects(_with_utterances(_bridge(), 4))["closure"].phrasings) == 5
    assert len(_subjects(_with_utterances(_bridge(), 80))["closure"].phrasings) == 80


def test_numbers_and_dates_of_quotes_need_no_utterance() -> None:
    """A topic whose sentence gives a day or a sum can be asked for it, though no example does."""
    subjects = _subjects(_bridge())
    assert {"when", "how_long"} <= subjects["closure"].gives
    assert {"how_many", "how_much"} <= subjects["cost"].gives
    assert not subjects["shops"].gives
