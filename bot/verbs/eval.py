"""`citebot eval`: how well the bot understands labelled question sets."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.judge import Outcome
from bot.evaluation.measure import Measurement, Result, measure
from bot.evaluation.questions import dialogues, read_floors, read_questions, read_sentences
from bot.verbs.engine import configured_engine

EXIT_UNDER_FLOOR = 1
_WORST_FIRST = (Outcome.WRONG, Outcome.FALSE, Outcome.MISSED, Outcome.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class EvalOptions:
    """What to measure and how to show it; `floors` is a file of the least share right per group."""

    files: Sequence[Path]
    sentences: Path | None
    floors: Path | None
    as_json: bool
    failures: int


def evaluate(options: EvalOptions) -> int:
    """Measure, and print a table per kind and group, confusions and the worst failures. Raises FaultsError.

    Returns 1 where a group is under its floor.
    """
    items = [item for file in options.files for item in read_questions(file)]
    labels = read_sentences(options.sentences or options.files[0].parent / "sentences.json")
    floors = read_floors(options.floors) if options.floors else {}
    measurement = measure(configured_engine(), dialogues(items), labels)
    if options.as_json:
        print(json.dumps(as_object(measurement)))
    else:
        _print_report(measurement, options.failures)
    return _check_floors(measurement, floors)


def _print_report(measurement: Measurement, failures: int) -> None:
    _print_table("kind", measurement.by_kind())
    _print_table("group", measurement.groups())
    micros = measurement.micros()
    print(f"micros a message: median {micros['median']}, p99 {micros['p99']}\n")
    _print_confusions(measurement)
    _print_failures(measurement, failures)


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


def _figures(counted: Counter[Outcome]) -> dict[str, float]:
    total = sum(counted.values())
    return {"messages": total, **{outcome.value: round(counted[outcome] / total, 4) for outcome in Outcome}}


def _print_table(title: str, rows: Mapping[str, Counter[Outcome]]) -> None:
    width = max([len(title), *map(len, rows)])
    print(f"{title:<{width}}  messages  " + "  ".join(f"{outcome.value:>10}" for outcome in Outcome))
    for name, counted in rows.items():
        total = sum(counted.values())
        shares = "  ".join(f"{counted[outcome] / total:>10.3f}" for outcome in Outcome)
        print(f"{name:<{width}}  {total:>8}  {shares}")
    print()


def _print_confusions(measurement: Measurement) -> None:
    wrong = [r for r in measurement.results if r.outcome in {Outcome.WRONG, Outcome.FALSE}]
    if wrong:
        print("answered where it should not be, or with the wrong sentence, by topic:")
    for topic, count in Counter(r.answer.topic for r in wrong).most_common(10):
        print(f"  {count:>3}  {topic}")


def _print_failures(measurement: Measurement, count: int) -> None:
    failed = [r for r in measurement.results if r.outcome is not Outcome.RIGHT]
    failed.sort(key=lambda r: (_WORST_FIRST.index(r.outcome), -r.answer.score))
    if failed and count:
        print(f"\nworst failures, {min(count, len(failed))} of {len(failed)}:")
    for result in failed[:count]:
        print(f"  {_described(result)}")


def _described(result: Result) -> str:
    gold = " ".join(sorted(result.question.gold)) or "nothing"
    got = f"{result.answer.topic or result.answer.status.value} ({result.answer.score:.2f})"
    return f"{result.outcome.value:<10} {result.question.kind:<14} {result.question.text!r} wants {gold}, got {got}"
