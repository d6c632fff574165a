"""A message without its opening cue, and what it is by itself: a whole question, a bare one, a fragment."""

from typing import NamedTuple

from bot.understanding.cues import Cue
from bot.understanding.follow_up import Remembered, content_of
from bot.understanding.model import SubjectKind
from bot.understanding.reading import Reading

_FEW = 3
_LONG = 6
_CERTAIN = 0.9
_FAR, _CLEAR = 6.0, 2.0
_ALIKE = 0.8
_LONE_TYPES = frozenset({"who", "when", "where", "how_many", "how_much", "how_long", "how"})
_BONUS = 0.35
_CLEARER = 0.1
_HAPPENING = frozenset({"timing", "host", "date", "immediate"})
_TIMES = frozenset({"timing", "date", "immediate"})


class Opened(NamedTuple):
    """The message read alone, what it is about, its cue and pronouns."""

    alone: Reading
    own: tuple[str, ...]
    cue: Cue | None
    pronouns: frozenset[str]

    @classmethod
    def of(cls, alone: Reading, cue: Cue | None, pronouns: frozenset[str]) -> "Opened":
        """A name alone counts as "and" with it; "that" points at nothing where a message is complete."""
        own = content_of(alone.analysis)
        named = len(own) == 1 and own[0][0] == "@" and not alone.analysis.answer_type
        if cue is Cue.NOT or (cue is None and named):
            cue = Cue.AND
        pointing = frozenset({"that"}) if own and alone.verdict.is_accepted else frozenset[str]()
        return cls(alone, own, cue, pronouns - pointing)

    @property
    def named(self) -> bool:
        """Whether it names somebody or something of the article."""
        return any(feature[0] == "@" for feature in self.own)

    def means_them(self, remembered: Remembered) -> bool:
        """Whether "they" may be whom the last question names."""
        return "they" in self.pronouns and bool(remembered.names)

    def is_whole_question(self) -> bool:
        """Whether "and ..." only joins on a question that is long and clear enough without the last answer."""
        long = sum(len(word.text.split()) for word in self.alone.analysis.words) >= _LONG
        return long and self.alone.likely >= _CERTAIN and self.cue is Cue.AND and not self.pronouns

    def is_missing(self) -> bool:
        """Whether a thing that it names without pointing back is clearly what the article lacks.

        Sooner for "which drones?": of what the last answer names, the article may not say which.
        """
        refusal, best = self.alone.verdict.refusal, self.alone.verdict.best
        if refusal is None or refusal.kind is not SubjectKind.GAP or self.pronouns:
            return False
        chooses = self.alone.analysis.answer_type == "which" and refusal.likeness >= _ALIKE
        far = refusal.score > (_CLEAR if chooses else _FAR) + (best.score if best else 0.0)
        return far and bool(self.own) and all(feature[0] != "@" for feature in self.own)

    def is_fragment(self) -> bool:
        """Whether it is a few words that say one thing, as in "on what condition?"."""
        few = len(self.alone.analysis.words) <= _FEW
        return few and len(self.own) == 1 and not self.named and not self.pronouns

    def bare_question(self) -> str | None:
        """What it asks if it is a question word alone, or asks when "it" happens or starts."""
        own, asked, length = set(self.own), self.alone.analysis.answer_type, len(self.alone.analysis.words)
        if asked in {"when", "how_many"} and not own and length <= _LONG:
            return asked
        short = length <= _FEW
        if own and own <= _HAPPENING and (asked == "when" or (asked is None and short and bool(own & _TIMES))):
            return "when"
        return asked if asked in _LONE_TYPES and not own and short else None

    def is_bettered_by(self, merged: Reading) -> bool:
        """Whether the reading with the last answer beats the message alone."""
        accepted = self.alone.verdict.is_accepted
        complete = accepted and self.own and self.cue is None and not self.pronouns
        elliptic = self.cue is not None and len(self.own) == 1
        says_enough = accepted and len(self.own) >= _FEW
        needed = self.alone.likely - _BONUS * elliptic + _CLEARER * says_enough
        return not complete and merged.likely > needed


def is_clear(alone: Reading) -> bool:
    """Whether what is meant, as in "no, I meant the sanctions", is a thing, and clear without the last answer."""
    own = content_of(alone.analysis)
    return bool(own) and alone.likely >= _CERTAIN and all(feature[0] != "@" for feature in own)
