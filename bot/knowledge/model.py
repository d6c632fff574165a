"""The knowledge file's models; its JSON Schema is generated from them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, StringConstraints

from bot.faults import RuleError
from bot.language.model import SCOPES, ByLanguage, PatternsByLanguage
from bot.yamlmodel import unquoted_colon

_WHOLE_TEXT = "Put the whole text, with its comma, in single quotation marks."


def _check_identifier(value: object) -> object:
    if isinstance(value, str) and not _IDENTIFIER.fullmatch(value):
        remedy = (
            "An id is made of small letters a to z, digits and _, begins with a letter and has 32 at most: flood_2022."
        )
        raise RuleError(f"“{value}” cannot be an id", remedy)
    return value


def _check_by_language(value: object, parted_remedy: str = _WHOLE_TEXT) -> object:
    if isinstance(value, str | list):
        shown = f"“{value}”" if isinstance(value, str) else "a list"
        written = value if isinstance(value, str) else "[...]"
        raise RuleError(f"{shown} stands without its language", f"Name the language before it: {{en: {written}}}")
    empty = (key for key, text in value.items() if text is None) if isinstance(value, dict) else ()
    parted = [key for key in empty if key not in SCOPES]
    if parted:
        problem = f"“{parted[0]}” is read as a key of its own, because of the comma before it"
        raise RuleError(problem, parted_remedy)
    return value


def _check_lists(value: object) -> object:
    return _check_by_language(value, "Put the list in square brackets: {en: [..., ...]}")


_IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,31}$")

Identifier = Annotated[str, StringConstraints(pattern=_IDENTIFIER.pattern), BeforeValidator(_check_identifier)]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Utterances = Annotated[ByLanguage[tuple[Filled, ...]], BeforeValidator(_check_lists)]
Texts = Annotated[ByLanguage[Filled], BeforeValidator(_check_by_language)]
Aliases = Annotated[PatternsByLanguage, BeforeValidator(_check_lists)]


class EntityKind(StrEnum):
    """What a named entity is."""

    PERSON = "person"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"


class AnswerType(StrEnum):
    """The kind of answer a question asks for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    WHY = "why"
    HOW = "how"
    WHAT = "what"
    WHICH = "which"
    WHOSE = "whose"
    YES_NO = "yes_no"


class _Curated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleFile(_Curated):
    """The article that a knowledge file belongs to."""

    file: Filled = Field(description="The article's text file, relative to the knowledge file.")
    sha256: Filled | None = Field(
        None, description="SHA-256 of the article file, in hexadecimal; `citebot check` says which to write."
    )
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = Field("en", description="The article's.")
    title: Texts = Field(description="A short descriptive title, per language.")
    example: Texts = Field(default_factory=dict, description="A question it answers, shown in the help, per language.")
    source: Filled | None = Field(
        None,
        description="The article's own source line, a whole line verbatim, shown under every answer; none: nothing is.",
    )
    furniture: tuple[Filled, ...] = Field(
        (), description="Whole lines of the page that are no part of the article's text: neither quoted nor headings."
    )


class Entity(_Curated):
    """A person, country, organisation, place or group that the article names."""

    id: Identifier
    kind: EntityKind
    name: Filled = Field(description="The short name, shown as the speaker.")
    full_name: Filled | None = Field(None, description="The full name as the article has it.")
    role: Filled | None = Field(None, description="What the article calls the entity, verbatim.")
    aliases: Aliases = Field(description="Words and phrases that mean the entity.")


def _quote_from_text(value: object) -> object:
    if isinstance(value, dict) and value and not value.keys() & Quote.model_fields.keys():
        raise unquoted_colon(value)
    return {"text": value} if isinstance(value, str) else value


class Quote(_Curated):
    """A verbatim sentence or clause; `paragraph` says which one is meant where the text stands more than once."""

    text: Filled
    paragraph: Annotated[int, Field(ge=1)] | None = None
    speaker: Identifier | None = Field(None, description="The person who says it, where none or another is shown.")


QuoteOrText = Annotated[Quote, BeforeValidator(_quote_from_text, json_schema_input_type=Quote | Filled)]


class Topic(_Curated):
    """Something that readers ask and the article answers."""

    id: Identifier
    title: Texts
    command: Identifier | None = Field(None, description="The name of its /command.")
    menu: bool = Field(default=False, description="Shown among the main topics.")
    answers: tuple[AnswerType, ...] = Field((), description="The kinds of answer its quotes give; none: any.")
    quotes: tuple[QuoteOrText, ...] = Field(min_length=1, description="Verbatim, the best first.")
    utterances: Utterances = Field(
        default_factory=dict,
        description="What readers type when they ask it, per language; more may be kept apart, in a file a language.",
    )
    follow_ups: tuple[Identifier, ...] = Field((), description="Topics offered next.")


class Gap(_Curated):
    """Something that readers ask and the article does not say."""

    id: Identifier
    title: Texts
    says: Texts = Field(description="One honest sentence on what the article does not say.")
    utterances: Utterances = Field(default_factory=dict, description="As a topic's.")
    nearest: tuple[Identifier, ...] = Field((), description="Topics shown as nearest.")


class KnowledgeFile(_Curated):
    """Everything curated about one article."""

    article: ArticleFile
    entities: tuple[Entity, ...] = ()
    concepts: dict[Identifier, Aliases] = Field(
        default_factory=dict,
        description="Words of this article that mean the same; an id of the language data adds to it.",
    )
    topics: tuple[Topic, ...] = Field(min_length=1)
    gaps: tuple[Gap, ...] = ()

    @property
    def persons(self) -> Iterator[Entity]:
        """The entities that can speak."""
        return (entity for entity in self.entities if entity.kind is EntityKind.PERSON)

    def subjects(self) -> Iterator[Topic | Gap]:
        """Topics, then gaps: all that a message can be about."""
        return chain(self.topics, self.gaps)


class UtteranceFile(RootModel[dict[str, Annotated[list[Filled], Field(min_length=1)]]]):
    """What readers type in one language, by the id of the topic or gap that they ask for."""
