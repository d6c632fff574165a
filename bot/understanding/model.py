"""What the curated utterances teach: which features speak for which subject, and how strongly.

A multinomial naive Bayes model over features with background smoothing, and the utterances themselves for a
nearest-phrasing search. Counted once from curated files; nothing is trained on readers' messages.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Subject:
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
    """The tables. `postings` maps a feature to subjects (by number) and its log-odds there over the background.

    Per subject: `phrasings` holds each utterance as features and the sum of their idf, `cites` the sentences cited
    first, `answers` the answer types that are curated (none: any), `asked` those that its utterances ask for,
    `measures` the one kind of number or date that most of them ask for. `topical` are the features of all topics
    together, `absent` how much more a feature says what the article lacks than what it has, from 0 to 1.
    """

    ids: list[str]
    kinds: list[SubjectKind]
    lengths: list[float]
    postings: dict[str, list[tuple[int, float]]]
    idf: dict[str, float]
    unseen_idf: float
    phrasings: list[list[tuple[frozenset[str], float]]]
    vocabularies: list[frozenset[str]]
    cites: list[frozenset[int]]
    answers: list[frozenset[str]]
    asked: list[frozenset[str]]
    measures: list[str | None]
    topical: frozenset[str]
    absent: dict[str, float]

    def typical(self, subject: str) -> tuple[str, ...]:
        """The features that most of a subject's utterances hold."""
        phrasings = [features for features, _ in self.phrasings[self.ids.index(subject)]]
        counted = Counter(feature for features in phrasings for feature in features if feature[0] not in "?!~")
        return tuple(feature for feature, count in counted.most_common(3) if 3 * count >= len(phrasings))


def build_model(subjects: Sequence[Subject]) -> Model:
    """Count the subjects' utterances into a model."""
    idf, unseen = _idf([phrasing for subject in subjects for phrasing in subject.phrasings])
    counts = [_counts(subject) for subject in subjects]
    background = _background(counts)
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, counted in enumerate(counts):
        for feature, count in counted.items():
            delta = math.log1p(count / (_SMOOTHING * background[feature]))
            postings.setdefault(feature, []).append((number, delta))
    return Model(
        ids=[subject.id for subject in subjects],
        kinds=[subject.kind for subject in subjects],
        lengths=[math.log(sum(counted.values()) + _SMOOTHING) for counted in counts],
        postings=postings,
        idf=idf,
        unseen_idf=unseen,
        phrasings=[[_phrasing(p, idf, unseen) for p in subject.phrasings] for subject in subjects],
        vocabularies=[frozenset(counted) for counted in counts],
        cites=[subject.cites for subject in subjects],
        answers=[subject.answers for subject in subjects],
        asked=[frozenset(f[1:] for p in subject.phrasings for f in p if f[0] == "?") for subject in subjects],
        measures=[_measure(subject) for subject in subjects],
        topical=frozenset(
            feature
            for subject, counted in zip(subjects, counts, strict=True)
            if subject.kind is SubjectKind.TOPIC
            for feature in counted
        ),
        absent=_absent(subjects, counts),
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


def _phrasing(features: Mapping[str, float], idf: Mapping[str, float], unseen: float) -> tuple[frozenset[str], float]:
    return frozenset(features), sum(idf.get(feature, unseen) for feature in features)
