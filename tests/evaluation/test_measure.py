"""Counting outcomes."""

from bot.engine import Engine
from bot.evaluation.judge import Outcome
from bot.evaluation.measure import measure
from bot.evaluation.questions import Dialogue, LabelledSentence, Question


def _ferry(bridge: Engine) -> LabelledSentence:
    topic = bridge.catalogue.topics["ferry"]
    return LabelledSentence("ferry", topic.spans[0].start, topic.spans[0].end)


def _question(text: str, kind: str = "direct", *gold: str, language: str | None = None) -> Question:
    return Question(text, kind, frozenset(gold), frozenset(), language)


def test_outcomes_are_counted_by_kind_and_group(bridge: Engine) -> None:
    """Each message counts once in its kind and once in its group."""
    asked = (
        Dialogue("0", (_question("is there a ferry?", "direct", "ferry"),)),
        Dialogue("1", (_question("did merkel come?", "near"),)),
        Dialogue("2", (_question("hello", "social"),)),
        Dialogue("3", (_question("привіт", "lang_none", language="uk"),)),
    )
    measured = measure(bridge, asked, {"ferry": _ferry(bridge)})
    assert list(measured.by_kind()) == ["direct", "lang_none", "near", "social"]
    assert {group: sum(counted.values()) for group, counted in measured.groups().items()} == {
        "English, answerable": 1,
        "English, not answerable": 1,
        "other languages, not answerable": 1,
        "social": 1,
    }


def test_a_dialogue_is_one_chat(bridge: Engine) -> None:
    """A later turn leans on the one before, and counts among the later turns."""
    turns = (_question("is there a ferry?", "dialogue_first", "ferry"), _question("source?", "dialogue_later", "ferry"))
    measured = measure(bridge, (Dialogue("d", turns),), {"ferry": _ferry(bridge)})
    assert [result.leaning for result in measured.results] == [False, True]
    assert measured.results[1].answer.citations[0].quote == "Sources: Ambleford Courier"
    assert measured.groups()["later turns"] == {Outcome.WRONG: 1}


def test_nothing_measured_is_no_error(bridge: Engine) -> None:
    """An empty set has no outcomes and no time."""
    measured = measure(bridge, (), {})
    assert measured.groups() == {}
    assert measured.micros() == {"median": 0, "p99": 0}
