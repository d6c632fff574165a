"""Reading question sets."""

from pathlib import Path

import pytest

from bot.evaluation.questions import Dialogue, Question, dialogues, read_questions, read_sentences
from bot.faults import FaultsError


def _write(folder: Path, text: str) -> Path:
    path = folder / "set.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_is_read(own_folder: Path) -> None:
    """Text, kind, evidence and language; blank lines do not count."""
    path = _write(own_folder, '\n{"q": "хто?", "kind": "lang", "gold": ["a"], "must": ["a"], "lang": "uk"}\n\n')
    assert read_questions(path) == [Question("хто?", "lang", frozenset("a"), frozenset("a"), "uk")]


def test_a_dialogue_is_read(own_folder: Path) -> None:
    """Its first turn and its later turns are of different kinds."""
    turns = '[{"q": "who?", "gold": ["a"]}, {"q": "and?", "gold": []}]'
    (found,) = read_questions(_write(own_folder, f'{{"id": "d1", "turns": {turns}}}'))
    assert isinstance(found, Dialogue)
    assert [turn.kind for turn in found.turns] == ["dialogue_first", "dialogue_later"]


def test_a_single_question_is_a_dialogue_of_one_turn() -> None:
    """So that measuring knows only dialogues."""
    question = Question("?", "direct", frozenset(), frozenset())
    assert [d.turns for d in dialogues([question, Dialogue("d", (question, question))])] == [
        (question,),
        (question, question),
    ]


def test_a_line_separator_within_a_message_ends_no_line(own_folder: Path) -> None:
    """Only line feeds end lines."""
    path = _write(own_folder, '{"q": "a\u2028b\u0085c", "kind": "direct", "gold": []}\n')
    (found,) = read_questions(path)
    assert isinstance(found, Question)
    assert found.text == "a\u2028b\u0085c"


def test_all_faulty_lines_are_named_at_once(own_folder: Path) -> None:
    """Each line that is no labelled question is a fault with its number."""
    path = _write(own_folder, '{"q": "a", "gold": []}\nnonsense\n[]\n{"q": "b"}\n{"id": "x", "turns": []}\n"text"\n')
    with pytest.raises(FaultsError) as raised:
        read_questions(path)
    assert [fault.line for fault in raised.value.faults] == [2, 3, 4, 5, 6]
    assert all("Write" in fault.remedy for fault in raised.value.faults)


@pytest.mark.parametrize("text", ["{}x", "[1]", '[{"id": "a"}]', '{"a": 1}'])
def test_a_faulty_sentence_list_is_a_fault(text: str, own_folder: Path) -> None:
    """A file of another shape says so."""
    with pytest.raises(FaultsError, match="no list of sentences"):
        read_sentences(_write(own_folder, text))
