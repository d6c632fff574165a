"""Is a message for this bot, and what does it ask? Pure: a message in, a text or none out."""

import re
from collections.abc import Container
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatID, ChatType

from bot.telegram.outgoing.utf16 import cut, units, well_formed

GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
# Where these stand, an @name is quoted, not spoken to.
_OPAQUE = frozenset(
    {
        MessageEntity.CODE,
        MessageEntity.EMAIL,
        MessageEntity.PRE,
        MessageEntity.TEXT_LINK,
        MessageEntity.URL,
    }
)
_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?(?!\S)", re.ASCII)
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[,;:.!?])")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a message, text or caption, and what Telegram marked in them."""

    words: str
    entities: tuple[MessageEntity, ...] = ()

    @classmethod
    def of(cls, message: Message) -> "Text":
        """Text, else caption, else nothing."""
        if message.text is not None:
            return cls(message.text, message.entities)
        return cls(message.caption or "", message.caption_entities)

    def covered(self, entity: MessageEntity) -> str:
        """What an entity stands on."""
        return cut(self.words, entity.offset, entity.offset + entity.length)

    def mentions(self, me: User) -> list[MessageEntity]:
        """The entities that name this bot."""
        return [entity for entity in self.entities if self._names(entity, me)]

    def _names(self, entity: MessageEntity, me: User) -> bool:
        if entity.type == MessageEntity.TEXT_MENTION:
            return entity.user is not None and entity.user.id == me.id
        if entity.type != MessageEntity.MENTION or not me.username:
            return False
        same = self.covered(entity).casefold() == f"@{me.username}".casefold()
        return same and not self._within_a_word(entity) and not self._opaque(entity) and not self._raw(entity)

    def _within_a_word(self, entity: MessageEntity) -> bool:
        before = cut(self.words, entity.offset - 1, entity.offset) if entity.offset > 0 else ""
        after = cut(self.words, entity.offset + entity.length, entity.offset + entity.length + 1)
        return _joins(before) or before == "/" or _joins(after)

    def _opaque(self, entity: MessageEntity) -> bool:
        return any(
            other.type in _OPAQUE
            and other.offset < entity.offset + entity.length
            and entity.offset < other.offset + other.length
            for other in self.entities
        )

    def _raw(self, entity: MessageEntity) -> bool:
        """Whether it stands in an address or between backticks that the sender's client did not mark."""
        before = cut(self.words, 0, entity.offset)
        after = cut(self.words, entity.offset + entity.length, units(self.words))
        in_address = "://" in re.split(r"\s", before)[-1]
        return in_address or (before.count("`") % 2 == 1 and "`" in after)

    def without(self, entities: list[MessageEntity]) -> str:
        """The words with the entities taken out, tidied."""
        kept, end = [], 0
        for entity in sorted(entities, key=lambda entity: entity.offset):
            kept.append(cut(self.words, end, entity.offset))
            end = max(end, entity.offset + entity.length)
        kept.append(cut(self.words, end, units(self.words)))
        if len(kept) == 1:
            return well_formed(self.words).strip()
        joined = _SPACE_BEFORE_MARK.sub("", " ".join(part.strip() for part in kept))
        return joined.lstrip(",;:.!-–— \t\n").rstrip()


@dataclass(frozen=True, slots=True)
class Command:
    """A /command@target at the beginning of a message or within it."""

    name: str
    target: str | None
    entity: MessageEntity

    def is_for(self, me: User) -> bool:
        """Whether it names this bot as its target."""
        return self.target is not None and self.target.casefold() == (me.username or "").casefold()


def commands_in(text: Text) -> list[Command]:
    """The commands that Telegram marked, in order; at the very beginning one needs no mark."""
    found = []
    marks = list(text.entities)
    plain = _COMMAND.match(text.words)
    if plain and not any(mark.offset <= 0 for mark in marks):
        marks.append(MessageEntity(MessageEntity.BOT_COMMAND, 0, plain.end()))
    for entity in sorted(marks, key=lambda entity: entity.offset):
        matched = entity.type == MessageEntity.BOT_COMMAND and _COMMAND.fullmatch(text.covered(entity))
        if matched:
            found.append(Command(matched[1], matched[2], entity))
    return found


def private_question(message: Message, me: User) -> str:
    """What a message of a private chat asks: all of it, but for this bot's own name."""
    return _plain(Text.of(message), me)


def guest_question(message: Message, me: User) -> str:
    """What a message asks that calls the bot into a chat: its own text, else the message it replies to."""
    question = _plain(Text.of(message), me)
    return question if _says_something(question) else replied_text(message, me)


def group_question(message: Message, me: User, commands: Container[str]) -> str | None:
    """What a group's message asks this bot: "" where it only calls it, none where it is for somebody else.

    `commands` are the names that are answered without naming a bot.
    """
    if is_automatic(message, me):
        return None
    text = Text.of(message)
    found = commands_in(text)
    if found and found[0].entity.offset == 0:
        first = found[0]
        ours = first.is_for(me) or (first.target is None and first.name.casefold() in commands)
        return _command_text(text, first, me) if ours else None
    for command in found:
        if command.is_for(me):
            return _command_text(text, command, me)
    if text.mentions(me):
        return guest_question(message, me)
    return _plain(text, me) or None if is_reply_to(message, me) else None


def is_automatic(message: Message, me: User) -> bool:
    """Whether no person wrote it: bots, channel posts forwarded by Telegram, results of inline bots."""
    sender = message.from_user
    if message.is_automatic_forward or message.via_bot is not None or sender is None or sender.id == me.id:
        return True
    # Anonymous administrators and people who write as a channel come under two bots of Telegram's own.
    return sender.is_bot and sender.id not in (ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL)


def is_reply_to(message: Message, me: User) -> bool:
    """Whether it answers a message of this bot; a topic's first message does not count as answered."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.id == me.id


def replied_text(message: Message, me: User) -> str:
    """What the message that this one replies to asks: the quoted part, else all of it."""
    if message.quote is not None and message.quote.text:
        return well_formed(message.quote.text).strip()
    replied = message.reply_to_message
    if replied is None or is_reply_to(message, me):
        return ""
    return _plain(Text.of(replied), me)


def _plain(text: Text, me: User) -> str:
    return text.without(text.mentions(me))


def _command_text(text: Text, command: Command, me: User) -> str:
    """The command and its arguments, without the names of this bot and what stands before."""
    end = command.entity.offset + command.entity.length
    later = [entity for entity in text.entities if entity.offset >= end]
    arguments = Text(cut(text.words, end, units(text.words)), tuple(MessageEntity.shift_entities(-end, later)))
    return f"/{command.name} {_plain(arguments, me)}".strip()


def _says_something(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _joins(char: str) -> bool:
    return char.isalnum() or char in {"_", "@"}
