"""What a message asks, with what came before it in the chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.decide import Verdict, decide
from bot.understanding.detect import Detector
from bot.understanding.follow_up import (
    Cue,
    Cues,
    Remembered,
    content_of,
    implied_cue,
    leans,
    merge,
    opening_cue,
    pronouns_in,
    whole_cue,
)
from bot.understanding.lexicon import Lexicon
from bot.understanding.quoted import Quotations
from bot.understanding.rank import rank
from bot.understanding.segments import Segment, segments
from bot.understanding.social import SocialMessages
from bot.understanding.spelling import Speller
from bot.understanding.tables import Understanding
from bot.understanding.text import Token, clean, strip_junk, tokenize

_QUOTED = 0.75
_THIN = 3
_NEIGHBOUR_WEIGHT = 0.8
_FADING = 0.5
_BONUS = 0.25
_CLOSE = 4.0
_OPENING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a message, or a part of it: what it says and what follows."""

    analysis: Analysis
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a message asks: the readings to answer, best first, in the message's order where there are two.

    `cue` is set where the message is about the last answer as a whole. `leaned`: the last answer was needed.
    `social` is the kind of a message that asks nothing about the article.
    """

    language: str
    readings: tuple[Reading, ...]
    cue: Cue | None = None
    leaned: bool = False
    social: str | None = None
    tokens: tuple[Token, ...] = field(default=(), repr=False)

    @property
    def reading(self) -> Reading:
        """The reading that counts."""
        return self.readings[0]


def _strangers(lexicon: Lexicon) -> frozenset[str]:
    """The words that only name what the article may not know."""
    tables = (lexicon.words, lexicon.prefixes)
    return frozenset(word for table in tables for word, tags in table.items() if tags and tags[0][0] == "#")


class Interpreter:
    """Understands messages in every language of its tables."""

    def __init__(
        self,
        tables: Understanding,
        cues: Mapping[str, Cues],
        entity_kinds: Mapping[str, str],
        sentences: Sequence[str],
        home: str,
    ) -> None:
        self._model = tables.model
        self._quotations = Quotations(sentences)
        self._social = SocialMessages(tables.social)
        self._cues = cues
        self._kinds = entity_kinds
        self._detector = Detector(tables.lexicons)
        english = tables.lexicons["en"]
        self._analysers = {
            code: Analyser(
                lexicon,
                Speller(tables.spelling[code], lexicon.prefixes, tables.real_words[code], _strangers(lexicon)),
                english if code != "en" else None,
            )
            for code, lexicon in tables.lexicons.items()
        }
        analyser = self._analysers.get(home) or self._analysers["en"]
        self.sentence_features = [analyser.analyse(tokenize(text), spelling=False).features for text in sentences]

    def interpret(self, message: str, remembered: Remembered | None, preferred: str | None) -> Interpretation:
        """Read a message. Raises nothing."""
        text = strip_junk(clean(message))
        tokens = tokenize(text)
        language = self._detector.detect(text, tokens, preferred)
        analyser, cues = self._analysers[language], self._cues[language]
        whole = self._read(analyser.analyse(tokens))
        cue = whole_cue(cues, tokens) if remembered else None
        if remembered and cue is None:
            cue = implied_cue(whole.analysis, pronouns_in(cues, tokens))
        if cue is not None and remembered:
            asks_why = cue in {Cue.WHY, Cue.WHY_NOT}
            reading = (
                self._read(merge(whole.analysis, remembered, frozenset(), self._kinds, cue)) if asks_why else whole
            )
            return Interpretation(language, (reading,), cue, leaned=True, tokens=tuple(tokens))
        social = self._social.kind(tokens, text, language)
        quoted = self._quotations.find(text, tokens) if social is None else frozenset[int]()
        readings = [self._quoting(whole, quoted)] if quoted else self._best_readings(text, whole, analyser)
        leaned = self._leaning(tokens, readings[0], remembered, cues) if remembered and social is None else None
        chosen = (leaned,) if leaned else tuple(readings)
        return Interpretation(language, chosen, cue, leaned is not None, social, tuple(tokens))

    def _read(self, analysis: Analysis) -> Reading:
        return Reading(analysis, decide(self._model, analysis, rank(self._model, analysis.features)))

    def _quoting(self, reading: Reading, quoted: frozenset[int]) -> Reading:
        """A message that quotes: the best of the topics that cite the quoted sentence."""
        verdict = reading.verdict
        found = [topic for topic in verdict.topics if self._model.cites[topic.number] & quoted]
        if not found:
            analysis = replace(reading.analysis, features=self.sentence_features[min(quoted)])
            return self._read(analysis)
        others = [topic for topic in verdict.topics if topic not in found]
        likely = verdict.probability if verdict.strangers else max(verdict.probability, _QUOTED)
        return Reading(reading.analysis, replace(verdict, topics=(*found, *others), probability=likely))

    def _best_readings(self, text: str, whole: Reading, analyser: Analyser) -> list[Reading]:
        """The whole message; or, in a longer one, what its sentences ask, the two best of different topics."""
        parts = segments(text, lambda clause: _opens_question(analyser, clause))
        if not parts:
            return [whole]
        readings = [self._part(part, analyser) for part in parts]
        accepted: dict[str, Reading] = {}
        for reading in readings:
            if reading.verdict.best is not None and reading.verdict.is_accepted:
                accepted.setdefault(reading.verdict.best.id, reading)
        strongest = sorted(accepted.values(), key=_likely, reverse=True)[:2]
        if strongest and (len(parts) > 1 or _likely(strongest[0]) >= _likely(whole)):
            return [reading for reading in accepted.values() if reading in strongest]
        return [max([*readings, whole], key=_likely)]

    def _part(self, part: Segment, analyser: Analyser) -> Reading:
        """A sentence by itself, its asking clause, or with the sentences before it: the first that is accepted."""
        alone = self._read(analyser.analyse(tokenize(part.text)))
        tail = self._read(analyser.analyse(tokenize(part.tail))) if part.tail else alone
        best = max(alone, tail, key=_likely)
        if best.verdict.is_accepted or not part.context:
            return best
        if len(content_of(tail.analysis)) > _THIN:
            return best
        weight = _NEIGHBOUR_WEIGHT
        features = dict(tail.analysis.features)
        for sentence in reversed(part.context):
            for feature, value in analyser.analyse(tokenize(sentence)).features.items():
                if feature[0] not in "?!~":
                    features[feature] = max(features.get(feature, 0.0), weight * value)
            weight *= _FADING
        return max(best, self._read(replace(tail.analysis, features=features)), key=_likely)

    def _leaning(self, tokens: list[Token], alone: Reading, remembered: Remembered, cues: Cues) -> Reading | None:
        """The message read together with what is remembered, where that reading is the better one."""
        cue, pronouns = opening_cue(cues, tokens), pronouns_in(cues, tokens)
        if alone.analysis.with_prefix("#") or not leans(alone.analysis, cue, pronouns):
            return None
        own = content_of(alone.analysis)
        merged = self._elsewhere(
            self._read(merge(alone.analysis, remembered, pronouns, self._kinds, cue)), own, remembered
        )
        if not merged.verdict.is_accepted:
            return None
        if alone.verdict.is_accepted and own and not pronouns & {"he", "she", "they"}:
            repeats = merged.verdict.best is not None and merged.verdict.best.id == remembered.topic
            if repeats or (cue is None and not pronouns):
                return None
        elliptic = not own or bool(pronouns) or (cue is not None and any(feature[0] == "@" for feature in own))
        return merged if _likely(merged) + _BONUS * elliptic > _likely(alone) else None

    def _elsewhere(self, merged: Reading, own: tuple[str, ...], remembered: Remembered) -> Reading:
        """What has been said already is no answer to a message that adds something: the next topic that holds it is."""
        verdict, model = merged.verdict, self._model
        best = verdict.best
        if best is None or not own or not model.cites[best.number] <= remembered.sentences:
            return merged
        for topic in verdict.topics[1:]:
            new = not model.cites[topic.number] <= remembered.sentences
            if new and best.score - topic.score < _CLOSE and all(f in model.vocabularies[topic.number] for f in own):
                others = tuple(other for other in verdict.topics if other is not topic)
                return Reading(merged.analysis, replace(verdict, topics=(topic, *others)))
        return merged


def _likely(reading: Reading) -> float:
    return reading.verdict.probability


def _opens_question(analyser: Analyser, clause: str) -> bool:
    """Whether a clause starts with a question word, or with a phrase that frames a question."""
    tokens = tokenize(clause)[:_OPENING_WORDS]
    for start in range(min(2, len(tokens))):
        phrase = analyser.lexicon.phrase(tokens, start)
        tags = phrase[1] if phrase else analyser.lexicon.word(tokens[start])
        if tags is not None and any(tag[0] == "?" for tag in tags):
            return True
        if phrase is not None and not tags:
            return True
        if tags is None or tags:
            return False
    return False
