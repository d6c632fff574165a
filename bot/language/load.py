"""Reading the language data."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.faults import FaultsError
from bot.language.codes import LANGUAGES
from bot.language.files import DATA
from bot.language.model import (
    Concepts,
    Name,
    Patterns,
    Requests,
    Strings,
    Words,
)
from bot.yamlfile import Value, YamlFile, read_yaml
from bot.yamlmodel import validate


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of one language."""

    words: Words
    concepts: dict[str, Patterns]
    requests: Requests
    strings: dict[str, str]

    @property
    def code(self) -> str:
        """The ISO 639-1 code."""
        return self.words.language


@dataclass(frozen=True, slots=True)
class LanguageData:
    """Every language, and the names of the world by kind."""

    languages: dict[str, Language]
    names: dict[str, tuple[Name, ...]]


def load_languages(root: Path = DATA) -> LanguageData:
    """Read and validate everything. Raises FaultsError."""
    languages: dict[str, Language] = {}
    for code in LANGUAGES:
        if (root / code).is_dir():
            languages[code] = _load_language(root / code)
    return LanguageData(languages, _load_names(root / "names.yaml"))


def _load_language(folder: Path) -> Language:
    what = "language file"
    words = validate(read_yaml(folder / "words.yaml", what), Words)
    concepts = _wrapped(read_yaml(folder / "concepts.yaml", what), "concepts")
    strings = folder / "strings.yaml"
    texts = validate(_wrapped(read_yaml(strings, what), "strings"), Strings).strings if strings.is_file() else {}
    return Language(
        words=words,
        concepts=validate(concepts, Concepts).concepts,
        requests=validate(read_yaml(folder / "requests.yaml", what), Requests),
        strings=texts,
    )


def _wrapped(file: YamlFile, key: str) -> YamlFile:
    """A file that is one mapping, as a model's single field; lines stay true."""
    return YamlFile(file.path, {key: file.value}, {(key, *place): line for place, line in file.lines.items()})


def _load_names(path: Path) -> dict[str, tuple[Name, ...]]:
    file = read_yaml(path, "language file")
    if not isinstance(file.value, dict):
        raise FaultsError([file.fault((), "The file is no mapping of kinds to names.", "Start it with “person:”.")])
    return {kind: tuple(_names(file, kind)) for kind in file.value}


def _names(file: YamlFile, kind: str) -> Iterator[Name]:
    entries = file.value.get(kind) if isinstance(file.value, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        fields = dict(entry) if isinstance(entry, dict) else {}
        value: Value = {"name": fields.pop("name", None), "patterns": fields}
        yield validate(YamlFile(file.path, value, {(): file.line(kind, index)}), Name)
