"""`citebot eval`: how well the bot understands labelled question sets."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from bot.engine import Engine
from bot.evaluation.baselines import baseline
from bot.evaluation.by_topic import article_labels, with_evidence
from bot.evaluation.compare import measure_search
from bot.evaluation.confusion import Expectations
from bot.evaluation.judge import Outcome
from bot.evaluation.measure import Measurement, measure
from bot.evaluation.questions import Dialogue, LabelledSentence, dialogues, read_floors, read_questions, read_sentences
from bot.faults import shown_path
from bot.verbs.engine import chosen, opened
from bot.verbs.report import comparison, confusions, failures, table

EXIT_UNDER_FLOOR = 1


@dataclass(frozen=True, slots=True)
class EvalOptions:
    """What to measure and how to show it.

    `knowledge` is the knowledge file, if none the configured one; `floors` is a file of the least share right per
    group; `against` are names of baselines, `model` MiniLM's folder.
    """

    files: Sequence[Path]
    knowledge: Path | None
    sentences: Path | None
    floors: Path | None
    as_json: bool
    failures: int
    against: Sequence[str] = ()
    model: Path | None = None


def evaluate(options: EvalOptions) -> int:
    """Measure, and print tables, confusions, the worst failures and what baselines get. Raises FaultsError.

    Returns 1 where a group is under its floor.
    """
    asked = [*dialogues([item for file in options.files for item in read_questions(file)])]
    by_sentence = any(question.gold for dialogue in asked for question in dialogue.turns)
    labels = read_sentences(_sentence_list(options)) if by_sentence or options.sentences else {}
    floors = read_floors(options.floors) if options.floors else {}
    knowledge = chosen(options.knowledge)
    engine = opened(knowledge, preload=True)
    labels = labels or article_labels(engine.catalogue)
    asked = with_evidence(asked, engine.catalogue, labels, knowledge)
    searches = dict(_searches(options, engine, asked, labels))
    measurement = measure(engine, asked, labels)
    if options.as_json:
        print(json.dumps(as_object(measurement) | _against(searches)))
    else:
        print(f"Knowledge file: {shown_path(knowledge)}\n")
        _print_report(measurement, Expectations(engine, labels), options.failures)
        if searches:
            print("\n".join(("", *comparison({"citebot": measurement} | {n: m for n, (m, _) in searches.items()}))))
    return _check_floors(measurement, floors)


def _sentence_list(options: EvalOptions) -> Path:
    return options.sentences or options.files[0].parent / "sentences.json"


def _searches(
    options: EvalOptions, engine: Engine, asked: Sequence[Dialogue], labels: Mapping[str, LabelledSentence]
) -> Iterator[tuple[str, tuple[Measurement, float]]]:
    """Each baseline's name, measurement and threshold; a baseline that cannot be made is a fault before any is run."""
    catalogue = engine.catalogue
    sentences = [catalogue.article.quote(sentence.span) for sentence in catalogue.article.sentences]
    made = {name: baseline(name, sentences, options.model) for name in options.against}
    for name, scores in made.items():
        yield name, measure_search(scores, catalogue, asked, labels)


def _print_report(measurement: Measurement, expectations: Expectations, most: int) -> None:
    micros = measurement.micros()
    sections = (
        table("kind", measurement.by_kind()),
        table("group", measurement.groups()),
        [f"micros a message: median {micros['median']}, p99 {micros['p99']}"],
        confusions(measurement, expectations),
        failures(measurement, expectations, most),
    )
    shown = ("\n".join(section) for section in map(list, sections) if section)
    print("\n\n".join(shown))


def _check_floors(measurement: Measurement, floors: Mapping[str, float]) -> int:
    """Say which groups are under their floor; 1 where any is."""
    groups = measurement.groups()
    status = 0
    for group, floor in floors.items():
        counted = groups.get(group, Counter())
        share = counted[Outcome.RIGHT] / (sum(counted.values()) or 1)
        if share < floor:
            print(f"citebot: {group}: {share:.3f} right is under the floor of {floor:.3f}", file=sys.stderr)
            status = EXIT_UNDER_FLOOR
    return status


def as_object(measurement: Measurement) -> dict[str, object]:
    """The figures for a program."""
    return {
        "kinds": {kind: _figures(counted) for kind, counted in measurement.by_kind().items()},
        "groups": {group: _figures(counted) for group, counted in measurement.groups().items()},
        "micros": measurement.micros(),
    }


def _against(searches: Mapping[str, tuple[Measurement, float]]) -> dict[str, object]:
    """The figures of baselines, if any were asked for; no threshold where one is best to answer nothing."""
    figures = {
        name: as_object(measurement) | {"threshold": threshold if isfinite(threshold) else None}
        for name, (measurement, threshold) in searches.items()
    }
    return {"against": figures} if figures else {}


def _figures(counted: Counter[Outcome]) -> dict[str, float]:
    total = sum(counted.values())
    return {"messages": total, **{outcome.value: round(counted[outcome] / total, 4) for outcome in Outcome}}
