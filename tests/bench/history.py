"""What earlier runs measured, so that a slide back is seen: a line for each run in ``bench/history.jsonl``."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.measuring import Row

FILE = Path("bench") / "history.jsonl"

LAST = 5
"""A run is compared with the median of so many runs before it."""

WORSE = 1.3
"""So many times the figure of before is told; less is noise."""

Run = dict[str, Any]


def keep(rows: Iterable[Row], file: Path, *, quick: bool) -> Run:
    """Append what was measured to the history and return it."""
    run = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": f"{platform.machine()} {platform.system()} Python {platform.python_version()}",
        "quick": quick,
        "rows": {
            item.name: {"median": item.median, "p95": item.p95, "ratio": item.ratio}
            for item in rows
        },
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(run, ensure_ascii=False) + "\n")
    return run


def earlier(file: Path) -> list[Run]:
    """Return the runs that were kept, oldest first."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def slides(run: Run, before: Sequence[Run]) -> list[str]:
    """Return a sentence for each figure that got worse since the last runs of the same kind.

    A ratio to a yardstick of the same run is compared where there is one, for it depends less on the
    machine and what else it does.
    """
    alike = [one for one in before if _kind(one) == _kind(run)][-LAST:]
    told = []
    for name, now in run["rows"].items():
        of = "median" if now["ratio"] is None else "ratio"
        known = [one["rows"][name][of] for one in alike if name in one["rows"]]
        known = [figure for figure in known if figure]
        if known and now[of] > WORSE * statistics.median(known):
            then = statistics.median(known)
            told.append(f"{name}: {of} {now[of]:.2f}, before {then:.2f}")
    return told


def _kind(run: Run) -> tuple[object, object]:
    return run["machine"], run["quick"]


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
