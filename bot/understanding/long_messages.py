"""Messages of several sentences or clauses: what is asked in them."""

from collections.abc import Sequence
from operator import attrgetter

from bot.understanding.analyse import UNKNOWN, Analysis
from bot.understanding.follow_up import content_of
from bot.understanding.joined import joined_questions
from bot.understanding.message import Message
from bot.understanding.model import SubjectKind
from bot.understanding.openings import opens_question
from bot.understanding.reading import Reader, Reading
from bot.understanding.segments import Segment, segments, sentences
from bot.understanding.text import tokenize

_THIN = 2
_FULL = 3
_NEIGHBOUR_WEIGHT = 0.8
_FADING = 0.5
_CLEARLY = 0.25
_HOSTILE_LIKENESS = 0.75
_RAMBLING = 14
_FEWEST_ASKING = 4
_LIKELY = 0.75
_FAR_AHEAD = 3.0
_BRIEF = 20
_STORY = 36
_FEW_WORDS = 3
_LONGEST_STEERING = 40


class _Parts:
    """The parts of one message, each read once."""

    def __init__(self, message: Message, reader: Reader) -> None:
        self.message = message
        self._reader = reader
        self._read: dict[str, Reading] = {}

    def reading(self, text: str) -> Reading:
        """What a part says."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._reader.read(self.message.part(text).analysis)
        return found


class LongMessages:
    """Reads the parts of a message."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, message: Message) -> list[Reading]:
        """The whole message; or, in a longer one, what its sentences ask, the two best of different topics.

        Background is looked at only where the question needs it, and a very long message is too unlike any that steers
        the bot to be compared with them.
        """
        found = segments(message.text, lambda clause: opens_question(message.analyser, tokenize(clause)))
        if not found:
            return self._sentence(message)
        parts, length = _Parts(message, self._reader), len(message.text.split())
        if length <= _LONGEST_STEERING and self._may_be_hostile(message):
            whole = parts.reading(message.text)
            if _is_hostile(whole):
                return [whole]
        standing = _standing(found, [self._part(segment, parts) for segment in found])
        readings = [each for text, one in standing for each in self._joined(message.part(text), one) or [one]]
        if len(readings) == 1 and (_is_enough(readings[0], length) or _is_lacking(readings[0])):
            return readings
        return _chosen(readings) or [max([*readings, parts.reading(message.text)], key=attrgetter("likely"))]

    def _sentence(self, message: Message) -> list[Reading]:
        """A message of one sentence without clauses."""
        whole = self._reader.read(message.analysis)
        if _is_hostile(whole):
            return [whole]
        rambles = len(whole.analysis.words) > _RAMBLING
        return self._joined(message, whole) or [
            _likelier(whole, _clearer(whole, self._rambling(whole, message))) if rambles else whole
        ]

    def _joined(self, message: Message, whole: Reading) -> list[Reading]:
        """The two questions that a sentence joins, if both are understood and they are about different topics.

        Of a sentence that is not understood as a whole, the one that is well understood. What stands before an "and"
        may be no question: it must be well understood.
        """
        asked = [self._reader.read(analysis) for analysis in joined_questions(message)]
        likely = [one for one in asked if one.likely >= _LIKELY]
        best = {one.verdict.best.id for one in asked if one.verdict.best and one.verdict.is_accepted}
        if len(best) > 1 and asked[0] in likely:
            return asked
        return likely[:1] if not whole.verdict.is_accepted else []

    def _may_be_hostile(self, message: Message) -> bool:
        """Whether a message of some sentences can be an attempt to steer the bot: then nothing in it is answered."""
        features: dict[str, float] = {}
        for sentence in sentences(message.text):
            features |= message.part(sentence).analysis.features
        return self._reader.may_be_like(SubjectKind.HOSTILE, features, _HOSTILE_LIKENESS)

    def _part(self, part: Segment, parts: _Parts) -> Reading:
        """A sentence by itself, its asking clause, or with the sentences before it: the first that is accepted."""
        if part.tail and not part.is_headed:
            tail = parts.reading(part.tail)
            if tail.likely >= _LIKELY and len(content_of(tail.analysis)) > _THIN:
                return tail
        alone = parts.reading(part.text)
        tail = self._clause(part, alone, parts)
        best = _clearer(alone, tail)
        content = len(content_of(tail.analysis))
        leaning = content < _THIN or (content == _THIN and bool(parts.message.part(part.text).pronouns))
        if not part.context or content > _FULL or (best.verdict.is_accepted and not leaning):
            return best
        weight = _NEIGHBOUR_WEIGHT
        features = dict(tail.analysis.features)
        for sentence in reversed(part.context):
            for feature, value in parts.message.part(sentence).analysis.features.items():
                if feature[0] not in "?!~":
                    features[feature] = max(features.get(feature, 0.0), weight * value)
            weight *= _FADING
        inside = self._reader.read(tail.analysis._replace(features=features))
        return inside if leaning and inside.verdict.is_accepted else _likelier(best, inside)

    def _clause(self, part: Segment, alone: Reading, parts: _Parts) -> Reading:
        """What the asking clause says, if it can be read without what stands before it; else the sentence.

        A short head belongs to the clause if it says something, and "she" may be a stranger named before.
        """
        sentence = parts.message.part(part.text)
        if part.tail is None:
            return self._rambling(alone, sentence)
        read = parts.reading(part.tail)
        clause = read if any(feature[0] != UNKNOWN for feature in content_of(read.analysis)) else alone
        points = bool(parts.message.part(part.tail).pronouns)
        if part.is_headed:
            said = set(content_of(alone.analysis)).difference(content_of(clause.analysis))
            belongs = alone.verdict.is_accepted or points or len(said) > 1 or any(f[0] in "@#" for f in said)
            return self._rambling(alone, sentence) if belongs else clause
        return alone if points and alone.verdict.strangers else clause

    def _rambling(self, alone: Reading, sentence: Message) -> Reading:
        """What a rambling sentence asks in the end; the sentence where that says nothing."""
        asked = _last_question(alone.analysis, len(sentence.tokens))
        if not asked:
            return alone
        reading = self._reader.read(sentence.only(sentence.tokens[asked:]).analysis)
        return reading if content_of(reading.analysis) else alone


