"""The tables that understanding works with."""

from dataclasses import dataclass

from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Model


@dataclass(slots=True)
class Understanding:
    """A lexicon and a spelling vocabulary per language, social phrases, and the model.

    `spelling` are the words that a misspelt one may mean, the article's first; `real_words` are never corrected.
    `social` maps whole messages, as keys, to their kind; `utterances` curated examples to their topic or gap.
    """

    lexicons: dict[str, Lexicon]
    spelling: dict[str, list[str]]
    real_words: dict[str, list[str]]
    social: dict[str, dict[str, str]]
    utterances: dict[str, str]
    model: Model
