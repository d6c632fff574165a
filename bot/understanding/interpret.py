"""What a message asks, with what came before it in the chat."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from bot.understanding.about_last import AboutLast
from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.curated import Curated
from bot.understanding.detect import Detector
from bot.understanding.follow_up import (
    Cue,
    Cues,
    Remembered,
    content_of,
    leans,
    merge,
    pronouns_in,
    whole_cue,
)
from bot.understanding.leaning import Leaning
from bot.understanding.lexicon import EVERYTHING, EXACT_WORDS
from bot.understanding.long_messages import LongMessages
from bot.understanding.openings import after_words, opening_cue
from bot.understanding.quoted import Quotations
from bot.understanding.reading import Reader, Reading
from bot.understanding.references import References
from bot.understanding.segments import clauses
from bot.understanding.social import Social, SocialMessages
from bot.understanding.spelling import Speller
from bot.understanding.tables import Understanding
from bot.understanding.text import Token, clean, strip_junk, tokenize
from bot.understanding.transliterate import Transliterator

_CLEAR = 0.8
_LONG = 24
_LONGEST_CUE = 8
_MOST_CLAUSES = 4
_WHOLLY_OF_LAST = frozenset({Cue.EXACT_WORDS, Cue.WHO_SAID, Cue.SOURCE, Cue.MORE})


class Interpretation(NamedTuple):
    """What a message asks: the readings to answer, best first, in the message's order where there are two.

    `cue` is set where the message is about the last answer as a whole, or about the sentences `meant`. `leaned`: the
    last answer was needed.
    `social` is the kind of a message that asks nothing about the article.
    """

    language: str
    readings: tuple[Reading, ...]
    cue: Cue | None = None
    leaned: bool = False
    social: str | None = None
    meant: tuple[int, ...] = ()
    tokens: tuple[Token, ...] = ()

    @property
    def reading(self) -> Reading:
        """The reading that counts."""
        return self.readings[0]


class Interpreter:
    """Understands messages in every language of its tables."""

    def __init__(
        self,
        tables: Understanding,
        entity_kinds: Mapping[str, str],
        sentences: Sequence[str],
    ) -> None:
        self.model = tables.model
        self._reader = Reader(tables.model)
        self._curated = Curated(tables.utterances, tables.model)
        self._quotations = Quotations(sentences)
        self._social = SocialMessages(tables.greetings)
        self._kinds = entity_kinds
        self._detector = Detector(tables.knowing)
        self._transliterator = Transliterator(tables.transliterations, tables.knowing)
        self._languages = tables.languages
        self._analysers: dict[str, Analyser] = {}
        self._sentences = tables.sentences.features
        self._long = LongMessages(self._reader)
        self._leaning = Leaning(self._reader, entity_kinds, References(tables.sentences))
        self._about_last = AboutLast(tables.sentences, entity_kinds)

    def interpret(
        self, message: str, remembered: Remembered | None, preferred: str | None, *, by_heart: bool = True
    ) -> Interpretation:
        """Read a message; curated utterances lead to their subject, unless not `by_heart`. Raises nothing."""
        text = strip_junk(clean(message))
        tokens = tokenize(text)
        language = self._language(text, tokens, remembered, preferred)
        subject = self._curated.find(tokens) if by_heart else None
        respelt = self._transliterator.read(text, tokens, language) if subject is None else None
        if respelt is not None:
            text, language = respelt
            tokens = tokenize(text)
        aside = self._aside(text, tokens, remembered, language, by_heart=by_heart) if remembered else None
        if aside is not None:
            return aside
        opener, rest = self._social.opener(text, tokens) if subject is None else (None, text)
        if opener and len(tokens) > _LONG:
            return self._after((opener, rest), None, remembered, language, by_heart=by_heart)
        found = self._interpret(text, tokens, remembered, language, subject)
        if not opener or found.social or found.cue:
            return found
        return self._after((opener, rest), found, remembered, language, by_heart=by_heart)

    def _aside(
        self, text: str, tokens: list[Token], remembered: Remembered, language: str, *, by_heart: bool
    ) -> Interpretation | None:
        """What follows "different question:", read alone if it can be; none where a message does not open so."""
        cues = self._languages[language].cues
        cue, length = opening_cue(cues, tokens)
        if cue is not Cue.ASIDE or length == len(tokens):
            return None
        rest = after_words(text, length)
        following = tokenize(rest)
        subject = self._curated.find(following) if by_heart else None
        alone = self._interpret(rest, following, None, language, subject)
        cue = opening_cue(cues, following)[0] or whole_cue(cues, following)
        accepted = alone.reading.verdict.is_accepted and cue is None
        if accepted or not leans(alone.reading.analysis, cue, pronouns_in(cues, following)):
            return alone
        return self._interpret(rest, following, remembered, language, subject)

    def _after(
        self,
        opened: tuple[Social, str],
        whole: Interpretation | None,
        remembered: Remembered | None,
        language: str,
        *,
        by_heart: bool,
    ) -> Interpretation:
        """What follows a greeting or thanks: what it asks, or where it asks nothing, small talk too.

        `whole` is the message with its greeting; of a long one it is none, for there a greeting makes no difference.
        """
        opener, rest = opened
        tokens = tokenize(rest)
        subject = self._curated.find(tokens) if by_heart else None
        following = self._interpret(rest, tokens, remembered, language, subject)
        analysis = following.reading.analysis
        asks = "?" in rest or analysis.answer_type is not None
        clear = len(content_of(analysis)) > 1 or following.reading.likely >= _CLEAR
        says = asks or clear or opener.kind != "thanks"
        whole = whole or following
        if following.cue or (following.reading.verdict.is_accepted and says):
            return following
        if asks or (whole.reading.verdict.is_accepted and says):
            return whole
        return whole._replace(language=opener.language, social=opener.kind)

    def turning_back(self, message: str, preferred: str | None) -> tuple[str, str]:
        """What "back to the sanctions: who decides?" turns back to, and what it asks then; empty where it does not."""
        text = strip_junk(clean(message))
        head, _, tail = text.partition(":")
        tokens = tokenize(head) if tail else []
        if not tokens or not tokenize(tail):
            return "", ""
        language = self._detector.detect(text, tokenize(text), preferred)
        cue, length = opening_cue(self._languages[language].cues, tokens)
        if cue is not Cue.BACK_TO or length == len(tokens):
            return "", ""
        return " ".join(token.text for token in tokens[length:]), tail

    def _language(self, text: str, tokens: list[Token], remembered: Remembered | None, preferred: str | None) -> str:
        """The language of a message; the preferred one for a short one that leans on the last answer in it."""
        language = self._detector.detect(text, tokens, preferred)
        if remembered is None or preferred in {None, language} or len(tokens) > _LONGEST_CUE:
            return language
        known = self._languages.get(preferred or "")
        return preferred if preferred and known and whole_cue(known.cues, tokens) else language

    def _interpret(
        self, text: str, tokens: list[Token], remembered: Remembered | None, language: str, subject: int | None
    ) -> Interpretation:
        analyser, tables = self._analyser(language), self._languages[language]
        analysis = cache(partial(analyser.analyse, tokens))
        needed = subject is None or remembered is not None
        social = self._social.find(tokens, text, language, tables.social) if needed else None
        if remembered:
            if social is None and "?" not in text:
                social = self._social.filled(tokens, text, language, tables.social, tables.cues)
            idle = social is not None or EVERYTHING in analysis().cues
            checks = not idle or ("?" in text and (social is None or social.kind == "acknowledgement"))
            cue, meant = self._about_last.find(tokens, analysis(), remembered, tables.cues, checks=checks)
            if cue is None and subject is None and social is None:
                cue = self._cue_of_clause(text, remembered, analyser)
                if cue is None:
                    cue, meant = self._about_last.worded(text, analysis(), remembered, tables.cues, analyser)
            if cue is not None:
                return self._of_last(cue, meant, analysis(), remembered, tokens)
        if social is not None and subject is None:
            whole = self._reader.read(analysis())
            return Interpretation(social.language, (whole,), social=social.kind, tokens=tuple(tokens))
        readings = self._alone(text, tokens, analysis, subject, analyser)
        if not remembered:
            return Interpretation(language, tuple(readings), tokens=tuple(tokens))
        leaned = self._leaning.read(tokens, readings[0], remembered, tables.cues, analyser)
        chosen = (leaned,) if leaned else tuple(readings)
        meant = () if chosen[0].verdict.is_accepted else self._about_last.asked(analysis(), remembered)
        cue = Cue.CHECK if meant else None
        return Interpretation(language, chosen, cue, bool(leaned or meant), meant=meant, tokens=tuple(tokens))

    def _cue_of_clause(self, text: str, remembered: Remembered, analyser: Analyser) -> Cue | None:
        """What a clause asks of the last answer where the others only chat: "exact words, it is for school"."""
        parts = clauses(text)
        cues = self._languages[analyser.lexicon.language].cues
        for number, part in enumerate(parts if 1 < len(parts) <= _MOST_CLAUSES else ()):
            tokens = tokenize(part)
            cue, meant = self._about_last.find(tokens, analyser.analyse(tokens), remembered, cues, checks=False)
            if cue in _WHOLLY_OF_LAST and not meant:
                rest = tokenize(" ".join((*parts[:number], *parts[number + 1 :])))
                aside = self._reader.read(analyser.analyse(rest))
                return None if aside.analysis.answer_type or aside.verdict.is_accepted else cue
        return None

    def _of_last(
        self,
        cue: Cue,
        meant: tuple[int, ...],
        analysis: Analysis,
        remembered: Remembered,
        tokens: Sequence[Token],
    ) -> Interpretation:
        """A message about the last answer; why it is so is asked of what was asked last."""
        asked = analysis
        if cue in {Cue.WHY, Cue.WHY_NOT}:
            asked = merge(analysis, remembered, frozenset(), self._kinds, cue)
        reading = self._reader.read(asked)
        if cue is Cue.WHY and not reading.verdict.is_accepted:
            reading = self._leaning.reason(reading, remembered) or reading
        return Interpretation(analysis.language, (reading,), cue, leaned=True, meant=meant, tokens=tuple(tokens))

    def _alone(
        self,
        text: str,
        tokens: list[Token],
        analysis: Callable[[], Analysis],
        subject: int | None,
        analyser: Analyser,
    ) -> list[Reading]:
        """What a message asks without what came before it."""
        if subject is not None:
            return [self._curated.settle(self._reader.read(analysis()), subject)]
        quoted = self._quotations.find(text, tokens)
        if quoted:
            return [self._reader.quoting(analysis(), quoted, self._sentences[min(quoted)])]
        cues = self._languages[analyser.lexicon.language].cues
        readings = self._long.read(text, analysis, analyser, cues)
        return [
            self._reader.passage(r) if EXACT_WORDS in r.analysis.cues and not pronouns_in(cues, tokens) else r
            for r in readings
        ]

    def _analyser(self, language: str) -> Analyser:
        """A language's analyser, made when it is first needed: few readers' chats need all of them."""
        if language not in self._analysers:
            tables = self._languages[language]
            second = self._languages["en"].lexicon if language != "en" else None
            self._analysers[language] = Analyser(tables.lexicon, Speller(tables.vocabulary), second)
        return self._analysers[language]

    def preload(self) -> None:
        """Read every language's tables now, and not with the first message in it."""
        for code in self._languages:
            self._analyser(code).preload()

    def cues(self, language: str) -> Cues:
        """The words of a language that lean on the last answer."""
        return self._languages[language].cues

    def shared(self, analysis: Analysis, sentence: int) -> float:
        """How much of a message's content, weighed by rarity, a sentence of the article holds."""
        held = self._sentences[sentence]
        return sum(self.model.frequent(f) * analysis.features[f] for f in content_of(analysis) if f in held)
