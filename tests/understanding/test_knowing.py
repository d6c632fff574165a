"""Which languages know a word."""

import pytest

from bot.compiling.tables import compile_lexicons
from bot.knowledge.load import load_knowledge
from bot.language.load import load_languages
from bot.understanding.knowing import Knowing
from bot.understanding.lexicon import Lexicon
from bot.understanding.text import tokenize
from tests.process import BRIDGE

_WORDS = """
Who will be paying for repairs of the bridges, and what did Selenskyj's ministers say about the US? UK us Ukrainians
qui participera à la réunion des alliés, wer unterschrieb die Sicherheitsgarantien, quién vigilará el alto el fuego
хто підписав угоду про гарантії, союзники будут участвовать, którzy wysłannicy przyjechali, hvem kom, chi ha firmato
soldados Soldaten soldats żołnierze солдаты солдатів xqzzy a ä ß straße STRASSE naïve Ærø
"""


@pytest.fixture(scope="module")
def lexicons() -> dict[str, Lexicon]:
    """Every language's, with the invented article's words."""
    data = load_languages()
    return compile_lexicons(load_knowledge(BRIDGE, data.languages), data)


def test_the_table_tells_the_same_as_the_lexicons(lexicons: dict[str, Lexicon]) -> None:
    """Whether a language knows a word, and how, does not depend on whether its lexicon is read."""
    knowing = Knowing.of(lexicons)
    for token in tokenize(_WORDS):
        for code, lexicon in lexicons.items():
            tags = lexicon.words.get(token.key)
            tells = tags is not None and not any(tag[0] in "@#" for tag in tags[:1])
            assert bool(knowing.telling(token.key) & knowing.bits[code]) == tells
            inflected = token.key not in lexicon.words and lexicon.word(token) is not None
            assert knowing.inflected(token, code) == inflected


def test_the_words_of_utterances_tell_a_language(lexicons: dict[str, Lexicon]) -> None:
    """Also those that its lexicon lacks."""
    knowing = Knowing.of(lexicons, {"it": tokenize("giuridicamente")})
    assert not Knowing.of(lexicons).telling("giuridicamente")
    assert knowing.telling("giuridicamente") == knowing.bits["it"]


def test_a_word_that_no_language_knows_is_told_by_its_ending(lexicons: dict[str, Lexicon]) -> None:
    """Languages with many words that end so are likelier."""
    knowing = Knowing.of(lexicons)
    shares = dict(zip(knowing.bits, knowing.ending("inventazione"), strict=True))
    assert max(shares, key=shares.__getitem__) == "it"
    assert sum(knowing.ending("xqzzyxq")) == 0