def _standing(parts: Sequence[Segment], readings: Sequence[Reading]) -> list[tuple[str, Reading]]:
    """The sentences and their readings, without those of a few words that narrow a refused question down: "Tanks?"."""
    narrowing = (number > 0 and len(part.text.split()) <= _FEW_WORDS for number, part in enumerate(parts))
    refused = (False, *(not reading.verdict.is_accepted for reading in readings))
    each = zip(parts, readings, narrowing, refused, strict=False)
    return [(part.text, reading) for part, reading, narrow, before in each if not (narrow and before)]


def _chosen(readings: Sequence[Reading]) -> list[Reading]:
    """Of several sentences' readings the hostile one, or the two best of different topics, in order; else none."""
    hostile = next((reading for reading in readings if _is_hostile(reading)), None)
    if hostile is not None:
        return [hostile]
    accepted: dict[str, Reading] = {}
    for reading in readings:
        if reading.verdict.best is not None and reading.verdict.is_accepted:
            accepted.setdefault(reading.verdict.best.id, reading)
    strongest = sorted(accepted.values(), key=attrgetter("likely"), reverse=True)[:2]
    return [reading for reading in accepted.values() if reading in strongest] if len(readings) > 1 else []


def _is_enough(reading: Reading, length: int) -> bool:
    """Whether what the question in a message of so many words says needs no more of it: of a story, background only."""
    clear = reading.likely >= _LIKELY and length > _BRIEF
    return clear or (length > _STORY and len(content_of(reading.analysis)) >= _THIN)


def _is_lacking(reading: Reading) -> bool:
    """Whether the question is clearly one that the article does not answer, whatever stands around it."""
    best, refusal = reading.verdict.best, reading.verdict.refusal
    if refusal is None or refusal.kind is not SubjectKind.GAP or reading.verdict.is_accepted:
        return False
    return refusal.likeness >= _LIKELY and (best is None or refusal.score > best.score + _FAR_AHEAD)


def _clearer(sentence: Reading, tail: Reading) -> Reading:
    """The asking clause where it says clearly more, or the sentence says nothing."""
    return tail if tail.likely > sentence.likely + _CLEARLY or not sentence.verdict.is_accepted else sentence


def _likelier(one: Reading, other: Reading) -> Reading:
    return max(one, other, key=attrgetter("likely"))


def _is_hostile(reading: Reading) -> bool:
    """Whether a message or a part of one is an attempt to steer the bot."""
    refusal = reading.verdict.refusal
    hostile = refusal is not None and refusal.kind is SubjectKind.HOSTILE and refusal.likeness >= _HOSTILE_LIKENESS
    return hostile and not reading.verdict.is_accepted


def _last_question(analysis: Analysis, tokens: int) -> int:
    """Where, in a rambling sentence, the last question word stands that something follows; its start in a short one."""
    if len(analysis.words) <= _RAMBLING:
        return 0
    position, found = 0, 0
    for word in analysis.words:
        if word.tags and any(tag[0] == "?" for tag in word.tags) and tokens - position >= _FEWEST_ASKING:
            found = position
        position += len(word.text.split())
    return found
