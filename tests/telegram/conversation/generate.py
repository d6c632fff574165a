"""Updates of every kind and shape: each class of the library filled at random, then some of it spoilt."""

import inspect
import random
import types
import typing
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

import telegram
from telegram import Chat, Message, MessageEntity, TelegramObject, Update, User

from tests.botapi.makers import entities

OWN_ID, OWN_NAME = 7_000_000_001, "article_bot"
KINDS = tuple(
    name for name in inspect.signature(Update.__init__).parameters if name not in {"self", "update_id", "api_kwargs"}
)
SERVED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "guest_message")
TEXTS = (
    "did russia agree?",
    "who attended the summit",
    "@article_bot did russia agree?",
    "hey @ARTICLE_BOT, who signed 😀",
    "@article_bots who signed",
    "ivan@article_bot knows",
    "/summary",
    "/quotes@article_bot macron",
    "/summary@other_bot",
    "/start russia",
    "/ban @article_bot",
    "@article_bot",
    "чи погодилась росія?",
    "topic:russia",
    "page:20",
    "",
    " ",
    "\u202e\u200b😀\U0001f469\u200d\U0001f4bb",
    "\ud83d broken",
    "x" * 4096,
)
ODD: tuple[Any, ...] = (None, 0, -1, 2**70, "", "topic:russia", "topic:", [], {}, True, 1.5, "\udc00", ["x"], {"id": 1})
PLAIN: dict[type, Callable[[random.Random], Any]] = {
    int: lambda draw: draw.choice((0, 1, 7, -1, 2**40)),
    float: lambda draw: draw.random(),
    bool: lambda draw: draw.random() < 0.5,
    str: lambda draw: draw.choice(TEXTS),
    datetime: lambda draw: datetime.now(UTC) - timedelta(hours=draw.choice((0, 0, 1, 100))),
    timedelta: lambda draw: timedelta(seconds=draw.randint(0, 100)),
}


class Generator:
    """Makes updates; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        self._number = 0

    def update(self) -> dict[str, Any]:
        """The next update as JSON: mostly of the kinds that are served, one in five with something spoilt."""
        self._number += 1
        draw = self._random
        kind = draw.choice(SERVED if draw.random() < 0.8 else KINDS)
        value = self._object(hints(Update)[kind], depth=0)
        made = {"update_id": self._number, kind: value.to_dict() if isinstance(value, TelegramObject) else value}
        if draw.random() < 0.2:
            for _ in range(draw.randint(1, 3)):
                self._spoil(made[kind])
        return made

    def _spoil(self, value: Any) -> None:
        """Leave something out, or put something else in its place, somewhere within."""
        while isinstance(value, dict | list) and value:
            key = self._random.choice(list(value) if isinstance(value, dict) else range(len(value)))
            inner = value[key]
            if isinstance(inner, dict | list) and inner and self._random.random() < 0.6:
                value = inner
                continue
            if self._random.random() < 0.4:
                del value[key]
            else:
                value[key] = self._random.choice(ODD)
            return

    def _object(self, hint: Any, depth: int) -> Any:
        """A value of an annotated type; none where there is no telling."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in {typing.Union, types.UnionType}:
            return self._object(self._random.choice([one for one in inner if one is not type(None)]), depth)
        if origin in {list, tuple, Sequence}:
            made = [self._object(inner[0], depth + 1) for _ in range(self._random.choice((0, 1, 1, 2)))]
            return [one for one in made if one is not None]
        if origin is typing.Literal:
            return self._random.choice(inner)
        if isinstance(hint, type):
            return self._of_class(hint, depth)
        return None

    def _of_class(self, cls: type, depth: int) -> Any:
        if cls in PLAIN:
            return PLAIN[cls](self._random)
        if issubclass(cls, Enum):
            return self._random.choice(list(cls))
        return self._telegram(cls, depth) if issubclass(cls, TelegramObject) else None

    def _telegram(self, cls: type[TelegramObject], depth: int) -> Any:
        if cls is User:
            return self._user()
        if cls is Chat:
            return self._chat()
        below = [one for one in cls.__subclasses__() if one.__module__.startswith("telegram.")]
        if below and cls is not Message:
            cls = self._random.choice(below)
        try:
            return self._message(depth) if cls is Message else cls(**self._fields(cls, depth))
        except (TypeError, ValueError, AttributeError):
            return None

    def _fields(self, cls: type, depth: int) -> dict[str, Any]:
        """Every required field, and fewer of the others the deeper."""
        found = {}
        for name, parameter in inspect.signature(cls).parameters.items():
            required = parameter.default is inspect.Parameter.empty
            if name in hints(cls) and (required or (depth < 4 and self._random.random() < 0.25 / (depth + 1))):
                found[name] = self._object(hints(cls)[name], depth + 1)
        return found

    def _message(self, depth: int) -> Message | None:
        if depth > 3:
            return None
        draw, text = self._random, self._random.choice(TEXTS)
        fields = self._fields(Message, depth + 2) | {"chat": self._chat(), "message_id": draw.randint(1, 2**31)}
        fields["date"] = PLAIN[datetime](draw)
        if draw.random() < 0.9:
            fields["from_user"] = self._user()
        if draw.random() < 0.8:
            fields |= {"text": text, "entities": self._entities(text)}
        if draw.random() < 0.2:
            fields["reply_to_message"] = self._message(depth + 1)
        if draw.random() < 0.5:
            for automatic in ("via_bot", "is_automatic_forward"):
                fields.pop(automatic, None)
        return Message(**fields)

    def _entities(self, text: str) -> list[MessageEntity]:
        if self._random.random() < 0.1:
            return [self._object(MessageEntity, 2)]
        return [MessageEntity(**one) for one in entities(text.encode(errors="replace").decode())]

    def _user(self) -> User:
        draw = self._random
        if draw.random() < 0.1:
            return User(OWN_ID, "Stand-in", is_bot=True, username=OWN_NAME)
        language = draw.choice((None, "en", "uk", "pt-br", "zz", ""))
        return User(draw.randint(1, 2**40), "Reader", is_bot=draw.random() < 0.1, language_code=language)

    def _chat(self) -> Chat:
        kind = self._random.choice(("private", "private", "group", "supergroup", "supergroup", "channel"))
        number = self._random.randint(1, 2**40)
        return Chat(number if kind == "private" else -number, kind, title="T", is_forum=self._random.random() < 0.1)


@cache
def hints(cls: type) -> dict[str, Any]:
    """The types of a class's constructor, those that can be told."""
    names = {**vars(telegram), **vars(inspect.getmodule(cls) or telegram)}
    found = {}
    for name, parameter in inspect.signature(cls).parameters.items():
        annotation = parameter.annotation
        if name == "api_kwargs":
            continue
        try:
            told = eval(annotation, names) if isinstance(annotation, str) else annotation  # noqa: S307 - the library's own
            found[name] = typing.get_type_hints(types.SimpleNamespace(__annotations__={"x": told}), names)["x"]
        except (NameError, TypeError):
            continue
    return found
