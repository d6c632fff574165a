"""What `citebot eval` prints: tables, confusions of topics, failures, and baselines beside the bot."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from bot.evaluation.confusion import Expectations
from bot.evaluation.judge import Outcome
from bot.evaluation.measure import Measurement, Result

_WORST_FIRST = (Outcome.WRONG, Outcome.FALSE, Outcome.MISSED, Outcome.INCOMPLETE)
_MOST_PAIRS = 12
_NO_ANSWER = "no answer"
_OUTCOME = max(len(outcome.value) for outcome in Outcome)
_NAME = 32
_CELL = 9
_PAIR = 36
_MESSAGE = 90
_COMPARED = (
    ("English: right", "English, answerable", Outcome.RIGHT),
    ("English: wrong", "English, answerable", Outcome.WRONG),
    ("English: rightly refused", "English, not answerable", Outcome.RIGHT),
    ("other languages: right", "other languages, answerable", Outcome.RIGHT),
    ("other languages: wrong", "other languages, answerable", Outcome.WRONG),
    ("other languages: rightly refused", "other languages, not answerable", Outcome.RIGHT),
    ("later turns: right", "later turns", Outcome.RIGHT),
)
_FLATTERED = """\
A baseline quotes the one sentence of the article that fits best, or refuses where it fits less than a threshold.
The threshold is the one that makes most of these very answers right, which flatters the baseline."""


def table(title: str, rows: Mapping[str, Counter[Outcome]]) -> Iterator[str]:
    """Shares of each outcome."""
    width = max([len(title), *map(len, rows)])
    yield f"{title:<{width}}  messages  " + "  ".join(f"{outcome.value:>10}" for outcome in Outcome)
    for name, counted in rows.items():
        total = sum(counted.values())
        shares = "  ".join(f"{counted[outcome] / total:>10.3f}" for outcome in Outcome)
        yield f"{name:<{width}}  {total:>8}  {shares}"


def comparison(systems: Mapping[str, Measurement]) -> Iterator[str]:
    """The bot's figures and those of baselines, side by side."""
    groups = [measurement.groups() for measurement in systems.values()]
    micros = [measurement.micros() for measurement in systems.values()]
    yield _row("against baselines", systems)
    for name, group, outcome in _COMPARED:
        if group in groups[0]:
            yield _row(name, (f"{counted[group][outcome] / counted[group].total():.3f}" for counted in groups))
    for name in micros[0]:
        yield _row(f"micros a message: {name}", (figures[name] for figures in micros))
    yield _FLATTERED


def confusions(measurement: Measurement, expectations: Expectations) -> Iterator[str]:
    """Which topic answered where another, or none, was wanted; then which was wanted where none answered."""
    pairs: dict[tuple[str, str], list[Result]] = {}
    for result in measurement.results:
        if result.outcome not in {Outcome.RIGHT, Outcome.INCOMPLETE}:
            pairs.setdefault((_got(result), _wanted(result, expectations)), []).append(result)
    ordered = sorted(pairs.items(), key=lambda pair: -len(pair[1]))
    answered = [pair for pair in ordered if pair[0][0] != _NO_ANSWER]
    refused = [pair for pair in ordered if pair[0][0] == _NO_ANSWER]
    for title, found in (("confused: what answered, and what was wanted", answered),
                         ("missed: what was wanted where nothing answered", refused)):  # fmt: skip
        if found:
            yield f"{title} ({min(_MOST_PAIRS, len(found))} of {len(found)} pairs)"
        for (got, wanted), results in found[:_MOST_PAIRS]:
            pair = wanted if got == _NO_ANSWER else f"{got} → {wanted}"
            yield f"  {len(results):>3}  {pair:<{_PAIR}}  {_message(results[0])}"


def failures(measurement: Measurement, expectations: Expectations, most: int) -> Iterator[str]:
    """The worst failures: what was asked, what it got and what was wanted."""
    failed = [result for result in measurement.results if result.outcome is not Outcome.RIGHT]
    failed.sort(key=lambda r: (_WORST_FIRST.index(r.outcome), -r.answer.score))
    if failed and most:
        yield f"worst failures, {min(most, len(failed))} of {len(failed)}"
    for result in failed[:most]:
        sentences = " ".join(sorted(result.question.gold))
        evidence = f" ({sentences})" if sentences else ""
        wanted = _wanted(result, expectations) + evidence
        yield f"  {result.outcome.value:<{_OUTCOME}}  {result.question.kind}: {_message(result)}"
        yield f"  {'':<{_OUTCOME}}  got {_got(result)} ({result.answer.score:.2f}), wanted {wanted}"


def _row(name: str, cells: Iterable[object]) -> str:
    return f"{name:<{_NAME}}" + "".join(f"  {cell!s:>{_CELL}}" for cell in cells)


def _message(result: Result) -> str:
    """A message in quotes, with the one that it leans on."""
    asked = _quoted(result.question.text)
    return f"{asked} after {_quoted(result.before)}" if result.before else asked


def _quoted(text: str) -> str:
    return f"“{shorten(text, _MESSAGE, placeholder='…')}”"


def _got(result: Result) -> str:
    return result.answer.topic or _NO_ANSWER


def _wanted(result: Result, expectations: Expectations) -> str:
    """The topic that would have been right, in words where there is none."""
    if not result.question.gold:
        return _NO_ANSWER
    wanted = expectations.topic(result)
    if wanted is not None and wanted == result.answer.topic:
        return "other sentences of it"
    return wanted or "what no one topic holds"
