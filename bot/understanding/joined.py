"""Two questions in one sentence: "who came, and what was agreed?"."""

from bot.understanding.analyse import Analysis
from bot.understanding.follow_up import ABOUT_WORDS, content_of
from bot.understanding.message import Message
from bot.understanding.openings import opens_question

_BEFORE = 0.6
_PERSONS = frozenset({"he", "she"})
_FEWEST = 2  # words of a question
_HARMLESS = frozenset({"they", "that"})
"""May be all whom the article is about, or point at nothing, as in "qu'est-ce que"."""


def joined_questions(message: Message) -> list[Analysis]:
    """What each of two questions says that an "and" joins; nothing where a message does not join two.

    Each says something by itself, and the second asks with a word of its own. If it points back, as with "he", it is
    about those whom the first names; in the first, "he" may be anybody. A name that the article lacks may belong to
    both.
    """
    keys, tokens, joining = message.keys, message.tokens, message.cues.joining
    if joining.isdisjoint(keys) or message.analysis.with_prefix("#"):
        return []
    for number in range(_FEWEST, len(keys) - _FEWEST):
        if keys[number] in joining and opens_question(message.analyser, tokens[number + 1 :]):
            first, second = message.only(tokens[:number]), message.only(tokens[number + 1 :])
            pointing = _pointing(first.analysis, second)
            says = [first.analysis, pointing] if pointing and first.pronouns.isdisjoint(_PERSONS) else []
            return says if all(not ABOUT_WORDS.issuperset(content_of(each)) for each in says) else []
    return []


def _pointing(first: Analysis, second: Message) -> Analysis | None:
    """What the second says, with the names of the first if it points back, or all of it if "it" can be nothing else.

    None if "he" is nobody whom the first names.
    """
    if not second.pronouns:
        return second.analysis
    before = {name: first.features[name] for name in first.with_prefix("@")}
    if not before and not second.pronouns <= _HARMLESS:
        if not second.pronouns.isdisjoint(_PERSONS):
            return None
        before = {feature: _BEFORE * first.features[feature] for feature in content_of(first)}
    return second.analysis._replace(features={**before, **second.analysis.features})
