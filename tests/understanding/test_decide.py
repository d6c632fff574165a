"""Whether the decision suits how much a knowledge file says."""

import pytest

from bot.compiling.counting import Phrasing, Subject, count_model
from bot.understanding.analyse import Analysis
from bot.understanding.decide import THIN_WEIGHTS, WEIGHTS, decide, weights_for
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Candidate


@pytest.mark.parametrize(("utterances", "thinness"), [(3, 1.0), (10, 1.0), (35, 0.5), (60, 0.0), (300, 0.0)])
def test_a_model_is_the_thinner_the_fewer_utterances_its_topics_have(utterances: int, thinness: float) -> None:
    """The topic in the middle counts; gaps and small talk do not."""
    asked = (Phrasing({"pay": 1.0}),)
    topics = [Subject(name, SubjectKind.TOPIC, asked * utterances) for name in "abc"]
    gap = Subject("gap", SubjectKind.GAP, asked)
    assert count_model([*topics, gap]).thinness == pytest.approx(thinness)


def test_weights_lie_between_those_for_many_and_those_for_few() -> None:
    """What is weighed for thin files alone counts for nothing in others."""
    assert weights_for(0.0) == dict.fromkeys(THIN_WEIGHTS, 0.0) | WEIGHTS
    assert weights_for(1.0) == THIN_WEIGHTS
    assert weights_for(0.5)["odds"] == pytest.approx((WEIGHTS["odds"] + THIN_WEIGHTS["odds"]) / 2)


@pytest.mark.parametrize(("score", "likeness", "outranked"), [(2.0, 0.9, 1.0), (2.0, 0.7, 0.0), (0.5, 0.9, 0.0)])
def test_a_refusal_outranks_by_score_and_by_its_nearest_utterance(
    score: float, likeness: float, outranked: float
) -> None:
    """A topic whose own utterance is as near is not outranked."""
    model = count_model([Subject("pays", SubjectKind.TOPIC, (Phrasing({"pay": 1.0}),))])
    topic = Candidate(0, "pays", SubjectKind.TOPIC, 0.0, 0.8, 1.0, 0)
    gap = Candidate(0, "price", SubjectKind.GAP, 0.0, likeness, score, 0)
    verdict = decide(model, Analysis("en", (), {"pay": 1.0}, None), sorted([topic, gap], key=lambda c: -c.score))
    assert verdict.signals["outranked"] == outranked
    assert verdict.gap_leads == (score > topic.score)
