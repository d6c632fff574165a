"""A line of the benchmark's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, what it is compared with, and its goal.

    `value` and `goal` are ratios where `against` names a baseline, else in `unit`. Less is better unless `more`.
    """

    name: str
    value: float
    goal: float | None = None
    unit: str = "x"
    against: str = ""
    more: bool = False

    @property
    def holds(self) -> bool:
        """Whether the goal is met; a row without a goal holds."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.more else self.value <= self.goal

    def __str__(self) -> str:
        sign = ">=" if self.more else "<="
        goal = "" if self.goal is None else f"goal {sign} {self.goal:g}{self.unit}"
        mark = "" if self.goal is None else "ok" if self.holds else "MISSED"
        return f"{self.name:<52} {self.value:>10.2f}{self.unit:<4} {self.against:<44} {goal:<16} {mark}"
