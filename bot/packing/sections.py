"""A file of named sections: what a compiled form is written in.

A first line of JSON says what the file belongs to and holds the checksum of all that follows: a line of JSON with the
name and length of each section, then the sections, each compressed by itself, so that one is read without the others.
"""

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, Literal, TypeAlias

_LONGEST = 1 << 28
Packed: TypeAlias = dict[str, bytes]
"""Sections by name."""


class Sections:
    """A file's sections. Each is decompressed when it is asked for."""

    def __init__(self, about: Mapping[str, str], compressed: Packed) -> None:
        self.about = about
        self._compressed = compressed

    @property
    def names(self) -> list[str]:
        """The names of the sections."""
        return list(self._compressed)

    def part(self, prefix: str) -> "Sections":
        """The sections whose names start so: what is kept while the others are forgotten."""
        return Sections(self.about, {name: data for name, data in self._compressed.items() if name.startswith(prefix)})

    def raw(self, name: str) -> bytes:
        """A section's bytes."""
        return zlib.decompress(self._compressed[name])

    def json(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """A section of JSON."""
        return json.loads(self.raw(name))

    def texts(self, name: str) -> list[str]:
        """A section of texts."""
        whole = self.raw(name).decode()
        return whole.split("\n") if whole else []

    def array(self, name: str) -> "array[Any]":
        """A section of numbers."""
        data = self.raw(name)
        numbers: array[Any] = array(data[:1].decode())
        numbers.frombytes(data[1:])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


def read_sections(file: BinaryIO) -> Sections:
    """A file's sections. Raises OSError; ValueError or TypeError where it is damaged."""
    about = json.loads(file.readline())
    index = file.readline()
    digest = hashlib.sha256(index)
    compressed: Packed = {}
    for name, length in json.loads(index):
        if not 0 <= length <= _LONGEST:
            raise ValueError("a length is damaged")
        compressed[name] = file.read(length)
        digest.update(compressed[name])
    if about.get("checksum") != digest.hexdigest() or file.read(1):
        raise ValueError("the checksum does not fit")
    return Sections(about, compressed)


def write_sections(about: Mapping[str, str], packed: Packed) -> bytes:
    """A whole file."""
    compressed = {name: zlib.compress(data) for name, data in packed.items()}
    index = json.dumps([(name, len(data)) for name, data in compressed.items()]).encode() + b"\n"
    body = b"".join((index, *compressed.values()))
    return json.dumps({**about, "checksum": hashlib.sha256(body).hexdigest()}).encode() + b"\n" + body


def pack_json(value: object, default: Callable[[Any], object] | None = None) -> bytes:
    """A value as a section of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=default).encode()


def pack_texts(texts: Iterable[str]) -> bytes:
    """Texts as a section: none holds a line break, and a single one is not empty."""
    return "\n".join(texts).encode()


def pack_array(code: Literal["I", "Q", "d"], values: Iterable[float]) -> bytes:
    """Numbers as a section: the type code, then the values, little-endian."""
    numbers = array(code, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return code.encode() + numbers.tobytes()
