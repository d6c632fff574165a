"""What a message opens with before it asks: "and", "no, sorry, I meant", "different question:"."""

from collections.abc import Sequence

from bot.understanding.analyse import Analyser
from bot.understanding.cues import Cue, Cues
from bot.understanding.message import Message
from bot.understanding.text import Token, tokenize

_SHORT = 8
_OPENING_WORDS = 6


def opening_cue(cues: Cues, keys: Sequence[str]) -> tuple[Cue | None, int]:
    """The cue that a message opens with, and how many words it takes: none of those that refer, as "the other one".

    A correction or an aside may stand after words that only chat.
    """
    found, length = _cue_at(cues, keys)
    if found in {None, Cue.NOT, Cue.CORRECTION}:
        later, end = _after_chat(cues, keys)
        if later is not None:
            return later, end
    return found, 0 if " ".join(keys[:length]) in cues.references else length


def without_denied(message: Message) -> Message | None:
    """What is left of "not Anna, Bert" or "Bert, not Anna" without the name denied; none where none is."""
    tokens = message.tokens
    for number, key in enumerate(message.keys if len(tokens) <= _SHORT else ()):
        if message.cues.opening.get(key) is not Cue.NOT:
            continue
        before, after = tokens[:number], tokens[number + 1 :]
        denied = message.analyser.analyse(after[:1]).with_prefix("@")
        kept = message.only((*before, *after[1:]))
        if denied and set(kept.analysis.with_prefix("@")).difference(denied):
            return kept
    return None


def after_words(text: str, count: int) -> str:
    """What follows the first words of a text."""
    words = text.split()
    for end in range(1, len(words)):
        if len(tokenize(" ".join(words[:end]))) >= count:
            return " ".join(words[end:])
    return ""


def _cue_at(cues: Cues, keys: Sequence[str], start: int = 0) -> tuple[Cue | None, int]:
    length = cues.openings.length_at(keys, start)
    return (cues.opening[" ".join(keys[start : start + length])], length) if length else (None, 0)


def _after_chat(cues: Cues, keys: Sequence[str]) -> tuple[Cue | None, int]:
    """The last correction or aside that nothing but "no", fillers and others of them stand before, and its end."""
    found: Cue | None = None
    end = at = 0
    while at < len(keys):
        cue, length = _cue_at(cues, keys, at)
        if cue in {Cue.CORRECTION, Cue.ASIDE} and " ".join(keys[at : at + length]) not in cues.references:
            at = end = at + length
            found = cue
        elif cue is Cue.NOT and length == 1 and found is None:
            at += 1
        elif length := cues.filling.length_at(keys, at):
            at += length
        else:
            break
    return found, end


def opens_question(analyser: Analyser, tokens: Sequence[Token]) -> bool:
    """Whether words start with a question word, or with a phrase that frames a question."""
    tokens = tokens[:_OPENING_WORDS]
    known = analyser.known(tokens)
    for start in range(min(2, len(tokens))):
        phrase = analyser.lexicon.phrase(tokens, known, start)
        tags = phrase.tags if phrase else known[start].tags
        if tags is not None and any(tag[0] == "?" for tag in tags):
            return True
        if phrase is not None and not tags:
            return True
        if tags is None or tags:
            return False
    return False
