"""One sentence that asks two things, or of two people."""

import pytest

from bot.answering.model import Status
from bot.engine import Engine

_ATTENDED, _ZELENSKIY = "U.S. envoys Steve Witkoff", "Ukrainian President Volodymyr Zelenskiy"
_MACRON, _WITKOFF, _KUSHNER = "French President Emmanuel Macron", "Speaking after the summit, Witkoff", "Kushner said"
_MONITORING, _OFFICIALS = "A joint statement said allies", "Officials told Reuters"


def _begin(engine: Engine, message: str, *starts: str) -> bool:
    """Whether the answer cites sentences that start so, in this order."""
    quotes = [citation.quote for citation in engine.reply(message).citations]
    places = [next((n for n, quote in enumerate(quotes) if quote.startswith(start)), -1) for start in starts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize(
    ("message", "first", "second"),
    [
        ("Who came to the summit and what was Zelenskiy's verdict?", _ATTENDED, _ZELENSKIY),
        ("Could French soldiers go there, and who would watch over the truce?", _MACRON, _MONITORING),
        ("Хто приїхав на саміт і що сказав Зеленський?", _ATTENDED, _ZELENSKIY),
        ("Кто приехал на саммит и что сказал Макрон?", _ATTENDED, _MACRON),
        ("Qui a participé au sommet et qu'est-ce que Macron a dit ?", _ATTENDED, _MACRON),
        ("Wer nahm am Gipfel teil und was sagte Selenskyj?", _ATTENDED, _ZELENSKIY),
        ("¿Quién participó en la cumbre y qué dijo Macron?", _ATTENDED, _MACRON),
        ("Kto wziął udział w szczycie i co powiedział Zełenski?", _ATTENDED, _ZELENSKIY),
        ("Hvem deltog i topmødet, og hvad sagde Zelenskyj?", _ATTENDED, _ZELENSKIY),
        ("Chi ha partecipato al vertice e cosa ha detto Macron?", _ATTENDED, _MACRON),
    ],
)
def test_both_questions_are_answered_in_their_order(engine: Engine, message: str, first: str, second: str) -> None:
    """In every language, with a comma or without."""
    assert _begin(engine, message, first, second)


def test_the_second_question_may_point_to_whom_the_first_names(engine: Engine) -> None:
    """So "he" need not be repeated as a name."""
    assert _begin(engine, "Who is Kushner and what did he say?", _ATTENDED, _KUSHNER)


def test_a_name_that_the_article_lacks_may_belong_to_both(engine: Engine) -> None:
    """What was promised by somebody else is not told as what the stranger promised."""
    answer = engine.reply("Did Orban come to Paris and what did he promise?")
    assert answer.status is Status.NOT_IN_ARTICLE


@pytest.mark.parametrize("message", ["What did Witkoff and Kushner say?", "Was sagten Witkoff und Kushner?"])
def test_what_two_people_say_is_all_that_each_says(engine: Engine, message: str) -> None:
    """No topic need hold the words of just these two."""
    assert _begin(engine, message, _WITKOFF, _KUSHNER)


def test_it_in_the_second_question_may_be_what_the_first_is_about(engine: Engine) -> None:
    """Where the first names nobody."""
    assert _begin(engine, "Which country would head the checks and what devices would it use?", _MONITORING, _OFFICIALS)


def test_what_one_says_about_another_is_not_what_both_say(engine: Engine) -> None:
    """Two names make two speakers only where they are joined."""
    assert engine.reply("What did Zelenskiy tell us about Macron?").status is Status.NOT_IN_ARTICLE
