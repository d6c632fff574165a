"""The language data that comes with the bot: what every language promises."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from bot.language.codes import LANGUAGES
from bot.language.files import DATA, language_files
from bot.language.load import LanguageData, load_languages
from bot.store import PACKAGE

_PRESENT = [code for code in LANGUAGES if (DATA / code / "words.yaml").is_file()]


@pytest.fixture(scope="module")
def data() -> LanguageData:
    """All language data."""
    return load_languages()


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_english_is_there(data: LanguageData) -> None:
    """Every other language falls back to English."""
    assert data.languages["en"].strings


def _texts_asked_for() -> Iterator[str]:
    """The keys of interface texts that the code names."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "strings" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and key.value not in LANGUAGES:
                    yield str(key.value)


def test_english_has_every_text_that_the_code_asks_for(data: LanguageData) -> None:
    """A text that nobody wrote would be an error when it is to be shown."""
    asked = set(_texts_asked_for())
    assert "help" in asked
    assert asked <= data.languages["en"].strings.keys()


@pytest.mark.parametrize("code", _PRESENT)
def test_a_language_is_filed_under_its_own_code(code: str, data: LanguageData) -> None:
    """The code in `words.yaml` is its folder's name."""
    assert data.languages[code].code == code


@pytest.mark.parametrize("code", _PRESENT)
def test_texts_are_those_that_english_has(code: str, data: LanguageData) -> None:
    """A language has no interface text of an unknown key."""
    assert data.languages[code].strings.keys() <= data.languages["en"].strings.keys()


@pytest.mark.parametrize("code", _PRESENT)
def test_texts_have_the_placeholders_of_english(code: str, data: LanguageData) -> None:
    """A translated text can be filled in wherever the English one can."""
    english, texts = data.languages["en"].strings, data.languages[code].strings
    for key in english.keys() & texts.keys():
        assert _placeholders(texts[key]) <= _placeholders(english[key]), key
        assert all(re.fullmatch("[a-z_]+", name) for name in _placeholders(texts[key])), key


@pytest.mark.parametrize("code", _PRESENT)
def test_a_language_has_social_messages_that_can_be_answered(code: str, data: LanguageData) -> None:
    """Every kind of social message has an interface text."""
    assert data.languages[code].requests.social.keys() <= data.languages["en"].strings.keys()


def test_every_name_has_a_pattern(data: LanguageData) -> None:
    """A name of the world without a pattern could not be recognised."""
    assert all(any(name.patterns.values()) for names in data.names.values() for name in names)


def test_every_file_is_part_of_the_fingerprint(data: LanguageData) -> None:
    """A change of any language file makes a compiled form stale."""
    files = {path.relative_to(DATA).as_posix() for path in language_files()}
    assert files == {"names.yaml", *(path.relative_to(DATA).as_posix() for path in DATA.glob("*/*.yaml"))}
    assert data.languages
