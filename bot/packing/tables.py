"""Everything that an engine is made from, as sections. Languages are read when they are first asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from bot.engine import Tables
from bot.packing.catalogue import pack_catalogue, unpack_catalogue
from bot.packing.languages import pack_language, unpack_language
from bot.packing.model import pack_fingerprints, pack_model, unpack_fingerprints, unpack_model
from bot.packing.sections import Packed, Sections, pack_json
from bot.packing.sentences import sentences_json, sentences_of
from bot.understanding.knowing import Knowing
from bot.understanding.social import Greetings, Social
from bot.understanding.tables import Understanding

Value = TypeVar("Value")


class Lazily(Mapping[str, Value], Generic[Value]):
    """A mapping whose values are made when they are first asked for, and kept."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], Value]) -> None:
        self._made: dict[str, Value | None] = dict.fromkeys(keys)
        self._make = make

    @property
    def made(self) -> list[str]:
        """The keys whose values have been asked for."""
        return [key for key, value in self._made.items() if value is not None]

    def __getitem__(self, key: str) -> Value:
        value = self._made[key]
        if value is None:
            value = self._made[key] = self._make(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def pack(tables: Tables) -> Packed:
    """An engine's tables as sections."""
    understanding = tables.understanding
    about = {
        "languages": list(understanding.languages),
        "strings": list(tables.strings),
        "algorithms": understanding.knowing.algorithms,
        "capitals": understanding.knowing.capitals,
        "greetings": understanding.greetings.found,
        "opening": sorted(understanding.greetings.opening),
        "transliterations": understanding.transliterations,
        "sentences": sentences_json(understanding.sentences),
    }
    packed = {"about": pack_json(about), "catalogue": pack_catalogue(tables.catalogue)}
    for code, texts in tables.strings.items():
        packed[f"{code} strings"] = pack_json(texts)
    for code, language in understanding.languages.items():
        packed |= pack_language(language, code)
    packed |= pack_fingerprints("knowing", understanding.knowing.texts)
    packed |= pack_fingerprints("endings", understanding.knowing.endings)
    packed |= pack_fingerprints("greetings", understanding.greetings.phrases)
    packed |= pack_fingerprints("utterances", understanding.utterances)
    return packed | pack_model(understanding.model)


def unpack(sections: Sections) -> Tables:
    """What `pack` packed. Raises ValueError, KeyError or TypeError where it is something else."""
    about = sections.json("about")
    return Tables(
        catalogue=unpack_catalogue(sections),
        understanding=Understanding(
            languages=Lazily(about["languages"], lambda code: unpack_language(sections, code)),
            knowing=Knowing(
                about["algorithms"],
                unpack_fingerprints(sections, "knowing"),
                about["capitals"],
                unpack_fingerprints(sections, "endings"),
            ),
            greetings=Greetings(
                phrases=unpack_fingerprints(sections, "greetings"),
                found=[Social(*found) for found in about["greetings"]],
                opening=frozenset(about["opening"]),
            ),
            utterances=unpack_fingerprints(sections, "utterances"),
            sentences=sentences_of(about["sentences"]),
            model=unpack_model(sections),
            transliterations=about["transliterations"],
        ),
        strings=Lazily(about["strings"], lambda code: sections.json(f"{code} strings")),
    )
