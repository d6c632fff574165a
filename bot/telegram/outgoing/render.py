"""An answer as Telegram messages. Pure: text and entities, no markup that a reader's words could break."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import InlineKeyboardButtonLimit, MessageEntityType, MessageLimit

from bot.answering.model import Answer, Suggestion
from bot.answering.plain import place
from bot.article.model import Citation
from bot.language.interface import Strings
from bot.telegram.outgoing.calls import to_json
from bot.telegram.outgoing.utf16 import pieces, units, well_formed

TOPIC = "topic:"
PAGE = "page:"
_GAP = "\n\n"
_TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_ENTITY_LIMIT = int(MessageLimit.MESSAGE_ENTITIES)
_LONG_QUOTE = 400  # units; about ten lines on a phone
_PAGE = 20  # buttons; a screen or so
_BUTTON_TEXT = 60
_NARROW = 20  # units; two such titles stand side by side on a phone


@dataclass(frozen=True)
class Part:
    """One message: its text, what is marked in it, and its buttons."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None

    @cached_property
    def payload(self) -> bytes:
        """The message as the Bot API takes it, without link previews: a JSON object."""
        shown: dict[str, Any] = {"text": self.text, "link_preview_options": {"is_disabled": True}}
        if self.entities:
            shown["entities"] = [entity.to_dict() for entity in self.entities]
        if self.keyboard is not None:
            shown["reply_markup"] = self.keyboard.to_dict()
        return to_json(shown)


@dataclass(frozen=True, slots=True)
class _Run:
    """Text in one style."""

    text: str
    style: str | None = None


_Block = tuple[_Run, ...]  # what stays together in one message


def render(answer: Answer, strings: Strings) -> list[Part]:
    """The messages of an answer, in order; the last carries the suggestions as buttons."""
    keyboard = topic_keyboard(answer.suggestions)
    offer: _Block = (_Run(answer.offer or ""),)
    parts = list(_packed([*_blocks(answer, strings), *([offer] if keyboard else [])]))
    if parts and keyboard is not None:
        parts[-1] = replace(parts[-1], keyboard=keyboard)
    return parts


def topic_keyboard(suggestions: Iterable[Suggestion], start: int = 0) -> InlineKeyboardMarkup | None:
    """Buttons that ask for a topic, in pages where they are many; `start` is the page's first.

    A topic whose id does not fit callback data has no button.
    """
    buttons = [
        InlineKeyboardButton(_label(suggestion), callback_data=TOPIC + suggestion.topic)
        for suggestion in suggestions
        if _label(suggestion) and _fits(suggestion.topic)
    ]
    if len(buttons) <= _PAGE:
        return keyboard_of(buttons)
    steps = ((start - _PAGE, "←"), (start + _PAGE, "→"))
    turns = [
        InlineKeyboardButton(arrow, callback_data=f"{PAGE}{first}")
        for first, arrow in steps
        if 0 <= first < len(buttons)
    ]
    return keyboard_of(buttons[start : start + _PAGE], turns)


def keyboard_of(
    buttons: Iterable[InlineKeyboardButton], last: Sequence[InlineKeyboardButton] = ()
) -> InlineKeyboardMarkup | None:
    """Buttons in rows, two in a row where both are short; then the last row."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and max(units(button.text), units(rows[-1][0].text)) <= _NARROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    rows += [list(last)] if last else []
    return InlineKeyboardMarkup(rows) if rows else None


def _fits(topic: str) -> bool:
    return len((TOPIC + topic).encode(errors="replace")) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


def _label(suggestion: Suggestion) -> str:
    return next(iter(pieces(well_formed(suggestion.title), _BUTTON_TEXT)), "")


def _blocks(answer: Answer, strings: Strings) -> Iterator[_Block]:
    yield (_Run(answer.note or ""),)
    yield (_Run(answer.title or "", MessageEntityType.BOLD),)
    for citation in answer.citations:
        yield _quoted(citation, strings)
    label: tuple[_Run, ...] = (_Run(strings("related")),)
    for citation in answer.related:
        yield label + _quoted(citation, strings)
        label = ()
    yield (_Run(answer.source or "", MessageEntityType.ITALIC),)


def _quoted(citation: Citation, strings: Strings) -> _Block:
    long = units(citation.quote) > _LONG_QUOTE
    style = MessageEntityType.EXPANDABLE_BLOCKQUOTE if long else MessageEntityType.BLOCKQUOTE
    return (_Run(citation.quote, style), _Run(place(citation, strings), MessageEntityType.ITALIC))


def _packed(blocks: Iterable[_Block]) -> Iterator[Part]:
    """As few messages as the blocks fill in their order."""
    held: list[_Run] = []
    for block in blocks:
        for fitting in _fitted(block):
            if held and not _one_message([*held, *fitting]):
                yield _part(held)
                held = []
            held.extend(fitting)
    if held:
        yield _part(held)


def _fitted(block: _Block) -> Iterator[list[_Run]]:
    """The block without its empty runs, in pieces where it is longer than a message."""
    runs = [_Run(text, run.style) for run in block if (text := well_formed(run.text).strip())]
    if not runs or _one_message(runs):
        yield from [runs] if runs else []
        return
    for run in runs:
        for piece in pieces(run.text, _TEXT_LIMIT - len(_GAP)):
            yield [_Run(piece, run.style)]


def _one_message(runs: list[_Run]) -> bool:
    marked = sum(run.style is not None for run in runs)
    return marked <= _ENTITY_LIMIT and sum(units(run.text) + len(_GAP) for run in runs) <= _TEXT_LIMIT


def _part(runs: list[_Run]) -> Part:
    text, offset = "", 0
    entities: list[MessageEntity] = []
    for run, previous in zip(runs, [None, *runs], strict=False):
        gap = _between(previous, run)
        text += gap + run.text
        offset += len(gap)
        if run.style is not None:
            entities.append(MessageEntity(run.style, offset, units(run.text)))
        offset += units(run.text)
    return Part(text, tuple(entities))


def _between(previous: _Run | None, run: _Run) -> str:
    """A quote and its place are one: a single line break; all else is set apart."""
    if previous is None:
        return ""
    quotes = {MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE}
    return "\n" if previous.style in quotes and run.style == MessageEntityType.ITALIC else _GAP
