"""What the process has done so far, as Prometheus reads it."""

import time
from collections import Counter
from dataclasses import dataclass, field

DESCRIPTIONS = {
    "updates_handled": "Updates handled.",
    "updates_poison": "Updates let go after failing twice.",
    "updates_undelivered": "Updates handed back to Telegram because an answer could not be delivered.",
    "updates_repeated": "Updates that Telegram sent again and that were not handled again.",
    "updates_released": "Slow updates confirmed before they were finished, so that other chats could be served.",
    "updates_unfinished_at_exit": "Updates that the shutdown did not wait for.",
    "polls_failed": "Polls for updates that failed.",
    "webhook_refused": "Webhook requests without the right secret.",
}


@dataclass
class Metrics:
    """Counters and the time of the last contact with Telegram, in seconds of the monotonic clock."""

    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(DESCRIPTIONS, 0)))
    contact: float = field(default_factory=time.monotonic)

    def count(self, name: str, times: int = 1) -> None:
        """Add to a counter."""
        self.counts[name] += times

    def reached(self) -> None:
        """Note that Telegram has just been in contact."""
        self.contact = time.monotonic()

    def text(self, in_hand: int) -> str:
        """The Prometheus text format."""
        lines = []
        for name, value in self.counts.items():
            lines += [f"# HELP citebot_{name}_total {DESCRIPTIONS[name]}", f"# TYPE citebot_{name}_total counter"]
            lines += [f"citebot_{name}_total {value}"]
        gauges = {
            "updates_in_hand": ("Updates being handled now.", in_hand),
            "seconds_since_contact": (
                "Seconds since Telegram was last in contact.",
                round(time.monotonic() - self.contact, 3),
            ),
        }
        for name, (description, number) in gauges.items():
            lines += [f"# HELP citebot_{name} {description}", f"# TYPE citebot_{name} gauge"]
            lines += [f"citebot_{name} {number}"]
        return "\n".join(lines) + "\n"
