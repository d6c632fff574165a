"""The words that curated utterances are made of."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.knowledge.load import Knowledge
from bot.understanding.lexicon import Lexicon
from bot.understanding.spelling import Speller
from bot.understanding.text import Token, clean, strip_junk, tokenize

_FEWEST = 2
_SLIP = 8  # a slip is so many times rarer than the word that was meant

Uses = Mapping[Token, int]
"""How many utterances use a word."""


def words_used(knowledge: Knowledge) -> dict[str, Uses]:
    """The words of the utterances, by language."""
    used: dict[str, Counter[Token]] = {}
    for subject in knowledge.file.subjects():
        for code, texts in subject.utterances.items():
            counted = used.setdefault(code, Counter())
            for text in texts:
                counted.update({token.key: token for token in tokenize(strip_junk(clean(text)))}.values())
    return {code: _by_key(counted) for code, counted in used.items()}


def real_words(uses: Uses, lexicon: Lexicon, speller: Speller) -> Iterator[str]:
    """Words that the lexicon lacks and that are no slips: no other is meant, or would be taken for them wrongly."""
    counts = {token.key: count for token, count in uses.items()}
    for token, count in uses.items():
        if lexicon.word(token) is None:
            meant = speller.correct(token.key)
            if meant is None or (count >= _FEWEST and _SLIP * count >= counts.get(meant, 0)):
                yield token.key


def _by_key(counted: Mapping[Token, int]) -> Uses:
    """One token for all that differ in case only."""
    tokens = {token.key: token for token in counted}
    totals: Counter[str] = Counter()
    for token, count in counted.items():
        totals[token.key] += count
    return {tokens[key]: count for key, count in totals.items()}
