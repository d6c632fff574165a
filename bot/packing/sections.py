"""A file of named sections: what a compiled form is written in.

A first line of JSON says what the file belongs to and holds the checksum of all that follows: a line of JSON with the
name and length of each section, then the sections. Each is read when it is asked for, and none is kept.
"""

import hashlib
import json
import sys
import weakref
from array import array
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from io import BufferedIOBase
from threading import Lock
from typing import Any, TypeAlias

_LONGEST = 1 << 28
_CHUNK = 1 << 16
Packed: TypeAlias = dict[str, bytes]
"""Sections by name."""


class Sections:
    """A file's sections, by the places where they start and their lengths. The file stays open as long as they live."""

    def __init__(self, about: Mapping[str, str], file: BufferedIOBase, places: Mapping[str, tuple[int, int]]) -> None:
        self.about = about
        self._file = file
        self._places = places
        self._lock = Lock()

    @property
    def names(self) -> list[str]:
        """The names of the sections."""
        return list(self._places)

    def raw(self, name: str) -> bytes:
        """A section's bytes."""
        start, length = self._places[name]
        with self._lock:
            self._file.seek(start)
            return self._file.read(length)

    def json(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """A section of JSON."""
        return json.loads(self.raw(name))

    def texts(self, name: str) -> list[str]:
        """A section of texts."""
        whole = self.raw(name).decode()
        return whole.split("\n") if whole else []

    def array(self, name: str) -> "array[Any]":
        """A section of numbers."""
        start, length = self._places[name]
        with self._lock:
            self._file.seek(start)
            numbers: array[Any] = array(self._file.read(1).decode(), [0])
            numbers *= (length - 1) // numbers.itemsize
            self._file.readinto(numbers)
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


def read_sections(file: BufferedIOBase) -> Sections:
    """A file's sections, which close it at last. Raises OSError; ValueError or TypeError where it is damaged."""
    with ExitStack() as stack:
        stack.callback(file.close)
        sections = Sections(*_examined(file))
        weakref.finalize(sections, stack.pop_all().close)
        return sections


def _examined(file: BufferedIOBase) -> tuple[Mapping[str, str], BufferedIOBase, Mapping[str, tuple[int, int]]]:
    """What the file belongs to, and the places of its sections."""
    about = json.loads(file.readline())
    index = file.readline()
    places: dict[str, tuple[int, int]] = {}
    start = file.tell()
    for name, length in json.loads(index):
        if not 0 <= length <= _LONGEST:
            raise ValueError("a length is damaged")
        places[name] = start, length
        start += length
    digest = hashlib.sha256(index)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    if about.get("checksum") != digest.hexdigest() or file.tell() != start:
        raise ValueError("the checksum does not fit")
    return about, file, places


def write_sections(about: Mapping[str, str], packed: Packed) -> bytes:
    """A whole file."""
    index = json.dumps([(name, len(data)) for name, data in packed.items()]).encode() + b"\n"
    body = b"".join((index, *packed.values()))
    return json.dumps({**about, "checksum": hashlib.sha256(body).hexdigest()}).encode() + b"\n" + body


def pack_json(value: object) -> bytes:
    """A value as a section of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def pack_texts(texts: Iterable[str]) -> bytes:
    """Texts as a section: none holds a line break, and a single one is not empty."""
    return "\n".join(texts).encode()


def pack_array(values: "array[Any]") -> bytes:
    """Numbers as a section: the type code, then the values, little-endian."""
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.typecode.encode() + values.tobytes()
