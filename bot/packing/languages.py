"""A language's tables as sections: every word is kept once, tables hold the numbers of words and of their tags."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import TypeVar

from bot.packing.sections import Packed, Sections, pack_array, pack_json, pack_texts
from bot.understanding.arrays import numbers
from bot.understanding.cues import Cue, Cues
from bot.understanding.lexicon import Lexicon
from bot.understanding.phrases import PhraseTable, Tags
from bot.understanding.tables import LanguageTables
from bot.understanding.vocabulary import Ranked, Vocabulary

_WORD_TABLES = ("words", "stems", "prefixes", "capitals")
_PHRASE_TABLES = ("phrases", "prefix_phrases")
_CUE_SETS = ("telling", "furthering", "joining", "fillers")
Value = TypeVar("Value")


def pack_language(tables: LanguageTables, code: str) -> Packed:
    """A language's tables as sections."""
    lexicon = tables.lexicon
    held = {name: getattr(lexicon, name) for name in _WORD_TABLES}
    numbered = _numbered(word for table in held.values() for word in table)
    tags = _numbered(tags for table in held.values() for tags in table.values())
    about = {
        "algorithm": lexicon.algorithm,
        "tags": list(tags),
        "social": tables.social,
        "cues": asdict(tables.cues) | {name: sorted(getattr(tables.cues, name)) for name in _CUE_SETS},
    }
    packed = {"language": pack_json(about), "texts": pack_texts(numbered)}
    words, beginnings, real = tables.vocabulary()
    packed["real"] = pack_texts(sorted(real))
    for name, ranked in (("spelt", words), ("begun", beginnings)):
        packed[name], packed[f"{name} ranks"] = pack_texts(ranked.lines), pack_array(ranked.ranks)
    for name, table in held.items():
        packed[name] = pack_array(numbers(map(numbered.__getitem__, table)))
        packed[f"{name} tags"] = pack_array(numbers(map(tags.__getitem__, table.values())))
    for name in _PHRASE_TABLES:
        texts = getattr(lexicon, name).texts
        packed[name], packed[f"{name} rest"] = pack_texts(texts), pack_texts(texts.values())
    return {f"{code} {name}": data for name, data in packed.items()}


def unpack_language(sections: Sections, code: str) -> LanguageTables:
    """What `pack_language` packed."""
    about = sections.json(f"{code} language")
    texts = sections.texts(f"{code} texts")
    tags = [tuple(found) for found in about["tags"]]

    def named(name: str, values: list[Value]) -> Iterable[Value]:
        return map(values.__getitem__, sections.array(f"{code} {name}"))

    def words(name: str) -> dict[str, Tags]:
        return dict(zip(named(name, texts), named(f"{name} tags", tags), strict=True))

    def phrases(name: str) -> PhraseTable:
        found = zip(sections.texts(f"{code} {name}"), sections.texts(f"{code} {name} rest"), strict=True)
        return PhraseTable(dict(found))

    cues = about["cues"]
    found = {name: {phrase: Cue(cue) for phrase, cue in cues[name].items()} for name in ("whole", "opening")}
    sets = {name: frozenset(cues[name]) for name in _CUE_SETS}
    return LanguageTables(
        lexicon=Lexicon(
            language=code,
            algorithm=about["algorithm"],
            words=words("words"),
            stems=words("stems"),
            prefixes=words("prefixes"),
            capitals=words("capitals"),
            phrases=phrases("phrases"),
            prefix_phrases=phrases("prefix_phrases"),
        ),
        vocabulary=partial(_unpack_vocabulary, sections, code),
        social=about["social"],
        cues=Cues(**{**cues, **found, **sets}),
    )


def _unpack_vocabulary(sections: Sections, code: str) -> Vocabulary:
    words, beginnings = (
        Ranked(sections.texts(f"{code} {name}"), sections.array(f"{code} {name} ranks")) for name in ("spelt", "begun")
    )
    return Vocabulary(words, beginnings, frozenset(sections.texts(f"{code} real")))


def _numbered(values: Iterable[Value]) -> dict[Value, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
