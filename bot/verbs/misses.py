"""`citebot misses`: what readers asked in vain, most asked first."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.faults import shown_path
from bot.misses.group import Group, grouped, read_misses

if TYPE_CHECKING:
    from bot.misses.keep import Miss

EXIT_UNREADABLE = 1
_WORDINGS = 3


def misses(files: Sequence[Path], most: int) -> int:
    """Group similar questions and show the topic that each came nearest to; 1 where a file cannot be read."""
    found: list[Miss] = []
    for file in files:
        try:
            read, strange = read_misses(file)
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            print(f"citebot: {shown_path(file)}: cannot be read: {reason}", file=sys.stderr)
            return EXIT_UNREADABLE
        found.extend(read)
        for number in strange:
            print(f"citebot: {shown_path(file)}:{number}: is no miss and is left out", file=sys.stderr)
    groups = grouped(found)
    print(f"{len(found)} questions without an answer, {len(groups)} different ones")
    for group in groups[:most]:
        print("\n".join(_lines(group)))
    if len(groups) > most:
        print(f"      and {len(groups) - most} more; --most shows more")
    return 0


def _lines(group: Group) -> list[str]:
    (text, _), *others = group.texts.most_common(1 + _WORDINGS)
    lines = [
        f"{group.count:>5}  {text}  ({', '.join(sorted(group.languages))}; {_place(group)}; last {group.last_day})"
    ]
    return lines + [f"         also: {other}" for other, _ in others]


def _place(group: Group) -> str:
    if group.gaps:
        return f"the known gap {group.gaps.most_common(1)[0][0]}"
    if not group.nearest:
        return "near no topic"
    topic = group.nearest.most_common(1)[0][0]
    return f"nearest: {topic} {group.likeness[topic]:.2f}"
