"""Timing: several rounds, median and 95th percentile, and the ratio to a yardstick of the same run."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.bars import Bar


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; times are milliseconds.

    Attributes:
        bar: what the figures should stay under, in words.
        holds: whether they do, where there is a bar.
        cpu_p95: the 95th percentile of the time this thread worked, where that was measured: what
            is left when other programs want the processor, too.
    """

    name: str
    median: float
    p95: float
    yardstick: str = ""
    yardstick_median: float | None = None
    bar: str = ""
    holds: bool = True
    cpu_p95: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick."""
        return self.median / self.yardstick_median if self.yardstick_median else None

    def as_data(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {**asdict(self), "ratio": self.ratio}


def time_of(work: Callable[[], object]) -> float:
    """Return how many milliseconds one call takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


class Timed(list[float]):
    """The milliseconds of several calls, and in ``cpu`` how long this thread worked in each."""

    def __init__(self) -> None:
        super().__init__()
        self.cpu: list[float] = []

    def add(self, work: Callable[[], object]) -> None:
        """Take the time of one more call."""
        worked, begin = time.thread_time(), time.perf_counter()
        work()
        self.append((time.perf_counter() - begin) * 1000)
        self.cpu.append((time.thread_time() - worked) * 1000)


def timed(work: Callable[[], object], count: int) -> Timed:
    """Return the times of several calls."""
    found = Timed()
    for _ in range(count):
        found.add(work)
    return found


def cpu_of(work: Callable[[], object]) -> float:
    """Return how many milliseconds of processors one call takes, whatever else the machine does.

    Processes that it started and that ended count, too.
    """
    begin = sum(os.times()[:4])
    work()
    return (sum(os.times()[:4]) - begin) * 1000


def rounds(work: Callable[[], object], count: int) -> list[float]:
    """Return the milliseconds of several calls, after one that is not counted."""
    work()
    return [time_of(work) for _ in range(count)]


def row(
    name: str,
    times: list[float],
    *,
    beside: tuple[str, list[float]] | None = None,
    bar: Bar | None = None,
) -> Row:
    """Return a line of the table."""
    median, p95 = statistics.median(times), _p95(times)
    yardstick = statistics.median(beside[1]) if beside else None
    return Row(
        name,
        median,
        p95,
        beside[0] if beside else "",
        yardstick,
        str(bar or ""),
        bar.holds(median, p95, yardstick) if bar else True,
        _p95(times.cpu) if isinstance(times, Timed) else None,
    )


def _p95(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def peak_megabytes() -> float:
    """Return the largest memory this process ever had, without that of the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [one for one in status.read_text().splitlines() if one.startswith("VmHWM:")]
        return int(line.split()[1]) / 1e3
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 1e6 if sys.platform == "darwin" else size / 1e3


def rows_of(module: str, *arguments: object) -> list[Row]:
    """Return what a module measures in a process of its own, which nothing measured before weighs on.

    The module writes the rows to the file that it is given with ``--json``.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "rows.json"
        subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments), "--json", str(found)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        data = json.loads(found.read_text(encoding="utf-8"))
    return [Row(**{key: cell for key, cell in one.items() if key != "ratio"}) for one in data]


def table(rows: list[Row]) -> str:
    """Return the rows as text."""
    lines = [
        f"{'what':52} {'median ms':>10} {'p95 ms':>9} {'its cpu':>9} {'ratio':>7}  yardstick (median ms) · bar"
    ]
    for item in rows:
        ratio = f"{item.ratio:7.2f}" if item.ratio is not None else " " * 7
        worked = f"{item.cpu_p95:9.2f}" if item.cpu_p95 is not None else " " * 9
        beside = (
            f"{item.yardstick} ({item.yardstick_median:.2f})"
            if item.yardstick_median is not None
            else ""
        )
        lines.append(
            f"{item.name:52} {item.median:10.2f} {item.p95:9.2f} {worked} {ratio}  {beside}{_judged(item)}"
        )
    return "\n".join(lines)


def _judged(item: Row) -> str:
    return f" · {item.bar}{'' if item.holds else ' NOT HELD'}" if item.bar else ""


def judgement(rows: list[Row]) -> list[str]:
    """Return how many figures stay under their bars, and which do not; nothing without bars."""
    barred = [item for item in rows if item.bar]
    beyond = [item for item in barred if not item.holds]
    if not barred:
        return []
    told = f"{len(barred) - len(beyond)} of {len(barred)} figures stay under their bars"
    return [f"{told}{'; these do not:' if beyond else '.'}", *(f"  {item.name}" for item in beyond)]
