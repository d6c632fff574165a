"""Utterances kept apart from the knowledge file: read, checked together with its own, and put beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.faults import Fault, FaultsError, did_you_mean, shortened, shown_path
from bot.knowledge.files import utterance_files
from bot.knowledge.model import Gap, KnowledgeFile, Topic, UtteranceFile
from bot.language.codes import LANGUAGES
from bot.yamlfile import Place, YamlFile, parse_yaml
from bot.yamlmodel import examine

SubjectT = TypeVar("SubjectT", Topic, Gap)


@dataclass(frozen=True, slots=True)
class Apart:
    """What one file holds: utterances in one language, by the id of their subject."""

    source: YamlFile
    language: str
    utterances: dict[str, list[str]]


class _Utterance(NamedTuple):
    """An utterance, and the file and place where it stands."""

    holder: YamlFile
    place: Place
    owner: str
    language: str
    text: str

    @property
    def line(self) -> int:
        """Its line in its file."""
        return self.holder.line(*self.place)

    def contradicts(self, other: "_Utterance") -> bool:
        """Whether the two, being the same text, may not both stand: a word can be one of several languages."""
        return self.owner != other.owner or self.language == other.language


def read_apart(knowledge_path: Path) -> tuple[list[Apart], list[Fault]]:
    """The files of utterances beside a knowledge file, and what is wrong with each by itself."""
    read: list[Apart] = []
    faults: list[Fault] = []
    for path in utterance_files(knowledge_path):
        if path.stem not in LANGUAGES:
            problem = f"A file of utterances is named by its language, and for “{path.stem}” there is no language data."
            faults.append(Fault(shown_path(path), 0, problem, did_you_mean(path.stem, list(LANGUAGES))))
            continue
        try:
            source = parse_yaml(path, "file of utterances")
        except FaultsError as error:
            faults += error.faults
            continue
        file, violations = examine(source, UtteranceFile)
        faults += violations
        if file is not None:
            read.append(Apart(source, path.stem, file.root))
    return read, faults


def put_together(knowledge: KnowledgeFile, apart: Sequence[Apart]) -> KnowledgeFile:
    """The knowledge file with every subject's utterances: its own first, then those kept apart."""

    def whole(subject: SubjectT) -> SubjectT:
        texts = {code: list(subject.utterances.get(code, ())) for code in LANGUAGES}
        for file in apart:
            texts[file.language] += file.utterances.get(subject.id, ())
        return subject.model_copy(update={"utterances": {code: tuple(own) for code, own in texts.items() if own}})

    topics, gaps = tuple(map(whole, knowledge.topics)), tuple(map(whole, knowledge.gaps))
    return knowledge.model_copy(update={"topics": topics, "gaps": gaps})


def verify_utterances(knowledge: KnowledgeFile, source: YamlFile, apart: Sequence[Apart]) -> Iterator[Fault]:
    """Utterances of nothing that is known, and those that stand twice, be it in two files."""
    ids = [subject.id for subject in knowledge.subjects()]
    for file in apart:
        for owner in file.utterances:
            if owner not in ids:
                yield file.source.fault((owner,), f"There is no topic or gap “{owner}”.", did_you_mean(owner, ids))
    seen: dict[str, list[_Utterance]] = {}
    for here in _all(knowledge, source, apart):
        others = seen.setdefault(" ".join(here.text.casefold().split()).rstrip("?!. "), [])
        there = next(filter(here.contradicts, others), None)
        if there is not None:
            where = (
                f"line {there.line}" if there.holder is here.holder else f"{shown_path(there.holder.path)}:{there.line}"
            )
            problem = (
                f"The utterance “{shortened(here.text)}” of {here.owner} stands under {there.owner} too, in {where}."
            )
            yield here.holder.fault(here.place, problem, "Keep it where it fits best.")
        others.append(here)


def missing_utterances(whole: KnowledgeFile, source: YamlFile) -> Iterator[Fault]:
    """Subjects that nobody can ask for, of a knowledge file with all utterances put together."""
    apart = shown_path(source.path.parent / source.path.stem / "en.yaml")
    for place, subject in _placed(whole):
        if not subject.utterances:
            remedy = f"Add some under its “utterances”, or under “{subject.id}” in {apart}."
            yield source.fault(place, f"{subject.id} has no utterance.", remedy)


def _placed(knowledge: KnowledgeFile) -> Iterator[tuple[Place, Topic | Gap]]:
    yield from ((("topics", index), topic) for index, topic in enumerate(knowledge.topics))
    yield from ((("gaps", index), gap) for index, gap in enumerate(knowledge.gaps))


def _all(knowledge: KnowledgeFile, source: YamlFile, apart: Sequence[Apart]) -> Iterator[_Utterance]:
    for place, subject in _placed(knowledge):
        for language, texts in subject.utterances.items():
            for position, text in enumerate(texts):
                yield _Utterance(source, (*place, "utterances", language, position), subject.id, language, text)
    for file in apart:
        for owner, owned in file.utterances.items():
            for position, text in enumerate(owned):
                yield _Utterance(file.source, (owner, position), owner, file.language, text)
