"""What a message asks, with what came before it in the chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.decide import FLOOR, Verdict, decide
from bot.understanding.detect import Detector
from bot.understanding.follow_up import (
    Cue,
    Cues,
    Remembered,
    leans,
    merge,
    opening_cue,
    pronouns_in,
    whole_cue,
)
from bot.understanding.lexicon import Lexicon
from bot.understanding.rank import rank
from bot.understanding.segments import segments
from bot.understanding.social import SocialMessages
from bot.understanding.spelling import Speller
from bot.understanding.tables import Understanding
from bot.understanding.text import Token, clean, strip_junk, tokenize


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
        answers: Mapping[str, frozenset[str]],
        entity_kinds: Mapping[str, str],
    ) -> None:
        self._model = tables.model
        self._social = SocialMessages(tables.social)
        self._cues = cues
        self._answers = dict(answers)
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

    def interpret(self, message: str, remembered: Remembered | None, preferred: str | None) -> Interpretation:
        """Read a message. Raises nothing."""
        text = strip_junk(clean(message))
        tokens = tokenize(text)
        language = self._detector.detect(text, tokens, preferred)
        cues = self._cues[language]
        cue = whole_cue(cues, tokens) if remembered else None
        if cue is not None and cue is not Cue.WHY:
            reading = self._read(self._analysers[language].analyse(tokens))
            return Interpretation(language, (reading,), cue, leaned=True, tokens=tuple(tokens))
        social = self._social.kind(tokens, text, language)
        readings = self._best_readings(text, tokens, language)
        if social is not None:
            return Interpretation(language, tuple(readings), social=social, tokens=tuple(tokens))
        if remembered is not None and len(readings) == 1:
            leaned = self._leaning(tokens, readings[0], remembered, cues)
            if leaned is not None:
                return Interpretation(language, (leaned,), cue, leaned=True, tokens=tuple(tokens))
        return Interpretation(language, tuple(readings), cue, tokens=tuple(tokens))

    def _read(self, analysis: Analysis) -> Reading:
        return Reading(analysis, decide(self._model, analysis, rank(self._model, analysis.features), self._answers))

    def _best_readings(self, text: str, tokens: list[Token], language: str) -> list[Reading]:
        """The whole message; or, in a longer one, the sentences that ask, the two best of different topics."""
        analyser = self._analysers[language]
        whole = self._read(analyser.analyse(tokens))
        parts = segments(text)
        if len(parts) == 1:
            return [whole]
        readings = [self._read(analyser.analyse(tokenize(part))) for part in parts]
        accepted: dict[str, Reading] = {}
        for reading in readings:
            best = reading.verdict.best
            if best is not None and reading.verdict.probability >= FLOOR:
                accepted.setdefault(best.id, reading)
        if not accepted:
            return [max([*readings[:1], whole], key=lambda reading: reading.verdict.probability)]
        strongest = sorted(accepted.values(), key=lambda r: r.verdict.probability, reverse=True)[:2]
        return [reading for reading in accepted.values() if reading in strongest]

    def _leaning(self, tokens: list[Token], alone: Reading, remembered: Remembered, cues: Cues) -> Reading | None:
        """The message read together with what is remembered, where that reading is the better one."""
        cue, pronouns = opening_cue(cues, tokens), pronouns_in(cues, tokens)
        if alone.analysis.with_prefix("#") or not leans(alone.analysis, cue, pronouns):
            return None
        merged = self._read(merge(alone.analysis, remembered, pronouns, self._kinds, cue))
        if not merged.verdict.is_accepted:
            return None
        bonus = 0.25 if cue is not None or pronouns else 0.0
        return merged if merged.verdict.probability + bonus > alone.verdict.probability else None
