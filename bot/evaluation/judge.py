"""Whether an answer is right, by the rules in `tests/questions/README.md`."""

from collections.abc import Mapping
from enum import StrEnum

from bot.answering.model import Answer, Status
from bot.article.model import Citation, Span
from bot.evaluation.questions import LabelledSentence, Question

_SUMMARY_SENTENCES = 3


class Outcome(StrEnum):
    """How an answer compares with its label."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    MISSED = "missed"
    FALSE = "false"


def judge(question: Question, answer: Answer, sentences: Mapping[str, LabelledSentence]) -> Outcome:
    """Compare an answer's citations with the labelled evidence."""
    answered = answer.status is Status.ANSWERED
    if question.kind == "social":
        social = answer.status in {Status.SOCIAL, Status.HELP}
        return Outcome.RIGHT if social else Outcome.FALSE if answered else Outcome.MISSED
    if not question.gold:
        return Outcome.FALSE if answered else Outcome.RIGHT
    if not answered:
        return Outcome.RIGHT if question.kind == "false_premise" else Outcome.MISSED
    cited = [cited_ids(citation, sentences) for citation in answer.citations]
    first = min(cited[0], key=lambda label: sentences[label].start, default=None) if cited else None
    if first not in question.gold:
        return Outcome.WRONG
    if question.kind == "false_premise":
        return Outcome.RIGHT
    return _complete(question, frozenset().union(*cited))


def cited_ids(citation: Citation, sentences: Mapping[str, LabelledSentence]) -> frozenset[str]:
    """The sentences that a citation covers by half, or lies half within."""
    span = citation.span
    return frozenset(label.id for label in sentences.values() if span.covers(Span(label.start, label.end)))


def _complete(question: Question, cited: frozenset[str]) -> Outcome:
    in_gold = len(cited & question.gold)
    if 2 * in_gold < len(cited):
        return Outcome.WRONG
    if question.kind == "summary":
        return Outcome.RIGHT if len(cited) >= _SUMMARY_SENTENCES else Outcome.INCOMPLETE
    return Outcome.RIGHT if question.must <= cited else Outcome.INCOMPLETE
