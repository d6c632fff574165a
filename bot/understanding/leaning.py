"""Reading a message together with the chat's last answer."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bot.understanding.analyse import Analysis
from bot.understanding.cues import Cue
from bot.understanding.decide import FACTUAL
from bot.understanding.follow_up import Remembered, content_of, leans, merge
from bot.understanding.message import Message
from bot.understanding.model import SubjectKind
from bot.understanding.near_by import NearBy
from bot.understanding.openings import opening_cue, without_denied
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reader, Reading
from bot.understanding.references import References, Referred

_CLOSE = 2.0
_FEW = 3
_LONG = 6
_CERTAIN = 0.9
_FAR, _CLEAR = 6.0, 2.0
_ALIKE = 0.8
_LONE_TYPES = frozenset({"who", "when", "where", "how_many", "how_much", "how_long", "how"})
_BONUS = 0.35
_CLEARER = 0.1
_HAPPENING = frozenset({"timing", "host", "date", "immediate"})
_TIMES = frozenset({"timing", "date", "immediate"})
_STANCES = frozenset({"accept", "agreement", "decide", "support", "position", "react"})
"""What a country's position is asked with."""


class _Opened(NamedTuple):
    """A message without its opening cue: read alone, what it is about, the cue, its pronouns."""

    alone: Reading
    own: tuple[str, ...]
    cue: Cue | None
    pronouns: frozenset[str]


