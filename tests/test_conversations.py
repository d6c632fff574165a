"""What a message means after what came before it."""

from pathlib import Path

import pytest

from bot.answering.model import Answer, Status
from bot.engine import Engine
from bot.language.codes import LANGUAGES
from bot.language.load import load_languages
from tests.fixtures import Case, cases


def _last_of(engine: Engine, messages: list[str]) -> Answer:
    """The answer to the last of a chat's messages."""
    first, *later = messages
    answer, context = engine.reply(first), None
    for message in later:
        context = answer.context or context
        answer = engine.reply(message, context)
    return answer


@pytest.mark.parametrize("case", cases(Path(__file__).with_name("conversations.txt")))
def test_a_message_is_understood_by_what_came_before(case: Case, request: pytest.FixtureRequest) -> None:
    """Each conversation of the file ends as it says there."""
    engine: Engine = request.getfixturevalue({"shipped": "engine", "bridge": "bridge"}[case.one("article")])
    answer = _last_of(engine, case.all("ask"))
    if case.all("refused"):
        assert answer.status is Status.NOT_IN_ARTICLE
        return
    assert answer.citations
    assert answer.citations[0].quote.startswith(case.one("first"))
    if case.all("only"):
        assert len(answer.citations) == int(case.one("only"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_can_refer_check_and_contrast(code: str) -> None:
    """No language lacks the words by which later messages lean on an answer."""
    words = load_languages().languages[code].words
    cues = words.follow_up
    assert all((cues.elaborate, cues.contrast, cues.check, cues.back_to, cues.telling, cues.not_))
    assert all((cues.exact_words, cues.furthering, cues.fillers, cues.correction, cues.aside))
    assert words.joining
    assert words.references.keys() >= {"first", "second", "last", "other", "others", "one"}


@pytest.mark.parametrize(
    "message",
    ["Evening! Quiet ward tonight, hope you're keeping well too", "Thank you very much for your patience, dear bot"],
)
def test_small_talk_after_a_greeting_or_thanks_is_small_talk(engine: Engine, message: str) -> None:
    """What follows and asks nothing is not refused."""
    assert engine.reply(message).status is Status.SOCIAL


def test_what_asks_after_a_greeting_is_not_small_talk(engine: Engine) -> None:
    """A question that the article does not answer is refused, however politely it is put."""
    assert engine.reply("Good evening! How many penguins live in Antarctica?").status is Status.NOT_IN_ARTICLE


def test_nothing_but_fillers_is_small_talk(engine: Engine) -> None:
    """What only chats, such as “lol ok”, does not get the last answer again."""
    context = engine.reply("What did Macron say?").context
    assert engine.reply("lol ok", context).status is Status.SOCIAL
    assert engine.reply("well, thanks anyway", context).status is Status.SOCIAL


def test_what_a_chat_already_has_is_not_forgotten_with_a_refusal(engine: Engine) -> None:
    """Only a refusal that opens a chat is something to lean on; a later one leaves the last answer in its place."""
    context = engine.reply("What did Macron say?").context
    assert engine.reply("How old is he?", context).context is None
