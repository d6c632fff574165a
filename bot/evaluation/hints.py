"""What would help a knowledge file most: subjects that are short of utterances, words that nothing else stands for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.compiling.wording import words_used
from bot.knowledge.load import Knowledge
from bot.knowledge.model import KnowledgeFile
from bot.understanding.lexicon import Lexicon
from bot.understanding.text import tokenize

ENOUGH = 8
"""Utterances from which on a subject is understood in most words that readers choose."""
_SHORTEST = 4


class Hints(NamedTuple):
    """Subjects with how many utterances they have, fewest first; words with how often they are used, most first."""

    short: list[tuple[str, int]]
    lonely: list[tuple[str, int]]


def hints(knowledge: Knowledge, lexicons: Mapping[str, Lexicon]) -> Hints:
    """What to write next; `lexicons` by language."""
    return Hints(
        short=sorted(_short(knowledge.file), key=lambda found: found[1]),
        lonely=_lonely(knowledge, lexicons[knowledge.home]).most_common(),
    )


def _short(file: KnowledgeFile) -> Iterator[tuple[str, int]]:
    for subject in file.subjects():
        count = sum(map(len, subject.utterances.values()))
        if count < ENOUGH:
            yield subject.id, count


def _lonely(knowledge: Knowledge, lexicon: Lexicon) -> Counter[str]:
    """Words of utterances and of the article that no concept or name holds: no other word means the same."""
    used = words_used(knowledge).get(knowledge.home, {})
    of_article = {token.key for token in tokenize(knowledge.article.text)}
    return Counter(
        {
            token.key: count
            for token, count in used.items()
            if token.key in of_article and _is_long(token.key) and lexicon.word(token) is None
        }
    )


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()
