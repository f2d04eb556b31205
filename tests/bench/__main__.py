"""Measures everything and prints one table; ``--json FILE`` keeps it, ``--quick`` measures less.

Each run is added to ``bench/history.jsonl``, and what got worse since the runs before is told.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from tests.bench import (
    agreement,
    copies,
    desk,
    findings,
    gestures,
    history,
    page,
    rules,
    screen,
    start,
    store,
    window,
)
from tests.bench.measuring import rows_of, table


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--articles", type=int, help="how many the large project has: 10,000")
    parser.add_argument("--only", choices=("store", "page", "findings", "agreement", "rules"))
    chosen = parser.parse_args()
    count = chosen.articles or (1_000 if chosen.quick else 10_000)
    rows = []
    counted = ""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        if chosen.only in (None, "store"):
            rows += store.run(Path(folder), count, quick=chosen.quick)
            rows += desk.run(Path(folder) / "bench.annotator")
            rows += copies.run(Path(folder), count)
            rows += rows_of("tests.bench.pauses", Path(folder) / "bench.annotator")
        if chosen.only in (None, "page"):
            rows += page.run(quick=chosen.quick)
            rows += window.run(Path(folder), quick=chosen.quick)
            rows += screen.run(Path(folder), quick=chosen.quick)
            rows += start.run(Path(folder), quick=chosen.quick)
            rows += rows_of("tests.bench.pauses")
            large = Path(folder) / "bench.annotator"
            rows += rows_of("tests.bench.waiting", *([large] if large.exists() else []))
            counted = gestures.told(Path(folder))
        if chosen.only in (None, "findings"):
            rows += findings.run(Path(folder), quick=chosen.quick)
        if chosen.only in (None, "agreement"):
            rows += agreement.run(Path(folder), quick=chosen.quick)
        if chosen.only in (None, "rules"):
            rows += rules.run()
    print(table(rows))
    if counted:
        print(counted)
    before = history.earlier(history.FILE)
    worse = history.slides(history.keep(rows, history.FILE, quick=chosen.quick), before)
    if worse:
        print("Worse than before:", *worse, sep="\n  ")
    if chosen.json:
        chosen.json.write_text(
            json.dumps([item.as_data() for item in rows], indent=1) + "\n", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
