"""The tables that understanding works with."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.understanding.cues import Cues
from bot.understanding.fingerprints import Fingerprints
from bot.understanding.knowing import Knowing
from bot.understanding.lexicon import Lexicon
from bot.understanding.model import Model
from bot.understanding.sentences import Sentences
from bot.understanding.social import Greetings
from bot.understanding.vocabulary import Vocabulary


class LanguageTables(NamedTuple):
    """What understanding knows of one language.

    `vocabulary` gives what misspelt words may mean; `social` maps whole messages, as keys, to their kind.
    """

    lexicon: Lexicon
    vocabulary: Callable[[], Vocabulary]
    social: dict[str, str]
    cues: Cues


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
