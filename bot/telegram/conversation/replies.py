"""Answers as messages in a chat: sent, or put in the place of an earlier answer."""

from collections.abc import Sequence

from bot.answering.model import Answer
from bot.telegram.conversation.services import Services
from bot.telegram.outgoing.render import Part
from bot.telegram.outgoing.send import Place


async def send_answer(services: Services, place: Place, answer: Answer) -> tuple[int, ...]:
    """Send an answer; the ids of its messages, fewer where the chat cannot be written to."""
    sent = await _send(services, place, services.rendered.parts(answer))
    _keep(services, place, sent, answer)
    return sent


async def revise_answer(services: Services, place: Place, earlier: Sequence[int], answer: Answer) -> tuple[int, ...]:
    """Edit an earlier answer's messages into another answer; the ids of its messages from now on."""
    parts = services.rendered.parts(answer)
    kept: list[int] = []
    for message, part in zip(earlier, parts, strict=False):
        if await services.sender.edit(place.chat, message, part):
            kept.append(message)
        else:
            kept.extend(await _send(services, place, [part]))
    for message in earlier[len(parts) :]:
        await services.sender.delete(place.chat, message)
    kept.extend(await _send(services, place, parts[len(earlier) :]))
    _keep(services, place, kept, answer)
    return tuple(kept)


async def _send(services: Services, place: Place, parts: Sequence[Part]) -> tuple[int, ...]:
    """The first part as a reply, the others after it."""
    sent: list[int] = []
    for part in parts:
        message = await services.sender.send(place, part)
        if message is None:
            break
        sent.append(message)
        place = Place(place.chat, place.thread)
    return tuple(sent)


def _keep(services: Services, place: Place, sent: Sequence[int], answer: Answer) -> None:
    for message in sent:
        services.memory.keep_reply(place.chat, message, answer.context)
