"""Utterances kept apart from the knowledge file: read with its own, and their faults said where they stand."""

from pathlib import Path

import pytest

from bot.faults import Fault, FaultsError
from bot.knowledge.load import load_knowledge
from bot.language.load import LanguageData, load_languages
from tests.fixtures import Case, cases
from tests.knowledge.editing import apart, edited, line_of

OWN = """    utterances:
      en: [is there a ferry, how do i cross the river now, how many passengers fit on the ferry, is the ferry free,
        do schoolchildren pay for the ferry]
"""


@pytest.fixture(scope="module")
def languages() -> LanguageData:
    """All language data."""
    return load_languages()


def _faults(path: Path, languages: LanguageData) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as raised:
        load_knowledge(path, languages.languages)
    return raised.value.faults


def _ferry(path: Path, languages: LanguageData) -> dict[str, tuple[str, ...]]:
    (ferry,) = [topic for topic in load_knowledge(path, languages.languages).file.topics if topic.id == "ferry"]
    return ferry.utterances


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "utterances.txt"))
def test_a_fault_names_file_line_problem_and_remedy(case: Case, own_folder: Path, languages: LanguageData) -> None:
    """Each fault is reported once, at its line of the file of utterances, with the nearest and a remedy."""
    name = (case.all("file") or ["en.yaml"])[0]
    apart(edited(own_folder), name, case.body)
    faults = _faults(own_folder / "bridge.yaml", languages)
    assert [(f.file, str(f.line)) for f in faults] == [(f"bridge/{name}", line) for line in case.all("at")]
    for fault, problem, remedy in zip(faults, case.all("says"), case.all("do"), strict=True):
        assert problem in fault.problem
        assert remedy in fault.remedy


def test_utterances_kept_apart_are_added(own_folder: Path, languages: LanguageData) -> None:
    """A subject has its own utterances first, then those of each language's file, however the file is called."""
    path = edited(own_folder, (OWN, "    utterances: {en: [is there a ferry], de: [gibt es eine Fähre]}\n"))
    apart(path, "de.yml", "ferry:\n  - fährt ein Boot\n")
    apart(path, "en.yaml", "ferry:\n  - can i take a boat\n  - ferry?\n")
    assert _ferry(path, languages) == {
        "en": ("is there a ferry", "can i take a boat", "ferry?"),
        "de": ("gibt es eine Fähre", "fährt ein Boot"),
    }


def test_a_subject_may_keep_all_its_utterances_apart(own_folder: Path, languages: LanguageData) -> None:
    """The knowledge file itself needs none."""
    path = edited(own_folder, (OWN, ""))
    apart(path, "uk.yaml", "ferry:\n  - чи є пором\n")
    assert _ferry(path, languages) == {"uk": ("чи є пором",)}


@pytest.mark.parametrize(
    "own", ["", "    utterances: {}\n", "    utterances: {en: []}\n"], ids=["no", "empty", "empty list"]
)
def test_a_subject_without_any_utterance_is_a_fault(own: str, own_folder: Path, languages: LanguageData) -> None:
    """What nobody can ask for is said at its id, with both places where utterances may stand."""
    path = edited(own_folder, (OWN, own))
    (fault,) = _faults(path, languages)
    assert fault.line == line_of(path, "- id: ferry")
    assert fault.problem == "ferry has no utterance."
    assert fault.remedy == "Add some under its “utterances”, or under “ferry” in bridge/en.yaml."


def test_the_file_that_may_hold_missing_utterances_is_named_as_it_can_be_opened(
    own_folder: Path, languages: LanguageData
) -> None:
    """From where the curator stands, like the file that the fault is in."""
    (own_folder / "my").mkdir()
    (fault,) = _faults(edited(own_folder / "my", (OWN, "")), languages)
    assert fault.file == "my/bridge.yaml"
    assert fault.remedy.endswith(" in my/bridge/en.yaml.")


def test_what_could_not_be_read_is_not_called_missing(own_folder: Path, languages: LanguageData) -> None:
    """A fault in the file that holds a subject's only utterances is the only one."""
    path = edited(own_folder, (OWN, ""))
    apart(path, "en.yaml", "ferry: is there a ferry\n")
    (fault,) = _faults(path, languages)
    assert "stands where a list belongs" in fault.problem


def test_an_utterance_in_two_files_names_both(own_folder: Path, languages: LanguageData) -> None:
    """The fault stands at the second place and names the file and line of the first."""
    path = edited(own_folder)
    apart(path, "en.yaml", "# All of them.\ncost:\n  - ferry tariff\n")
    apart(path, "da.yaml", "ferry:\n  - Ferry tariff\n")
    (fault,) = _faults(path, languages)
    assert (fault.file, fault.line) == ("bridge/da.yaml", 2)
    assert "stands under cost too, in bridge/en.yaml:3." in fault.problem


def test_a_word_of_two_languages_may_stand_in_both(own_folder: Path, languages: LanguageData) -> None:
    """The same text for the same subject is an utterance of each."""
    path = edited(own_folder, (OWN, ""))
    for name in ("en.yaml", "fr.yaml"):
        apart(path, name, "ferry:\n  - ferry\n")
    assert _ferry(path, languages) == {"en": ("ferry",), "fr": ("ferry",)}


def test_a_word_of_two_languages_stands_for_one_subject(own_folder: Path, languages: LanguageData) -> None:
    """Under another subject it is a fault, whatever the language: nobody could say which is meant."""
    path = edited(own_folder)
    apart(path, "en.yaml", "cost:\n  - ferry tariff\n")
    apart(path, "fr.yaml", "cost:\n  - ferry tariff\nferry:\n  - ferry tariff\n")
    (fault,) = _faults(path, languages)
    assert (fault.file, fault.line) == ("bridge/fr.yaml", 4)
    assert "stands under cost too, in bridge/en.yaml:2." in fault.problem


def test_the_faults_of_all_files_are_reported_at_once(own_folder: Path, languages: LanguageData) -> None:
    """Bad syntax in one file hides nothing that another one has, be it the knowledge file."""
    path = edited(own_folder, ("follow_ups: [funding]", "follow_ups: [funding"))
    apart(path, "en.yaml", "ferry: [\n")
    apart(path, "da.yaml", "ferry:\n")
    assert [fault.file for fault in _faults(path, languages)] == ["bridge.yaml", "bridge/da.yaml", "bridge/en.yaml"]


def test_a_file_that_cannot_be_read_is_a_fault(own_folder: Path, languages: LanguageData) -> None:
    """A folder of that name, a link that leads nowhere, another encoding."""
    path = edited(own_folder)
    folder = path.with_suffix("")
    (folder / "de.yaml").mkdir(parents=True)
    (folder / "fr.yaml").symlink_to("gone.yaml")
    (folder / "it.yaml").write_bytes(b"ferry:\n  - caf\xe9\n")
    directory, gone, latin = _faults(path, languages)
    assert "cannot be read" in directory.problem
    assert str(gone) == "bridge/gone.yaml: There is no such file of utterances. Check the path."
    assert (latin.file, latin.line) == ("bridge/it.yaml", 2)


def test_other_files_in_the_folder_are_left_alone(own_folder: Path, languages: LanguageData) -> None:
    """Notes, and what an editor keeps for itself."""
    path = edited(own_folder)
    for name in ("README.md", ".#en.yaml", "en.yaml~"):
        apart(path, name, "anything: [")
    assert load_knowledge(path, languages.languages).file.topics
