"""What an answer offers besides its quotes."""

from dataclasses import replace

import pytest

from bot.answering.catalogue import Catalogue
from bot.answering.compose import Composer
from bot.answering.model import Answer, Context, Status
from bot.engine import Engine
from bot.language.codes import LANGUAGES
from bot.language.interface import Strings
from bot.understanding.analyse import Analysis
from bot.understanding.decide import Verdict
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Candidate
from bot.understanding.reading import Reading


def _candidate(subject: str, score: float, kind: SubjectKind = SubjectKind.TOPIC) -> Candidate:
    return Candidate(0, subject, kind, 0.0, 0.5, score, -1)


def _answer(bridge: Engine, *readings: dict[str, float]) -> Answer:
    """The answer to a message for each of whose readings topics compete, with their scores, the best first."""
    read = [
        Reading(
            Analysis("en", (), {}), Verdict(tuple(_candidate(t, s) for t, s in scores.items()), None, 0.9, {}, (), ())
        )
        for scores in readings
    ]
    composer = Composer(bridge.catalogue, bridge.strings("en"))
    return composer.readings(read, Context("ferry"), lambda _reading, spans: [0.0] * len(spans))


def _offered(answer: Answer) -> list[str]:
    return [suggestion.topic for suggestion in answer.suggestions]


def test_a_close_rival_is_the_first_suggestion(bridge: Engine) -> None:
    """Of two topics that are near, the better is answered and the other offered before the follow-ups."""
    answer = _answer(bridge, {"ferry": 4.0, "shops": 3.5})
    assert answer.topic == "ferry"
    assert _offered(answer) == ["shops", "finish"]


def test_a_rival_far_behind_is_not_offered(bridge: Engine) -> None:
    """Then the follow-ups stand alone."""
    assert _offered(_answer(bridge, {"ferry": 4.0, "shops": 2.0})) == ["finish"]


def test_a_rival_whose_quotes_are_shown_already_is_passed_over(bridge: Engine) -> None:
    """It says no more; the next that came close is offered."""
    answer = _answer(bridge, {"ferry": 4.0, "mayor": 3.9, "shops": 3.8}, {"mayor": 4.0})
    assert _offered(answer)[0] == "shops"
    assert "mayor" not in _offered(answer)


def _led(catalogue: Catalogue, strings: Strings, told_by: int) -> str:
    """What is cited first of the ferry's two quotes, where the message shares a word with one of them."""
    verdict = Verdict((_candidate("ferry", 4.0),), None, 0.9, {}, (), ())
    reading, told = Reading(Analysis("en", (), {}), verdict), catalogue.topics["ferry"].spans[told_by]
    composer = Composer(catalogue, strings)
    return (
        composer.readings([reading], Context("ferry"), lambda _, spans: [float(s == told) for s in spans])
        .citations[0]
        .quote
    )


def test_a_quote_that_no_topic_leads_with_leads_where_it_is_asked_for(bridge: Engine) -> None:
    """A word that it alone shares with the message is enough; the topic's first quote leads otherwise."""
    strings = bridge.strings("en")
    assert _led(bridge.catalogue, strings, told_by=1) == "The crossing will be free for schoolchildren."
    assert _led(bridge.catalogue, strings, told_by=0).startswith("A small ferry")


def test_a_quote_that_another_topic_leads_with_waits_for_that_topic(bridge: Engine) -> None:
    """It would be in the running if it were asked for."""
    topics = bridge.catalogue.topics
    fare = topics["finish"]._replace(spans=topics["ferry"].spans[1:])
    catalogue = bridge.catalogue._replace(topics={**topics, "finish": fare})
    assert _led(catalogue, bridge.strings("en"), told_by=1).startswith("A small ferry")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_asks_whether_something_near_was_meant(bridge: Engine, language: str) -> None:
    """In the reader's language, over the topics that are nearest; their quotes are related, not cited."""
    strings = bridge.strings(language)
    verdict = Verdict((), _candidate("builder", 1.0, SubjectKind.GAP), 0.0, {}, (), ())
    answer = Composer(bridge.catalogue, strings).refusal(Reading(Analysis(language, (), {}), verdict))
    assert answer.status is Status.NOT_IN_ARTICLE
    assert not answer.citations
    assert answer.related
    assert _offered(answer) == ["cost", "finish"]
    assert answer.offer == strings("did_you_mean")


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("чи була там Польща?", "«Польща»"),
        ("war japan dabei", "„japan“"),
        ("did poland come", " Poland."),
    ],
)
def test_a_name_that_is_not_mentioned_is_in_the_readers_word(bridge: Engine, message: str, name: str) -> None:
    """A Ukrainian who asks about Польща is not told about Poland; in English it is spelt as it should be."""
    assert name in (bridge.reply(message).note or "")


def test_what_is_near_an_unknown_name_is_what_the_curator_says(bridge: Engine) -> None:
    """A question that falls into a gap leads to the gap's nearest topics, whoever is asked about."""
    builder = _candidate("builder", 1.0, SubjectKind.GAP)
    verdict = Verdict((_candidate("ferry", 0.5),), builder, 0.0, {}, ("Merkel",), ())
    answer = Composer(bridge.catalogue, bridge.strings("en")).refusal(Reading(Analysis("en", (), {}), verdict))
    assert answer.note == "The article does not mention Merkel."
    assert _offered(answer) == ["cost", "finish"]


def test_a_gap_that_is_hardly_like_the_message_is_not_told(bridge: Engine) -> None:
    """The best of the gaps may have nothing to do with what was asked: then the article just does not say."""
    builder = replace(_candidate("builder", 1.0, SubjectKind.GAP), likeness=0.4)
    verdict = Verdict((_candidate("ferry", 0.5),), builder, 0.0, {}, (), ())
    answer = Composer(bridge.catalogue, bridge.strings("en")).refusal(Reading(Analysis("en", (), {}), verdict))
    assert answer.note == "The article does not say."
    assert _offered(answer) == ["ferry"]


def test_a_refusal_far_from_everything_offers_the_main_topics(bridge: Engine) -> None:
    """Where nothing is near, nothing can have been meant: the words over the menu say only what can be asked."""
    answer = bridge.reply("who won the world cup?")
    assert answer.status is Status.NOT_IN_ARTICLE
    assert answer.suggestions == bridge.menu()
    assert answer.offer == bridge.strings("en")("suggestions")


@pytest.mark.parametrize("key", ["did_you_mean", "suggestions", "related"])
def test_every_language_words_its_offers(bridge: Engine, key: str) -> None:
    """No reader gets an English offer under a text of his own language."""
    assert len({bridge.strings(language)(key) for language in LANGUAGES}) == len(LANGUAGES)
