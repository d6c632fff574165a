"""Which subjects a message's features speak for."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TypeAlias

from bot.understanding.evidence import Evidence, Weighed
from bot.understanding.model import WORD_WEIGHT, Model, SubjectKind

_CONSIDERED = 5
_SHORTLISTED = 12
_LIKENESS_WEIGHT = 6.0
_OTHER_MEASURE = 1.0
_SHARE = 0.8  # of what a feature weighs, that an utterance has of it: names weigh 1.25 in messages
_PATIENCE = 8
_REMEMBERED = 2_048
_FREQUENT, _SUBJECTS = 32, 512


_Held: TypeAlias = tuple[float, int, Callable[[int], int | None]]
"""What a feature weighs, its number, and what gives the utterances of a subject that hold it, as bits."""


_FIRST = itemgetter(0)


@dataclass(slots=True)
class Candidate:
    """A subject in the running.

    `evidence` is its log-odds over the background, tempered by the message's length, and what contrasts add to it;
    `likeness` (0 to 1) that of its nearest utterance; `score` ranks, `nearest` is that utterance's number, -1 for none.
    """

    number: int
    id: str
    kind: SubjectKind
    evidence: float
    likeness: float
    score: float
    nearest: int


class Ranker:
    """Ranks subjects by a model's tables."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._evidence = Evidence(model)
        self._measures = [measure and f"?{measure}" for measure in model.measures]
        self._holders = lru_cache(maxsize=_REMEMBERED)(self._holders_of)
        self._sizes, firsts = model.phrasings.sizes, model.phrasings.firsts
        self._groups = [(first, (1 << end - first) - 1) for first, end in pairwise(firsts)]

    def rank(self, features: Mapping[str, float], words: Collection[str] = ()) -> list[Candidate]:
        """The best subjects, best first; none where no feature is known. `words` are literal ones."""
        model = self.model
        known, held, total = self._held(features)
        if not known:
            return []
        candidates = []
        asks = "?" in map(_FIRST, features)
        for evidence, number in self._running(features, known, words):
            likeness, nearest = self._nearest(number, held, total)
            kind, measure = model.kinds[number], self._measures[number]
            unasked = measure is not None and measure not in features
            if kind is SubjectKind.GAP and not asks:
                unasked = unasked or "?" in [name[0] for name, _ in model.phrasing(nearest)]
            score = evidence + _LIKENESS_WEIGHT * likeness - _OTHER_MEASURE * unasked
            candidates.append(Candidate(number, model.ids[number], kind, evidence, likeness, score, nearest))
        candidates.sort(key=attrgetter("score"), reverse=True)
        return candidates

    def may_be_like(self, kind: SubjectKind, features: Mapping[str, float], least: float) -> bool:
        """Whether some features can be so like an utterance of some kind; false means that they cannot."""
        _, held, total = self._held(features)
        for number in [number for number, own in enumerate(self.model.kinds) if own is kind]:
            shared = sum([weight for weight, _, holders in held if holders(number)])
            if 2 * shared >= least * (total + _SHARE * shared):
                return True
        return False

    def known(self, features: Mapping[str, float]) -> list[tuple[int, float]]:
        """The numbers and weights of the features that the model knows."""
        number = self.model.features.number
        numbered = [(number(feature), weight) for feature, weight in features.items()]
        return [(number, weight) for number, weight in numbered if number is not None]

    def shortlist(self, known: Weighed, weights: Iterable[float]) -> list[tuple[float, int]]:
        """The subjects that most known features speak for, best first: their evidence and numbers.

        `weights` are those of all features, known or not.
        """
        return self._evidence.leading(known, math.sqrt(sum(weights)), _SHORTLISTED)

    def _held(self, features: Mapping[str, float]) -> tuple[list[tuple[int, float]], list[_Held], float]:
        """Known features: numbers and weights; weights with their rarity, the heaviest first, and who holds them.

        Also what all features, known or not, weigh with their rarity.
        """
        number, idf, unseen = self.model.features.number, self.model.idf, self.model.unseen_idf
        known: list[tuple[int, float]] = []
        held: list[_Held] = []
        total = 0.0
        for feature, weight in features.items():
            found = number(feature)
            rarity = weight * (unseen if found is None else idf[found] or unseen)
            total += rarity
            if found is not None:
                known.append((found, weight))
                held.append((rarity, found, self._holders(found)))
        held.sort(reverse=True)
        return known, held, total

    def _running(
        self, features: Mapping[str, float], known: Weighed, words: Collection[str]
    ) -> list[tuple[float, int]]:
        """The best subjects by their evidence."""
        numbers = map(self.model.features.number, words)
        literal = [(number, WORD_WEIGHT) for number in numbers if number is not None]
        weights = sum(features.values()) + WORD_WEIGHT * len(literal)
        return self._evidence.leading([*known, *literal], math.sqrt(weights), _CONSIDERED)

    def _nearest(self, number: int, held: Sequence[_Held], total: float) -> tuple[float, int]:
        """The utterance of a subject most like the features: Dice's coefficient, weighed by rarity; -1 for none.

        `held` are the features' weights, the heaviest first, and who holds them. Depth first, with the feature before
        without it; what cannot become better than the best so far is left out (branch and bound): an utterance is at
        least as large as what it shares, and as the shortest that is left. After some tries, the best so far will do.
        """
        shares, rest = _shares(number, held)
        shared, place = 0.0, 0
        sizes, (first, group) = self._sizes, self._groups[number]
        best, nearest, patience = 0.0, -1, _PATIENCE
        waiting: list[tuple[float, int, float, float, int]] = []
        while True:
            for weight, holders in shares[place:]:
                place += 1
                rest -= weight
                both = group & holders
                if both:
                    if both != group:
                        waiting.append((shared + rest, place, shared, rest, group ^ both))
                        group = both
                    shared += weight
            utterance = first + (group & -group).bit_length() - 1
            likeness = shared / (total + sizes[utterance])
            if likeness > best:
                best, nearest = likeness, utterance
            patience -= 1
            while waiting and patience:
                most, place, shared, rest, group = waiting.pop()
                own = total + most * _SHARE
                if most > best * own and most > best * (total + sizes[first + (group & -group).bit_length() - 1]):
                    break
            else:
                return min(2 * best, 1.0), nearest

    def _holders_of(self, feature: int) -> Callable[[int], int | None]:
        """What gives a subject's utterances that hold a feature; those of a very frequent one are not all read."""
        postings = self.model.postings
        if postings.count(feature) > _FREQUENT:
            return lru_cache(_SUBJECTS)(partial(postings.held, feature))
        return postings.holders(feature).get


def _shares(number: int, held: Sequence[_Held]) -> tuple[list[tuple[float, int]], float]:
    """What each feature that some utterance of a subject holds weighs, and which hold it, as bits; and their sum."""
    shares: list[tuple[float, int]] = []
    total = 0.0
    for weight, _, holders in held:
        found = holders(number)
        if found:
            shares.append((weight, found))
            total += weight
    return shares, total
