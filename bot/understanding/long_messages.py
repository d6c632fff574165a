"""Messages of several sentences or clauses: what is asked in them."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.follow_up import Cues, content_of, pronouns_in
from bot.understanding.model import SubjectKind
from bot.understanding.reading import Reader, Reading
from bot.understanding.segments import Segment, segments, sentences
from bot.understanding.text import Token, tokenize

_THIN = 2
_FULL = 3
_NEIGHBOUR_WEIGHT = 0.8
_FADING = 0.5
_OPENING_WORDS = 6
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


class _Texts:
    """The parts of one message, each cut into words, analysed and read once."""

    def __init__(self, reader: Reader, analyser: Analyser) -> None:
        self.analyser = analyser
        self.tokens = cache(tokenize)
        self.analysis = cache(lambda text: analyser.analyse(self.tokens(text)))
        self.reading = cache(lambda text: reader.read(self.analysis(text)))


class LongMessages:
    """Reads the parts of a message."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, text: str, analysis: Callable[[], Analysis], analyser: Analyser, cues: Cues) -> list[Reading]:
        """The whole message; or, in a longer one, what its sentences ask, the two best of different topics.

        `analysis` gives that of the whole, which a longer message may do without. Background is looked at only where
        the question needs it, and a very long message is too unlike any that steers the bot to be compared with them.
        """
        parts = segments(text, lambda clause: _opens_question(analyser, clause))
        if not parts:
            whole = self._reader.read(analysis())
            if len(whole.analysis.words) <= _RAMBLING or _is_hostile(whole):
                return [whole]
            return [_likelier(whole, _clearer(whole, self._rambling(whole, tokenize(text), analyser)))]
        texts, length = _Texts(self._reader, analyser), len(text.split())
        if length <= _LONGEST_STEERING and self._may_be_hostile(text, texts):
            whole = self._reader.read(analysis())
            if _is_hostile(whole):
                return [whole]
        readings = _standing(parts, [self._part(part, texts, cues) for part in parts])
        if len(readings) == 1 and (_is_enough(readings[0], length) or _is_lacking(readings[0])):
            return readings
        return _chosen(readings) or [max([*readings, self._reader.read(analysis())], key=attrgetter("likely"))]

    def _may_be_hostile(self, text: str, texts: _Texts) -> bool:
        """Whether a message of some sentences can be an attempt to steer the bot: then nothing in it is answered."""
        features = {
            f: weight for sentence in sentences(text) for f, weight in texts.analysis(sentence).features.items()
        }
        return self._reader.may_be_like(SubjectKind.HOSTILE, features, _HOSTILE_LIKENESS)

    def _part(self, part: Segment, texts: _Texts, cues: Cues) -> Reading:
        """A sentence by itself, its asking clause, or with the sentences before it: the first that is accepted."""
        if part.tail and not part.is_headed:
            tail = texts.reading(part.tail)
            if tail.likely >= _LIKELY and len(content_of(tail.analysis)) > _THIN:
                return tail
        tokens = texts.tokens(part.text)
        alone = texts.reading(part.text)
        tail = self._clause(part, alone, tokens, texts, cues)
        best = _clearer(alone, tail)
        content = len(content_of(tail.analysis))
        leaning = content < _THIN or (content == _THIN and bool(pronouns_in(cues, tokens)))
        if not part.context or content > _FULL or (best.verdict.is_accepted and not leaning):
            return best
        weight = _NEIGHBOUR_WEIGHT
        features = dict(tail.analysis.features)
        for sentence in reversed(part.context):
            for feature, value in texts.analysis(sentence).features.items():
                if feature[0] not in "?!~":
                    features[feature] = max(features.get(feature, 0.0), weight * value)
            weight *= _FADING
        inside = self._reader.read(tail.analysis._replace(features=features))
        return inside if leaning and inside.verdict.is_accepted else _likelier(best, inside)

    def _clause(self, part: Segment, alone: Reading, tokens: list[Token], texts: _Texts, cues: Cues) -> Reading:
        """What the asking clause says, if it can be read without what stands before it; else the sentence.

        A short head belongs to the clause if it says something, and "she" may be a stranger named before.
        """
        if part.tail is None:
            return self._rambling(alone, tokens, texts.analyser)
        read = texts.reading(part.tail)
        clause = read if content_of(read.analysis) else alone
        points = bool(pronouns_in(cues, texts.tokens(part.tail)))
        if part.is_headed:
            said = set(content_of(alone.analysis)).difference(content_of(clause.analysis))
            belongs = alone.verdict.is_accepted or points or len(said) > 1 or any(f[0] in "@#" for f in said)
            return self._rambling(alone, tokens, texts.analyser) if belongs else clause
        return alone if points and alone.verdict.strangers else clause

    def _rambling(self, alone: Reading, tokens: list[Token], analyser: Analyser) -> Reading:
        """What a rambling sentence asks in the end; the sentence where that says nothing."""
        asking = tokens[_last_question(alone.analysis, len(tokens)) :]
        if len(asking) == len(tokens):
            return alone
        reading = self._reader.read(analyser.analyse(asking))
        return reading if content_of(reading.analysis) else alone


def _standing(parts: Sequence[Segment], readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those of a few words that only narrow down a question that is refused: "Tanks?"."""
    narrowing = (number > 0 and len(part.text.split()) <= _FEW_WORDS for number, part in enumerate(parts))
    refused = (False, *(not reading.verdict.is_accepted for reading in readings))
    return [r for r, narrow, before in zip(readings, narrowing, refused, strict=False) if not (narrow and before)]


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


def _opens_question(analyser: Analyser, clause: str) -> bool:
    """Whether a clause starts with a question word, or with a phrase that frames a question."""
    tokens = tokenize(clause)[:_OPENING_WORDS]
    known = [analyser.lexicon.look(token) for token in tokens]
    for start in range(min(2, len(tokens))):
        phrase = analyser.lexicon.phrase(tokens, known, start)
        tags = phrase.tags if phrase else known[start].tags
        if tags is not None and any(tag[0] == "?" for tag in tags):
            return True
        if phrase is not None and not tags:
            return True
        if tags is None or tags:
            return False
    return False
