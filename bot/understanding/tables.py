"""The tables that understanding works with."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.understanding.fingerprints import Fingerprints
from bot.understanding.follow_up import Cues
from bot.understanding.knowing import Knowing
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Model
from bot.understanding.sentences import Sentences
from bot.understanding.social import Greetings
from bot.understanding.spelling import Vocabulary


class LanguageTables(NamedTuple):
    """What understanding knows of one language.

    `spelling` are the words that a misspelt one may mean, the article's first; `real_words` are never corrected.
    `social` maps whole messages, as keys, to their kind.
    """

    lexicon: Lexicon
    spelling: list[str]
    real_words: list[str]
    social: dict[str, str]
    cues: Cues

    def vocabulary(self) -> Vocabulary:
        """What a misspelt word may mean; far are words that only name what the article may not know."""
        words, prefixes = self.lexicon.words, self.lexicon.prefixes
        far = frozenset(w for table in (words, prefixes) for w, tags in table.items() if tags and tags[0][0] == "#")
        return Vocabulary(self.spelling, prefixes, self.real_words, far)


class Understanding(NamedTuple):
    """Each language's tables, made when they are first asked for, and what is asked of every message.

    `utterances` maps curated examples, as keys, to the number of their topic or gap in the model; `sentences` are the
    article's; `transliterations` hold, by language, how its letters are typed in Latin ones.
    """

    languages: Mapping[str, LanguageTables]
    knowing: Knowing
    greetings: Greetings
    utterances: Fingerprints
    sentences: Sentences
    model: Model
    transliterations: Mapping[str, Mapping[str, str]]
