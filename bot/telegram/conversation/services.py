"""What every handler of updates works with."""

from dataclasses import dataclass

from telegram import User

from bot.engine import Engine
from bot.language.interface import FALLBACK, Strings
from bot.telegram.conversation.answers import Answers
from bot.telegram.conversation.context import Memory
from bot.telegram.conversation.gate import Gate
from bot.telegram.conversation.rendered import Rendered
from bot.telegram.outgoing.client import Client
from bot.telegram.outgoing.render import Part
from bot.telegram.outgoing.send import Place, Sender


@dataclass(frozen=True, slots=True)
class Services:
    """The bot's own user, the core's answers, and the way in and out."""

    client: Client
    me: User
    answers: Answers
    gate: Gate
    memory: Memory
    sender: Sender
    rendered: Rendered

    @property
    def engine(self) -> Engine:
        """The core, as it was loaded last."""
        return self.answers.engine

    def strings(self, user: User | None) -> Strings:
        """The interface's words in a person's language, English where it has none."""
        code = language_of(user)
        return self.engine.strings(code if code in self.engine.languages else FALLBACK)

    async def say(self, place: Place, user: User | None, key: str) -> None:
        """Send a line of the interface's own in a person's language."""
        await self.sender.send(place, Part(self.strings(user)(key)))

    async def say_once(self, place: Place, user: User | None, key: str) -> None:
        """Send such a line, unless the chat was told within the hour."""
        if not self.gate.was_told(place.chat, key):
            await self.say(place, user, key)
            self.gate.tell(place.chat, key)


def language_of(user: User | None) -> str | None:
    """The language of a person's client without its region ("pt-br": "pt")."""
    code = user.language_code if user is not None else None
    return code.casefold().split("-")[0] if code else None
