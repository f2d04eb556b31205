"""What a torture counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """One line of the table.

    Attributes:
        tries: how often it was done.
        acknowledged: acts that were told to be saved before it happened.
        ends: how it ended, in words, with counts.
        faults: what must not happen: a lost act, an inconsistent project, a traceback.
    """

    name: str
    tries: int = 0
    acknowledged: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        """Note something that must not happen."""
        self.faults.append(words)

    def line(self, seconds: float) -> str:
        """Return the line of the table."""
        ends = ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))
        return (
            f"{self.name:34} {self.tries:7,} {self.acknowledged:9,} {len(self.faults):7} "
            f"{seconds:7.0f} s  {ends}"
        )


HEADER = f"{'what':34} {'tries':>7} {'acts told':>9} {'faults':>7} {'time':>9}  ends"
