"""Knowledge files thinned for fitting."""

from bot.evaluation.thinning import Size, thin
from bot.knowledge.load import load_knowledge
from bot.language.load import load_languages
from tests.process import BRIDGE


def test_a_thinned_file_keeps_every_topic_and_few_utterances() -> None:
    """Some of each topic's own utterances are left, and so many gaps as are asked for."""
    whole = load_knowledge(BRIDGE, load_languages().languages)
    thinned = thin(whole, Size(utterances=2, gaps=0, of_gap=2), seed=1)
    assert [topic.id for topic in thinned.file.topics] == [topic.id for topic in whole.file.topics]
    assert not thinned.file.gaps
    for left, own in zip(thinned.file.topics, whole.file.topics, strict=True):
        assert len(left.utterances["en"]) == 2
        assert set(left.utterances["en"]) <= set(own.utterances["en"])


def test_the_same_seed_leaves_the_same() -> None:
    """So a fit can be repeated."""
    whole = load_knowledge(BRIDGE, load_languages().languages)
    size = Size(utterances=2, gaps=1, of_gap=2)
    assert thin(whole, size, seed=3).file == thin(whole, size, seed=3).file
