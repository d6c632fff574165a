"""Messages of several sentences or clauses: what is asked in them."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.follow_up import Cues, content_of, pronouns_in
from bot.understanding.model import SubjectKind
from bot.understanding.reading import Reader, Reading
from bot.understanding.segments import Segment, segments
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


class LongMessages:
    """Reads the parts of a message."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(
        self, text: str, tokens: Sequence[Token], analysis: Callable[[], Analysis], analyser: Analyser, cues: Cues
    ) -> list[Reading]:
        """The whole message; or, in a longer one, what its sentences ask, the two best of different topics.

        `analysis` gives that of the whole, which a longer message may do without.
        """
        parts = segments(text, lambda clause: _opens_question(analyser, clause))
        if not parts:
            whole = self._reader.read(analysis())
            if len(whole.analysis.words) <= _RAMBLING or _is_hostile(whole):
                return [whole]
            return [max([self._read(Segment(text, None, ()), whole, analyser, cues), whole], key=attrgetter("likely"))]
        hostile = self._hostile(analyser.analyse(tokens, spelling=False))
        if hostile is not None:
            return [hostile]
        readings = [self._part(part, analyser, cues) for part in parts]
        hostile = next((reading for reading in readings if _is_hostile(reading)), None)
        if hostile is not None:
            return [hostile]
        accepted: dict[str, Reading] = {}
        for reading in readings:
            if reading.verdict.best is not None and reading.verdict.is_accepted:
                accepted.setdefault(reading.verdict.best.id, reading)
        strongest = sorted(accepted.values(), key=attrgetter("likely"), reverse=True)[:2]
        if strongest and len(parts) > 1:
            return [reading for reading in accepted.values() if reading in strongest]
        return [max([*readings, self._reader.read(analysis())], key=attrgetter("likely"))]

    def _hostile(self, analysis: Analysis) -> Reading | None:
        """The whole of a message that tries to steer the bot: then nothing in it is answered."""
        if not self._reader.may_be_like(SubjectKind.HOSTILE, analysis, _HOSTILE_LIKENESS):
            return None
        whole = self._reader.read(analysis)
        return whole if _is_hostile(whole) else None

    def _part(self, part: Segment, analyser: Analyser, cues: Cues) -> Reading:
        """What a sentence of a message asks."""
        return self._read(part, self._reader.read(analyser.analyse(tokenize(part.text))), analyser, cues)

    def _read(self, part: Segment, alone: Reading, analyser: Analyser, cues: Cues) -> Reading:
        """A sentence by itself, its asking clause, or with the sentences before it: the first that is accepted."""
        tokens = tokenize(part.text)
        pronouns = pronouns_in(cues, tokens)
        tail_tokens = tokenize(part.tail) if part.tail else tokens[_last_question(alone.analysis, len(tokens)) :]
        tail = self._reader.read(analyser.analyse(tail_tokens)) if len(tail_tokens) < len(tokens) else alone
        tail = tail if content_of(tail.analysis) else alone
        best = tail if tail.likely > alone.likely + _CLEARLY or not alone.verdict.is_accepted else alone
        content = len(content_of(tail.analysis))
        leaning = content < _THIN or (content == _THIN and pronouns)
        if not part.context or content > _FULL or (best.verdict.is_accepted and not leaning):
            return best
        weight = _NEIGHBOUR_WEIGHT
        features = dict(tail.analysis.features)
        for sentence in reversed(part.context):
            for feature, value in analyser.analyse(tokenize(sentence)).features.items():
                if feature[0] not in "?!~":
                    features[feature] = max(features.get(feature, 0.0), weight * value)
            weight *= _FADING
        inside = self._reader.read(tail.analysis._replace(features=features))
        return inside if leaning and inside.verdict.is_accepted else max(best, inside, key=attrgetter("likely"))


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
