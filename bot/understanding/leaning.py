"""Reading a message together with the chat's last answer."""

from collections.abc import Callable, Iterable, Mapping

from bot.understanding.cues import Cue
from bot.understanding.decide import FACTUAL
from bot.understanding.follow_up import Remembered, content_of, leans, merge
from bot.understanding.message import Message
from bot.understanding.model import SubjectKind
from bot.understanding.near_by import NearBy
from bot.understanding.opened import Opened, is_clear
from bot.understanding.openings import opening_cue, without_denied
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reader, Reading
from bot.understanding.references import References, Referred

_CLOSE = 2.0
_FEW = 3
_STANCES = frozenset({"accept", "agreement", "decide", "support", "position", "react"})
"""What a country's position is asked with."""


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
        if corrects and is_clear(read) and not message.pronouns:
            return read
        found = self._lean(Opened.of(read, cue, message.pronouns), remembered)
        return read if found is None and corrects and read.verdict.is_accepted else found

    def _lean_referred(self, referred: Referred, cue: Cue | None, remembered: Remembered) -> Reading | None:
        """The message with its reference resolved: alone if it says enough, else over what is remembered."""
        alone = self._named(referred)
        if alone.verdict.is_accepted and len(content_of(alone.analysis)) > 1:
            return alone
        found = self._lean(Opened.of(alone, cue, referred.rest.pronouns), remembered)
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

    def _lean(self, message: Opened, remembered: Remembered) -> Reading | None:
        """The message over what is remembered; none where it is the better one alone."""
        topical = self._reader.model.topical
        strange = any(f[0] == "#" or (f[0] not in "~@" and f not in topical) for f in message.own)
        leaning = leans(message.alone.analysis, message.cue, message.pronouns)
        if strange or not leaning or message.is_whole_question() or message.is_missing():
            return None
        means_person, bare = self._means_person(message, remembered), message.bare_question()
        if bare is not None and not means_person:
            return self._asked(bare, message, remembered)
        merged = self._near_by.first(self._merged(message, remembered), remembered)
        if means_person:
            return self._about_person(merged)
        return self._of_named(message, merged, remembered) or self._together(message, merged, remembered)

    def _merged(self, message: Opened, remembered: Remembered) -> Reading:
        analysis = merge(message.alone.analysis, remembered, message.pronouns, self._kinds, message.cue)
        return self._reader.read(analysis)

    def _asked(self, bare: str, message: Opened, remembered: Remembered) -> Reading:
        """A bare question answered near by; of them whom the last question names, by what is known to lack of them."""
        merged = self._merged(message, remembered) if message.means_them(remembered) else None
        if merged is not None and _is_lacking(merged):
            return merged
        return self._near_by.asked(message.alone, bare, remembered)

    def _of_named(self, message: Opened, merged: Reading, remembered: Remembered) -> Reading | None:
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

    def _together(self, message: Opened, merged: Reading, remembered: Remembered) -> Reading | None:
        """The reading with the last answer, or a refusal, where that is nearer to what is meant; none elsewhere."""
        best = merged.verdict.best
        if self._is_unfounded(message, merged, remembered):
            return merged
        if self._misses_them(message, merged, remembered):
            about = best is not None and self._is_about(best, remembered.names, remembered)
            return merged if about else Reading(merged.analysis, merged.verdict._replace(probability=0.0))
        if self._strays(message, merged, remembered):
            return Reading(merged.analysis, message.alone.verdict._replace(probability=0.0))
        if message.own and best and not self._reader.model.touches(best.number, message.own):
            return None
        better = message.is_bettered_by(merged) or self._is_nearer(message, merged, remembered)
        return merged if merged.verdict.is_accepted and better else None

    def _is_nearer(self, message: Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether a fragment is about something near rather than what it finds alone, far away."""
        far, near = message.alone.verdict.best, merged.verdict.best
        if far is None or near is None or not message.is_fragment():
            return False
        return self._near_by.is_near(near, remembered) and not self._near_by.is_near(far, remembered)

    def _misses_them(self, message: Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether what is found without knowing who "they" are is not of those whom the last question names.

        Or whether the article is known to lack it of them.
        """
        best = message.alone.verdict.best
        says_little = 0 < len(message.own) <= _FEW and (message.cue is Cue.AND or not message.named)
        if best is None or not says_little or not message.means_them(remembered):
            return False
        return _is_lacking(merged) or not (message.named or self._is_about(best, remembered.names, remembered))

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

    def _is_unfounded(self, message: Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether the topic found without knowing what "they" or "it" are has nothing to do with them."""
        best = message.alone.verdict.best
        if best is None or not message.pronouns & {"they", "it"} or merged.verdict.is_accepted:
            return False
        if not message.own:
            return "they" in message.pronouns
        reason = message.alone.analysis.answer_type == "why" and not self._near_by.is_near(best, remembered)
        return reason or not self._reader.model.touches(best.number, message.own)

    def _strays(self, message: Opened, merged: Reading, remembered: Remembered) -> bool:
        """Whether one thing more is asked that no topic near by holds, and that the article may well lack."""
        alone, best = message.alone.verdict, merged.verdict.best
        concept = len(message.own) == 1 and message.own[0][0] != "@"
        if message.cue is not Cue.AND or not concept or best is None or self._near_by.is_near(best, remembered):
            return False
        gap = alone.refusal if alone.refusal and alone.refusal.kind is SubjectKind.GAP else None
        return gap is not None and (alone.best is None or alone.best.score < gap.score + _CLOSE)

    def _means_person(self, message: Opened, remembered: Remembered) -> bool:
        """Whether "he" or "she" can only be somebody that the last answer was about."""
        if not (message.pronouns & {"he", "she"} and remembered.persons):
            return False
        best, persons = message.alone.verdict.best, [f"@{person}" for person in remembered.persons]
        clear = message.alone.verdict.is_accepted and len(message.own) > 1
        return not message.named and not (clear and best and self._is_about(best, persons, remembered))

    def _is_person(self, message: Opened) -> bool:
        return len(message.own) == 1 and self._kinds.get(message.own[0][1:]) == "person"

    def _is_of_words(self, remembered: Remembered) -> bool:
        """Whether the last question was what a person says."""
        persons = any(self._kinds.get(concept[1:]) == "person" for concept in remembered.concepts)
        return persons and ("say" in remembered.concepts or bool(remembered.spoken))

    def _said_by(self, message: Opened, person: str) -> Reading:
        """What a person says."""
        said = {f"@{person}": 1.0, "say": 1.0, "?what": 1.0}
        return self._reader.read(message.alone.analysis._replace(features=said))

    def _spokesman(self, message: Opened, remembered: Remembered) -> str | None:
        """Who alone speaks for the country in "and Ukraine?" after a question of who agrees, or of somebody's words."""
        countries = [f for f in message.own if self._kinds.get(f[1:]) == "country"]
        others = set(message.own).difference(countries)
        asked = _STANCES.intersection((*others, *remembered.concepts)) and message.cue is Cue.AND
        spoken = not others and self._is_of_words(remembered) and message.cue in {Cue.AND, Cue.CORRECTION}
        if not (asked or spoken) or len(countries) != 1 or not others <= _STANCES:
            return None
        return self._references.only_one_of(countries[0])


def _is_lacking(reading: Reading) -> bool:
    """Whether a refused message asks what the article is known to lack."""
    return reading.verdict.gap_leads and not reading.verdict.is_accepted
