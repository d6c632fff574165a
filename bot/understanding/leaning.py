"""Reading a message together with the chat's last answer."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.understanding.analyse import Analyser
from bot.understanding.follow_up import Cue, Cues, Remembered, content_of, leans, merge, opening_cue, pronouns_in
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reader, Reading
from bot.understanding.text import Token

_CLOSE = 2.0
_NEAR_BY = 1.0
_NEAR_BY_LIKELY = 0.1
_LIKELY = 0.7
_CLEARLY = 1.0
_SELDOM = 0.05
_FEW = 3
_PAIR = 2
_LONE_TYPES = frozenset({"who", "when", "where", "how_many", "how_much", "how_long", "how"})
_BONUS = 0.25


class Leaning:
    """Decides whether a message leans on the last answer; `kinds` are what entities are, `sentences` the article's."""

    def __init__(self, reader: Reader, kinds: Mapping[str, str], sentences: Sequence[Mapping[str, float]]) -> None:
        self._reader = reader
        self._kinds = kinds
        self._partners = _partners(sentences, kinds)

    def read(
        self, tokens: Sequence[Token], whole: Reading, remembered: Remembered, cues: Cues, analyser: Analyser
    ) -> Reading | None:
        """The message read together with what is remembered; none where it stands alone."""
        cue, length = opening_cue(cues, tokens)
        corrects = cue is Cue.CORRECTION and length < len(tokens)
        alone = self._reader.read(analyser.analyse(tokens[length:])) if corrects else whole
        alone = self._other_person(alone, remembered)
        own = content_of(alone.analysis)
        pointing = frozenset({"that"}) if own and alone.verdict.is_accepted else frozenset[str]()
        message = _Message(alone, own, cue, pronouns_in(cues, tokens) - pointing)
        topical = self._reader.model.topical
        strange = any(f[0] == "#" or (f[0] not in "~@" and f not in topical) for f in message.own)
        if strange or not leans(alone.analysis, cue, message.pronouns):
            return None
        if not message.own and alone.analysis.answer_type in _LONE_TYPES and len(alone.analysis.words) <= _FEW:
            return self._lone(alone, alone.analysis.answer_type, remembered)
        return self._together(message, remembered)

    def _together(self, message: "_Message", remembered: Remembered) -> Reading | None:
        """The message over what is remembered; none where it is the better one alone."""
        merged = self._reader.read(
            merge(message.alone.analysis, remembered, message.pronouns, self._kinds, message.cue)
        )
        merged = self._elsewhere(self._near_by(merged, remembered), message.own, remembered)
        if self._means_person(message, remembered) or _asks_what_is_missing(merged, message):
            return merged
        if self._narrows(merged, message, remembered):
            return Reading(merged.analysis, merged.verdict._replace(probability=max(merged.likely, _LIKELY)))
        if message.cue in {Cue.AND, Cue.CORRECTION} and self._is_person(message):
            said = merged if merged.verdict.is_accepted else self._said_by(message)
            return said if said.verdict.is_accepted else None
        best = merged.verdict.best
        if message.own and best and all(self._reader.model.place(feature, best.number) < 0 for feature in message.own):
            return None
        return merged if merged.verdict.is_accepted and _is_better(merged, message, remembered) else None

    def _other_person(self, alone: Reading, remembered: Remembered) -> Reading:
        """Whom "the other envoy" means: whom a sentence names beside the person asked about last."""
        own = content_of(alone.analysis)
        asked = [f[1:] for f in remembered.concepts if f[0] == "@" and f[1:] in self._partners]
        persons = asked or [person for person in remembered.persons if person in self._partners]
        if "else_other" not in own or len(own) > _FEW or not persons or alone.analysis.with_prefix("@"):
            return alone
        kept = {f: w for f, w in alone.analysis.features.items() if f[0] in "?!" or f == "say"}
        features = {**kept, f"@{self._partners[persons[-1]]}": 1.0}
        return self._reader.read(alone.analysis._replace(features=features))

    @staticmethod
    def _means_person(message: "_Message", remembered: Remembered) -> bool:
        """Whether "he" or "she" can only be somebody that the last answer was about."""
        clear = message.alone.verdict.is_accepted and len(message.own) > 1
        named = bool(message.alone.analysis.with_prefix("@"))
        return bool(message.pronouns & {"he", "she"} and remembered.persons) and not named and not clear

    def _narrows(self, merged: Reading, message: "_Message", remembered: Remembered) -> bool:
        """Whether one thing more is asked, as in "and the military?", and a topic near by holds it."""
        best, refusal = merged.verdict.best, merged.verdict.refusal
        if best is None or not 1 <= len(message.own) <= _PAIR or merged.verdict.signals.get("misfit"):
            return False
        if best.id == remembered.topic or (message.cue is not Cue.AND and "they" not in message.pronouns):
            return False
        near = self._reader.model.cites[best.number] & remembered.sentences or best.id in remembered.follow_ups
        holds = self._reader.model.holds(best.number, message.own)
        return bool(near) and holds and (refusal is None or refusal.score < best.score + _CLEARLY)

    def _lone(self, alone: Reading, asked: str | None, remembered: Remembered) -> Reading:
        """A question word alone: the topic about the same sentences that is asked it most; nothing where none is."""
        model = self._reader.model
        best, most = None, _SELDOM
        for number, kind in enumerate(model.kinds):
            about = model.cites[number] & remembered.sentences or model.ids[number] in remembered.follow_ups
            fits = asked in model.answers[number] or not model.answers[number]
            if kind is SubjectKind.TOPIC and about and fits:
                share = model.share(number, f"?{asked}")
                if share > most:
                    best, most = number, share
        if best is None:
            return Reading(alone.analysis, alone.verdict._replace(probability=0.0))
        topic = Candidate(best, model.ids[best], SubjectKind.TOPIC, 0.0, most, 0.0, frozenset())
        return Reading(alone.analysis, alone.verdict._replace(topics=(topic,), probability=_LIKELY))

    def _is_person(self, message: "_Message") -> bool:
        return len(message.own) == 1 and self._kinds.get(message.own[0][1:]) == "person"

    def _said_by(self, message: "_Message") -> Reading:
        """A person's name alone, as in "and Starmer?", asks what he says where the last question does not fit him."""
        said = {message.own[0]: 1.0, "say": 1.0, "?what": 1.0}
        return self._reader.read(message.alone.analysis._replace(features=said))

    def _near_by(self, merged: Reading, remembered: Remembered) -> Reading:
        """In close calls, what the last answer cited, or leads on to, comes first."""
        topics = merged.verdict.topics

        def score(topic: Candidate) -> float:
            cited = bool(self._reader.model.cites[topic.number] & remembered.sentences)
            return topic.score + _NEAR_BY * (cited or topic.id in remembered.follow_ups)

        ordered = tuple(sorted(topics, key=score, reverse=True))
        likely = merged.likely + (_NEAR_BY_LIKELY if ordered and score(ordered[0]) > ordered[0].score else 0.0)
        return Reading(merged.analysis, merged.verdict._replace(topics=ordered, probability=min(likely, 1.0)))

    def _elsewhere(self, merged: Reading, own: tuple[str, ...], remembered: Remembered) -> Reading:
        """What has been said already is no answer to a message that adds something: the next topic that holds it is."""
        verdict, model = merged.verdict, self._reader.model
        best = verdict.best
        if best is None or not own or not model.cites[best.number] <= remembered.sentences:
            return merged
        if best.id != remembered.topic and model.holds(best.number, own):
            return merged
        for topic in verdict.topics[1:]:
            new = not model.cites[topic.number] <= remembered.sentences
            if new and best.score - topic.score < _CLOSE and model.holds(topic.number, own):
                others = tuple(other for other in verdict.topics if other is not topic)
                return Reading(merged.analysis, verdict._replace(topics=(topic, *others)))
        return merged


