"""An engine's tables as sections, and back: arrays stay arrays, words are kept once, languages are read when asked for."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from functools import partial
from typing import Any, Generic, TypeVar

from bot.answering.catalogue import Catalogue, EntityEntry, GapEntry, TopicEntry
from bot.article.model import Article, Paragraph, Sentence, Span, Utterance
from bot.engine import Tables
from bot.sections import Sections, pack_array, pack_json, pack_texts
from bot.understanding.fingerprints import Fingerprints
from bot.understanding.follow_up import Cue, Cues
from bot.understanding.knowing import Knowing
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Model, Phrasings, Postings, SubjectKind
from bot.understanding.phrases import PhraseTable
from bot.understanding.social import Greetings, Social
from bot.understanding.tables import LanguageTables, Understanding

_WORD_TABLES = ("words", "stems", "prefixes", "capitals")
_PHRASE_TABLES = ("phrases", "prefix_phrases")
_PER_SUBJECT = ("ids", "kinds", "cites", "answers", "asked", "measures")
Value = TypeVar("Value")
Packed = dict[str, bytes]


class Lazily(Mapping[str, Value], Generic[Value]):
    """A mapping whose values are made when they are first asked for, and kept."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], Value]) -> None:
        self._made: dict[str, Value | None] = dict.fromkeys(keys)
        self._make = make

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
    """Everything that an engine is made from."""
    understanding = tables.understanding
    codes = {"languages": list(understanding.languages), "strings": list(tables.strings)}
    packed = {"codes": pack_json(codes), "catalogue": pack_json(asdict(tables.catalogue))}
    for code, texts in tables.strings.items():
        packed[f"strings {code}"] = pack_json(texts)
    for code, language in understanding.languages.items():
        packed |= {f"{code} {name}": data for name, data in _pack_language(language).items()}
    packed |= _pack_knowing(understanding.knowing)
    packed |= _pack_fingerprints("utterances", understanding.utterances)
    packed |= _pack_fingerprints("greetings", understanding.greetings.phrases)
    packed["greetings"] = pack_json(understanding.greetings.found)
    return packed | _pack_model(understanding.model)


def unpack(sections: Sections) -> Tables:
    """What `pack` packed. Raises ValueError, KeyError or TypeError where it is damaged."""
    codes = sections.json("codes")
    return Tables(
        catalogue=_catalogue(sections.json("catalogue")),
        understanding=Understanding(
            languages=Lazily(codes["languages"], partial(_language, sections)),
            knowing=_knowing(sections),
            greetings=Greetings(
                _fingerprints(sections, "greetings"), [Social(*found) for found in sections.json("greetings")]
            ),
            utterances=_fingerprints(sections, "utterances"),
            model=_model(sections),
        ),
        strings=Lazily(codes["strings"], lambda code: sections.json(f"strings {code}")),
    )


def _pack_fingerprints(name: str, table: Fingerprints) -> Packed:
    return {f"{name} keys": pack_array("Q", table.keys), f"{name} values": pack_array("Q", table.values)}


def _fingerprints(sections: Sections, name: str) -> Fingerprints:
    return Fingerprints(sections.array(f"{name} keys"), sections.array(f"{name} values"))


def _pack_knowing(knowing: Knowing) -> Packed:
    about = {"algorithms": knowing.algorithms, "capitals": knowing.capitals}
    return {"knowing": pack_json(about), **_pack_fingerprints("knowing", knowing.texts)}


def _knowing(sections: Sections) -> Knowing:
    about = sections.json("knowing")
    return Knowing(about["algorithms"], _fingerprints(sections, "knowing"), about["capitals"])


def _pack_language(tables: LanguageTables) -> Packed:
    lexicon = tables.lexicon
    held = {name: getattr(lexicon, name) for name in _WORD_TABLES}
    tags = {tags: number for number, tags in enumerate({tags for table in held.values() for tags in table.values()})}
    words = dict.fromkeys(word for table in held.values() for word in table)
    words |= dict.fromkeys(tables.spelling)
    numbers = {word: number for number, word in enumerate(words)}
    about = {
        "algorithm": lexicon.algorithm,
        "real_words": tables.real_words,
        "social": tables.social,
        "cues": asdict(tables.cues),
    }
    packed = {"about": pack_json(about), "all": pack_texts(words), "tags": pack_json(list(tags))}
    packed["spelling"] = pack_array("I", map(numbers.__getitem__, tables.spelling))
    for name, table in held.items():
        packed[name] = pack_array("I", map(numbers.__getitem__, table))
        packed[f"{name} tags"] = pack_array("I", map(tags.__getitem__, table.values()))
    for name in _PHRASE_TABLES:
        phrases = getattr(lexicon, name).texts
        packed[name], packed[f"{name} rest"] = pack_texts(phrases), pack_texts(phrases.values())
    return packed


