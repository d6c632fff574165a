"""Messages that ask for the last answer again, or for a part of it: its speaker, its exact words, a check of it."""

from collections.abc import Iterable, Mapping

from bot.understanding.analyse import Analysis
from bot.understanding.cues import Cue
from bot.understanding.follow_up import ABOUT_WORDS, Remembered, content_of, implied_cue, wants_more
from bot.understanding.lexicon import EXACT_WORDS
from bot.understanding.message import Message
from bot.understanding.openings import opening_cue
from bot.understanding.quoted import word_in_quotes
from bot.understanding.references import PLACES, referring_phrase
from bot.understanding.sentences import Sentences

_FEW = 3
_PAIR = 2
_MEANING = frozenset({"meaning", "explain", "definition"})
_PHRASE = 4
_SHORT = 8
_SATISFIED_BY = {"where": frozenset({"country", "place"})}
_ONCE_MORE = frozenset({"again"})
_TIMES = frozenset({"after_before", "previous", "new"})
_BUTS = frozenset({"concern", "open_question", "clarify", "detail"})
_LIKING = frozenset({"hope", "react", "support", "accept", "praise"})
_WANTING = ABOUT_WORDS | {"condition", "support", "proposal", "promise", "reason"}
_POINTING = ABOUT_WORDS | {"?what"}
_OF_OTHERS = ABOUT_WORDS | {"else_other"}
_CHANGES = frozenset({"shift", "first_time", "increase"})
_COMPARING = _CHANGES | {"compare", "aid"}


class AboutLast:
    """Finds what a message asks of the last answer as a whole, or of some of its sentences.

    `sentences` are the article's, `kinds` what entities are.
    """

    def __init__(self, sentences: Sentences, kinds: Mapping[str, str]) -> None:
        self._sentences = sentences.features
        self._contrasting = sentences.contrasting
        self._kinds = kinds

    def find(self, message: Message, remembered: Remembered, *, checks: bool) -> tuple[Cue | None, tuple[int, ...]]:
        """The cue, if any, and the sentences that it is about (none: all); `checks`: it may check what was said."""
        analysis, cues, pronouns = message.analysis, message.cues, message.pronouns
        cue = cues.whole_cue(message.keys)
        if cue is Cue.CHECK and not checks:
            cue = None
        cue = cue or (Cue.MORE if wants_more(analysis, pronouns, cues) else implied_cue(analysis, pronouns, cues))
        if cue is not None:
            return cue, ()
        cue = self._beside(message, remembered)
        if cue is not None:
            return cue, ()
        if EXACT_WORDS in analysis.cues:
            of_person = bool(pronouns & {"he", "she"}) and set(content_of(analysis)) <= ABOUT_WORDS
            meant = () if of_person else self._part(message, remembered)
            return (Cue.EXACT_WORDS if of_person or meant else None), meant
        refers = referring_phrase(message.keys, cues)[0] in PLACES
        empty = all(word.tags == () for word in analysis.words) and len(analysis.words) <= _PHRASE and not refers
        if checks and _doubts(message):
            return Cue.CHECK, ()
        if (checks and empty) or (remembered.spoken and _asks_why_he_says_so(analysis, pronouns)):
            return Cue.CHECK, ()
        meant = self._checked(message, remembered)
        return (Cue.CHECK if meant else None), meant

    def asked(self, analysis: Analysis, remembered: Remembered) -> tuple[int, ...]:
        """The remembered sentences that hold what is asked, or the kind of answer that a question word asks for."""
        if analysis.answer_type in {None, "what", "how"} and len(analysis.words) <= _SHORT:
            return self._holding(content_of(analysis), remembered.sentences)
        kinds = _SATISFIED_BY.get(analysis.answer_type or "", frozenset())
        if not kinds or len(analysis.words) > _FEW or content_of(analysis):
            return ()
        return tuple(n for n in sorted(remembered.sentences) if kinds & self._named(n))

    def worded(self, message: Message, remembered: Remembered) -> tuple[Cue | None, tuple[int, ...]]:
        """Whether "who is 'they' in it?" asks of a word of the last sentences, and which of them hold it."""
        word, whole = message.part(word_in_quotes(message.text)), message.analysis
        if not word.tokens or message.cues.whole_cue(word.keys):
            return None, ()
        content = content_of(word.analysis)
        besides = set(content_of(whole)).difference(content)
        asks = whole.answer_type in {"who", "what", "which", "how"} and besides <= ABOUT_WORDS | _MEANING
        meant = self._holding(content, remembered.sentences)
        return (Cue.CHECK if asks and (meant or not content) else None), meant

    def _named(self, number: int) -> set[str]:
        """The kinds of the entities that a sentence names."""
        return {self._kinds.get(feature[1:], "") for feature in self._sentences[number] if feature[0] == "@"}

    def _checked(self, message: Message, remembered: Remembered) -> tuple[int, ...]:
        """Which of the last sentences "not soldiers?" or "and before?" is about."""
        analysis, pronouns = message.analysis, message.pronouns
        own = set(content_of(analysis))
        if own & _TIMES and own <= _TIMES | _COMPARING:
            pointed = "compare" in own or (bool(pronouns) and ("new" in own or pronouns <= {"that", "it"}))
            return self._changing(analysis, remembered, pointed=pointed)
        negates = opening_cue(message.cues, message.keys)[0] is Cue.NOT and len(analysis.words) <= _FEW
        return self._holding(own, remembered.sentences) if negates else ()

    def _beside(self, message: Message, remembered: Remembered) -> Cue | None:
        """What a message asks that the last answer leads to: who speaks, the "but" beside it, the others named."""
        if _asks_who_speaks(message.analysis, remembered):
            return Cue.WHO_SAID
        if self._asks_for_a_but(message, remembered):
            return Cue.CONTRAST
        others = len(remembered.others) >= _PAIR and _asks_of_others(message)
        return Cue.OTHERS if others else None

    def _asks_for_a_but(self, message: Message, remembered: Remembered) -> bool:
        """Whether "but something bothers him?" asks for what says "however" beside the last sentences."""
        analysis, cues, keys = message.analysis, message.cues, message.keys
        opens = bool(keys) and cues.whole.get(keys[0]) is Cue.CONTRAST
        if not opens or not self._contrasting & remembered.neighbours or len(analysis.words) > _SHORT:
            return False
        negates = any(cues.opening.get(key) is Cue.NOT for key in keys)
        content = set(content_of(analysis))
        return bool(content) and content <= (_BUTS | _LIKING if negates else _BUTS) and not analysis.answer_type

    def _changing(self, analysis: Analysis, remembered: Remembered, *, pointed: bool) -> tuple[int, ...]:
        """The last sentences that tell a change: what was "before" it is told there."""
        several = pointed or analysis.answer_type in {"what", "how"}
        longest = 0 if analysis.answer_type not in {None, "what", "how"} else _SHORT if several else _PAIR
        asks = len(analysis.words) <= longest
        return tuple(n for n in sorted(remembered.sentences) if asks and _CHANGES & self._sentences[n].keys())

    def _part(self, message: Message, remembered: Remembered) -> tuple[int, ...]:
        """Which of the last sentences, or of their speaker's, "the first bit" or "about the attacks" means."""
        whole = remembered.sentences if len(remembered.sentences) >= _PAIR else remembered.spoken
        kind, start, length = referring_phrase(message.keys, message.cues)
        place = {*message.keys[start : start + length]} if kind in PLACES else set[str]()
        speaking = {f"@{person}" for person in remembered.speakers}
        others = {
            tag
            for word in message.analysis.words
            if place.isdisjoint(word.key.split(" "))
            for tag in word.tags or ()
            if tag[0] not in "?!" and tag not in ABOUT_WORDS and tag not in speaking
        }
        if others:
            held = (
                self._holding(wanted, numbers)
                for wanted in (others, others - _ONCE_MORE)
                for numbers in (remembered.sentences, remembered.spoken)
            )
            return next(filter(None, held), ())
        if kind in PLACES and len(whole) >= _PAIR:
            return (sorted(whole)[PLACES[kind]],)
        return ()

    def _holding(self, features: Iterable[str], numbers: Iterable[int]) -> tuple[int, ...]:
        """The sentences that hold all of some features; none where there are none."""
        own = set(features)
        return tuple(n for n in sorted(numbers) if own and own <= self._sentences[n].keys())


