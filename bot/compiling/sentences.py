"""What understanding knows of the article's sentences."""

from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.load import Knowledge
from bot.knowledge.model import EntityKind
from bot.understanding.analyse import Analyser
from bot.understanding.cues import Cue, Cues, phrase_key
from bot.understanding.sentences import Sentences
from bot.understanding.text import Token, tokenize

_REPORTING = frozenset({"say", "source"})


def build_sentences(knowledge: Knowledge, home: Analyser, cues: Cues) -> Sentences:
    """Read an article's sentences in its language."""
    article = knowledge.article
    texts = [article.quote(sentence.span) for sentence in article.sentences]
    features = [home.analyse(tokenize(text), spelling=False).features for text in texts]
    kinds = {f"@{entity.id}": entity.kind for entity in knowledge.file.entities}
    persons = [tuple(f[1:] for f in found if kinds.get(f) is EntityKind.PERSON) for found in features]
    named = {person for found in persons for person in found}
    openings = {phrase for phrase, cue in cues.whole.items() if cue is Cue.CONTRAST}
    return Sentences(
        features=features,
        persons=persons,
        contrasting=frozenset(n for n, text in enumerate(texts) if phrase_key(text).partition(" ")[0] in openings),
        reporting=frozenset(n for n, found in enumerate(features) if _REPORTING & found.keys()),
        roles={e.id: _role(e.role or "", kinds, home) for e in knowledge.file.entities if e.id in named},
    )


def _role(text: str, kinds: Mapping[str, EntityKind], home: Analyser) -> frozenset[str]:
    """The concepts of a role and the country that it names first."""
    found: dict[str, None] = {}
    for part in _parts(tokenize(text)):
        found.update(dict.fromkeys(home.analyse(part, spelling=False).features))
    countries = [f for f in found if kinds.get(f) is EntityKind.COUNTRY]
    return frozenset([f for f in found if f[0] not in "@#~?!"] + countries[:1])


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Every stretch of some tokens, the first words first."""
    for start in range(len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            yield tokens[start:end]
