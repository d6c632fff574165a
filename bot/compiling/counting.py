"""Counting the curated utterances into a model."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.understanding.arrays import numbers, offsets, reals, signed
from bot.understanding.features import UNKNOWN, WORD, Features
from bot.understanding.model import MEASURES, WORD_WEIGHT, Model, SubjectKind
from bot.understanding.postings import ODDS, Contrasts, Phrasings, Postings

_SMOOTHING = 10.0
_QUOTE_WEIGHT = 0.3
_LONE_QUOTE_WEIGHT = 2.5
_FEW = 10
_UNSEEN_IDF = 1.25
_FEWEST = 2
_WIDEST = 0.4


class Phrasing(NamedTuple):
    """An utterance: its features, and its literal words."""

    features: Mapping[str, float]
    words: tuple[str, ...] = ()


class Subject(NamedTuple):
    """One thing that messages can be about, and how its utterances say so.

    `evidence` are the features of each quoted sentence, `cites` the numbers of the sentences cited first, `answers`
    the answer types that are curated for it (none: any), `gives` the kinds of date or number that its quotes hold.
    """

    id: str
    kind: SubjectKind
    phrasings: tuple[Phrasing, ...]
    evidence: tuple[Mapping[str, float], ...] = ()
    cites: frozenset[int] = frozenset()
    answers: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


def count_model(subjects: Sequence[Subject]) -> Model:
    """Count the subjects' utterances into a model, which has no contrasts yet."""
    subjects = _with_telling_words(subjects)
    idf, unseen = _idf([phrasing.features for subject in subjects for phrasing in subject.phrasings])
    counts = [_counts(subject) for subject in subjects]
    with_literal = [_counts_with_words(subject) for subject in subjects]
    features = Features.of({feature for counted in (*counts, *with_literal) for feature in counted})
    plain = [feature for feature in features if feature[0] != WORD]
    absent = _absent(subjects, counts)
    numbered = {feature: number for number, feature in enumerate(features)}
    return Model(
        ids=[subject.id for subject in subjects],
        kinds=[subject.kind for subject in subjects],
        lengths=[math.log(sum(counted.values()) + _SMOOTHING) for counted in with_literal],
        cites=[subject.cites for subject in subjects],
        answers=[subject.answers for subject in subjects],
        asked=[_asked(subject) for subject in subjects],
        measures=[_measure(subject) for subject in subjects],
        features=features,
        idf=reals(idf.get(feature, 0.0) for feature in plain),
        unseen_idf=unseen,
        absent=reals(absent[feature] for feature in plain),
        topical=frozenset(
            feature
            for subject, counted in zip(subjects, counts, strict=True)
            if subject.kind is SubjectKind.TOPIC
            for feature in counted
            if feature[0] != UNKNOWN
        ),
        phrasings=_phrasings(subjects, numbered, idf),
        postings=_postings(subjects, with_literal, numbered, idf),
        contrasts=Contrasts(offsets([0] * len(features)), numbers([]), signed([])),
    )


def views(phrasing: Phrasing) -> Iterator[Mapping[str, float]]:
    """An utterance's features alone, and with its words: either must be enough, for readers choose other words."""
    yield phrasing.features
    if phrasing.words:
        yield {**phrasing.features, **dict.fromkeys(phrasing.words, WORD_WEIGHT)}


def _with_telling_words(subjects: Sequence[Subject]) -> list[Subject]:
    """The subjects without words that teach nothing: those of a single utterance, and those of very many subjects."""
    uses = Counter(word for subject in subjects for phrasing in subject.phrasings for word in phrasing.words)
    spread = Counter(word for subject in subjects for word in {w for p in subject.phrasings for w in p.words})
    most = _WIDEST * len(subjects)
    telling = frozenset(word for word, count in uses.items() if count >= _FEWEST and spread[word] <= most)
    return [
        subject._replace(
            phrasings=tuple(
                p._replace(words=tuple(word for word in p.words if word in telling)) for p in subject.phrasings
            )
        )
        for subject in subjects
    ]


def _counts_with_words(subject: Subject) -> dict[str, float]:
    return _summed(
        (1.0, [view for phrasing in subject.phrasings for view in views(phrasing)]),
        (_quote_weight(subject), subject.evidence),
    )


def _counts(subject: Subject) -> dict[str, float]:
    return _summed(
        (1.0, [phrasing.features for phrasing in subject.phrasings]), (_quote_weight(subject), subject.evidence)
    )