class Leaning:
    """Decides whether a message leans on the last answer; `kinds` are what entities are."""

    def __init__(self, reader: Reader, kinds: Mapping[str, str], references: References) -> None:
        self._reader = reader
        self._kinds = kinds
        self._references = references
        self._near_by = NearBy(reader.model)

    def read(self, message: Message, alone: Callable[[], Reading], remembered: Remembered) -> Reading | None:
        """The message read together with what is remembered; none where it stands alone: then `alone` reads it."""
        cues = message.cues
        cue, length = opening_cue(cues, message.keys)
        corrects = cue is Cue.CORRECTION and length < len(message.keys)
        if corrects:
            message = message.only(message.tokens[length:])
        kept = without_denied(message)
        if kept is not None:
            cue, corrects, message = Cue.CORRECTION, True, kept
        referred = self._references.resolve(message, remembered)
        if referred is not None:
            return self._lean_referred(referred, cue or opening_cue(cues, referred.rest.keys)[0], remembered)
        read = self._reader.read(message.analysis) if corrects else alone()
        if corrects and _is_clear(read) and not message.pronouns:
            return read
        found = self._lean(_opened(read, cue, message.pronouns), remembered)
        return read if found is None and corrects and read.verdict.is_accepted else found

    def _lean_referred(self, referred: Referred, cue: Cue | None, remembered: Remembered) -> Reading | None:
        """The message with its reference resolved: alone if it says enough, else over what is remembered."""
        alone = self._named(referred)
        if alone.verdict.is_accepted and len(content_of(alone.analysis)) > 1:
            return alone
        found = self._lean(_opened(alone, cue, referred.rest.pronouns), remembered)
        return found if found is not None or not alone.verdict.is_accepted else alone

    def reason(self, reading: Reading, remembered: Remembered) -> Reading | None:
        """A bare "why?" or "what for?" answered by the topic near by that is often asked it; none where none is."""
        found = self._near_by.asked(reading, "why", remembered)
        return found if found.verdict.is_accepted else None

    def _named(self, referred: Referred) -> Reading:
        """The message as if it named whom it refers to."""
        analysis = referred.rest.analysis
        kept = {feature: value for feature, value in analysis.features.items() if feature not in referred.role}
        return self._reader.read(analysis._replace(features={**kept, f"@{referred.person}": 1.0}))

    def _lean(self, message: _Opened, remembered: Remembered) -> Reading | None:
        """The message over what is remembered; none where it is the better one alone."""
        topical = self._reader.model.topical
        strange = any(f[0] == "#" or (f[0] not in "~@" and f not in topical) for f in message.own)
        leaning = leans(message.alone.analysis, message.cue, message.pronouns)
        if strange or not leaning or _is_whole_question(message) or _is_missing(message):
            return None
        means_person = self._means_person(message, remembered)
        bare = _bare_question(message.alone.analysis)
        merged = self._reader.read(
            merge(message.alone.analysis, remembered, message.pronouns, self._kinds, message.cue)
        )
        if bare is not None and not means_person:
            lacking = _means_them(message, remembered) and _is_lacking(merged)
            return merged if lacking else self._near_by.asked(message.alone, bare, remembered)
        merged = self._near_by.first(merged, remembered)
        if means_person:
            return self._about_person(merged)
        return self._of_named(message, merged, remembered) or self._together(message, merged, remembered)

    def _of_named(self, message: _Opened, merged: Reading, remembered: Remembered) -> Reading | None:
        """What is asked of a country or person in "and Ukraine?", "and Starmer?"; none where the message asks more."""
        spokesman = self._spokesman(message, remembered)
        if spokesman is not None:
            said = self._said_by(message, spokesman)
        elif message.cue in {Cue.AND, Cue.CORRECTION} and self._is_person(message):
            words = "say" in remembered.concepts or remembered.spoken or not merged.verdict.is_accepted
            said = self._said_by(message, message.own[0][1:]) if words else merged
        else:
            return None
        return said if said.verdict.is_accepted else None

    def _together(self, message: _Opened, merged: Reading, remembered: Remembered) -> Reading | None:
        if self._is_unfounded(message, merged, remembered) or self._misses_them(message, merged, remembered):
            return merged
        if self._strays(message, merged, remembered):
            return Reading(merged.analysis, message.alone.verdict._replace(probability=0.0))
        best = merged.verdict.best
        if message.own and best and not self._reader.model.touches(best.number, message.own):
            return None
        better = _is_better(merged, message) or self._is_fragment(message, merged, remembered)
        return merged if merged.verdict.is_accepted and better else None

    def _is_fragment(self, message: _Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether a few words such as "on what condition?" say one thing, of something near rather than far away."""
        far, near = message.alone.verdict.best, merged.verdict.best
        concept = len(message.own) == 1 and message.own[0][0] != "@"
        few = len(message.alone.analysis.words) <= _FEW and not message.pronouns
        if not (concept and few and far and near):
            return False
        return self._near_by.is_near(near, remembered) and not self._near_by.is_near(far, remembered)

    def _misses_them(self, message: _Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether what is found without knowing who "they" are is not of those whom the last question names.

        Or whether the article is known to lack it of them.
        """
        best, named = message.alone.verdict.best, message.alone.analysis.with_prefix("@")
        few = 0 < len(message.own) <= _FEW
        if best is None or not few or not _means_them(message, remembered) or (named and message.cue is not Cue.AND):
            return False
        return _is_lacking(merged) or not (named or self._is_about(best, _names(remembered), remembered))

    def _is_about(self, topic: Candidate, names: Iterable[str], remembered: Remembered) -> bool:
        """Whether what a topic cites holds one of some names, or is near by."""
        cited = self._reader.model.cites[topic.number]
        return self._near_by.is_near(topic, remembered) or self._references.are_named(names, cited)

    def _about_person(self, merged: Reading) -> Reading:
        """First what is about the person at all; nothing where that gives no such fact as is asked for."""
        persons = [f for f in merged.analysis.with_prefix("@") if self._kinds.get(f[1:]) == "person"]
        model = self._reader.model
        ordered = sorted(merged.verdict.topics, key=lambda topic: not model.touches(topic.number, persons))
        given = model.answers[ordered[0].number] if ordered else frozenset[str]()
        asked = merged.analysis.answer_type
        likely = 0.0 if asked in FACTUAL and given and asked not in given else merged.likely
        return Reading(merged.analysis, merged.verdict._replace(topics=tuple(ordered), probability=likely))

    def _is_unfounded(self, message: _Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether the topic found without knowing what "they" or "it" are has nothing to do with them."""
        best = message.alone.verdict.best
        if best is None or not message.pronouns & {"they", "it"} or merged.verdict.is_accepted:
            return False
        if not message.own:
            return "they" in message.pronouns
        reason = message.alone.analysis.answer_type == "why" and not self._near_by.is_near(best, remembered)
        return reason or not self._reader.model.touches(best.number, message.own)

    def _strays(self, message: _Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether one thing more is asked that no topic near by holds, and that the article may well lack."""
        alone, best = message.alone.verdict, merged.verdict.best
        concept = len(message.own) == 1 and message.own[0][0] != "@"
        if message.cue is not Cue.AND or not concept or best is None or self._near_by.is_near(best, remembered):
            return False
        gap = alone.refusal if alone.refusal and alone.refusal.kind is SubjectKind.GAP else None
        return gap is not None and (alone.best is None or alone.best.score < gap.score + _CLOSE)

    def _means_person(self, message: _Opened, remembered: Remembered) -> bool:
        """Whether "he" or "she" can only be somebody that the last answer was about."""
        if not (message.pronouns & {"he", "she"} and remembered.persons):
            return False
        best, persons = message.alone.verdict.best, [f"@{person}" for person in remembered.persons]
        clear = message.alone.verdict.is_accepted and len(message.own) > 1
        named = bool(message.alone.analysis.with_prefix("@"))
        return not named and not (clear and best and self._is_about(best, persons, remembered))

    def _is_person(self, message: _Opened) -> bool:
        return len(message.own) == 1 and self._kinds.get(message.own[0][1:]) == "person"

    def _is_of_words(self, remembered: Remembered) -> bool:
        """Whether the last question was what a person says."""
        persons = any(self._kinds.get(concept[1:]) == "person" for concept in remembered.concepts)
        return persons and ("say" in remembered.concepts or bool(remembered.spoken))

    def _said_by(self, message: _Opened, person: str) -> Reading:
        """What a person says."""
        said = {f"@{person}": 1.0, "say": 1.0, "?what": 1.0}
        return self._reader.read(message.alone.analysis._replace(features=said))

    def _spokesman(self, message: _Opened, remembered: Remembered) -> str | None:
        """Who alone speaks for the country in "and Ukraine?" after a question of who agrees, or of somebody's words."""
        countries = [f for f in message.own if self._kinds.get(f[1:]) == "country"]
        others = set(message.own).difference(countries)
        asked = _STANCES.intersection((*others, *remembered.concepts)) and message.cue is Cue.AND
        spoken = not others and self._is_of_words(remembered) and message.cue in {Cue.AND, Cue.CORRECTION}
        if not (asked or spoken) or len(countries) != 1 or not others <= _STANCES:
            return None
        return self._references.only_one_of(countries[0])


def _opened(alone: Reading, cue: Cue | None, pronouns: frozenset[str]) -> _Opened:
    """A name alone counts as "and" with it; "that" points at nothing where a message is complete."""
    own = content_of(alone.analysis)
    named = len(own) == 1 and own[0][0] == "@" and not alone.analysis.answer_type
    if cue is Cue.NOT or (cue is None and named):
        cue = Cue.AND
    pointing = frozenset({"that"}) if own and alone.verdict.is_accepted else frozenset[str]()
    return _Opened(alone, own, cue, pronouns - pointing)


def _names(remembered: Remembered) -> list[str]:
    """Whom the last question names."""
    return [concept for concept in remembered.concepts if concept[0] == "@"]


def _means_them(message: _Opened, remembered: Remembered) -> bool:
    """Whether "they" may be whom the last question names."""
    return "they" in message.pronouns and bool(_names(remembered))


def _is_whole_question(message: _Opened) -> bool:
    """Whether "and ..." only joins on a question that is long and clear enough without the last answer."""
    alone = message.alone
    long = sum(len(word.text.split()) for word in alone.analysis.words) >= _LONG
    return long and alone.likely >= _CERTAIN and message.cue is Cue.AND and not message.pronouns


def _is_lacking(reading: Reading) -> bool:
    """Whether a message asks what the article is known to lack."""
    best, refusal = reading.verdict.best, reading.verdict.refusal
    if refusal is None or refusal.kind is not SubjectKind.GAP or reading.verdict.is_accepted:
        return False
    return best is None or refusal.score > best.score


def _is_missing(message: _Opened) -> bool:
    """Whether a thing that a message names without pointing back is clearly what the article lacks.

    Sooner for "which drones?": of what the last answer names, the article may not say which.
    """
    refusal, best = message.alone.verdict.refusal, message.alone.verdict.best
    if refusal is None or refusal.kind is not SubjectKind.GAP or message.pronouns:
        return False
    chooses = message.alone.analysis.answer_type == "which" and refusal.likeness >= _ALIKE
    far = refusal.score > (_CLEAR if chooses else _FAR) + (best.score if best else 0.0)
    return far and bool(message.own) and all(feature[0] != "@" for feature in message.own)


def _is_clear(alone: Reading) -> bool:
    """Whether what is meant, as in "no, I meant the sanctions", is a thing, and clear without the last answer."""
    own = content_of(alone.analysis)
    return bool(own) and alone.likely >= _CERTAIN and all(feature[0] != "@" for feature in own)


def _bare_question(analysis: Analysis) -> str | None:
    """What a message asks that is a question word alone, or asks when "it" happens or starts."""
    own, asked = set(content_of(analysis)), analysis.answer_type
    short = len(analysis.words) <= _FEW
    if asked in {"when", "how_many"} and not own and len(analysis.words) <= _LONG:
        return asked
    if own and own <= _HAPPENING and (asked == "when" or (asked is None and short and bool(own & _TIMES))):
        return "when"
    return asked if asked in _LONE_TYPES and not own and short else None


def _is_better(merged: Reading, message: _Opened) -> bool:
    """Whether the reading with the last answer beats the message alone."""
    complete = message.alone.verdict.is_accepted and message.own and message.cue is None and not message.pronouns
    elliptic = message.cue is not None and len(message.own) == 1
    says_enough = message.alone.verdict.is_accepted and len(message.own) >= _FEW
    needed = message.alone.likely - _BONUS * elliptic + _CLEARER * says_enough
    return not complete and merged.likely > needed
