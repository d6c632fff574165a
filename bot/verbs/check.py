"""`citebot check`: whether a knowledge file can be used, what it covers, where its utterances clash."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.answering.catalogue import Catalogue
from bot.compiling.tables import compile_knowledge
from bot.evaluation.clashes import Clash, clashes
from bot.evaluation.coverage import citing_topics
from bot.evaluation.hints import ENOUGH, Hints, hints
from bot.faults import FaultsError, shown_path
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import KnowledgeFile
from bot.knowledge.schema import json_schema
from bot.language.load import load_languages
from bot.verbs.engine import chosen

EXIT_FAULTS = 1
_SHOWN_WIDTH = 64
_PAIR_WIDTH = 38
_ANOTHER = ("another topic answers", "Do the two say the same? Merge them, or give each the words that tell it apart.")
_GAP_ANSWERED = (
    "a topic answers a gap",
    "If the topic's own utterance is too wide, word it more closely; else give the gap more, in other words.",
)
_NOTHING = (
    "nothing answers",
    "Give the topic more utterances in other words, or name its words in a concept or alias.",
)
_UNTOLD = "That says nothing of questions in other words: try `citebot check --unseen`, and `citebot ask`."
_UNTOLD_UNSEEN = """\
With 7 to 10 utterances for each topic, about half go astray when unseen; with 30, one in four.
In use, what is written is always found."""


def check(file: Path | None, most: int, *, unseen: bool) -> int:
    """Verify and report, of each kind of clash `most` utterances. Returns 1 where there are faults: no clash is one."""
    path = chosen(file)
    try:
        data = load_languages()
        knowledge = load_knowledge(path, data.languages)
    except FaultsError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        count = len(error.faults)
        print(f"{count} fault{'s' if count > 1 else ''}; the file cannot be used.", file=sys.stderr)
        return EXIT_FAULTS
    tables = compile_knowledge(knowledge, data)
    _print_coverage(tables.catalogue)
    _print_clashes(list(clashes(knowledge, data, tables, unseen=unseen)), knowledge.file, most, unseen=unseen)
    lexicons = {code: language.lexicon for code, language in tables.understanding.languages.items()}
    _print_hints(hints(knowledge, lexicons), most)
    print(f"{shown_path(path)}: no fault, so it can be used. {_counts(knowledge.file)}.")
    print(_UNTOLD_UNSEEN if unseen else _UNTOLD)
    return 0


def print_schema(kind: str) -> int:
    """A JSON Schema on standard output."""
    print(json_schema(kind), end="")
    return 0


def _counts(knowledge: KnowledgeFile) -> str:
    counts = {
        "topic": len(knowledge.topics),
        "gap": len(knowledge.gaps),
        "name": len(knowledge.entities),
        "utterance": _utterances(knowledge),
    }
    counted = ", ".join(f"{count} {noun}{'s' if count != 1 else ''}" for noun, count in counts.items())
    return f"{counted}; every sentence is quoted by some topic"


def _utterances(knowledge: KnowledgeFile) -> int:
    return sum(len(texts) for subject in knowledge.subjects() for texts in subject.utterances.values())


def _print_coverage(catalogue: Catalogue) -> None:
    print("Coverage: paragraph, sentence, the topics that cite it")
    for sentence, topics in citing_topics(catalogue):
        text = catalogue.article.quote(sentence.span)
        shown = text if len(text) <= _SHOWN_WIDTH else f"{text[: _SHOWN_WIDTH - 1]}…"
        print(f"  {sentence.paragraph:>3}  {shown:<{_SHOWN_WIDTH}}  {len(topics):>2}: {', '.join(topics)}")
    print()


def _print_clashes(found: Sequence[Clash], knowledge: KnowledgeFile, most: int, *, unseen: bool) -> None:
    how = "each read as if it had not been written" if unseen else "each read without looking it up"
    share = f"{len(found)} of {_utterances(knowledge)} utterances, {how}, land elsewhere"
    print(f"Clashes: {share}; beside each, the nearest of what answers it" if found else "Clashes: none\n")
    gaps = {gap.id for gap in knowledge.gaps}
    _print_pairs(_ANOTHER, [c for c in found if c.lands_on and c.owner not in gaps], most)
    _print_pairs(_GAP_ANSWERED, [c for c in found if c.owner in gaps], most)
    _print_pairs(_NOTHING, [c for c in found if c.lands_on is None], most)


def _print_hints(found: Hints, most: int) -> None:
    """What to write next, if anything."""
    if found.short:
        print(
            f"Few utterances: {len(found.short)} topics and gaps have fewer than {ENOUGH}; write more, in other words:"
        )
        print(f"  {_listed(found.short, most)}\n")
    if found.lonely:
        print("Words without another for them: put them under “concepts”, with what readers may say instead:")
        print(f"  {_listed(found.lonely, most)}\n")


def _listed(counted: Sequence[tuple[str, int]], most: int) -> str:
    shown = ", ".join(f"{name} ({count})" for name, count in counted[:most])
    return f"{shown} and {len(counted) - most} more; --most shows more" if len(counted) > most else shown


def _print_pairs(kind: tuple[str, str], found: Sequence[Clash], most: int) -> None:
    """Owners and where their utterances land, most first, with examples: every pair's first, then its second, ..."""
    pairs: dict[str, list[Clash]] = {}
    for clash in found:
        pairs.setdefault(f"{clash.owner} → {clash.lands_on}" if clash.lands_on else clash.owner, []).append(clash)
    ordered = sorted(pairs.items(), key=lambda pair: -len(pair[1]))
    in_turn = sorted((place, number) for number, (_, pair) in enumerate(ordered) for place in range(len(pair)))
    shown = Counter(number for _, number in in_turn[:most])
    if ordered:
        print(f"  {kind[0]}: {len(found)}. {kind[1]}")
    for number, (name, pair) in enumerate(ordered):
        for place in range(shown[number]):
            head = f"  {len(pair):>5}  {name:<{_PAIR_WIDTH}}" if place == 0 else " " * (_PAIR_WIDTH + 9)
            like = f" like its “{pair[place].like}”" if pair[place].like else ""
            print(f"{head}  “{pair[place].utterance}”{like}")
    if len(found) > most:
        print(f"         and {len(found) - most} more; --most {len(found)} shows all")
    if ordered:
        print()
