"""Which question was answered, when, and how often."""

import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.botapi import BotApi

# In a group every answer names the question that it replies to. These are answered in one message, without context.
QUESTIONS = ("did russia agree?", "who came from the US?", "is there a date?", "/about", "macron", "hello", "qwerty")
FIRST_GROUP = -1_001_000_000_000


@dataclass
class Asked:
    """A question: its chat, its message id, and when it was asked, in seconds."""

    chat: int
    message: int
    at: float = field(default_factory=time.monotonic)


class Ledger:
    """Asks questions in groups, in turn, and reads the answers off the stand-in."""

    def __init__(self, api: BotApi, chats: int, seed: int = 1) -> None:
        self._api = api
        self._chats = [FIRST_GROUP - number for number in range(chats)]
        self._random = random.Random(seed)  # noqa: S311 - not a secret
        self.asked: list[Asked] = []

    def ask(self, count: int) -> None:
        """Ask so many questions, each in the next chat."""
        for _ in range(count):
            chat = self._chats[len(self.asked) % len(self._chats)]
            question = self._random.choice(QUESTIONS)
            name = f"@{self._api.username}"
            text = f"{question}{name}" if question.startswith("/") else f"{name} {question}"
            message = self._api.message(text, chat=7 + len(self.asked) % 1000, group=chat)
            self.asked.append(Asked(chat, message["message_id"]))

    @property
    def answers(self) -> Counter[tuple[int, int]]:
        """How often each question, by chat and message id, was answered."""
        return Counter(key for key, _ in self._replies())

    def _replies(self) -> list[tuple[tuple[int, int], float]]:
        replies = []
        for call in self._api.sent():
            question = call.params.get("reply_parameters", {}).get("message_id")
            if question is not None and call.chat is not None:
                replies.append(((call.chat, question), call.began))
        return replies

    @property
    def unanswered(self) -> list[Asked]:
        """The questions that nobody answered."""
        answers = self.answers
        return [asked for asked in self.asked if not answers[asked.chat, asked.message]]

    @property
    def duplicates(self) -> int:
        """How many answers were sent beyond the first."""
        return sum(count - 1 for count in self.answers.values())

    @property
    def in_order(self) -> bool:
        """Whether every chat's questions were first answered in the order in which they were asked."""
        order: dict[int, list[int]] = defaultdict(list)
        for (chat, message), _ in self._replies():
            if message not in order[chat]:
                order[chat].append(message)
        return all(messages == sorted(messages) for messages in order.values())

    def latencies(self) -> list[float]:
        """Seconds from each question to the sending of its first answer, sorted."""
        first: dict[tuple[int, int], float] = {}
        for key, at in self._replies():
            first.setdefault(key, at)
        return sorted(first[a.chat, a.message] - a.at for a in self.asked if (a.chat, a.message) in first)

    def wait_until_answered(self, within: float) -> None:
        """Block until every question is answered and confirmed."""
        self._api.settle(within)
        self._api.until(lambda: not self.unanswered, within)
