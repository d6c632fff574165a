"""`citebot eval`."""

import json
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.verbs.main import main
from tests.process import BRIDGE

_SET = """\
{"q": "is there a ferry?", "kind": "direct", "gold": ["ferry"], "must": []}
{"q": "hello", "kind": "social", "gold": []}
{"q": "how much will the repairs cost?", "kind": "direct", "gold": ["ferry"], "must": []}
"""


@pytest.fixture
def questions(own_folder: Path, monkeypatch: pytest.MonkeyPatch, bridge: Engine) -> Path:
    """A question set about the invented article, its sentence list beside it."""
    monkeypatch.setenv("BOT_KNOWLEDGE", str(BRIDGE))
    span = bridge.catalogue.topics["ferry"].spans[0]
    labels = [{"id": "ferry", "start": span.start, "end": span.end}]
    (own_folder / "sentences.json").write_text(json.dumps(labels), encoding="utf-8")
    path = own_folder / "set.jsonl"
    path.write_text(_SET, encoding="utf-8")
    return path


def test_figures_are_printed_by_kind_and_group(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables for a person, then the worst failures with what was wanted."""
    assert main(["eval", str(questions)]) == 0
    shown = capsys.readouterr().out
    for said in ("kind", "direct", "social", "English, answerable", "median", "worst failures, 1 of 1"):
        assert said in shown
    assert "'how much will the repairs cost?' wants ferry, got cost" in shown


def test_figures_for_a_program_are_one_object(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json, shares of each outcome by kind and group."""
    assert main(["eval", "--json", str(questions)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["kinds"]["direct"]["messages"] == 2
    assert figures["kinds"]["direct"]["right"] == 0.5
    assert figures["kinds"]["direct"]["wrong"] == 0.5
    assert figures["groups"]["social"]["right"] == 1.0


def test_no_failures_are_shown_where_none_are_wanted(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--failures 0` leaves them out."""
    assert main(["eval", "--failures", "0", str(questions)]) == 0
    assert "worst failures" not in capsys.readouterr().out


def test_a_faulty_set_names_its_lines(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is no question is said before anything is measured."""
    questions.write_text(_SET + "nonsense\n", encoding="utf-8")
    assert main(["eval", str(questions)]) == 78
    assert capsys.readouterr().err.startswith("citebot: set.jsonl:4: This line is no labelled question")


def test_a_missing_sentence_list_is_a_fault(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which file is missing."""
    (questions.parent / "sentences.json").unlink()
    assert main(["eval", str(questions)]) == 78
    assert capsys.readouterr().err == "citebot: sentences.json: There is no such sentence list. Check the path.\n"
