"""Runs all tortures within a time, and prints one table; the exit code is 1 if there was a fault."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.torture import conditions, damages, kills, logs, write_faults
from tests.torture.tally import HEADER, Tally

FULL = 1.0
"""At this scale there are more than 1,000 kills, 1,000 damaged files, every write and every frame."""


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=10.0, help="begin nothing new after this time"
    )
    parser.add_argument(
        "--scale", type=float, default=FULL, help="how often, in parts of the full run"
    )
    parser.add_argument("--only", help="run those whose name has this in it")
    chosen = parser.parse_args()
    if not hasattr(os, "fork"):
        sys.stderr.write("This needs a system that can fork a process, such as Linux or macOS.\n")
        return 1
    until = time.monotonic() + chosen.minutes * 60
    faults = 0
    sys.stdout.write(HEADER + "\n")
    with tempfile.TemporaryDirectory(prefix="annotator-torture-") as name:
        Path(name).chmod(0o777)
        os.environ["ANNOTATOR_HOME"] = f"{name}/home"
        for title, work in _work(Path(name), chosen.scale):
            if chosen.only and chosen.only not in title:
                continue
            if time.monotonic() > until:
                sys.stdout.write(f"{title:34} not begun: the time was over\n")
                continue
            begin = time.monotonic()
            tally = work()
            sys.stdout.write(tally.line(time.monotonic() - begin) + "\n")
            sys.stdout.writelines(f"    {fault}\n" for fault in tally.faults[:10])
            sys.stdout.flush()
            faults += len(tally.faults)
    return 1 if faults else 0


def _work(folder: Path, scale: float) -> list[tuple[str, Callable[[], Tally]]]:
    def times(number: int) -> int:
        return max(int(number * scale), 2)

    found: list[tuple[str, Callable[[], Tally]]] = [
        (
            f"killed while {name}",
            partial(kills.run, name, work, times(count), folder / name.replace(" ", "-"), seconds),
        )
        for (name, work, seconds), count in zip(
            kills.WORK, (500, 200, 100, 200, 150, 150), strict=True
        )
    ]
    # The later schema stays known to this process, so that is tried last.
    updating = found.pop()
    return [
        *found,
        ("log cut", partial(logs.run, folder / "logs", times(2_000))),
        ("write faults", partial(write_faults.run, folder / "writes", times(2_000))),
        ("bytes flipped", partial(damages.flipped, folder / "flipped", times(700))),
        ("stretches overwritten", partial(damages.overwritten, folder / "overwritten", times(300))),
        ("truncated", partial(damages.truncated, folder / "truncated", times(100))),
        ("conditions", partial(conditions.run, folder / "conditions", times(120))),
        updating,
    ]


if __name__ == "__main__":
    raise SystemExit(main())
