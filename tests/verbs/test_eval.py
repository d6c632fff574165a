"""`citebot eval`."""

import json
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.verbs.main import main
from tests.knowledge.editing import edited
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
    assert "“how much will the repairs cost?”" in shown
    assert "got cost (0.96), wanted ferry (ferry)" in shown


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


def test_questions_may_be_labelled_with_topics(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A curator names the topic, or none where the article does not say, and needs no list of sentences."""
    (questions.parent / "sentences.json").unlink()
    lines = [
        ("is there a ferry?", "ferry"),
        ("who won the world cup?", None),
        ("how much will the repairs cost?", "ferry"),
    ]
    questions.write_text("\n".join(json.dumps({"q": q, "topic": topic}) for q, topic in lines), encoding="utf-8")
    assert main(["eval", "--json", str(questions)]) == 0
    groups = json.loads(capsys.readouterr().out)["groups"]
    assert (groups["English, answerable"]["right"], groups["English, answerable"]["wrong"]) == (0.5, 0.5)
    assert groups["English, not answerable"]["right"] == 1.0


def test_a_label_with_an_unknown_topic_is_a_fault(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which question has it, and what was meant."""
    questions.write_text('{"q": "is there a boat?", "topic": "fery"}', encoding="utf-8")
    assert main(["eval", str(questions)]) == 78
    assert capsys.readouterr().err == (
        "citebot: set.jsonl:1: “is there a boat?”: There is no topic “fery”. Did you mean “ferry”?\n"
    )


def test_a_set_about_another_article_is_one_fault(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the knowledge file, says how much it lacks, and how to name another."""
    labels = ["ferry", "harbour", "ferry", "harbour", "pool", "lake", "sea"]
    questions.write_text("\n".join(json.dumps({"q": "what?", "topic": label}) for label in labels), encoding="utf-8")
    assert main(["eval", str(questions)]) == 78
    (fault,) = capsys.readouterr().err.splitlines()
    assert "bridge.yaml: This knowledge file lacks 4 of the 5 topics that the questions name: " in fault
    assert "“harbour” (set.jsonl:2), “pool” (set.jsonl:5), “lake” (set.jsonl:6), … Is it" in fault
    assert "BOT_KNOWLEDGE" in fault


def test_the_knowledge_file_may_be_named(
    questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --knowledge, whatever is configured; the report says which was measured."""
    monkeypatch.setenv("BOT_KNOWLEDGE", "gone.yaml")
    assert main(["eval", "--knowledge", str(BRIDGE), str(questions)]) == 0
    assert capsys.readouterr().out.startswith(f"Knowledge file: {BRIDGE}\n")


def test_a_missing_sentence_list_is_a_fault(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says which file is missing."""
    (questions.parent / "sentences.json").unlink()
    assert main(["eval", str(questions)]) == 78
    assert capsys.readouterr().err == "citebot: sentences.json: There is no such sentence list. Check the path.\n"


def test_confusions_name_what_answered_and_what_was_wanted(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each pair of topics with a message that shows it."""
    questions.write_text(_SET + '{"q": "who is the mayor?", "kind": "near", "gold": []}\n', encoding="utf-8")
    assert main(["eval", str(questions)]) == 0
    shown = capsys.readouterr().out
    assert "cost → ferry" in shown
    assert "→ no answer" in shown


def test_what_was_wanted_is_named_as_it_was_labelled(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another topic may cite the same sentences."""
    twin = """\
  - id: crossing
    title: {en: Another way across}
    quotes:
      - A small ferry will carry up to twelve passengers across the river until the bridge opens again.
      - The crossing will be free for schoolchildren.
    utterances: {en: [how does one get over there]}
gaps:
"""
    knowledge = edited(own_folder, ("gaps:\n", twin))
    path = own_folder / "set.jsonl"
    path.write_text('{"q": "how much will the repairs cost?", "topic": "crossing"}', encoding="utf-8")
    assert main(["eval", "--knowledge", str(knowledge), str(path)]) == 0
    shown = capsys.readouterr().out
    assert "cost → crossing" in shown
    assert "wanted crossing (" in shown


def test_what_was_refused_is_shown_with_the_topic_that_answers(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refusals stand apart from confusions."""
    questions.write_text('{"q": "did merkel come?", "kind": "direct", "gold": ["ferry"]}\n', encoding="utf-8")
    assert main(["eval", str(questions)]) == 0
    section = capsys.readouterr().out.partition("missed:")[2]
    assert "ferry" in section.splitlines()[1]
    assert "“did merkel come?”" in section.splitlines()[1]


def test_a_later_turn_is_shown_with_what_it_leans_on(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A message such as “source?” says nothing by itself."""
    turns = '[{"q": "is there a ferry?", "gold": ["ferry"]}, {"q": "source?", "gold": ["ferry"]}]'
    questions.write_text(f'{{"id": "d", "turns": {turns}}}\n', encoding="utf-8")
    assert main(["eval", str(questions)]) == 0
    assert "dialogue_later: “source?” after “is there a ferry?”" in capsys.readouterr().out


def test_baselines_stand_beside_the_bot(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the same questions, judged alike, with the time of each; it is said that they are flattered."""
    assert main(["eval", str(questions), "--against", "rapidfuzz,bm25"]) == 0
    table = capsys.readouterr().out.partition("against baselines")[2].splitlines()
    assert table[0].split() == ["citebot", "rapidfuzz", "bm25"]
    assert table[1].split() == ["English:", "right", "0.500", "0.500", "0.500"]
    assert "flatters" in table[-1]


def test_baselines_figures_for_a_program(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json each baseline has the bot's figures and its threshold."""
    assert main(["eval", "--json", str(questions), "--against", "rapidfuzz"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["against"]["rapidfuzz"].keys() == figures.keys() - {"against"} | {"threshold"}


def test_an_unknown_baseline_is_a_fault(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, before anything is measured."""
    assert main(["eval", str(questions), "--against", "rapidfuz"]) == 78
    assert capsys.readouterr().err == (
        "citebot: --against: There is no baseline “rapidfuz”. Did you mean “rapidfuzz”?\n"
    )
