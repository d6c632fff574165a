"""`citebot check`: whether a knowledge file is sound, what it covers, where its utterances clash."""

import sys
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
from bot.settings import load_settings
from bot.verbs.engine import configured

EXIT_FAULTS = 1
_SHOWN_WIDTH = 64
_PAIR_WIDTH = 38


def check(file: Path | None, most: int, *, unseen: bool) -> int:
    """Verify and report, of clashes the `most` frequent pairs. Returns 1 where there are faults; clashes are advice."""
    path = file or configured(load_settings())
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
    print(f"{shown_path(path)}: sound. {_counts(knowledge.file)}, every citable sentence reached.")
    return 0


def print_schema(kind: str) -> int:
    """A JSON Schema on standard output."""
    print(json_schema(kind), end="")
    return 0


def _counts(knowledge: KnowledgeFile) -> str:
    utterances = sum(len(texts) for subject in knowledge.subjects() for texts in subject.utterances.values())
    return (
        f"{len(knowledge.topics)} topics, {len(knowledge.gaps)} gaps, {len(knowledge.entities)} names, "
        f"{utterances} utterances"
    )


def _print_coverage(catalogue: Catalogue) -> None:
    print("Coverage: paragraph, sentence, the topics that cite it")
    for sentence, topics in citing_topics(catalogue):
        text = catalogue.article.quote(sentence.span)
        shown = text if len(text) <= _SHOWN_WIDTH else f"{text[: _SHOWN_WIDTH - 1]}…"
        print(f"  {sentence.paragraph:>3}  {shown:<{_SHOWN_WIDTH}}  {len(topics):>2}: {', '.join(topics)}")
    print()


def _print_clashes(found: Sequence[Clash], knowledge: KnowledgeFile, most: int, *, unseen: bool) -> None:
    if not found:
        print("Clashes: none.\n")
        return
    gaps = {gap.id for gap in knowledge.gaps}
    how = "each read as if it had not been written" if unseen else "each read without looking it up"
    print(f"Clashes: {len(found)} utterances, {how}, land elsewhere")
    _print_pairs("another topic answers", [c for c in found if c.lands_on and c.owner not in gaps], most)
    _print_pairs("a topic answers a gap", [c for c in found if c.owner in gaps], most)
    _print_pairs("nothing answers", [c for c in found if c.lands_on is None], most)
    print()


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


def _print_pairs(title: str, found: Sequence[Clash], most: int) -> None:
    """Owners and where their utterances land, most first, each with an example."""
    pairs: dict[str, list[Clash]] = {}
    for clash in found:
        pairs.setdefault(f"{clash.owner} → {clash.lands_on}" if clash.lands_on else clash.owner, []).append(clash)
    ordered = sorted(pairs.items(), key=lambda pair: -len(pair[1]))
    if ordered:
        print(f"  {title}: {len(found)}")
    for name, pair in ordered[:most]:
        print(f"  {len(pair):>5}  {name:<{_PAIR_WIDTH}}  “{pair[0].utterance}”")
    if len(ordered) > most:
        print(f"         and {len(ordered) - most} more; --most shows more")
