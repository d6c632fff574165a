"""Where a knowledge file's companions are."""

from pathlib import Path

from bot.language.codes import LANGUAGES

_SUFFIXES = (".yaml", ".yml")


def article_file(knowledge: Path, name: str) -> Path:
    """The article file's path, from a knowledge file's path and what it says."""
    return knowledge.parent / name


def utterance_files(knowledge: Path) -> tuple[Path, ...]:
    """The files in the folder that bears the knowledge file's name: known languages in their order, then others."""
    folder = knowledge.parent / knowledge.stem
    # A hidden file is an editor's own.
    found = [path for path in folder.glob("[!.]*") if path.suffix in _SUFFIXES]
    return tuple(sorted(found, key=_rank))


def _rank(path: Path) -> tuple[int, str]:
    return LANGUAGES.index(path.stem) if path.stem in LANGUAGES else len(LANGUAGES), path.name
