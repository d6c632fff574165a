"""`python -m tests.proofs.soak [MINUTES [A_SECOND]]`: a long run with faults; exit 1 where it does not hold.

What must hold: resident memory is flat (its mean over the last third of the time at most 3 % above that over the second
third), and every question is answered. The 99th percentile of the waiting time is told, faults included.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from tests.botapi import BotApi, Fault
from tests.botapi.faults import weather
from tests.proofs.ledger import Ledger
from tests.proofs.process import Process

MINUTES, A_SECOND = 30.0, 50.0
CHATS = 1000  # groups: enough that none is asked more often than Telegram lets a bot answer there
SHARE = 0.03  # of all calls, polls included
GROWTH = 1.03
PAGE = 4096
MEBIBYTE = 2**20


@dataclass(frozen=True)
class Found:
    """What a run was like; memory in bytes, means over the second and the last third, times in seconds."""

    asked: int
    unanswered: int
    duplicates: int
    faults: int
    second_third: float
    last_third: float
    median: float
    p99: float
    longest: float
    status: int

    @property
    def holds(self) -> bool:
        """Whether the run is what it should be."""
        return self.status == self.unanswered == 0 and self.last_third <= GROWTH * self.second_third

    def __str__(self) -> str:
        return (
            f"{self.asked} questions, {self.faults} calls failed on purpose; "
            f"{self.unanswered} unanswered, {self.duplicates} answered twice; exit status {self.status}\n"
            f"resident memory: {self.second_third / MEBIBYTE:.1f} MiB in the second third, "
            f"{self.last_third / MEBIBYTE:.1f} MiB in the last ({self.last_third / self.second_third - 1:+.1%})\n"
            f"from question to answer: median {self.median * 1000:.0f} ms, "
            f"p99 {self.p99 * 1000:.0f} ms, longest {self.longest:.1f} s"
        )


def soak(api: BotApi, seconds: float, a_second: float) -> Found:
    """Ask at a steady rate while calls fail in every passing way."""
    ledger, memory = Ledger(api, CHATS), list[int]()
    with Process(api, log_level="ERROR") as bot:
        bot_answers(api, ledger)
        api.storm(SHARE, (*weather(1.0), Fault.malformed(), Fault.unauthorized(), Fault.conflict()))
        began = time.monotonic()
        while (passed := time.monotonic() - began) < seconds:
            ledger.ask(int(passed * a_second) - len(ledger.asked))
            memory.append(resident(bot.pid))
            time.sleep(0.1)
        api.calm()
        api.settle(60.0)
        status = bot.terminate()
    third, waits = len(memory) // 3, ledger.latencies()
    return Found(
        asked=len(ledger.asked),
        unanswered=len(ledger.unanswered),
        duplicates=ledger.duplicates,
        faults=sum(1 for call in api.calls() if call.fault),
        second_third=mean(memory[third : 2 * third]),
        last_third=mean(memory[2 * third :]),
        median=waits[len(waits) // 2],
        p99=waits[len(waits) * 99 // 100],
        longest=waits[-1],
        status=status,
    )


def bot_answers(api: BotApi, ledger: Ledger) -> None:
    """Block until the bot has answered one question."""
    ledger.ask(1)
    api.wait_for(1, within=60.0)


def resident(pid: int) -> int:
    """Bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE


def main(arguments: list[str]) -> int:
    """Run and tell; the exit status."""
    minutes, a_second = (*map(float, arguments), *(MINUTES, A_SECOND)[len(arguments) :])
    with BotApi() as api:
        found = soak(api, minutes * 60, a_second)
    print(f"{minutes:g} minutes at {a_second:g} messages a second: {'holds' if found.holds else 'FAILS'}\n{found}")
    return int(not found.holds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
