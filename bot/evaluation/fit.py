"""Fitting the decision's weights: `python -m bot.evaluation.fit [--thin] KNOWLEDGE SENTENCES QUESTIONS...`.

Samples are the curated utterances, each weighed by a model built without its fold, and labelled questions. A sample is
right where the best topic answers it. With `--thin` the samples are the questions alone, each put to thinned knowledge
files, as somebody with little time would write them. Logistic regression by Newton's method; a signal whose weight
would get the wrong sign is dropped, so that every weight can be explained.
"""

import math
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.compiling.counting import Phrasing, Subject
from bot.compiling.tables import (
    compile_knowledge,
    compile_lexicons,
    compile_model,
    compile_subjects,
    compile_tables,
)
from bot.engine import Engine
from bot.evaluation.judge import Outcome, judge
from bot.evaluation.questions import Dialogue, LabelledSentence, Question, read_questions, read_sentences
from bot.evaluation.thinning import THINNED, thin
from bot.knowledge.load import Knowledge, load_knowledge
from bot.language.load import LanguageData, load_languages
from bot.understanding.analyse import Analysis
from bot.understanding.decide import THIN_WEIGHTS, decide
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Ranker

FOLDS = 5
_RIDGE = 1.0
_ROUNDS = 15
_CLOSE = 1e-3
_FLOORS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_UTTERANCE_WEIGHT = 0.2
_CAUTION = 3.0  # a thin file has few gaps, and a wrong answer is worse than none
_UNWEIGHED = frozenset({"social", "false_premise", "long"})
_SIGNS = {
    "evidence": 1, "odds": 1, "agree": 1, "likeness": 1, "outranked": -1, "missing": -1, "substance": 1, "absent": -1,
    "stranger": -1, "entity_elsewhere": -1, "misfit": -1, "unmeasured": -1, "covered": 1, "novel": -1, "typed": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """What was weighed for a message; whether the best topic answers it, and whether any should."""

    signals: Mapping[str, float]
    right: bool
    answerable: bool
    weight: float
    fold: int


def utterance_samples(subjects: Sequence[Subject], seed: int = 1) -> Iterator[Sample]:
    """Every utterance, weighed by a model built without its fold."""
    chance = random.Random(seed)  # noqa: S311 - folds, not secrets
    folds = [[chance.randrange(FOLDS) for _ in subject.phrasings] for subject in subjects]
    topics = {subject.id: subject for subject in subjects if subject.kind is SubjectKind.TOPIC}
    for fold in range(FOLDS):
        kept = [_without(subject, of, fold) for subject, of in zip(subjects, folds, strict=True)]
        ranker = Ranker(compile_model(kept))
        for subject, of in zip(subjects, folds, strict=True):
            for phrasing, own in zip(subject.phrasings, of, strict=True):
                if own == fold:
                    yield _utterance_sample(ranker, subject, phrasing, topics, fold)


def _without(subject: Subject, folds: Sequence[int], fold: int) -> Subject:
    kept = (phrasing for phrasing, own in zip(subject.phrasings, folds, strict=True) if own != fold)
    return subject._replace(phrasings=tuple(kept))


def _utterance_sample(
    ranker: Ranker, subject: Subject, phrasing: Phrasing, topics: Mapping[str, Subject], fold: int
) -> Sample:
    features, words = phrasing
    asked = next((feature[1:] for feature in features if feature[0] == "?"), None)
    verdict = decide(ranker.model, Analysis("en", (), dict(features), asked), ranker.rank(features, words))
    best = topics[verdict.best.id] if verdict.best else None
    same = best is not None and bool(best.cites & subject.cites)
    return Sample(verdict.signals, same, subject.kind is SubjectKind.TOPIC, _UTTERANCE_WEIGHT, fold)


def labelled_samples(
    engine: Engine, questions: Sequence[Question | Dialogue], sentences: Mapping[str, LabelledSentence]
) -> Iterator[Sample]:
    """Every labelled question that is no conversation, no social message and no false premise."""
    for number, question in enumerate(questions):
        if isinstance(question, Dialogue) or question.kind in _UNWEIGHED:
            continue
        if question.language is not None and question.language not in engine.languages:
            continue
        verdict = engine.interpreter.interpret(question.text, None, question.language).reading.verdict
        answer = engine.topic(verdict.best.id) if verdict.best else None
        right = bool(question.gold) and answer is not None and judge(question, answer, sentences) is Outcome.RIGHT
        yield Sample(verdict.signals, right, bool(question.gold), 1.0, number % FOLDS)


def thin_samples(
    knowledge: Knowledge,
    data: LanguageData,
    questions: Sequence[Question | Dialogue],
    sentences: Mapping[str, LabelledSentence],
) -> Iterator[Sample]:
    """Every labelled question, put to each of some thinned knowledge files."""
    for seed, size in enumerate(THINNED):
        engine = Engine(compile_knowledge(thin(knowledge, size, seed), data))
        for sample in labelled_samples(engine, questions, sentences):
            yield sample if sample.answerable else replace(sample, weight=_CAUTION)


def fit(samples: Sequence[Sample]) -> dict[str, float]:
    """The weights that make right samples likely, without those of the wrong sign."""
    names = list(_SIGNS)
    while True:
        weights = _newton(samples, names)
        wrong = {name for name in names if weights[name] * _SIGNS[name] < 0}
        if not wrong:
            return weights
        names = [name for name in names if name not in wrong]


def _newton(samples: Sequence[Sample], names: Sequence[str]) -> dict[str, float]:
    rows = [[1.0, *(sample.signals.get(name, 0.0) for name in names)] for sample in samples if sample.signals]
    targets = [(float(sample.right), sample.weight) for sample in samples if sample.signals]
    weights = [0.0] * (len(names) + 1)
    for _ in range(_ROUNDS):
        gradient, hessian = _derivatives(rows, targets, weights)
        step = _solve(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _CLOSE:
            break
    return dict(zip(["bias", *names], weights, strict=True))


def _derivatives(
    rows: Sequence[Sequence[float]], targets: Sequence[tuple[float, float]], weights: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    """Of the ridge-penalised log likelihood; the bias is not penalised."""
    size = len(weights)
    gradient = [0.0, *(-_RIDGE * weight for weight in weights[1:])]
    hessian = [[_RIDGE * (i == j) for j in range(size)] for i in range(size)]
    for row, (target, importance) in zip(rows, targets, strict=True):
        likely = logistic(sum(weight * value for weight, value in zip(weights, row, strict=True)))
        slope, curve = importance * (target - likely), importance * likely * (1 - likely)
        held = [(i, value) for i, value in enumerate(row) if value]
        for i, value in held:
            gradient[i] += slope * value
            for j, other in held:
                hessian[i][j] += curve * value * other
    return gradient, hessian


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Gauss-Jordan elimination with pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda number: abs(rows[number][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for number, row in enumerate(rows):
            factor = row[column] / rows[column][column]
            if number != column and factor:
                rows[number] = [a - factor * b for a, b in zip(row, rows[column], strict=True)]
    return [row[-1] / row[number] for number, row in enumerate(rows)]


def logistic(total: float) -> float:
    """From a sum of evidence to a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def floors(samples: Sequence[Sample]) -> Iterator[str]:
    """What each floor would give on the labelled samples, each weighed without its fold."""
    scored: list[tuple[float, Sample]] = []
    for fold in range(FOLDS):
        weights = fit([sample for sample in samples if sample.fold != fold])
        held = (sample for sample in samples if sample.fold == fold and sample.weight >= 1.0)
        scored += [(probability(weights, sample.signals), sample) for sample in held]
    answerable = sum(sample.answerable for _, sample in scored) or 1
    absent = len(scored) - answerable or 1
    for floor in _FLOORS:
        right = sum(p >= floor and sample.right for p, sample in scored) / answerable
        wrong = sum(p >= floor and sample.answerable and not sample.right for p, sample in scored) / answerable
        refused = sum(p < floor and not sample.answerable for p, sample in scored) / absent
        yield f"floor {floor:.2f}: right {right:.3f}, wrong {wrong:.3f}, refused {refused:.3f}"


def probability(weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """How likely the best topic answers; none without signals."""
    return logistic(weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in signals.items())) if signals else 0.0


def main(arguments: Sequence[str]) -> None:
    """Print the weights and what floors would give."""
    is_thin = arguments[0] == "--thin"
    knowledge, sentence_file, *question_files = map(Path, arguments[is_thin:])
    data = load_languages()
    source, sentences = load_knowledge(knowledge, data.languages), read_sentences(sentence_file)
    questions = [question for file in question_files for question in read_questions(file)]
    if is_thin:
        samples = list(thin_samples(source, data, questions, sentences))
    else:
        samples = list(utterance_samples(compile_subjects(source, data, compile_lexicons(source, data))))
        samples += labelled_samples(Engine(compile_tables(knowledge)), questions, sentences)
    fitted = fit(samples)
    for name in THIN_WEIGHTS:
        print(f'    "{name}": {fitted.get(name, 0.0):.2f},')
    print("\n".join(floors(samples)))


if __name__ == "__main__":
    main(sys.argv[1:])
