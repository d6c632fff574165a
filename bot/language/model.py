"""The models of the language data files under `bot/language/data/`."""

import re
from typing import Annotated, TypeVar

import Stemmer
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.faults import RuleError, did_you_mean
from bot.language.codes import CYRILLIC, LANGUAGES

ValueT = TypeVar("ValueT")


def _among(known: tuple[str, ...]) -> BeforeValidator:
    """A check of keys: one that is none of the known names is told the nearest."""

    def check(value: object) -> object:
        if isinstance(value, str) and value not in known:
            raise RuleError(f"“{value}” is no language that the bot knows", did_you_mean(value, list(known)))
        return value

    return BeforeValidator(check)


SCOPES = ("any", "cyrillic", *LANGUAGES)
"""Where patterns may hold: in all languages, in those written in Cyrillic, in one."""
LanguageCode = Annotated[str, StringConstraints(pattern=f"^({'|'.join(LANGUAGES)})$"), _among(LANGUAGES)]
ByLanguage = dict[LanguageCode, ValueT]

_BAD_STAR = re.compile(r"\*(?! |$)|^\*")


def _check_pattern(pattern: str) -> str:
    if _BAD_STAR.search(pattern):
        problem = f"“{pattern}” has its star in the wrong place"
        raise RuleError(problem, "A star stands at the end of a word, or for a whole word after another.")
    return pattern


def _listed(value: object) -> object:
    return [] if value is None else value


def _check_stemmer(algorithm: str | None) -> str | None:
    if algorithm is not None and algorithm not in Stemmer.algorithms():
        raise ValueError(f"no Snowball algorithm has this name; there are {', '.join(Stemmer.algorithms())}")
    return algorithm


Pattern = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_check_pattern)
]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_listed)]
Scope = Annotated[str, StringConstraints(pattern=f"^({'|'.join(SCOPES)})$"), _among(SCOPES)]
PatternsByLanguage = dict[Scope, Patterns]


def patterns_for(patterns: PatternsByLanguage, language: str) -> tuple[str, ...]:
    """The patterns that hold in a language: its own, `any` (Latin script, and as typed in others), `cyrillic`."""
    own = patterns.get(language, ())
    shared = patterns.get("any", ())
    cyrillic = patterns.get("cyrillic", ()) if language in CYRILLIC else ()
    return tuple(dict.fromkeys((*own, *shared, *cyrillic)))


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FollowUpCues(_Data):
    """Phrases that show that a message leans on the last answer."""

    more: Patterns = ()
    who_said: Patterns = ()
    source: Patterns = ()
    why: Patterns = ()
    and_: Patterns = Field((), alias="and")
    correction: Patterns = ()
    elaborate: Patterns = ()
    contrast: Patterns = ()
    check: Patterns = ()
    names: Patterns = ()
    exact_words: Patterns = ()
    back_to: Patterns = ()
    aside: Patterns = ()
    telling: Patterns = ()
    furthering: Patterns = ()
    fillers: Patterns = ()
    not_: Patterns = Field((), alias="not")


class Words(_Data):
    """`words.yaml`: the words of a language that steer understanding."""

    language: LanguageCode
    name: str
    stemmer: Annotated[str | None, AfterValidator(_check_stemmer)] = None
    function: Patterns
    frames: Patterns = ()
    answer_types: dict[str, Patterns]
    you: Patterns = ()
    everything: Patterns = ()
    exact_words: Patterns = ()
    joining: Patterns = ()
    follow_up: FollowUpCues = FollowUpCues()
    references: dict[str, Patterns] = Field(default_factory=dict)
    pronouns: dict[str, Patterns] = Field(default_factory=dict)
    speech_verbs: Patterns = ()
    abbreviations: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    not_spelling_errors: Patterns = ()
    transliteration: dict[str, str] = Field(default_factory=dict)


class Concepts(_Data):
    """`concepts.yaml`: words that mean the same, under ids shared by all languages."""

    concepts: dict[str, Patterns]


class Requests(_Data):
    """`requests.yaml`: messages that no article answers, by what they are."""

    social: dict[str, tuple[str, ...]]
    off_topic: tuple[str, ...] = ()
    hostile: tuple[str, ...] = ()


class Name(_Data):
    """One name that readers of world news ask about, with its patterns per language."""

    name: str
    patterns: PatternsByLanguage


class Strings(_Data):
    """`strings.yaml`: the interface's own texts, with {placeholders}."""

    strings: dict[str, str]
