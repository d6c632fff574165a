"""Messages that lean on the chat's last answer."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.understanding.analyse import UNKNOWN, Analysis
from bot.understanding.cues import Cue, Cues
from bot.understanding.lexicon import EXACT_WORDS

_FEW_FEATURES = 3
_LONGEST_MORE = 8
_HEARERS = frozenset({"author"})
_PAIR = 2
_REMEMBERED_WEIGHT = 0.6
ABOUT_WORDS = frozenset({"say", "quote", "source", "position"})
"""Concepts of saying."""


_WITH_MORE = ABOUT_WORDS | {"detail", "else_other"}


def leans(analysis: Analysis, cue: Cue | None, pronouns: frozenset[str]) -> bool:
    """Whether a message may need the last answer to be understood."""
    few = len(content_of(analysis)) < _PAIR or len(analysis.words) <= _FEW_FEATURES
    return cue is not None or bool(pronouns) or (few and len(content_of(analysis)) < _FEW_FEATURES)


def content_of(analysis: Analysis) -> tuple[str, ...]:
    """The features that say what a message is about."""
    return tuple([feature for feature in analysis.features if feature[0] not in "?!"])


def implied_cue(analysis: Analysis, pronouns: frozenset[str], cues: Cues) -> Cue | None:
    """The cue of a message of nothing but words about words: who says it, or exactly how, or why not."""
    if analysis.answer_type == "why" and not content_of(analysis) and len(analysis.words) <= _FEW_FEATURES:
        return Cue.WHY_NOT
    if pronouns & {"he", "she"}:
        return None
    pointed = bool(pronouns & {"that", "it", "they"}) or "say" in analysis.features or EXACT_WORDS in analysis.cues
    tells, others = _words_about_words(analysis, cues, named=bool(pronouns))
    if analysis.answer_type in {"who", "whose", "which"} and not others and tells and pointed:
        return Cue.WHO_SAID
    content = {feature for feature in content_of(analysis) if feature[0] != UNKNOWN}
    unknown = len(content_of(analysis)) - len(content)
    if not content <= ABOUT_WORDS or 2 * unknown > len(analysis.words):
        return None
    if analysis.answer_type in {"where", "which"} and "source" in analysis.features:
        return Cue.WHO_SAID
    return Cue.EXACT_WORDS if EXACT_WORDS in analysis.cues or "quote" in analysis.features else None


def wants_more(analysis: Analysis, pronouns: frozenset[str], cues: Cues) -> bool:
    """Whether a message holds a word for what is not yet said, and else nothing but words of saying."""
    asks = analysis.answer_type not in {None, "what"}
    if asks or pronouns & {"he", "she", "they"} or len(analysis.words) > _LONGEST_MORE:
        return False
    furthers = False
    for word in analysis.words:
        keys = word.key.split(" ")
        if any(cues.opening.get(key) is Cue.NOT for key in keys):
            return False
        if not cues.furthering.isdisjoint(keys):
            furthers = True
        elif cues.fillers.issuperset(keys):
            continue
        elif word.tags is None or not _WITH_MORE.issuperset(tag for tag in word.tags if tag[0] != "?"):
            return False
    return furthers


def _words_about_words(analysis: Analysis, cues: Cues, *, named: bool) -> tuple[bool, bool]:
    """Whether some words of a message are about saying, and whether some are about anything else.

    Where something is `named` by a pronoun, names and the press only say to whom it was told.
    """
    tells = others = False
    for word in analysis.words:
        if word.tags and any(tag[0] == "?" for tag in word.tags):
            continue
        aside = "?!@" if named else "?!"
        content = [UNKNOWN]
        if word.tags is not None:
            content = [tag for tag in word.tags if tag[0] not in aside and not (named and tag in _HEARERS)]
        telling = not cues.telling.isdisjoint(word.key.split(" "))
        if telling or EXACT_WORDS in (word.tags or ()) or (content and {*content} <= ABOUT_WORDS):
            tells = True
        elif content:
            others = True
    return tells or analysis.answer_type == "whose", others


class Remembered(NamedTuple):
    """What the last message and its answer were about.

    `concepts` are the message's features, `persons` those that "he" or "they" may mean, `topic` and `sentences` what
    was answered, `spoken` all that is said by whose words alone were cited, `neighbours` the sentences of the
    paragraphs cited, `follow_ups` the topics that it leads on to, `speakers` who speaks in the sentences, `others`
    whom the answers so far name besides.
    """

    concepts: tuple[str, ...]
    persons: tuple[str, ...]
    topic: str = ""
    sentences: frozenset[int] = frozenset()
    follow_ups: tuple[str, ...] = ()
    spoken: frozenset[int] = frozenset()
    neighbours: frozenset[int] = frozenset()
    speakers: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Whom and what of the article the last message named."""
        return [concept for concept in self.concepts if concept[0] == "@"]


def merge(
    analysis: Analysis, remembered: Remembered, pronouns: frozenset[str], kinds: Mapping[str, str], cue: Cue | None
) -> Analysis:
    """The message's features over those remembered.

    A name takes the place of remembered names of its kind, an answer type that of the remembered one; a personal
    pronoun keeps the remembered person only.
    """
    own = analysis.features
    kinds_named = {kinds.get(feature[1:], "") for feature in own if feature[0] in "@#"}
    names_person = any(kinds.get(feature[1:]) == "person" for feature in own)
    person_meant = bool(pronouns & {"he", "she"}) and not names_person and bool(remembered.persons)
    kept: dict[str, float] = {}
    for feature in remembered.concepts:
        if feature in own or feature[0] in "~!" or (feature[0] == "?" and analysis.answer_type is not None):
            continue
        if feature[0] == "@" and (kinds.get(feature[1:], "") in kinds_named or (cue is Cue.CORRECTION and kinds_named)):
            continue
        if not person_meant:
            kept[feature] = _REMEMBERED_WEIGHT
    if person_meant:
        kept[f"@{remembered.persons[-1]}"] = 1.0
    return analysis._replace(features={**kept, **own})
