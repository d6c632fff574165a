"""What can go wrong between a bot and Telegram, injected call by call."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Fault:
    """One way for a call to fail. `late` lets the call take effect before its answer is lost."""

    name: str
    status: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    late: bool = False

    @classmethod
    def too_many(cls, seconds: int) -> "Fault":
        """429 with `retry_after` in seconds."""
        text = f"Too Many Requests: retry after {seconds}"
        return cls("too_many", 429, text, {"retry_after": seconds})

    @classmethod
    def refuse(cls, status: int, description: str) -> "Fault":
        """Any error that Telegram answers in JSON."""
        return cls("refuse", status, description)

    @classmethod
    def server_error(cls) -> "Fault":
        """500 in JSON."""
        return cls("server_error", 500, "Internal Server Error")

    @classmethod
    def bad_gateway(cls) -> "Fault":
        """502 with the HTML page of a proxy."""
        return cls("bad_gateway", 502)

    @classmethod
    def unauthorized(cls) -> "Fault":
        """401: the token was revoked."""
        return cls.refuse(401, "Unauthorized")

    @classmethod
    def forbidden(cls) -> "Fault":
        """403: the reader blocked the bot."""
        return cls.refuse(403, "Forbidden: bot was blocked by the user")

    @classmethod
    def conflict(cls) -> "Fault":
        """409: somebody else polls with this token."""
        return cls.refuse(409, CONFLICT)

    @classmethod
    def migrate(cls, chat: int) -> "Fault":
        """400: the group became the supergroup `chat`."""
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return cls("migrate", 400, text, {"migrate_to_chat_id": chat})

    @classmethod
    def reset(cls, *, late: bool = False) -> "Fault":
        """The connection is cut instead of an answer."""
        return cls("reset", late=late)

    @classmethod
    def malformed(cls, *, late: bool = False) -> "Fault":
        """200 with half of a JSON object."""
        return cls("malformed", 200, late=late)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """The right answer, late."""
        return cls("slow", seconds=seconds, late=True)

    @classmethod
    def hang(cls, seconds: float = 60.0) -> "Fault":
        """No answer for `seconds`, then the connection is cut."""
        return cls("hang", seconds=seconds)


@dataclass
class Rule:
    """Fails the calls that it matches, `times` at most, each with the given probability."""

    faults: tuple[Fault, ...]
    methods: frozenset[str]
    chat: int | None = None
    times: int | None = None
    probability: float = 1.0

    def matches(self, method: str, params: dict[str, Any]) -> bool:
        """Whether a call is one of those that may fail."""
        if self.times == 0 or (self.methods and method not in self.methods):
            return False
        return self.chat is None or params.get("chat_id") == self.chat


class Faults:
    """The rules in force, first match first."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - faults are not secrets
        self._rules: list[Rule] = []

    def add(self, faults: Iterable[Fault], methods: Iterable[str], **limits: Any) -> None:
        """Put a rule in force."""
        self._rules.append(Rule(tuple(faults), frozenset(methods), **limits))

    def clear(self) -> None:
        """Lift every rule."""
        self._rules.clear()

    def draw(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault that this call meets."""
        for rule in self._rules:
            if rule.matches(method, params) and self._random.random() < rule.probability:
                if rule.times is not None:
                    rule.times -= 1
                return self._random.choice(rule.faults)
        return None


def weather(hang: float) -> tuple[Fault, ...]:
    """The faults of a storm: everything that passes by itself. `hang` in seconds."""
    return (
        Fault.too_many(1),
        Fault.server_error(),
        Fault.bad_gateway(),
        Fault.reset(),
        Fault.slow(hang / 2),
        Fault.hang(hang),
    )
