"""Why a message was understood as it was, for curators."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bot.answering.compose import close_rivals, grounds
from bot.answering.model import Answer, Status
from bot.understanding.decide import FLOOR, MARGIN, Verdict
from bot.understanding.interpret import Interpretation
from bot.understanding.model import Model
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reading

_SHOWN = 3
_WEIGHED = 36
_MEANINGS = {
    "evidence": "how far the words speak for it",
    "odds": "topics against gaps, small talk and what is off topic",
    "agree": "the share of topics in the running that quote the same sentence first",
    "likeness": "to its nearest utterance",
    "outranked": "a gap or the like is ahead, and its nearest utterance is nearer",
    "missing": "the share of that utterance that the message lacks",
    "substance": "how much the message says; four words are enough",
    "absent": "a word left unexplained that is more a gap's than a topic's",
    "stranger": "a name that the article does not know",
    "entity_elsewhere": "a name of the article that it does not hold",
    "misfit": "another kind of answer is asked for than it gives",
    "covered": "the share of the message that it explains",
    "novel": "a concept left unexplained that no topic knows",
    "typed": "one kind of answer is asked for",
    "unmeasured": "a number, date or length of time is asked for that it does not give",
}
"""What each signal tells of the best topic."""

Nearest: TypeAlias = Callable[[str, frozenset[str]], str | None]
"""Finds the utterance of a subject that has some features."""


def unnamed(_subject: str, _features: frozenset[str]) -> None:
    """Finds no utterance."""


def explanation(answer: Answer, found: Interpretation | None, model: Model, nearest: Nearest = unnamed) -> str:
    """The words and what they mean, the candidates, what was weighed, what was left over, and what came of it.

    A command is found by its name: it has no interpretation.
    """
    lines = [f"language     {answer.language}"]
    if found is not None:
        lines.extend(_whole(found))
        for reading in found.readings:
            lines.extend(_reading(reading, model, nearest))
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


def _reading(reading: Reading, model: Model, nearest: Nearest) -> Iterator[str]:
    verdict = reading.verdict
    yield f"words        {'  '.join(_words(reading))}"
    if reading.analysis.features:
        yield f"concepts     {' '.join(reading.analysis.features)}"
    for topic in verdict.topics[:_SHOWN]:
        yield f"candidate    {_candidate(topic, model, nearest)}"
    if verdict.refusal:
        yield f"against      {_candidate(verdict.refusal, model, nearest)}"
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


def _candidate(candidate: Candidate, model: Model, nearest: Nearest) -> str:
    named = f"{candidate.id} ({candidate.kind.value})  score {candidate.score:.2f}"
    if candidate.nearest < 0:  # only what a curator's example settles has no nearest one
        return f"{named}: it has this very example" if candidate.likeness else f"{named} = evidence alone"
    features = frozenset(name for name, _ in model.phrasing(candidate.nearest))
    utterance = nearest(candidate.id, features)
    like = f"likeness {candidate.likeness:.2f} to{f' “{utterance}”' if utterance else ''}: {' '.join(sorted(features))}"
    return f"{named} = evidence {candidate.evidence:.2f} and {like}"


def _weighed(verdict: Verdict) -> Iterator[str]:
    """Each signal that is not zero, strongest first, and the constant that they are added to."""
    weights = verdict.weights
    parts = {name: value * weights[name] for name, value in verdict.signals.items() if value and weights[name]}
    for name in sorted(parts, key=lambda name: -abs(parts[name])):
        weighed = f"{name} {verdict.signals[name]:.2f} × {weights[name]:g} = {parts[name]:+.2f}"
        yield f"signal       {weighed:<{_WEIGHED}}  {_MEANINGS[name]}"
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
