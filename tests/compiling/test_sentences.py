"""What is known of an article's sentences before any message comes."""

from bot.compiling.tables import compile_tables
from bot.knowledge.load import load_knowledge
from bot.language.load import load_languages
from bot.understanding.sentences import Sentences
from tests.process import BRIDGE


def _sentences() -> tuple[Sentences, list[str]]:
    article = load_knowledge(BRIDGE, load_languages().languages).article
    return compile_tables(BRIDGE).understanding.sentences, [article.quote(s.span) for s in article.sentences]


def test_persons_are_found_where_they_are_named() -> None:
    """Each sentence has the persons that it names."""
    sentences, texts = _sentences()
    assert [("Orr" in text, "Reed" in text) for text in texts] == [
        ("orr" in persons, "reed" in persons) for persons in sentences.persons
    ]


def test_sentences_that_tell_who_says_so_are_known() -> None:
    """A word of saying makes a sentence report."""
    sentences, texts = _sentences()
    assert all(
        number in sentences.reporting for number, text in enumerate(texts) if " said" in text and "“" not in text
    )
