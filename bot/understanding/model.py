"""What the curated utterances teach: which features speak for which subject, and how strongly.

A multinomial naive Bayes model over features with background smoothing, weights that tell close subjects apart, and the
utterances themselves for a nearest-phrasing search. Made from curated files only, never from readers' messages.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.understanding.postings import Contrasts, Phrasings, Postings

WORD_WEIGHT = 0.5
"""What a literal word weighs, where a concept weighs 1."""

MEASURES = ("when", "how_many", "how_much", "how_long")
"""Answer types that only a date or a number satisfies."""


class SubjectKind(StrEnum):
    """What a message can be about."""

    TOPIC = "topic"
    GAP = "gap"
    SOCIAL = "social"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"


@dataclass(slots=True)
class Model:
    """The tables. Features, literal words last, have numbers, by which the arrays know them.

    Per subject: `lengths` holds the logarithm of its smoothed count, `cites` the sentences cited first, `answers` the
    answer types that are curated (none: any), `asked` those that its utterances ask for, `measures` the one kind of
    number or date that most of them ask for. `topical` are the features of all topics together, `absent` how much more
    a feature says what the article lacks than what it has, from 0 to 1.
    """

    ids: list[str]
    kinds: list[SubjectKind]
    lengths: list[float]
    cites: list[frozenset[int]]
    answers: list[frozenset[str]]
    asked: list[frozenset[str]]
    measures: list[str | None]
    features: list[str]
    idf: dict[str, float]
    unseen_idf: float
    absent: dict[str, float]
    topical: frozenset[str]
    phrasings: Phrasings
    postings: Postings
    contrasts: Contrasts
    numbers: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.numbers = {feature: number for number, feature in enumerate(self.features)}

    def place(self, feature: str, subject: int) -> int:
        """Where among the postings a feature speaks for a subject; -1 where it does not."""
        number = self.numbers.get(feature)
        return -1 if number is None else self.postings.place(number, subject)

    def holds(self, subject: int, features: Iterable[str]) -> bool:
        """Whether a subject's utterances and quotes hold all of some features."""
        return all(self.place(feature, subject) >= 0 for feature in features)

    def touches(self, subject: int, features: Iterable[str]) -> bool:
        """Whether a subject's utterances and quotes hold any of some features."""
        return any(self.place(feature, subject) >= 0 for feature in features)

    def share(self, subject: int, feature: str) -> float:
        """The share of a subject's utterances that hold a feature."""
        place, firsts, holding = self.place(feature, subject), self.phrasings.firsts, self.postings.holding
        held = holding[place + 1] - holding[place] if place >= 0 else 0
        return held / (firsts[subject + 1] - firsts[subject]) if held else 0.0

    def phrasing(self, number: int) -> frozenset[str]:
        """The features of an utterance."""
        start, end = self.phrasings.starts[number : number + 2]
        return frozenset(self.features[feature] for feature in self.phrasings.features[start:end])

    def typical(self, subject: str) -> tuple[str, ...]:
        """The features that most of a subject's utterances hold."""
        first, end = self.phrasings.firsts[(number := self.ids.index(subject)) : number + 2]
        start, stop = self.phrasings.starts[first], self.phrasings.starts[end]
        held = (self.features[feature] for feature in self.phrasings.features[start:stop])
        counted = Counter(feature for feature in held if feature[0] not in "?!~")
        return tuple(feature for feature, count in counted.most_common(3) if 3 * count >= end - first)


def with_words(features: Mapping[str, float], words: Iterable[str]) -> dict[str, float]:
    """Features together with literal words."""
    return {**features, **dict.fromkeys(words, WORD_WEIGHT)}
