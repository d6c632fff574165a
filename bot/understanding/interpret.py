"""What a message asks, with what came before it in the chat."""

from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.curated import Curated
from bot.understanding.detect import Detector
from bot.understanding.follow_up import (
    Cue,
    Remembered,
    content_of,
    implied_cue,
    merge,
    pronouns_in,
    whole_cue,
)
from bot.understanding.leaning import Leaning
from bot.understanding.model import SubjectKind
from bot.understanding.quoted import Quotations
from bot.understanding.reading import Reader, Reading
from bot.understanding.segments import Segment, segments
from bot.understanding.social import SocialMessages
from bot.understanding.spelling import Speller, Vocabulary
from bot.understanding.tables import LanguageTables, Understanding
from bot.understanding.text import Token, clean, strip_junk, tokenize

_QUOTED = 0.75
_THIN = 2
_FULL = 3
_NEIGHBOUR_WEIGHT = 0.8
_FADING = 0.5
_OPENING_WORDS = 6
_CLEARLY = 0.25
_HOSTILE_LIKENESS = 0.75
_RAMBLING = 14
_FEWEST_ASKING = 4


class Interpretation(NamedTuple):
    """What a message asks: the readings to answer, best first, in the message's order where there are two.

    `cue` is set where the message is about the last answer as a whole. `leaned`: the last answer was needed.
    `social` is the kind of a message that asks nothing about the article.
    """

    language: str
    readings: tuple[Reading, ...]
    cue: Cue | None = None
    leaned: bool = False
    social: str | None = None
    tokens: tuple[Token, ...] = ()

    @property
    def reading(self) -> Reading:
        """The reading that counts."""
        return self.readings[0]


def _vocabulary(tables: LanguageTables) -> Vocabulary:
    """What a misspelt word may mean; far are words that only name what the article may not know."""
    words, prefixes = tables.lexicon.words, tables.lexicon.prefixes
    far = frozenset(w for table in (words, prefixes) for w, tags in table.items() if tags and tags[0][0] == "#")
    return Vocabulary(tables.spelling, prefixes, tables.real_words, far)


class Interpreter:
    """Understands messages in every language of its tables."""

    def __init__(
        self,
        tables: Understanding,
        entity_kinds: Mapping[str, str],
        sentences: Sequence[str],
    ) -> None:
        self._model = tables.model
        self._reader = Reader(tables.model)
        self._curated = Curated(tables.utterances, tables.model)
        self._quotations = Quotations(sentences)
        self._social = SocialMessages(tables.greetings)
        self._kinds = entity_kinds
        self._detector = Detector(tables.knowing)
        self._languages = tables.languages
        self._analysers: dict[str, Analyser] = {}
        self.sentence_features = tables.sentences
        self._leaning = Leaning(self._reader, entity_kinds, self.sentence_features)

    def interpret(
        self, message: str, remembered: Remembered | None, preferred: str | None, *, by_heart: bool = True
    ) -> Interpretation:
        """Read a message; curated utterances lead to their subject, unless not `by_heart`. Raises nothing."""
        text = strip_junk(clean(message))
        tokens = tokenize(text)
        language = self._detector.detect(text, tokens, preferred)
        analyser, tables = self._analyser(language), self._languages[language]
        cues = tables.cues
        whole = self._reader.read(analyser.analyse(tokens))
        cue = whole_cue(cues, tokens) if remembered else None
        if remembered and cue is None:
            cue = implied_cue(whole.analysis, pronouns_in(cues, tokens))
        if cue is not None and remembered:
            reading = whole
            if cue in {Cue.WHY, Cue.WHY_NOT}:
                reading = self._reader.read(merge(whole.analysis, remembered, frozenset(), self._kinds, cue))
            return Interpretation(language, (reading,), cue, leaned=True, tokens=tuple(tokens))
        subject = self._curated.find(tokens) if by_heart else None
        social = self._social.find(tokens, text, language, tables.social) if subject is None else None
        quoted = self._quotations.find(text, tokens) if social is None and subject is None else frozenset[int]()
        if subject is not None:
            readings = [self._curated.settle(whole, subject)]
        else:
            readings = [self._quoting(whole, quoted)] if quoted else self._best_readings(text, whole, analyser)
        leaned = None
        if remembered and social is None:
            leaned = self._leaning.read(tokens, readings[0], remembered, cues, analyser)
        chosen = (leaned,) if leaned else tuple(readings)
        if social is not None:
            return Interpretation(social.language, chosen, social=social.kind, tokens=tuple(tokens))
        return Interpretation(language, chosen, cue, leaned is not None, tokens=tuple(tokens))

    def _analyser(self, language: str) -> Analyser:
        """A language's analyser, made when it is first needed: few readers' chats need all of them."""
        if language not in self._analysers:
            tables = self._languages[language]
            second = self._languages["en"].lexicon if language != "en" else None
            self._analysers[language] = Analyser(tables.lexicon, Speller(partial(_vocabulary, tables)), second)
        return self._analysers[language]

    def shared(self, analysis: Analysis, sentence: int) -> float:
        """How much of a message's content, weighed by rarity, a sentence of the article holds."""
        held = self.sentence_features[sentence]
        return sum(self._model.frequent(f) * analysis.features[f] for f in content_of(analysis) if f in held)

    def _quoting(self, reading: Reading, quoted: frozenset[int]) -> Reading:
        """A message that quotes: the best of the topics that cite the quoted sentence."""
        verdict = reading.verdict
        found = [topic for topic in verdict.topics if self._model.cites[topic.number] & quoted]
        if not found:
            analysis = reading.analysis._replace(features=self.sentence_features[min(quoted)])
            return self._reader.read(analysis)
        others = [topic for topic in verdict.topics if topic not in found]
        likely = verdict.probability if verdict.strangers else max(verdict.probability, _QUOTED)
        return Reading(reading.analysis, verdict._replace(topics=(*found, *others), probability=likely))

    def _best_readings(self, text: str, whole: Reading, analyser: Analyser) -> list[Reading]:
        """The whole message; or, in a longer one, what its sentences ask, the two best of different topics."""
        parts = segments(text, lambda clause: _opens_question(analyser, clause))
        if not parts and len(whole.analysis.words) > _RAMBLING:
            parts = (Segment(text, None, ()),)
        if not parts:
            return [whole]
        readings = [self._part(part, analyser) for part in parts]
        hostile = next((reading for reading in (whole, *readings) if _is_hostile(reading)), None)
        if hostile is not None:
            return [hostile]
        accepted: dict[str, Reading] = {}
        for reading in readings:
            if reading.verdict.best is not None and reading.verdict.is_accepted:
                accepted.setdefault(reading.verdict.best.id, reading)
        strongest = sorted(accepted.values(), key=attrgetter("likely"), reverse=True)[:2]
        if strongest and (len(parts) > 1 or strongest[0].likely >= whole.likely):
            return [reading for reading in accepted.values() if reading in strongest]
        return [max([*readings, whole], key=attrgetter("likely"))]

    def _part(self, part: Segment, analyser: Analyser) -> Reading:
        """A sentence by itself, its asking clause, or with the sentences before it: the first that is accepted."""
        tokens = tokenize(part.text)
        pronouns = pronouns_in(self._languages[analyser.lexicon.language].cues, tokens)
        alone = self._reader.read(analyser.analyse(tokens))
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
    """Whether a part of a message is an attempt to steer the bot: then nothing in the message is answered."""
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
