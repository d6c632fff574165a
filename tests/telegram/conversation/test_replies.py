"""Answers of several messages: sent in order, and edited into shorter and longer ones."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.answering.model import Answer, Context, Status, Suggestion
from bot.article.model import Citation
from bot.engine import Engine
from bot.telegram.conversation.answers import Answers
from bot.telegram.conversation.context import Memory
from bot.telegram.conversation.gate import Gate
from bot.telegram.conversation.rendered import Rendered
from bot.telegram.conversation.replies import revise_answer, send_answer
from bot.telegram.conversation.services import Services
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.send import Place, Sender
from bot.telegram.outgoing.transport import Transport
from tests.botapi import BotApi, Call
from tests.telegram.conversation.driving import quotes

GROUP = -5
Replies = Callable[[Services], Awaitable[None]]


def answer(parts: int) -> Answer:
    """An answer that fills so many messages."""
    cited = tuple(Citation(f"{n} " + "words " * 600, n, n + 1, 1, None, None) for n in range(parts))
    suggestions = (Suggestion("russia", "Russia"),)
    return Answer(Status.ANSWERED, "en", citations=cited, suggestions=suggestions, context=Context("russia"))


def sent(api: BotApi, engine: Engine, replies: Replies) -> list[Call]:
    """What is sent by some replies in a group."""

    async def go() -> None:
        async with Client(api.token, api.url, Transport()) as client:
            answers = Answers(engine)
            gate, memory, rendered = Gate(None), Memory(), Rendered(answers)
            await replies(Services(client, client.bot, answers, gate, memory, Sender(client), rendered))

    asyncio.run(go())
    return api.sent("sendMessage", "editMessageText", "deleteMessage")


def test_parts_come_in_order(engine: Engine) -> None:
    """The first message replies to the question, the last has the buttons, and each can be leaned on."""

    async def replies(services: Services) -> None:
        numbers = await send_answer(services, Place(GROUP, 12, question["message_id"]), answer(3))
        assert all(services.memory.of_reply(GROUP, number) == Context("russia") for number in numbers)

    with BotApi() as api:
        question = api.make("?", 3, group=GROUP)
        calls = sent(api, engine, replies)
    assert [quotes(call.params)[0][0] for call in calls] == ["0", "1", "2"]
    assert ["reply_parameters" in call.params for call in calls] == [True, False, False]
    assert ["reply_markup" in call.params for call in calls] == [False, False, True]
    assert {call.params["message_thread_id"] for call in calls} == {12}


def test_a_shorter_answer_deletes_what_is_left_over(engine: Engine) -> None:
    """Of three messages, the first is edited and the others are deleted."""

    async def replies(services: Services) -> None:
        numbers = await send_answer(services, Place(GROUP), answer(3))
        assert await revise_answer(services, Place(GROUP), numbers, answer(1)) == numbers[:1]

    with BotApi() as api:
        methods = [call.method for call in sent(api, engine, replies)]
    assert methods == ["sendMessage"] * 3 + ["editMessageText", "deleteMessage", "deleteMessage"]


def test_a_longer_answer_sends_what_is_missing(engine: Engine) -> None:
    """Of one message, the first is edited and two are added."""

    async def replies(services: Services) -> None:
        numbers = await send_answer(services, Place(GROUP), answer(1))
        revised = await revise_answer(services, Place(GROUP), numbers, answer(3))
        assert revised[:1] == numbers
        assert len(revised) == 3

    with BotApi() as api:
        methods = [call.method for call in sent(api, engine, replies)]
    assert methods == ["sendMessage", "editMessageText", "sendMessage", "sendMessage"]