def _quote_weight(subject: Subject) -> float:
    """What a quote counts beside an utterance: the more, the fewer utterances there are."""
    return _QUOTE_WEIGHT + _LONE_QUOTE_WEIGHT * _FEW / (_FEW + len(subject.phrasings))


def _summed(*groups: tuple[float, Sequence[Mapping[str, float]]]) -> dict[str, float]:
    counted: dict[str, float] = {}
    for weight, group in groups:
        for features in group:
            for feature, value in features.items():
                counted[feature] = counted.get(feature, 0.0) + weight * value
    return counted


def _phrasings(subjects: Sequence[Subject], numbered: Mapping[str, int], idf: Mapping[str, float]) -> Phrasings:
    phrasings = [phrasing for subject in subjects for phrasing in _shortest_first(subject, idf)]
    return Phrasings(
        firsts=offsets(len(subject.phrasings) for subject in subjects),
        starts=offsets(len(phrasing) for phrasing in phrasings),
        features=numbers(numbered[feature] for phrasing in phrasings for feature in phrasing),
        sizes=reals(_size(phrasing, idf) for phrasing in phrasings),
    )


def _shortest_first(subject: Subject, idf: Mapping[str, float]) -> list[Mapping[str, float]]:
    return sorted((phrasing.features for phrasing in subject.phrasings), key=lambda features: _size(features, idf))


def _size(features: Mapping[str, float], idf: Mapping[str, float]) -> float:
    """The sum of an utterance's idf, the same in whatever order."""
    return math.fsum(idf[feature] for feature in features)


def _postings(
    subjects: Sequence[Subject],
    counts: Sequence[Mapping[str, float]],
    numbered: Mapping[str, int],
    idf: Mapping[str, float],
) -> Postings:
    background = _background(counts)
    found: list[list[tuple[int, int]]] = [[] for _ in numbered]
    holders: list[list[int]] = [[] for _ in numbered]
    for subject, counted in enumerate(counts):
        held = dict.fromkeys(counted, 0)
        for index, features in enumerate(_shortest_first(subjects[subject], idf)):
            for feature in features:
                held[feature] |= 1 << index
        for feature, count in counted.items():
            odds = round(math.log1p(count / (_SMOOTHING * background[feature])) / ODDS)
            found[numbered[feature]].append((subject, odds))
            if feature[0] != WORD:
                holders[numbered[feature]].append(held[feature])
    places = [place for of_feature in found for place in of_feature]
    bits = [_bytes(held) for of_feature in holders for held in of_feature]
    return Postings(
        starts=offsets(map(len, found)),
        subjects=numbers(subject for subject, _ in places),
        odds=numbers(odds for _, odds in places),
        holding=offsets(map(len, bits)),
        bits=b"".join(bits),
    )


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


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


def _asked(subject: Subject) -> frozenset[str]:
    """The answer types that utterances ask for, and those that need no utterance: the quotes answer them."""
    return subject.gives.union(f[1:] for phrasing in subject.phrasings for f in phrasing.features if f[0] == "?")


def _measure(subject: Subject) -> str | None:
    """The answer type among `MEASURES` that more than half of a subject's utterances ask for."""
    for measure in MEASURES:
        if 2 * sum(f"?{measure}" in phrasing.features for phrasing in subject.phrasings) > len(subject.phrasings):
            return measure
    return None


def _idf(phrasings: Sequence[Mapping[str, float]]) -> tuple[dict[str, float], float]:
    """Rarity of each feature among the utterances, 1 on average; and that of a feature never seen."""
    frequency = Counter(feature for phrasing in phrasings for feature in phrasing)
    total = len(phrasings) + 1
    raw = {feature: math.log(1 + total / count) for feature, count in frequency.items()}
    mean = sum(raw.values()) / len(raw) if raw else 1.0
    return {feature: value / mean for feature, value in raw.items()}, _UNSEEN_IDF


def _background(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Each feature's share of all counts, every subject weighing the same."""
    shares: Counter[str] = Counter()
    for counted in counts:
        total = sum(counted.values()) or 1.0
        for feature, count in counted.items():
            shares[feature] += count / total  # type: ignore[assignment]
    everything = sum(shares.values()) or 1.0
    return {feature: share / everything for feature, share in shares.items()}
