"""Where the language data is."""

from pathlib import Path

from bot.language.codes import LANGUAGES

DATA = Path(__file__).parent / "data"
_FILES = ("words", "concepts", "requests", "strings")


def language_files(root: Path = DATA) -> tuple[Path, ...]:
    """The files that make up the language data, in a fixed order."""
    per_language = (root / code / f"{name}.yaml" for code in LANGUAGES for name in _FILES)
    return (root / "names.yaml", *(path for path in per_language if path.is_file()))