def _doubts(message: Message) -> bool:
    """Whether a message opens with "are you sure", and then only points at what was said: "that he said so"."""
    analysis, keys = message.analysis, message.keys
    if analysis.answer_type not in {None, "what"} or len(keys) > _SHORT:
        return False
    position, pointing = len(keys), 0
    for word in reversed(analysis.words):
        if word.tags is None or not _POINTING.issuperset(word.tags):
            break
        position -= len(word.key.split(" "))
        pointing += "say" in word.tags
    starts = range(max(_PAIR, position), len(keys))
    return pointing > 0 and any(message.cues.whole_cue(keys[:end]) in {Cue.CHECK, Cue.SOURCE} for end in starts)


def _asks_who_speaks(analysis: Analysis, remembered: Remembered) -> bool:
    """Whether "who exactly?" follows a question of what somebody says."""
    bare = analysis.answer_type == "who" and not content_of(analysis) and len(analysis.words) <= _PAIR
    return bare and bool(remembered.speakers) and not ABOUT_WORDS.isdisjoint(remembered.concepts)


def _asks_of_others(message: Message) -> bool:
    """Whether a message asks of "the other two" who they are or what they say, and nothing else."""
    kind, start, length = referring_phrase(message.keys, message.cues)
    if kind != "others":
        return False
    phrase = {*message.keys[start : start + length]}
    besides = (word for word in message.analysis.words if not phrase.issuperset(word.key.split(" ")))
    return all(word.tags is not None and _OF_OTHERS.issuperset(_contents(word.tags)) for word in besides)


def _contents(tags: Iterable[str]) -> set[str]:
    return {tag for tag in tags if tag[0] not in "?!"}


def _asks_why_he_says_so(analysis: Analysis, pronouns: frozenset[str]) -> bool:
    """Whether a message asks for the reasons of somebody's words: they are all that the article has of him."""
    return analysis.answer_type == "why" and bool(pronouns & {"he", "she"}) and set(content_of(analysis)) <= _WANTING