class _Message(NamedTuple):
    """A message without its opening cue: read alone, what it is about, the cue, its pronouns."""

    alone: Reading
    own: tuple[str, ...]
    cue: Cue | None
    pronouns: frozenset[str]


def _partners(sentences: Sequence[Mapping[str, float]], kinds: Mapping[str, str]) -> dict[str, str]:
    """For each person, who is named with him in the first sentence that names just the two."""
    found: dict[str, str] = {}
    for features in sentences:
        persons = [f[1:] for f in features if f[0] == "@" and kinds.get(f[1:]) == "person"]
        if len(persons) == _PAIR:
            found.setdefault(persons[0], persons[1])
            found.setdefault(persons[1], persons[0])
    return found


def _asks_what_is_missing(merged: Reading, message: _Message) -> bool:
    """Whether what is asked of "it" or "them" is clearly something that the article does not say."""
    best, refusal = merged.verdict.best, merged.verdict.refusal
    if not message.pronouns or len(message.own) > 1 or best is None or refusal is None:
        return False
    return refusal.kind is SubjectKind.GAP and refusal.score > best.score + _CLEARLY


def _is_better(merged: Reading, message: _Message, remembered: Remembered) -> bool:
    """Whether the reading with the last answer beats the message alone."""
    if message.alone.verdict.is_accepted and message.own and "they" not in message.pronouns:
        repeats = merged.verdict.best is not None and merged.verdict.best.id == remembered.topic
        if repeats or (message.cue is None and not message.pronouns):
            return False
    named = any(feature[0] == "@" for feature in message.own)
    few = len(message.own) == 1
    elliptic = not message.own or bool(message.pronouns) or (message.cue is not None and (named or few))
    return merged.likely + _BONUS * elliptic > message.alone.likely
