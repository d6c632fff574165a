"""What the curated utterances teach: which features speak for which subject, and how strongly.

A multinomial naive Bayes model over features with background smoothing, weights that tell close subjects apart, and the
utterances themselves for a nearest-phrasing search. Made from curated files only, never from readers' messages.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from bot.understanding.arrays import Reals
from bot.understanding.features import Features
from bot.understanding.postings import Contrasts, Phrasings, Postings, place_among

WORD_WEIGHT = 0.5
"""What a literal word weighs, where a concept weighs 1."""

MEASURES = ("when", "how_many", "how_much", "how_long")
"""Answer types that only a date or a number satisfies."""


_FEW = 10
_MANY = 60


class SubjectKind(StrEnum):
    """What a message can be about."""

    TOPIC = "topic"
    GAP = "gap"
    SOCIAL = "social"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"


@dataclass(slots=True)
class Model:
    """The tables. Features have numbers, by which the arrays know them.

    Per subject: `lengths` holds the logarithm of its smoothed count, `cites` the sentences cited first, `answers` the
    answer types that are curated (none: any), `asked` those that its utterances ask for, `measures` the one kind of
    number or date that most of them ask for. Per feature that is no literal word: `idf`, 0 where no utterance holds it,
    and `absent`, how much more it says what the article lacks than what it has, from 0 to 1. `topical` are the features
    of all topics together that are no words. `thinness` says how few utterances a topic has: 1 a handful, 0 very many.
    """

    ids: list[str]
    kinds: list[SubjectKind]
    lengths: list[float]
    cites: list[frozenset[int]]
    answers: list[frozenset[str]]
    asked: list[frozenset[str]]
    measures: list[str | None]
    features: Features
    idf: Reals
    unseen_idf: float
    absent: Reals
    topical: frozenset[str]
    phrasings: Phrasings
    postings: Postings
    contrasts: Contrasts
    thinness: float = field(init=False)

    def __post_init__(self) -> None:
        """Measure the thinness by the topic in the middle."""
        firsts = self.phrasings.firsts
        counts = [firsts[n + 1] - firsts[n] for n, kind in enumerate(self.kinds) if kind is SubjectKind.TOPIC]
        middle = median(counts) if counts else _MANY
        self.thinness = max(0.0, min(1.0, (_MANY - middle) / (_MANY - _FEW)))

    def rarity(self, feature: str) -> float:
        """The idf of a feature, whether some utterance holds it or not."""
        return self.frequent(feature) or self.unseen_idf

    def frequent(self, feature: str) -> float:
        """The idf of a feature that some utterance holds; 0 for others."""
        number = self.features.number(feature)
        return 0.0 if number is None else self.idf[number]

    def absence(self, feature: str) -> float:
        """How much more a feature says what the article lacks than what it has; 0 where nothing is known of it."""
        number = self.features.number(feature)
        return 0.0 if number is None else self.absent[number]

    def place(self, feature: str, subject: int) -> int:
        """Where among the postings a feature speaks for a subject; -1 where it does not."""
        number = self.features.number(feature)
        return -1 if number is None else self.postings.place(number, subject)

    def lacking(self, subject: int, features: Iterable[str]) -> list[str]:
        """Those of some features that a subject's utterances and quotes do not hold."""
        number, starts, subjects = self.features.number, self.postings.starts, self.postings.subjects
        return [
            f for f in features if (found := number(f)) is None or place_among(starts, subjects, found, subject) < 0
        ]

    def touches(self, subject: int, features: Iterable[str]) -> bool:
        """Whether a subject's utterances and quotes hold any of some features."""
        return any(self.place(feature, subject) >= 0 for feature in features)

    def shares(self, feature: str) -> dict[int, float]:
        """By subject, the share of its utterances that hold a feature; those that none holds are left out."""
        number, firsts = self.features.number(feature), self.phrasings.firsts
        held = {} if number is None else self.postings.holders(number)
        return {n: holders.bit_count() / (firsts[n + 1] - firsts[n]) for n, holders in held.items()}

    def phrasing(self, number: int) -> list[tuple[str, float]]:
        """The features of an utterance and their idf; of no utterance (-1), none."""
        if number < 0:
            return []
        start, end = self.phrasings.starts[number], self.phrasings.starts[number + 1]
        return [(self.features.name(feature), self.idf[feature]) for feature in self.phrasings.features[start:end]]

    def typical(self, subject: str) -> tuple[str, ...]:
        """The features that most of a subject's utterances hold."""
        first, end = self.phrasings.firsts[(number := self.ids.index(subject)) : number + 2]
        start, stop = self.phrasings.starts[first], self.phrasings.starts[end]
        held = map(self.features.name, self.phrasings.features[start:stop])
        counted = Counter(feature for feature in held if feature[0] not in "?!~")
        return tuple(feature for feature, count in counted.most_common(3) if 3 * count >= end - first)
