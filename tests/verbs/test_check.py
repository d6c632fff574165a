"""`citebot check`."""

import json
from pathlib import Path

import pytest

from bot.knowledge.schema import json_schema
from bot.verbs.main import main
from tests.knowledge.editing import edited
from tests.process import BRIDGE


def test_a_sound_file_is_reported_with_its_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    """Each sentence is listed with the topics that cite it; at the end, that the file can be used, and no more."""
    assert main(["check", str(BRIDGE)]) == 0
    shown = capsys.readouterr().out
    assert "The crossing will be free for schoolchildren." in shown
    assert shown.count("ferry") >= 2
    *_, verdict, untold = shown.splitlines()
    assert "no fault, so it can be used. 10 topics" in verdict
    assert "--unseen" in untold


def test_faults_are_listed_one_a_line_and_counted(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1; each line starts with file and line."""
    path = edited(own_folder, ("follow_ups: [funding]", "follow_ups: [fundin]"), ("- id: builder", "- id: ferry"))
    assert main(["check", str(path)]) == 1
    written = capsys.readouterr()
    *faults, count = written.err.splitlines()
    assert [line.split(":")[0] for line in faults] == ["bridge.yaml"] * 2
    assert count == "2 faults; the file cannot be used."
    assert written.out == ""


@pytest.mark.usefixtures("own_folder")
def test_a_missing_file_is_one_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """Said in one line, and counted in the singular."""
    assert main(["check", "gone.yaml"]) == 1
    assert capsys.readouterr().err == (
        "gone.yaml: There is no such knowledge file. Check the path.\n1 fault; the file cannot be used.\n"
    )


def test_the_configured_file_is_checked_by_default(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """BOT_KNOWLEDGE says which."""
    monkeypatch.setenv("BOT_KNOWLEDGE", str(edited(own_folder, ("- id: builder", "- id: ferry"))))
    assert main(["check"]) == 1
    assert "“ferry” is taken already" in capsys.readouterr().err


def test_clashing_utterances_are_advice(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An utterance that lands elsewhere is shown with where it lands; the file can be used all the same."""
    path = edited(own_folder, ("en: [what is the source,", "en: [is there a ferry over the river, what is the source,"))
    assert main(["check", "--unseen", str(path)]) == 0
    assert "source → ferry" in capsys.readouterr().out


def test_a_clash_names_the_utterance_that_drew_it(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the topic that answers, the nearest one: that is where to look."""
    path = edited(own_folder, ("en: [what is the source,", "en: [is there a ferry over the river, what is the source,"))
    assert main(["check", "--unseen", str(path)]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "source → ferry" in line]
    assert line.endswith("“is there a ferry over the river” like its “is there a ferry”")


def test_an_utterance_is_read_as_if_it_had_not_been_written(capsys: pytest.CaptureFixture[str]) -> None:
    """What only its own example reaches is shown, though typed word for word it is answered."""
    assert main(["check", str(BRIDGE)]) == 0
    assert "funding" not in capsys.readouterr().out.partition("Clashes")[2].partition("Few utterances")[0]
    assert main(["check", "--unseen", str(BRIDGE)]) == 0
    report = capsys.readouterr().out.partition("nothing answers")[2]
    assert "funding" in report
    assert "“who pays for the repairs”" in report


def test_what_to_write_next_is_advised(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Topics with few utterances, and words of the article that no concept holds."""
    path = edited(own_folder, ("en: [what is the source,", "en: [what does a courier say,"))
    assert main(["check", str(path)]) == 0
    few, _, words = capsys.readouterr().out.partition("Few utterances")[2].partition("Words without another")
    assert "builder (3)" in few
    assert "courier (1)" in words


def test_the_most_frequent_clashes_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """`--most` says how many of each kind are shown; how many more there are is said."""
    assert main(["check", "--unseen", "--most", "1", str(BRIDGE)]) == 0
    _, example, more, *_ = capsys.readouterr().out.partition("nothing answers")[2].splitlines()
    assert example.split()[:2] == ["3", "source"]
    count = int(more.rpartition("--most ")[2].removesuffix(" shows all"))
    assert f"and {count - 1} more" in more


def test_every_clash_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """With a high `--most` each utterance that goes astray stands there, and their share of all is told."""
    assert main(["check", "--unseen", "--most", "99", str(BRIDGE)]) == 0
    report = capsys.readouterr().out.partition("Clashes: ")[2].partition("Few utterances")[0]
    assert sum("“" in line for line in report.splitlines()) == int(report.partition(" of 41 utterances")[0])
    assert "shows all" not in report


def test_every_kind_of_clash_comes_with_advice(capsys: pytest.CaptureFixture[str]) -> None:
    """What to do where another topic answers is not what to do where nothing answers."""
    assert main(["check", "--unseen", str(BRIDGE)]) == 0
    report = capsys.readouterr().out
    assert "another topic answers: 3. Do the two say the same?" in report
    assert "Give the topic more utterances in other words" in report


@pytest.mark.parametrize(("kind", "named"), [("knowledge", []), ("utterances", ["utterances"])])
def test_a_schema_is_printed_as_it_is(kind: str, named: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """`citebot check --schema > article.schema.json` writes the committed file; other files' schema is named."""
    assert main(["check", "--schema", *named]) == 0
    written = capsys.readouterr().out
    assert written == json_schema(kind)
    assert json.loads(written)
