"""Loading an engine: from its compiled form where that is still true, else from the curated files.

A compiled form is a file of sections (see `packing/`) that holds the article's file name and a fingerprint of every
source and of the code that compiles them. One is packed into the wheel; others are kept in the user's cache folder.

`python -m bot.store FILE` writes a knowledge file's compiled form to standard output or, with status 65, its faults as
JSON. What compiling takes, seconds of a processor and some hundred megabytes, is given back with a process of its own.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from io import BytesIO
from pathlib import Path

from bot.engine import Engine, Tables
from bot.faults import Fault, FaultsError
from bot.knowledge.files import article_file, utterance_files
from bot.language.files import language_files
from bot.packing.sections import Sections, read_sections, write_sections
from bot.packing.tables import pack, unpack

PACKAGE = Path(__file__).parent
_PACKED = PACKAGE / "_article"
_COMPILED_NAME = "compiled.bin"
_ROOMS = ("article", "knowledge", "language", "understanding", "answering", "compiling", "packing")
_FAULTY = 65  # as sysexits.h has it
_CODE = ("*.py", *(f"{room}/*.py" for room in _ROOMS))


def default_knowledge() -> Path:
    """The knowledge file that comes with the bot: packed into the wheel, or in the checkout."""
    packed = _PACKED / "knowledge" / "article.yaml"
    return packed if packed.is_file() else PACKAGE.parent / "knowledge" / "article.yaml"


def sources(knowledge: Path, article: str | None = None) -> tuple[Path, ...]:
    """The files about one article: the knowledge file, those of its utterances, and the article's as it is named."""
    return (knowledge, *utterance_files(knowledge), *([] if article is None else [article_file(knowledge, article)]))


def load_engine(knowledge: Path | None = None, *, apart: bool = False) -> Engine:
    """The engine of a knowledge file, by default the bot's own. Raises FaultsError.

    What must be compiled is compiled in this process or, where `apart`, in one of its own.
    """
    path = knowledge or default_knowledge()
    cache = _cache_file(path)
    for compiled in (_PACKED / _COMPILED_NAME, cache):
        tables = _read_compiled(compiled, path) if compiled else None
        if tables is not None:
            return Engine(tables)
    return Engine(unpack(_compiled_anew(path, cache, apart=apart)))


def compiled_form(knowledge: Path) -> bytes:
    """A knowledge file's compiled form; without a fingerprint if a source changed meanwhile. Raises FaultsError."""
    from bot.compiling.tables import compile_tables  # noqa: PLC0415 - costs start-up time, and is seldom needed

    before = _fingerprint(knowledge)
    tables = compile_tables(knowledge)
    article = tables.catalogue.file
    fingerprint = _fingerprint(knowledge, article) if before == _fingerprint(knowledge) else None
    if not _holds(article_file(knowledge, article), tables.catalogue.article.text):
        fingerprint = None
    return write_sections({"article": article, "fingerprint": fingerprint or ""}, pack(tables))


def write_compiled(content: bytes, target: Path) -> None:
    """Write a compiled form, whole or not at all. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".compiled-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _compiled_anew(knowledge: Path, cache: Path | None, *, apart: bool) -> Sections:
    """A knowledge file's compiled form; from the cache, where it can be kept there, and no longer in memory."""
    content = (_compiled_apart(knowledge) if apart else None) or compiled_form(knowledge)
    sections = read_sections(BytesIO(content))
    if cache is not None and sections.about["fingerprint"]:
        with suppress(OSError):
            write_compiled(content, cache)
            sections = read_sections(cache.open("rb"))
    return sections


def _holds(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() == text.encode()
    except OSError:
        return False


def _compiled_apart(knowledge: Path) -> bytes | None:
    """What another process compiles; none where it fails, which is then told by compiling here. Raises FaultsError."""
    search = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "bot.store", str(knowledge)]
    try:
        child = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": search})  # noqa: S603
    except OSError:
        return None
    if child.returncode == _FAULTY:
        raise FaultsError([Fault(*fault) for fault in json.loads(child.stdout)])
    return child.stdout if child.returncode == 0 else None


def _read_compiled(compiled: Path, knowledge: Path) -> Tables | None:
    """The tables of a compiled form; none where it is missing, stale or damaged."""
    try:
        sections = read_sections(compiled.open("rb"))
        if sections.about["fingerprint"] != _fingerprint(knowledge, sections.about["article"]):
            return None
        return unpack(sections)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError):
        return None


def _fingerprint(knowledge: Path, article: str | None = None) -> str | None:
    """SHA-256 over every source's content and the code that compiles them; none where one cannot be read."""
    digest = hashlib.sha256()
    try:
        for path in (*sources(knowledge, article), *language_files(), *_code_files()):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256")
            digest.update(os.fsencode(f"{path.name} {content.hexdigest()}\n"))
    except OSError:
        return None
    return digest.hexdigest()


def _code_files() -> Iterator[Path]:
    for pattern in _CODE:
        yield from sorted(PACKAGE.glob(pattern))


def _cache_file(knowledge: Path) -> Path | None:
    """Where a knowledge file's compiled form is kept for this user; none where the user has no home."""
    root = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(root) if root else Path.home() / ".cache"
        key = hashlib.sha256(os.fsencode(knowledge.resolve())).hexdigest()[:16]
    except (OSError, RuntimeError):
        return None
    return folder / "citebot" / f"{key}.bin"


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(compiled_form(Path(sys.argv[1])))
    except FaultsError as error:
        json.dump([astuple(fault) for fault in error.faults], sys.stdout)
        sys.exit(_FAULTY)
