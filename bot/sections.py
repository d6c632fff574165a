"""A file of named sections: what a compiled form is written in.

A first line of JSON says what the file belongs to and holds the checksum of all that follows: a line of JSON with the
name and length of each section, then the sections, each compressed by itself, so that one is read without the others.
"""

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from typing import Any, Literal


class Sections:
    """Sections as they were read; each is decompressed when it is asked for. Raises ValueError where they are damaged."""

    def __init__(self, data: bytes) -> None:
        index, _, self._body = data.partition(b"\n")
        self._places: dict[str, tuple[int, int]] = {}
        start = 0
        for name, length in json.loads(index):
            self._places[name] = start, start + length
            start += length

    def raw(self, name: str) -> bytes:
        """A section's bytes."""
        start, end = self._places[name]
        return zlib.decompress(self._body[start:end])

    def json(self, name: str) -> Any:
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


def write_sections(about: Mapping[str, str], sections: Mapping[str, bytes]) -> bytes:
    """A whole file."""
    packed = {name: zlib.compress(data, 9) for name, data in sections.items()}
    index = json.dumps([(name, len(data)) for name, data in packed.items()]).encode()
    body = b"\n".join([index, b"".join(packed.values())])
    return json.dumps({**about, "checksum": _checksum(body)}).encode() + b"\n" + body


def read_about(data: bytes) -> tuple[dict[str, str], bytes]:
    """What a file belongs to, and its body. Raises ValueError where it is damaged."""
    first, _, body = data.partition(b"\n")
    about = json.loads(first)
    if not isinstance(about, dict) or about.get("checksum") != _checksum(body):
        raise ValueError("the checksum does not fit")
    return about, body


def pack_json(value: object) -> bytes:
    """A value as a section of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def pack_texts(texts: Iterable[str]) -> bytes:
    """Texts without line breaks, and not a single empty one, as a section."""
    return "\n".join(texts).encode()


def pack_array(code: Literal["H", "I", "Q", "d"], values: Iterable[float]) -> bytes:
    """Numbers as a section: the type code, then the values, little-endian."""
    packed = array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return code.encode() + packed.tobytes()


def _checksum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
