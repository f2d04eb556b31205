"""Bars: what a figure should stay under."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure should stay under; every limit that is given counts.

    Attributes:
        times: how many times the yardstick the median may be.
        median: the most the median may be.
        p95: the most the 95th percentile may be.
        beyond: how far the 95th percentile may lie above the median of the yardstick.
        unit: of these figures.
    """

    times: float | None = None
    median: float | None = None
    p95: float | None = None
    beyond: float | None = None
    unit: str = "ms"

    def holds(self, median: float, p95: float, yardstick: float | None) -> bool:
        """Tell whether figures stay under it; without its yardstick a limit that needs one holds nothing back."""
        measured = [(self.median, median), (self.p95, p95)]
        if yardstick is not None:
            measured += [(self.times, median / yardstick), (self.beyond, p95 - yardstick)]
        return all(figure <= most for most, figure in measured if most is not None)

    def __str__(self) -> str:
        """Return it in words."""
        parts = [
            (self.median, f" {self.unit}", ""),
            (self.p95, f" {self.unit}", "p95 "),
            (self.beyond, f" {self.unit} beyond it", "p95 "),
            (self.times, " ×", ""),
        ]
        return " and ".join(
            f"{what}≤ {most:,g}{unit}" for most, unit, what in parts if most is not None
        )
