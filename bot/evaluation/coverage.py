"""What a knowledge file covers: which topics cite each sentence."""

from collections.abc import Iterator

from bot.answering.catalogue import Catalogue
from bot.article.model import Sentence


def citing_topics(catalogue: Catalogue) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """Each citable sentence with the ids of the topics that cite it."""
    for sentence in catalogue.article.sentences:
        citing = tuple(topic.id for topic in catalogue.topics.values() if sentence.number in topic.sentences)
        yield sentence, citing
