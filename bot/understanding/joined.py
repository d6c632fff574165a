"""Two questions in one sentence: "who came, and what was agreed?"."""

from bot.understanding.analyse import Analysis
from bot.understanding.follow_up import ABOUT_WORDS, content_of
from bot.understanding.message import Message
from bot.understanding.openings import opens_question

_FEWEST = 2  # words of a question
_HARMLESS = frozenset({"they", "that"})
"""May be all whom the article is about, or point at nothing, as in "qu'est-ce que"."""


def joined_questions(message: Message) -> list[Analysis]:
    """What each of two questions says that an "and" joins; nothing where a message does not join two.

    Each says something by itself, and the second asks with a word of its own. If it points back, as with "he", it is
    about those whom the first names. A name that the article lacks may belong to both.
    """
    keys, tokens, joining = message.keys, message.tokens, message.cues.joining
    if joining.isdisjoint(keys) or message.analysis.with_prefix("#"):
        return []
    for number in range(_FEWEST, len(keys) - _FEWEST):
        if keys[number] in joining and opens_question(message.analyser, tokens[number + 1 :]):
            first, second = message.only(tokens[:number]), message.only(tokens[number + 1 :])
            pointing = _pointing(first.analysis, second)
            says = [first.analysis, pointing] if pointing is not None and first.pronouns <= _HARMLESS | {"it"} else []
            return says if all(not ABOUT_WORDS.issuperset(content_of(each)) for each in says) else []
    return []


def _pointing(first: Analysis, second: Message) -> Analysis | None:
    """What the second says, with the names of the first if it points back; none if it points to something else."""
    if not second.pronouns:
        return second.analysis
    names = {name: first.features[name] for name in first.with_prefix("@")}
    if not names and not second.pronouns <= _HARMLESS:
        return None
    return second.analysis._replace(features={**names, **second.analysis.features})
