"""Knowledge files thinned to what somebody with little time writes: few utterances, few gaps, one language."""

import random
from typing import NamedTuple, TypeVar

from bot.knowledge.load import Knowledge
from bot.knowledge.model import Gap, Topic

SubjectT = TypeVar("SubjectT", Topic, Gap)


class Size(NamedTuple):
    """How many utterances each topic keeps, how many gaps are left, and how many utterances each of them keeps."""

    utterances: int
    gaps: int
    of_gap: int


THINNED = (Size(3, 14, 3), Size(4, 12, 3), Size(5, 25, 3), Size(6, 12, 3), Size(7, 16, 4), Size(8, 12, 4))


def thin(knowledge: Knowledge, size: Size, seed: int) -> Knowledge:
    """A knowledge file with what chance leaves of its utterances in its own language, and of its gaps."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    home, file = knowledge.home, knowledge.file

    def thinned(subject: SubjectT, most: int) -> SubjectT:
        own = subject.utterances.get(home, ())
        kept = sorted(chance.sample(range(len(own)), min(most, len(own))))
        title = {code: text for code, text in subject.title.items() if code == home}
        utterances = {home: tuple(own[number] for number in kept)}
        return subject.model_copy(update={"title": title or subject.title, "utterances": utterances})

    topics = tuple(thinned(topic, size.utterances) for topic in file.topics)
    left = sorted(chance.sample(range(len(file.gaps)), min(size.gaps, len(file.gaps))))
    gaps = tuple(thinned(file.gaps[number], size.of_gap) for number in left)
    return Knowledge(file.model_copy(update={"topics": topics, "gaps": gaps}), knowledge.article)
