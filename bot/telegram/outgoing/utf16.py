"""Telegram counts text in UTF-16 code units, Python in code points."""

_CODEC = "utf-16-le"


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode(_CODEC, "surrogatepass")) // 2


def cut(text: str, start: int, end: int) -> str:
    """The text from one offset to another, in units; half a surrogate pair becomes U+FFFD."""
    data = text.encode(_CODEC, "surrogatepass")
    return data[2 * max(start, 0) : 2 * max(end, 0)].decode(_CODEC, "replace")


def well_formed(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot carry, replaced by U+FFFD."""
    return text.encode(_CODEC, "surrogatepass").decode(_CODEC, "replace")


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units (2 or more), cut at white space where there is some."""
    found: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        head = _head(rest, limit)
        cut_at = max((index for index, char in enumerate(head) if char.isspace()), default=0)
        head = head[:cut_at].rstrip() or head
        found.append(head)
        rest = rest[len(head) :].lstrip()
    if rest:
        found.append(rest)
    return found


def _head(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` units."""
    head = text[:limit]
    while units(head) > limit:
        head = head[: len(head) - max(1, (units(head) - limit) // 2)]
    return head
