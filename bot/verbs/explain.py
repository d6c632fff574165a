"""Why a message was understood as it was, for curators."""

from collections.abc import Iterator

from bot.answering.model import Context
from bot.engine import Engine
from bot.understanding.decide import FLOOR, WEIGHTS, Verdict
from bot.understanding.follow_up import Remembered
from bot.understanding.reading import Reading


def explanation(engine: Engine, message: str, last: Context | None, language: str | None) -> str:
    """The concepts found, the candidates, what was weighed and what was left over."""
    remembered = Remembered(last.concepts, last.persons) if last else None
    found = engine.interpreter.interpret(message, remembered, language)
    lines = [f"language     {found.language}"]
    if found.social:
        lines.append(f"social       {found.social}")
    if found.cue:
        lines.append(f"follow-up    {found.cue.value}")
    if found.leaned:
        lines.append("follow-up    read together with the last answer")
    for reading in found.readings:
        lines.extend(_reading(reading))
    return "\n".join(lines)


def _reading(reading: Reading) -> Iterator[str]:
    verdict = reading.verdict
    yield f"words        {'  '.join(_words(reading))}"
    for candidate in (*verdict.topics[:3], *([verdict.refusal] if verdict.refusal else [])):
        nearest = " ".join(sorted(candidate.nearest))
        yield (
            f"candidate    {candidate.id} ({candidate.kind.value})  score {candidate.score:.2f}"
            f" = evidence {candidate.evidence:.2f} and likeness {candidate.likeness:.2f} to: {nearest}"
        )
    for name, value in verdict.signals.items():
        yield f"signal       {name} {value:.2f} × {WEIGHTS[name]:g} = {value * WEIGHTS[name]:+.2f}"
    if verdict.unexplained:
        yield f"unexplained  {' '.join(verdict.unexplained)}"
    yield f"probability  {verdict.probability:.2f}, floor {FLOOR:g}: {_outcome(verdict)}"


def _words(reading: Reading) -> Iterator[str]:
    for word in reading.analysis.words:
        meaning = "?" if word.tags is None else ",".join(word.tags) or "-"
        correction = f" (read as {word.corrected})" if word.corrected else ""
        yield f"{word.text}{correction}={meaning}"


def _outcome(verdict: Verdict) -> str:
    if verdict.is_accepted:
        return f"answered by {verdict.topics[0].id}"
    if verdict.strangers:
        return f"refused: the article does not mention {', '.join(verdict.strangers)}"
    return "refused: nothing carries the question"
