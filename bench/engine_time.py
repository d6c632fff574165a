"""What an engine takes for one message at first sight; runs by itself too, inside the image as well.

Every message is put to some engines that have never seen it, and the least counts: more is the machine's doing.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from bot.evaluation.measure import median_and_p99
from bot.evaluation.questions import Dialogue, dialogues, read_questions
from bot.store import default_knowledge
from bot.verbs.engine import opened

ENGINES = 5


def least_micros(questions: Path) -> list[int]:
    """Microseconds for every message of a folder's question sets."""
    items = [item for path in sorted(questions.glob("*.jsonl")) for item in read_questions(path)]
    chats = list(dialogues(items))
    runs = [_micros(chats) for _ in range(ENGINES)]
    return list(map(min, zip(*runs, strict=True)))


def _micros(chats: Iterable[Dialogue]) -> list[int]:
    """What a new engine takes for every message."""
    engine = opened(default_knowledge(), preload=True)
    micros: list[int] = []
    for chat in chats:
        last = None
        for turn in chat.turns:
            answer = engine.reply(turn.text, last)
            last = answer.context or last
            micros.append(answer.micros)
    return micros


def main() -> None:
    """Print the figures for a folder of question sets."""
    micros = least_micros(Path(sys.argv[1]))
    median, p99 = median_and_p99(micros)
    about = f"least of {ENGINES} engines, Python {sys.version.split()[0]}"
    print(f"one message at first sight: median {median} us, p99 {p99} us ({len(micros)} messages, {about})")


if __name__ == "__main__":
    main()
