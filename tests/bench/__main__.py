"""Measures everything and prints a table of each part; ``--json FILE`` keeps it, ``--quick`` measures less.

What does not stay under its bar is told at the end. Each run is added to ``bench/history.jsonl``,
and what got worse since the runs before is told, too.
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
    waiting,
    window,
    words,
)
from tests.bench.measuring import Row, judgement, rows_of, table

SEARCHED = 100_000
"""So many articles are searched while somebody types."""


def _store(folder: Path, count: int, *, quick: bool) -> list[Row]:
    project = folder / "bench.annotator"
    return [
        *store.run(folder, count, quick=quick),
        *desk.run(project),
        *copies.run(folder, count),
        *words.measured(folder, SEARCHED // (10 if quick else 1)),
        *rows_of("tests.bench.pauses", project),
    ]


def _page(folder: Path, _: int, *, quick: bool) -> list[Row]:
    large = folder / "bench.annotator"
    return [
        *page.run(quick=quick),
        *window.run(folder, quick=quick),
        *screen.run(folder, quick=quick),
        *start.run(folder, quick=quick),
        *rows_of("tests.bench.pauses"),
        *waiting.several(*([large] if large.exists() else []), times=1 if quick else 3),
    ]


SECTIONS = {
    "store": _store,
    "page": _page,
    "findings": lambda folder, _, *, quick: findings.run(folder, quick=quick),
    "agreement": lambda folder, _, *, quick: agreement.run(folder, quick=quick),
    "rules": lambda _, __, *, quick: rules.run(),
}
"""What is measured, given a folder for its files and how many articles a large project has."""


def main() -> int:
    """Run the measurements; each table is printed when it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--articles", type=int, help="how many the large project has: 10,000")
    parser.add_argument("--only", choices=SECTIONS)
    chosen = parser.parse_args()
    count = chosen.articles or (1_000 if chosen.quick else 10_000)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        for name in [chosen.only] if chosen.only else SECTIONS:
            found = SECTIONS[name](Path(folder), count, quick=chosen.quick)
            print(table(found), flush=True)
            rows += found
        if chosen.only in (None, "page"):
            print(gestures.told(Path(folder)))
    print(*judgement(rows), sep="\n")
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
