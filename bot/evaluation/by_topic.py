"""Questions labelled with the topic that answers them, as curators label theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.answering.catalogue import Catalogue
from bot.evaluation.judge import cited_ids
from bot.evaluation.questions import Dialogue, LabelledSentence, Question
from bot.faults import Fault, FaultsError, did_you_mean, shortened, shown_path

_MANY = 3
_SHOWN = 3
_ANOTHERS = "Is it the right one? If not, name theirs with --knowledge, or in BOT_KNOWLEDGE."


def article_labels(catalogue: Catalogue) -> dict[str, LabelledSentence]:
    """An id for each sentence of the article, where no list gives them others."""
    sentences = catalogue.article.sentences
    return {f"s{s.number + 1:02}": LabelledSentence(f"s{s.number + 1:02}", *s.span) for s in sentences}


def with_evidence(
    asked: Sequence[Dialogue], catalogue: Catalogue, labels: Mapping[str, LabelledSentence], knowledge: Path
) -> list[Dialogue]:
    """Dialogues in which a label by topic stands for the topic's sentences.

    Raises FaultsError for topics that the knowledge file lacks.
    """
    evidence = {
        topic.id: frozenset().union(*(cited_ids(catalogue.cite_sentence(number), labels) for number in topic.sentences))
        for topic in catalogue.topics.values()
    }
    faults = list(_unknown(asked, list(evidence), knowledge))
    if faults:
        raise FaultsError(faults)

    def known(question: Question) -> Question:
        return replace(question, gold=evidence[question.topic]) if question.topic else question

    return [Dialogue(dialogue.id, tuple(map(known, dialogue.turns))) for dialogue in asked]


def _unknown(asked: Sequence[Dialogue], known: list[str], knowledge: Path) -> Iterator[Fault]:
    """A fault for each unknown topic where they are few, else one for all: then the file is likely to be another's."""
    first: dict[str, Question] = {}
    for dialogue in asked:
        for question in dialogue.turns:
            if question.topic:
                first.setdefault(question.topic, question)
    unknown = [(topic, question) for topic, question in first.items() if topic not in known]
    if len(unknown) < _MANY:
        for topic, question in unknown:
            problem = f"“{shortened(question.text)}”: There is no topic “{topic}”."
            yield Fault(question.file, question.line, problem, did_you_mean(topic, known))
        return
    shown = ", ".join(f"“{topic}” ({question.file}:{question.line})" for topic, question in unknown[:_SHOWN])
    problem = f"This knowledge file lacks {len(unknown)} of the {len(first)} topics that the questions name: {shown}"
    problem += ", …" if len(unknown) > _SHOWN else "."
    most = 2 * len(unknown) > len(first)
    yield Fault(shown_path(knowledge), 0, problem, _ANOTHERS if most else "Correct the labels.")
