"""What a message asks, with what came before it in the chat."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from bot.understanding.about_last import AboutLast
from bot.understanding.analyse import Analyser, Analysis
from bot.understanding.cues import Cue
from bot.understanding.curated import Curated
from bot.understanding.detect import Detector
from bot.understanding.follow_up import Remembered, content_of, leans, merge
from bot.understanding.leaning import Leaning
from bot.understanding.lexicon import EVERYTHING, EXACT_WORDS
from bot.understanding.long_messages import LongMessages
from bot.understanding.message import Message
from bot.understanding.openings import after_words, opening_cue
from bot.understanding.quoted import Quotations
from bot.understanding.reading import Reader, Reading
from bot.understanding.references import References
from bot.understanding.segments import clauses
from bot.understanding.social import MOST_WORDS, Social, SocialMessages
from bot.understanding.spelling import Speller
from bot.understanding.tables import Understanding
from bot.understanding.text import Token, clean, strip_junk, tokenize
from bot.understanding.transliterate import Transliterator

_CLEAR = 0.8
_LONG = 24
_LONGEST_CUE = 8
_MOST_CLAUSES = 4
_NAMES = frozenset("@#")
_WHOLLY_OF_LAST = frozenset({Cue.EXACT_WORDS, Cue.WHO_SAID, Cue.SOURCE, Cue.MORE})


class Interpretation(NamedTuple):
    """What a message asks: the readings to answer, best first, in the message's order where there are two.

    `cue` is set where the message is about the last answer as a whole, or about the sentences `meant`. `leaned`: the
    last answer was needed.
    `social` is the kind of a message that asks nothing about the article.
    """

    language: str
    readings: tuple[Reading, ...]
    message: Message
    cue: Cue | None = None
    leaned: bool = False
    social: str | None = None
    meant: tuple[int, ...] = ()

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
        self, text: str, remembered: Remembered | None, preferred: str | None, *, by_heart: bool = True
    ) -> Interpretation:
        """Read a message; curated utterances lead to their subject, unless not `by_heart`. Raises nothing."""
        text = strip_junk(clean(text))
        tokens = tokenize(text)
        message = self._message(text, tokens, self._language(text, tokens, remembered, preferred))
        subject = self._subject(message, by_heart=by_heart)
        respelt = self._transliterator.read(text, tokens, message.language) if subject is None else None
        if respelt is not None:
            message = self._message(respelt[0], tokenize(respelt[0]), respelt[1])
        aside = self._aside(message, remembered, by_heart=by_heart) if remembered else None
        if aside is not None:
            return aside
        opener, rest = self._social.opener(message.text, message.keys) if subject is None else (None, "")
        if opener is None:
            return self._interpret(message, remembered, subject)
        return self._after(opener, message, message.part(rest), remembered, by_heart=by_heart)

    def _aside(self, message: Message, remembered: Remembered, *, by_heart: bool) -> Interpretation | None:
        """What follows "different question:", read alone if it can be; none where a message does not open so."""
        cue, length = opening_cue(message.cues, message.keys)
        if cue is not Cue.ASIDE or length == len(message.keys):
            return None
        rest = message.part(after_words(message.text, length))
        subject = self._subject(rest, by_heart=by_heart)
        alone = self._interpret(rest, None, subject)
        cue = opening_cue(rest.cues, rest.keys)[0] or rest.cues.whole_cue(rest.keys)
        accepted = alone.reading.verdict.is_accepted and cue is None
        if accepted or not leans(alone.reading.analysis, cue, rest.pronouns):
            return alone
        return self._interpret(rest, remembered, subject)

    def _after(
        self, opener: Social, message: Message, rest: Message, remembered: Remembered | None, *, by_heart: bool
    ) -> Interpretation:
        """What the `rest` of a message asks after a greeting or thanks; where it asks nothing, small talk too.

        The whole message counts where its rest is not understood, but not if it is long: a greeting tells nothing then.
        """
        is_long = len(message.tokens) > _LONG
        told = None if is_long else self._told(message, remembered, None)
        if told is not None:
            return told
        following = self._interpret(rest, remembered, self._subject(rest, by_heart=by_heart))
        analysis = following.reading.analysis
        asks = "?" in rest.text or analysis.answer_type is not None
        clear = len(content_of(analysis)) > 1 or following.reading.likely >= _CLEAR
        says = asks or clear or opener.kind != "thanks"
        if following.cue or (following.reading.verdict.is_accepted and says):
            return following
        whole = following if is_long else self._asked(message, remembered, None)
        if asks or whole.cue or (whole.reading.verdict.is_accepted and says):
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
        cue, length = opening_cue(self._languages[language].cues, [token.key for token in tokens])
        if cue is not Cue.BACK_TO or length == len(tokens):
            return "", ""
        return " ".join(token.text for token in tokens[length:]), tail

    def _message(self, text: str, tokens: Sequence[Token], language: str) -> Message:
        return Message(text, tokens, self._analyser(language), self._languages[language].cues)

    def _subject(self, message: Message, *, by_heart: bool) -> int | None:
        """The number of the subject that a message is a curated example of."""
        return self._curated.find(message.keys) if by_heart else None

    def _language(self, text: str, tokens: list[Token], remembered: Remembered | None, preferred: str | None) -> str:
        """The language of a message; the preferred one for a short one that leans on the last answer in it."""
        language = self._detector.detect(text, tokens, preferred)
        if remembered is None or preferred in {None, language} or len(tokens) > _LONGEST_CUE:
            return language
        known = self._languages.get(preferred or "")
        return preferred if preferred and known and known.cues.whole_cue([t.key for t in tokens]) else language

    def _interpret(self, message: Message, remembered: Remembered | None, subject: int | None) -> Interpretation:
        return self._told(message, remembered, subject) or self._asked(message, remembered, subject)

    def _told(self, message: Message, remembered: Remembered | None, subject: int | None) -> Interpretation | None:
        """A message that is small talk or about the last answer as a whole; none where it asks of the article."""
        social = self._small_talk(message, remembered) if subject is None or remembered else None
        if remembered:
            cue, meant = self._cue(message, remembered, social, subject)
            if cue is not None:
                return self._of_last(cue, meant, message, remembered)
        if social is None or subject is not None:
            return None
        return Interpretation(social.language, (self._reader.read(message.analysis),), message, social=social.kind)

    def _small_talk(self, message: Message, remembered: Remembered | None) -> Social | None:
        """The kind of a message that asks nothing; in a chat also of one that does so apart from its fillers."""
        phrases = self._languages[message.language].social
        short = len(message.keys) <= MOST_WORDS
        names = short and not _NAMES.isdisjoint([feature[0] for feature in message.analysis.features])
        found = self._social.find(message.keys, message.text, message.language, phrases, names=names)
        if found is not None or remembered is None or "?" in message.text:
            return found
        return self._social.filled(message.keys, message.text, message.language, phrases, message.cues)

    def _cue(
        self, message: Message, remembered: Remembered, social: Social | None, subject: int | None
    ) -> tuple[Cue | None, tuple[int, ...]]:
        """What a message asks of the last answer, and of which of its sentences."""
        idle = social is not None or EVERYTHING in message.analysis.cues
        checks = not idle or ("?" in message.text and (social is None or social.kind == "acknowledgement"))
        cue, meant = self._about_last.find(message, remembered, checks=checks)
        if cue is None and subject is None and social is None:
            cue = self._cue_of_clause(message, remembered)
            if cue is None:
                return self._about_last.worded(message, remembered)
        return cue, meant

    def _asked(self, message: Message, remembered: Remembered | None, subject: int | None) -> Interpretation:
        """What a message asks of the article, with the last answer or without it."""
        if not remembered:
            return Interpretation(message.language, tuple(self._alone(message, subject)), message)
        alone = cache(partial(self._alone, message, subject))
        leaned = self._leaning.read(message, lambda: alone()[0], remembered)
        chosen = (leaned,) if leaned else tuple(alone())
        meant = () if chosen[0].verdict.is_accepted else self._about_last.asked(message.analysis, remembered)
        cue = Cue.CHECK if meant else None
        return Interpretation(message.language, chosen, message, cue, bool(leaned or meant), meant=meant)

    def _cue_of_clause(self, message: Message, remembered: Remembered) -> Cue | None:
        """What a clause asks of the last answer where the others only chat: "exact words, it is for school"."""
        parts = clauses(message.text)
        for number, part in enumerate(parts if 1 < len(parts) <= _MOST_CLAUSES else ()):
            cue, meant = self._about_last.find(message.part(part), remembered, checks=False)
            if cue in _WHOLLY_OF_LAST and not meant:
                rest = " ".join((*parts[:number], *parts[number + 1 :]))
                aside = self._reader.read(message.part(rest).analysis)
                return None if aside.analysis.answer_type or aside.verdict.is_accepted else cue
        return None

    def _of_last(
        self,
        cue: Cue,
        meant: tuple[int, ...],
        message: Message,
        remembered: Remembered,
    ) -> Interpretation:
        """A message about the last answer; why it is so is asked of what was asked last."""
        asked = message.analysis
        if cue in {Cue.WHY, Cue.WHY_NOT}:
            asked = merge(asked, remembered, frozenset(), self._kinds, cue)
        reading = self._reader.read(asked)
        if cue is Cue.WHY and not reading.verdict.is_accepted:
            reading = self._leaning.reason(reading, remembered) or reading
        return Interpretation(message.language, (reading,), message, cue, leaned=True, meant=meant)

    def _alone(self, message: Message, subject: int | None) -> list[Reading]:
        """What a message asks without what came before it."""
        if subject is not None:
            return [self._curated.settle(self._reader.read(message.analysis), subject)]
        quoted = self._quotations.find(message.text, message.keys)
        if quoted:
            return [self._reader.quoting(message.analysis, quoted, self._sentences[min(quoted)])]
        return [
            self._reader.passage(reading) if EXACT_WORDS in reading.analysis.cues and not message.pronouns else reading
            for reading in self._long.read(message)
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

    def weighed(self, analysis: Analysis) -> dict[str, float]:
        """A message's content, weighed by rarity."""
        return {f: self.model.frequent(f) * weight for f, weight in analysis.features.items() if f[0] not in "?!"}

    def shared(self, weighed: Mapping[str, float], sentence: int) -> float:
        """How much of what is weighed a sentence of the article holds."""
        held = self._sentences[sentence]
        return sum([weight for feature, weight in weighed.items() if feature in held])
