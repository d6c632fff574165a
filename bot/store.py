"""Loading an engine: from its compiled form where that is still true, else from the curated files.

A compiled form is some lines of JSON: a header (the article's file name, a fingerprint of every source and of the code
that compiles them, a checksum of the other lines), the tables, and each language's lexicon. One is packed into the
wheel; others are kept in the user's cache folder.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.engine import Engine, Tables
from bot.language.files import language_files
from bot.understanding.lexicon import Lexicon

PACKAGE = Path(__file__).parent
_PACKED = PACKAGE / "_article"
_COMPILED_NAME = "compiled.json"
_CODE = (
    "*.py",
    *(f"{room}/*.py" for room in ("article", "knowledge", "language", "understanding", "answering", "compiling")),
)


def default_knowledge() -> Path:
    """The knowledge file that comes with the bot: packed into the wheel, or in the checkout."""
    packed = _PACKED / "knowledge" / "article.yaml"
    return packed if packed.is_file() else PACKAGE.parent / "knowledge" / "article.yaml"


def load_engine(knowledge: Path | None = None) -> Engine:
    """The engine of a knowledge file, by default the bot's own. Raises FaultsError."""
    path = knowledge or default_knowledge()
    cache = _cache_file(path)
    for compiled in (_PACKED / _COMPILED_NAME, cache):
        tables = _read_compiled(compiled, path) if compiled else None
        if tables is not None:
            return Engine(tables)
    from bot.compiling.tables import compile_tables  # noqa: PLC0415 - costs start-up time, and is seldom needed

    before = _fingerprint(path)
    tables = compile_tables(path)
    if cache is not None and before == _fingerprint(path):
        with suppress(OSError):
            write_compiled(tables, path, cache)
    return Engine(tables)


def write_compiled(tables: Tables, knowledge: Path, target: Path) -> None:
    """Write a compiled form, whole or not at all; nothing where the article has changed since. Raises OSError."""
    article = tables.catalogue.file
    fingerprint = _fingerprint(knowledge, article)
    text = tables.catalogue.article.text.encode()
    if fingerprint is None or (knowledge.parent / article).read_bytes() != text:
        return
    body = b"\n".join(_dumped(tables))
    header = {"article": article, "fingerprint": fingerprint, "checksum": hashlib.sha256(body).hexdigest()}
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".compiled-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps(header).encode() + b"\n" + body)
        Path(name).replace(target)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _read_compiled(compiled: Path, knowledge: Path) -> Tables | None:
    """The tables of a compiled form; none where it is missing, stale or damaged."""
    try:
        first, _, body = compiled.read_bytes().partition(b"\n")
        header = json.loads(first)
        if header["fingerprint"] != _fingerprint(knowledge, str(header["article"])):
            return None
        if header["checksum"] != hashlib.sha256(body).hexdigest():
            return None
        return _read(body.split(b"\n"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return None


def _dumped(tables: Tables) -> Iterator[bytes]:
    """The tables without their lexicons, then each lexicon: read at once, they would take three times their memory."""
    understanding = replace(tables.understanding, lexicons={})
    yield TypeAdapter(Tables).dump_json(replace(tables, understanding=understanding))
    adapter = TypeAdapter(Lexicon)
    for lexicon in tables.understanding.lexicons.values():
        yield adapter.dump_json(lexicon)


def _read(lines: list[bytes]) -> Tables:
    """What `_dumped` wrote. Raises ValidationError."""
    tables = TypeAdapter(Tables).validate_json(lines[0])
    adapter = TypeAdapter(Lexicon)
    for line in lines[1:]:
        lexicon = adapter.validate_json(line)
        tables.understanding.lexicons[lexicon.language] = lexicon
    return tables


def _fingerprint(knowledge: Path, article: str | None = None) -> str | None:
    """SHA-256 over every source's content and the code that compiles them; none where one cannot be read."""
    digest = hashlib.sha256()
    sources = (knowledge, *([] if article is None else [knowledge.parent / article]))
    try:
        for path in (*sources, *language_files(), *_code_files()):
            data = path.read_bytes()
            digest.update(os.fsencode(f"{path.name} {len(data)}\n"))
            digest.update(data)
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
    return folder / "citebot" / f"{key}.json"
