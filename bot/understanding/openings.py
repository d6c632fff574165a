"""What a message opens with before it asks: "and", "no, sorry, I meant", "different question:"."""

from collections.abc import Sequence

from bot.understanding.analyse import Analyser
from bot.understanding.follow_up import Cue, Cues
from bot.understanding.text import Token, tokenize

_LONGEST = 5
_SHORT = 8


def opening_cue(cues: Cues, tokens: Sequence[Token]) -> tuple[Cue | None, int]:
    """The cue that a message opens with, and how many words it takes: none of those that refer, as "the other one".

    A correction or an aside may stand after words that only chat.
    """
    keys = [token.key for token in tokens]
    found, length = _cue_at(cues, keys)
    if found in {None, Cue.NOT, Cue.CORRECTION}:
        later, end = _after_chat(cues, keys)
        if later is not None:
            return later, end
    return found, 0 if " ".join(keys[:length]) in cues.references else length


def without_denied(tokens: Sequence[Token], cues: Cues, analyser: Analyser) -> tuple[Token, ...]:
    """What is left of "not Anna, Bert" or "Bert, not Anna" without the name that is not meant; empty where none is."""
    for number, token in enumerate(tokens if len(tokens) <= _SHORT else ()):
        if cues.opening.get(token.key) is not Cue.NOT:
            continue
        before, after = tokens[:number], tokens[number + 1 :]
        denied = analyser.analyse(after[:1]).with_prefix("@")
        kept = (*before, *after[1:])
        if denied and set(analyser.analyse(kept).with_prefix("@")).difference(denied):
            return kept
    return ()


def after_words(text: str, count: int) -> str:
    """What follows the first words of a text."""
    words = text.split()
    for end in range(1, len(words)):
        if len(tokenize(" ".join(words[:end]))) >= count:
            return " ".join(words[end:])
    return ""


def _cue_at(cues: Cues, keys: Sequence[str]) -> tuple[Cue | None, int]:
    for length in range(min(_LONGEST, len(keys)), 0, -1):
        found = cues.opening.get(" ".join(keys[:length]))
        if found:
            return found, length
    return None, 0


def _after_chat(cues: Cues, keys: Sequence[str]) -> tuple[Cue | None, int]:
    """The last correction or aside that nothing but "no", fillers and others of them stand before, and its end."""
    found: Cue | None = None
    end = at = 0
    while at < len(keys):
        cue, length = _cue_at(cues, keys[at:])
        if cue in {Cue.CORRECTION, Cue.ASIDE} and " ".join(keys[at : at + length]) not in cues.references:
            at = end = at + length
            found = cue
        elif cue is Cue.NOT and length == 1 and found is None:
            at += 1
        elif length := _filler_at(cues, keys[at:]):
            at += length
        else:
            break
    return found, end


def _filler_at(cues: Cues, keys: Sequence[str]) -> int:
    """How many words at the beginning only chat."""
    longest = min(_LONGEST, len(keys))
    return next((length for length in range(longest, 0, -1) if " ".join(keys[:length]) in cues.fillers), 0)