def _language(sections: Sections, code: str) -> LanguageTables:
    about = sections.json(f"{code} about")
    words = sections.texts(f"{code} all")
    tags = [tuple(found) for found in sections.json(f"{code} tags")]

    def numbered(name: str, values: list[Value]) -> Iterable[Value]:
        return map(values.__getitem__, sections.array(f"{code} {name}"))

    def phrases(name: str) -> PhraseTable:
        return PhraseTable(dict(zip(sections.texts(f"{code} {name}"), sections.texts(f"{code} {name} rest"), strict=True)))

    tables = [dict(zip(numbered(name, words), numbered(f"{name} tags", tags), strict=True)) for name in _WORD_TABLES]
    cues = about["cues"]
    return LanguageTables(
        lexicon=Lexicon(code, about["algorithm"], *tables, *map(phrases, _PHRASE_TABLES)),
        spelling=list(numbered("spelling", words)),
        real_words=about["real_words"],
        social=about["social"],
        cues=Cues(
            whole={phrase: Cue(cue) for phrase, cue in cues["whole"].items()},
            opening={phrase: Cue(cue) for phrase, cue in cues["opening"].items()},
            pronouns=cues["pronouns"],
        ),
    )


def _pack_model(model: Model) -> Packed:
    subjects = {name: [_listed(value) for value in getattr(model, name)] for name in _PER_SUBJECT}
    about = {**subjects, "unseen_idf": model.unseen_idf, "topical": sorted(model.topical), "idf": list(model.idf)}
    absent = [model.absent[feature] for feature in model.features]
    packed = {
        "model": pack_json(about),
        "model features": pack_texts(model.features),
        "model lengths": pack_array("d", model.lengths),
        "model idf": pack_array("d", model.idf.values()),
        "model absent": pack_array("d", absent),
    }
    for part in (model.phrasings, model.postings):
        for field in fields(part):
            values = getattr(part, field.name)
            packed[f"{type(part).__name__} {field.name}"] = pack_array(values.typecode, values)
    return packed


def _model(sections: Sections) -> Model:
    about = sections.json("model")
    features = sections.texts("model features")
    own = {feature: feature for feature in features}
    return Model(
        ids=about["ids"],
        kinds=[SubjectKind(kind) for kind in about["kinds"]],
        lengths=list(sections.array("model lengths")),
        cites=[frozenset(cites) for cites in about["cites"]],
        answers=[frozenset(answers) for answers in about["answers"]],
        asked=[frozenset(asked) for asked in about["asked"]],
        measures=about["measures"],
        features=features,
        idf=dict(zip((own[feature] for feature in about["idf"]), sections.array("model idf"), strict=True)),
        unseen_idf=about["unseen_idf"],
        absent=dict(zip(features, sections.array("model absent"), strict=True)),
        topical=frozenset(own[feature] for feature in about["topical"]),
        phrasings=Phrasings(*_arrays(sections, Phrasings)),
        postings=Postings(*_arrays(sections, Postings)),
    )


def _arrays(sections: Sections, part: type[Phrasings | Postings]) -> Iterator["array[Any]"]:
    for field in fields(part):
        yield sections.array(f"{part.__name__} {field.name}")


def _listed(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _catalogue(value: dict[str, Any]) -> Catalogue:
    return Catalogue(
        file=value["file"],
        article=_article(value["article"]),
        language=value["language"],
        titles=value["titles"],
        source=Span(**value["source"]),
        examples=value["examples"],
        speech=tuple(Utterance(Span(**spoken["span"]), spoken["person"]) for spoken in value["speech"]),
        topics={name: _topic(topic) for name, topic in value["topics"].items()},
        gaps={name: GapEntry(**{**gap, "nearest": tuple(gap["nearest"])}) for name, gap in value["gaps"].items()},
        entities={name: EntityEntry(**entity) for name, entity in value["entities"].items()},
    )


def _topic(value: dict[str, Any]) -> TopicEntry:
    tuples = {name: tuple(value[name]) for name in ("answers", "sentences", "follow_ups")}
    return TopicEntry(**{**value, **tuples, "spans": tuple(Span(**span) for span in value["spans"])})


def _article(value: dict[str, Any]) -> Article:
    return Article(value["text"], tuple(_paragraph(paragraph) for paragraph in value["paragraphs"]))


def _paragraph(value: dict[str, Any]) -> Paragraph:
    sentences = tuple(Sentence(s["number"], Span(**s["span"]), s["paragraph"]) for s in value["sentences"])
    return Paragraph(value["number"], Span(**value["span"]), value["heading"], sentences)
