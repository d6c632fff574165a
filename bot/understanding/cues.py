"""What leans on the last answer in a language: its words and phrases, and where a message holds them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from bot.understanding.text import tokenize

_LONGEST_WHOLE = 14
_LONGEST_FILLER = 4


class Cue(StrEnum):
    """What a message asks of the last answer as a whole."""

    MORE = "more"
    WHO_SAID = "who_said"
    SOURCE = "source"
    WHY = "why"
    WHY_NOT = "why_not"
    AND = "and"
    CORRECTION = "correction"
    EXACT_WORDS = "exact_words"
    ELABORATE = "elaborate"
    CONTRAST = "contrast"
    CHECK = "check"
    NAMES = "names"
    NOT = "not"
    BACK_TO = "back_to"
    OTHERS = "others"
    ASIDE = "aside"


class Phrases:
    """Phrases as keys, to be found among the keys of a message's words."""

    def __init__(self, phrases: Collection[str]) -> None:
        self._phrases = phrases
        self._longest: dict[str, int] = {}
        for words in (phrase.split(" ") for phrase in phrases):
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def length_at(self, keys: Sequence[str], start: int = 0) -> int:
        """How many words the longest phrase at a place takes; 0 where none stands there."""
        most = min(self._longest.get(keys[start], 0), len(keys) - start) if start < len(keys) else 0
        lengths = range(most, 0, -1)
        return next((n for n in lengths if " ".join(keys[start : start + n]) in self._phrases), 0) if most else 0

    def find(self, keys: Sequence[str]) -> tuple[int, int]:
        """Where the longest phrase starts and how many words it takes; 0 words where there is none."""
        start, length = 0, 0
        for number, key in enumerate(keys):
            if key in self._longest and (found := self.length_at(keys, number)) > length:
                start, length = number, found
        return start, length


@dataclass(frozen=True)
class Cues:
    """A language's cues as keys: phrases that are a whole message, and phrases that open one.

    `telling` are words for saying and what is said, `furthering` for what is not yet said, `joining` for one more
    question in a sentence, `fillers` what may stand about a cue, `references` phrases such as "the other one" and
    what they count.
    """

    whole: dict[str, Cue]
    opening: dict[str, Cue]
    pronouns: dict[str, list[str]]
    telling: frozenset[str]
    furthering: frozenset[str]
    joining: frozenset[str]
    fillers: frozenset[str]
    references: dict[str, str]

    @cached_property
    def openings(self) -> Phrases:
        """What opens a message."""
        return Phrases(self.opening)

    @cached_property
    def filling(self) -> Phrases:
        """The fillers."""
        return Phrases(self.fillers)

    @cached_property
    def referring(self) -> Phrases:
        """The references."""
        return Phrases(self.references)

    @cached_property
    def _pronoun_starts(self) -> frozenset[str]:
        return frozenset(form.split(" ")[0] for form in self.pronouns)

    def whole_cue(self, keys: Sequence[str]) -> Cue | None:
        """The cue that a message is, apart from a leading "and" or "but" and from fillers: "please", "exactly".

        A word said twice, as in "sure sure?", counts once.
        """
        once = [key for key, _ in groupby(keys)]
        if len(once) > _LONGEST_WHOLE:
            return None
        cues = map(self.whole.get, map(" ".join, self._without_fillers(once)))
        return next(filter(None, cues), None)

    def only_chat(self, keys: Sequence[str]) -> bool:
        """Whether words are nothing but fillers, as in "lol ok", and no cue."""
        return bool(keys) and self.fillers.issuperset(keys) and self.whole_cue(keys) is None

    def pronouns_in(self, keys: Sequence[str]) -> frozenset[str]:
        """The kinds of pronoun that words hold, such as "he" or "that man": he, she, they, it, that.

        One that is "none" with the next word, as in "il y a", is no pronoun.
        """
        if self._pronoun_starts.isdisjoint(keys):
            return frozenset()
        found: set[str] = set()
        for number, key in enumerate(keys):
            if key in self._pronoun_starts:
                pair = self.pronouns.get(" ".join(keys[number : number + 2]), []) if number + 1 < len(keys) else []
                found.update(pair)
                if "none" not in pair:
                    found.update(self.pronouns.get(key, []))
        return frozenset(found - {"none"})

    def _without_fillers(self, keys: list[str]) -> Iterator[list[str]]:
        """The words of a message, and those left as more and more that adds nothing is taken off."""
        yield keys
        kept = keys
        while len(kept) > 1 and kept[0] in self.opening:
            kept = kept[1:]
            yield kept
        while length := self._filling(kept, from_end=True):
            kept = kept[:-length]
            yield kept
        while length := self._filling(kept, from_end=False):
            kept = kept[length:]
            yield kept
        inner = [key for key in kept if key not in self.fillers]
        if inner and len(inner) < len(kept):
            yield inner

    def _filling(self, keys: list[str], *, from_end: bool) -> int:
        """How many words at an end are a filler that leaves more than an "and"; 0 for none."""
        for length in range(min(_LONGEST_FILLER, len(keys) - 1), 0, -1):
            filler, rest = (keys[-length:], keys[:-length]) if from_end else (keys[:length], keys[length:])
            if " ".join(filler) in self.fillers and " ".join(rest) not in self.opening:
                return length
        return 0


def phrase_key(phrase: str) -> str:
    """A phrase as the folded keys of its words."""
    return " ".join(token.key for token in tokenize(phrase))
