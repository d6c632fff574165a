"""The shape of an update: whether what the handlers rely on is there and of its type.

The library takes most values as they come; Telegram keeps its promises, but an update may have come another way.
"""

from datetime import datetime
from types import NoneType

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    InaccessibleMessage,
    InlineQuery,
    Message,
    MessageEntity,
    TelegramObject,
    TextQuote,
    Update,
    User,
)

_Types = tuple[type, ...]
_WORDS: _Types = (str, NoneType)
_NUMBER: _Types = (int, NoneType)
_MOMENT: _Types = (datetime, NoneType)
_SOMEBODY: _Types = (User, NoneType)
_SOMETHING: _Types = (Message, NoneType)
_WITH_PARTS: _Types = (TelegramObject, tuple)
_FIELDS: dict[type[TelegramObject], dict[str, _Types]] = {
    Update: {
        "message": _SOMETHING,
        "edited_message": _SOMETHING,
        "guest_message": _SOMETHING,
        "callback_query": (CallbackQuery, NoneType),
        "inline_query": (InlineQuery, NoneType),
        "my_chat_member": (ChatMemberUpdated, NoneType),
    },
    Message: {
        "message_id": (int,),
        "date": (datetime,),
        "edit_date": _MOMENT,
        "chat": (Chat,),
        "from_user": _SOMEBODY,
        "text": _WORDS,
        "caption": _WORDS,
        "entities": (tuple,),
        "caption_entities": (tuple,),
        "message_thread_id": _NUMBER,
        "reply_to_message": _SOMETHING,
        "quote": (TextQuote, NoneType),
        "guest_query_id": _WORDS,
        "migrate_to_chat_id": _NUMBER,
        "migrate_from_chat_id": _NUMBER,
    },
    InaccessibleMessage: {"message_id": (int,), "chat": (Chat,)},
    MessageEntity: {"type": (str,), "offset": (int,), "length": (int,), "user": _SOMEBODY},
    TextQuote: {"text": _WORDS},
    Chat: {"id": (int,), "type": (str,)},
    User: {"id": (int,), "language_code": _WORDS},
    CallbackQuery: {
        "id": (str,),
        "from_user": (User,),
        "data": _WORDS,
        "inline_message_id": _WORDS,
        "message": (Message, InaccessibleMessage, NoneType),
    },
    InlineQuery: {"id": (str,), "from_user": (User,), "query": (str,)},
    ChatMemberUpdated: {
        "chat": (Chat,),
        "from_user": (User,),
        "old_chat_member": (ChatMember,),
        "new_chat_member": (ChatMember,),
    },
}


def is_sound(part: object) -> bool:
    """Whether an update, or a part of one, has the shape that the Bot API describes, as far as it is read here."""
    if isinstance(part, tuple):
        return all(map(is_sound, part))
    for name, types in _FIELDS.get(type(part), {}).items():  # type: ignore[arg-type]
        value = getattr(part, name)
        if not isinstance(value, types):
            return False
        if isinstance(value, _WITH_PARTS) and not is_sound(value):
            return False
    return True
