"""What the curated utterances teach: which features speak for which subject, and how strongly.

A multinomial naive Bayes model over features with background smoothing, and the utterances themselves for a
nearest-phrasing search. Counted once from curated files; nothing is trained on readers' messages.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from bot.understanding.postings import Phrasings, Postings, offsets

_SMOOTHING = 10.0
_QUOTE_WEIGHT = 0.3
_UNSEEN_IDF = 1.25

MEASURES = ("when", "how_many", "how_much", "how_long")
"""Answer types that only a date or a number satisfies."""


class SubjectKind(StrEnum):
    """What a message can be about."""

    TOPIC = "topic"
    GAP = "gap"
    SOCIAL = "social"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"


class Subject(NamedTuple):
    """One thing that messages can be about, and how its utterances say so.

    `phrasings` are the features of each utterance, `evidence` the features of each quoted sentence, `cites` the
    numbers of the sentences cited first, `answers` the answer types that are curated for it; none: any.
    """

    id: str
    kind: SubjectKind
    phrasings: tuple[Mapping[str, float], ...]
    evidence: tuple[Mapping[str, float], ...] = ()
    cites: frozenset[int] = frozenset()
    answers: frozenset[str] = frozenset()


@dataclass(slots=True)
class Model:
    """The tables. Features have numbers, by which `phrasings` and `postings` know them.

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


def build_model(subjects: Sequence[Subject]) -> Model:
    """Count the subjects' utterances into a model."""
    idf, unseen = _idf([phrasing for subject in subjects for phrasing in subject.phrasings])
    counts = [_counts(subject) for subject in subjects]
    features = list(dict.fromkeys(feature for counted in counts for feature in counted))
    numbers = {feature: number for number, feature in enumerate(features)}
    return Model(
        ids=[subject.id for subject in subjects],
        kinds=[subject.kind for subject in subjects],
        lengths=[math.log(sum(counted.values()) + _SMOOTHING) for counted in counts],
        cites=[subject.cites for subject in subjects],
        answers=[subject.answers for subject in subjects],
        asked=[frozenset(f[1:] for p in subject.phrasings for f in p if f[0] == "?") for subject in subjects],
        measures=[_measure(subject) for subject in subjects],
        features=features,
        idf=idf,
        unseen_idf=unseen,
        absent=_absent(subjects, counts),
        topical=frozenset(
            feature
            for subject, counted in zip(subjects, counts, strict=True)
            if subject.kind is SubjectKind.TOPIC
            for feature in counted
        ),
        phrasings=_phrasings(subjects, numbers, idf),
        postings=_postings(subjects, counts, numbers, idf),
    )


def _phrasings(subjects: Sequence[Subject], numbers: Mapping[str, int], idf: Mapping[str, float]) -> Phrasings:
    phrasings = [phrasing for subject in subjects for phrasing in _shortest_first(subject, idf)]
    return Phrasings(
        firsts=offsets(len(subject.phrasings) for subject in subjects),
        starts=offsets(len(phrasing) for phrasing in phrasings),
        features=array("I", (numbers[feature] for phrasing in phrasings for feature in phrasing)),
        sizes=array("d", (_size(phrasing, idf) for phrasing in phrasings)),
    )


def _shortest_first(subject: Subject, idf: Mapping[str, float]) -> list[Mapping[str, float]]:
    return sorted(subject.phrasings, key=lambda phrasing: _size(phrasing, idf))


def _size(phrasing: Mapping[str, float], idf: Mapping[str, float]) -> float:
    """The sum of an utterance's idf, the same in whatever order."""
    return math.fsum(idf[feature] for feature in phrasing)


def _postings(
    subjects: Sequence[Subject],
    counts: Sequence[Mapping[str, float]],
    numbers: Mapping[str, int],
    idf: Mapping[str, float],
) -> Postings:
    background = _background(counts)
    found: list[list[tuple[int, float, list[int]]]] = [[] for _ in numbers]
    for subject, counted in enumerate(counts):
        holders: dict[str, list[int]] = {feature: [] for feature in counted}
        for index, phrasing in enumerate(_shortest_first(subjects[subject], idf)):
            for feature in phrasing:
                holders[feature].append(index)
        for feature, count in counted.items():
            odds = math.log1p(count / (_SMOOTHING * background[feature]))
            found[numbers[feature]].append((subject, odds, holders[feature]))
    places = [place for of_feature in found for place in of_feature]
    return Postings(
        starts=offsets(map(len, found)),
        subjects=array("I", (subject for subject, _, _ in places)),
        odds=array("d", (odds for _, odds, _ in places)),
        peaks=array("d", (max(odds for _, odds, _ in of_feature) for of_feature in found)),
        holding=offsets(len(held) for _, _, held in places),
        holders=array("I", (index for _, _, held in places for index in held)),
    )


def _absent(subjects: Sequence[Subject], counts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Each feature's share among what is no topic, every kind of subject weighing the same."""
    shares: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    sizes = Counter(subject.kind is SubjectKind.TOPIC for subject in subjects)
    for subject, counted in zip(subjects, counts, strict=True):
        is_topic = subject.kind is SubjectKind.TOPIC
        total = sum(counted.values()) * sizes[is_topic] or 1.0
        for feature, count in counted.items():
            shares[is_topic][feature] += count / total  # type: ignore[assignment]
    topical, other = shares[True], shares[False]
    return {feature: other[feature] / (other[feature] + topical[feature]) for feature in {*topical, *other}}


def _measure(subject: Subject) -> str | None:
    """The answer type among `MEASURES` that more than half of a subject's utterances ask for."""
    for measure in MEASURES:
        if 2 * sum(f"?{measure}" in phrasing for phrasing in subject.phrasings) > len(subject.phrasings):
            return measure
    return None


def _idf(phrasings: Sequence[Mapping[str, float]]) -> tuple[dict[str, float], float]:
    """Rarity of each feature among the utterances, 1 on average; and that of a feature never seen."""
    frequency = Counter(feature for phrasing in phrasings for feature in phrasing)
    total = len(phrasings) + 1
    raw = {feature: math.log(1 + total / count) for feature, count in frequency.items()}
    mean = sum(raw.values()) / len(raw) if raw else 1.0
    return {feature: value / mean for feature, value in raw.items()}, _UNSEEN_IDF


def _counts(subject: Subject) -> dict[str, float]:
    counted: dict[str, float] = {}
    for weight, group in ((1.0, subject.phrasings), (_QUOTE_WEIGHT, subject.evidence)):
        for phrasing in group:
            for feature, value in phrasing.items():
                counted[feature] = counted.get(feature, 0.0) + weight * value
    return counted


def _background(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Each feature's share of all counts, every subject weighing the same."""
    shares: Counter[str] = Counter()
    for counted in counts:
        total = sum(counted.values()) or 1.0
        for feature, count in counted.items():
            shares[feature] += count / total  # type: ignore[assignment]
    everything = sum(shares.values()) or 1.0
    return {feature: share / everything for feature, share in shares.items()}
