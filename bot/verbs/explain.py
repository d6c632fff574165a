"""Why a message was understood as it was, for curators."""

from collections.abc import Iterator

from bot.answering.compose import close_rivals, grounds
from bot.answering.model import Answer, Status
from bot.understanding.decide import FLOOR, MARGIN, Verdict
from bot.understanding.interpret import Interpretation
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reading

_SHOWN = 3


def explanation(answer: Answer, found: Interpretation | None) -> str:
    """The words and what they mean, the candidates, what was weighed, what was left over, and what came of it.

    A command is found by its name: it has no interpretation.
    """
    lines = [f"language     {answer.language}"]
    if found is not None:
        lines.extend(_whole(found))
        for reading in found.readings:
            lines.extend(_reading(reading))
    lines.append(f"outcome      {_outcome(answer, found)}")
    return "\n".join(lines)


def _whole(found: Interpretation) -> Iterator[str]:
    if found.social:
        yield f"social       {found.social}"
    if found.cue:
        meant = f" about its sentences {' '.join(map(str, found.meant))}" if found.meant else ""
        yield f"follow-up    asks of the last answer{meant}: {found.cue.value}"
    elif found.leaned:
        yield "follow-up    read together with the last answer"


def _reading(reading: Reading) -> Iterator[str]:
    verdict = reading.verdict
    yield f"words        {'  '.join(_words(reading))}"
    if reading.analysis.features:
        yield f"concepts     {' '.join(reading.analysis.features)}"
    for topic in verdict.topics[:_SHOWN]:
        yield f"candidate    {_candidate(topic)}"
    if verdict.refusal:
        yield f"against      {_candidate(verdict.refusal)}"
    if verdict.topics:
        rivals = " ".join(rival.id for rival in close_rivals(verdict)) or "none"
        yield f"close        {rivals} (within the margin of {MARGIN:.0%} of the best score)"
    yield from _weighed(verdict)
    if verdict.unexplained:
        yield f"unexplained  {' '.join(verdict.unexplained)}"
    yield f"probability  {verdict.probability:.2f}, floor {FLOOR:g}"


def _words(reading: Reading) -> Iterator[str]:
    for word in reading.analysis.words:
        meaning = "?" if word.tags is None else ",".join(word.tags) or "-"
        correction = f" (read as {word.corrected})" if word.corrected else ""
        yield f"{word.text}{correction}={meaning}"


def _candidate(candidate: Candidate) -> str:
    named = f"{candidate.id} ({candidate.kind.value})  score {candidate.score:.2f}"
    if not candidate.nearest:  # only what a curator's example settles has no nearest one
        return f"{named}: it has this very example" if candidate.likeness else f"{named} = evidence alone"
    nearest = " ".join(sorted(candidate.nearest))
    return f"{named} = evidence {candidate.evidence:.2f} and likeness {candidate.likeness:.2f} to: {nearest}"


def _weighed(verdict: Verdict) -> Iterator[str]:
    """Each signal that is not zero, strongest first, and the constant that they are added to."""
    weights = verdict.weights
    parts = {name: value * weights[name] for name, value in verdict.signals.items() if value and weights[name]}
    for name in sorted(parts, key=lambda name: -abs(parts[name])):
        yield f"signal       {name} {verdict.signals[name]:.2f} × {weights[name]:g} = {parts[name]:+.2f}"
    if parts:
        yield f"signal       bias {weights['bias']:+.2f}, with it {sum(parts.values()) + weights['bias']:+.2f}"


def _outcome(answer: Answer, found: Interpretation | None) -> str:
    if answer.status is Status.ANSWERED:
        words_of_one = found and not found.cue and not found.reading.verdict.is_accepted
        return f"answered by {answer.topic}" + (", with all that one person says" if words_of_one else "")
    if answer.status is not Status.NOT_IN_ARTICLE or found is None:
        return f"{answer.status.value} reply"
    if found.cue:
        return f"refused: {answer.note}"
    return f"refused: {_reason(found.reading.verdict)}"


def _reason(verdict: Verdict) -> str:
    ground = grounds(verdict)
    reasons = [f"the article does not know {', '.join(verdict.strangers)}"] if verdict.strangers else []
    if ground is not None:
        reasons.append(" ".join(dict.fromkeys((ground.kind.value, ground.id))))
    return "; ".join(reasons) or "under the floor, and no gap is near"
