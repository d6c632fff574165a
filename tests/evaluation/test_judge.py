"""Whether an answer is right."""

from pathlib import Path

import pytest

from bot.answering.model import Answer, Status
from bot.article.model import Citation
from bot.evaluation.judge import judge
from bot.evaluation.questions import LabelledSentence, Question
from tests.fixtures import Case, cases

_LENGTH = 10
_SENTENCES = {letter: LabelledSentence(letter, _LENGTH * i, _LENGTH * (i + 1)) for i, letter in enumerate("abcdef")}


def _citation(text: str) -> Citation:
    letters, _, share = text.partition("*")
    first, last = _SENTENCES[letters[0]], _SENTENCES[letters[-1]]
    end = first.start + round(_LENGTH * float(share)) if share else last.end
    return Citation("x" * (end - first.start), first.start, end, 1, None, None)


def _listed(case: Case, name: str) -> list[str]:
    return [item for value in case.all(name) for item in value.split()]


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "judge.txt"))
def test_an_answer_is_judged_by_the_rules(case: Case) -> None:
    """Each rule of `tests/questions/README.md`."""
    question = Question("?", case.one("kind"), frozenset(_listed(case, "gold")), frozenset(_listed(case, "must")))
    citations = tuple(map(_citation, _listed(case, "cited")))
    answer = Answer(Status(case.one("status")), "en", citations=citations)
    assert judge(question, answer, _SENTENCES) == case.one("is")
