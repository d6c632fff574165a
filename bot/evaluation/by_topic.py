"""Questions labelled with the topic that answers them, as curators label theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answering.catalogue import Catalogue
from bot.evaluation.judge import cited_ids
from bot.evaluation.questions import Dialogue, LabelledSentence, Question
from bot.faults import Fault, FaultsError, did_you_mean


def article_labels(catalogue: Catalogue) -> dict[str, LabelledSentence]:
    """An id for each sentence of the article, where no list gives them others."""
    sentences = catalogue.article.sentences
    return {f"s{s.number + 1:02}": LabelledSentence(f"s{s.number + 1:02}", *s.span.bounds) for s in sentences}


def with_evidence(
    asked: Sequence[Dialogue], catalogue: Catalogue, labels: Mapping[str, LabelledSentence]
) -> list[Dialogue]:
    """Dialogues in which a label by topic stands for the topic's sentences. Raises FaultsError for unknown topics."""
    evidence = {
        topic.id: frozenset().union(*(cited_ids(catalogue.cite_sentence(number), labels) for number in topic.sentences))
        for topic in catalogue.topics.values()
    }
    faults = [
        Fault(
            f"“{question.text}”", 0, f"There is no topic “{question.topic}”.", did_you_mean(question.topic, [*evidence])
        )
        for question in _questions(asked)
        if question.topic and question.topic not in evidence
    ]
    if faults:
        raise FaultsError(faults)

    def known(question: Question) -> Question:
        return replace(question, gold=evidence[question.topic]) if question.topic else question

    return [Dialogue(dialogue.id, tuple(map(known, dialogue.turns))) for dialogue in asked]


def _questions(asked: Sequence[Dialogue]) -> Iterator[Question]:
    for dialogue in asked:
        yield from dialogue.turns
