"""Reading language data: its faults and its patterns."""

import shutil
from pathlib import Path

import pytest

from bot.faults import FaultsError
from bot.language.files import DATA
from bot.language.load import load_languages
from bot.language.model import patterns_for


@pytest.fixture
def english(own_folder: Path) -> Path:
    """A copy of the language data with English only."""
    shutil.copytree(DATA / "en", own_folder / "en")
    shutil.copy(DATA / "names.yaml", own_folder)
    return own_folder


def _fault(root: Path) -> str:
    with pytest.raises(FaultsError) as raised:
        load_languages(root)
    return str(raised.value)


def test_one_language_is_enough(english: Path) -> None:
    """Languages that are not there are left out."""
    assert list(load_languages(english).languages) == ["en"]


def test_a_missing_file_is_a_fault(english: Path) -> None:
    """A language must have its words."""
    (english / "en" / "words.yaml").unlink()
    assert _fault(english) == "en/words.yaml: There is no such language file. Check the path."


def test_an_unknown_key_is_a_fault_at_its_line(english: Path) -> None:
    """A mistyped key of a language file says where, and which was meant."""
    path = english / "en" / "words.yaml"
    path.write_text("languag: en\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert _fault(english) == "en/words.yaml:1: The key “languag” is unknown. Did you mean “language”?"


def test_an_unknown_stemmer_is_a_fault(english: Path) -> None:
    """A stemmer that does not exist is named, with those that do."""
    path = english / "en" / "words.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("stemmer: english", "stemmer: elvish"), encoding="utf-8")
    fault = _fault(english)
    assert fault.startswith("en/words.yaml:3: stemmer: “elvish”")
    assert "danish" in fault


def test_a_concept_given_twice_is_a_fault(english: Path) -> None:
    """A key that stands twice is never dropped in silence."""
    path = english / "en" / "concepts.yaml"
    path.write_text("zebra: [zebra]\nzebra: [zebras]\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert _fault(english).startswith("en/concepts.yaml:2: The key “zebra” stands here again, after line 1.")


def test_names_must_be_a_mapping_of_kinds(english: Path) -> None:
    """A list in the place of the names' kinds is a fault."""
    (english / "names.yaml").write_text("- a\n", encoding="utf-8")
    assert _fault(english).startswith("names.yaml:1: The file is no mapping")


def test_patterns_are_those_of_the_language_and_its_script() -> None:
    """A language has its own patterns, those of any, and its script's; each once."""
    patterns = {"en": ("a", "b"), "any": ("b", "c"), "cyrillic": ("д",)}
    assert patterns_for(patterns, "en") == ("a", "b", "c")
    assert patterns_for(patterns, "uk") == ("b", "c", "д")
