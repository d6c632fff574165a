"""`citebot ask`: answers on standard output, for scripts and for trying out."""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from bot.answering.model import Answer, Context
from bot.answering.plain import plain_text
from bot.engine import Engine
from bot.verbs.explain import Nearest, explanation, unnamed

if TYPE_CHECKING:
    from bot.evaluation.unseen import Unseen  # what compiles a knowledge file, which is seldom needed here

FROM_INPUT = ["-"]
"""Arguments that stand for the lines of standard input."""
_MOST_CHATS = 10_000
_MOST_LINE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Message:
    """One message read: its text, and the chat and client language it came with, if any."""

    text: str
    chat: str | None = None
    language: str | None = None


class Curated(NamedTuple):
    """What a curator wrote: `nearest` finds it for explanations; with `unseen`, it is read as if not written."""

    nearest: Nearest = unnamed
    unseen: "Unseen | None" = None


_UNKNOWN = Curated()


class Shown(NamedTuple):
    """What is written: JSON, or plain text with the reasons or without, and with the message above where `repeated`."""

    as_json: bool
    explain: bool
    repeated: bool


class MessageError(ValueError):
    """A line that is no message; the text says why."""


def ask(
    engine: Engine,
    arguments: list[str],
    *,
    as_json: bool,
    explain: bool,
    curated: Curated = _UNKNOWN,
) -> int:
    """Answer the arguments, or standard input's lines for `-`. Returns the exit status."""
    shown = Shown(as_json, explain, repeated=len(arguments) > 1 or arguments == FROM_INPUT)
    if as_json and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the locale
    chats: dict[str, Context | None] = {}
    for line in _lines(arguments):
        print(_respond(engine, line, chats, shown, curated), flush=True)
    return 0


def answer_json(text: str, answer: Answer, reply: str) -> dict[str, object]:
    """The contract of `citebot ask --json`: one object a message."""
    return {
        "text": text,
        "status": answer.status.value,
        "topic": answer.topic,
        "score": round(answer.score, 4),
        "reply": reply,
        "citations": [asdict(citation) for citation in answer.citations],
        "related": [asdict(citation) for citation in answer.related],
        "suggestions": [suggestion.topic for suggestion in answer.suggestions],
        "lang": answer.language,
        "micros": answer.micros,
    }


def parse_line(line: bytes | str) -> Message:
    """A message from a line of plain text or a JSON object. Raises MessageError."""
    if isinstance(line, bytes):
        if len(line) > _MOST_LINE_BYTES:
            raise MessageError("the line is over 1,000,000 bytes")
        try:
            line = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MessageError(f"the line is not UTF-8 at byte {error.start}") from None
    if not line.lstrip().startswith("{"):
        return Message(line)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise MessageError("the line starts like a JSON object and is none") from None
    return _message(value)


def _message(value: dict[str, object]) -> Message:
    text, chat, language = value.get("text"), value.get("chat"), value.get("lang")
    if not isinstance(text, str):
        raise MessageError('"text" is missing or no string')
    if not isinstance(chat, str | int | None) or not isinstance(language, str | None):
        raise MessageError('"chat" must be a string or number, "lang" a string')
    return Message(text, None if chat is None else f"{type(chat).__name__}:{chat}", language)


def _lines(arguments: list[str]) -> Iterable[bytes | str]:
    if arguments != FROM_INPUT:
        return arguments
    return _stripped(sys.stdin.buffer)


def _stripped(stream: BinaryIO) -> Iterator[bytes]:
    for line in stream:
        yield line.rstrip(b"\r\n")


def _respond(
    engine: Engine, line: bytes | str, chats: dict[str, Context | None], shown: Shown, curated: Curated
) -> str:
    try:
        message = parse_line(line)
    except MessageError as error:
        written = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
        fault = {"text": written[:200], "status": "error", "error": str(error)}
        return _dump(fault) if shown.as_json else f"error: {error}"
    note = ""
    if curated.unseen is not None:
        engine, message, note = _unseen(engine, message, curated.unseen)
    last = chats.get(message.chat) if message.chat is not None else None
    answer = engine.reply(message.text, last, message.language)
    if message.chat is not None and answer.context is not None:
        _remember(chats, message.chat, answer.context)
    reply = plain_text(answer, engine.strings(answer.language))
    if shown.as_json:
        return _dump(answer_json(message.text, answer, reply))
    above = f"? {message.text}\n" if shown.repeated else ""
    below = "\n" if shown.repeated else ""
    if shown.explain:
        is_command = message.text.lstrip().startswith("/")
        found = None if is_command else engine.interpretation(message.text, last, message.language)
        below = f"\n\n{note}{explanation(answer, found, engine.interpreter.model, curated.nearest)}\n"
    return f"{above}{reply}{below}"


def _unseen(engine: Engine, message: Message, unseen: "Unseen") -> tuple[Engine, Message, str]:
    """What reads a message as if it were no utterance, the message in the utterance's language, and a word on it."""
    found = unseen.find(message.text)
    if found is None:
        return engine, message, "unseen       no utterance of the knowledge file is this one\n"
    number, utterance = found
    note = f"unseen       of {utterance.owner}: read without it and without one in four of all utterances\n"
    return unseen.engine(number), replace(message, language=message.language or utterance.language), note


def _remember(chats: dict[str, Context | None], chat: str, context: Context) -> None:
    """Keep a chat's last answer; the oldest chat makes room."""
    chats.pop(chat, None)
    chats[chat] = context
    if len(chats) > _MOST_CHATS:
        del chats[next(iter(chats))]


def _dump(value: Mapping[str, object]) -> str:
    """One line of JSON; lone surrogates and line separators are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)
