"""How much memory imports and exports take, for few articles and for ten times as many.

``python -m tests.bench.streaming [--articles N] [--cache MB] [FORMAT…]`` makes N articles and a tenth of them,
and imports and exports each in a process of its own; what is measured is the largest memory that
process, or one it started, ever had. With fewer than 100,000 the tenth does not fill the 64 MB that
SQLite keeps of the file, so that the memory seems to grow: then ``--cache 4`` shows what else does.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from annotator.formats.registry import writer_named
from annotator.services import exporting, importing
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.store import connection
from tests.bench import corpus
from tests.bench.measuring import peak_megabytes

FORMATS = ("jsonl", "csv-articles", "doccano", "prodigy")
CACHE = "ANNOTATOR_BENCH_CACHE"
MARKS = 6
BAR = 250
FLAT = 1.1
"""So much more memory may ten times the articles take: what is left is the noise of allocation."""


def main() -> int:
    """Measure; return 1 if something took more than the bar, or grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--cache", type=int, help="megabytes that SQLite keeps of the file")
    parser.add_argument(
        "--one", nargs=3, metavar=("ACT", "FORMAT", "FOLDER"), help=argparse.SUPPRESS
    )
    parser.add_argument("formats", nargs="*", help=", ".join(FORMATS))
    chosen = parser.parse_args()
    if chosen.cache:
        os.environ[CACHE] = str(chosen.cache)
    if chosen.one:
        if CACHE in os.environ:
            connection.CACHE_KILOBYTES = 1024 * int(os.environ[CACHE])
        act, format, folder = chosen.one
        _act(act, format, Path(folder))
        return 0
    failed = False
    few, many = chosen.articles // 10, chosen.articles
    print(f"{'peak memory, MB':24} {few:>10,} {many:>10,} articles")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        sizes = [Path(folder) / str(count) for count in (few, many)]
        for size in sizes:
            _run("make", "jsonl", size)
        for format in chosen.formats or FORMATS:
            for act in ("export", "import"):
                if (act, format) == ("export", "csv-articles"):
                    continue
                peaks = [_peak(act, format, size) for size in sizes]
                grew = peaks[1] > FLAT * peaks[0] or max(peaks) > BAR
                failed = failed or grew
                print(
                    f"{f'{act} {format}':24} {peaks[0]:10.0f} {peaks[1]:10.0f} "
                    f"{'grows' if grew else 'flat'}",
                    flush=True,
                )
    return int(failed)


def _make(folder: Path, count: int) -> None:
    """Make articles with marks as our lines and as a table, and a project of them."""
    folder.mkdir()
    chance = random.Random(11)
    with (
        (folder / "made.jsonl").open("w", encoding="utf-8") as lines,
        (folder / "made.csv").open("w", encoding="utf-8", newline="") as table,
    ):
        rows = csv.writer(table)
        rows.writerow(["title", "text", "published"])
        for number in range(count):
            text = corpus.text_of(chance, 800)
            places = corpus.extents(chance, text, MARKS)
            line = corpus.coded_line(chance, number, text, places)
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            rows.writerow([f"Article {number}", text, "2026-01-02"])
    with projects.create(folder / "made", default_codebook(), "A01") as project:
        importing.import_all(project, [folder / "made.jsonl"])


def _peak(act: str, format: str, folder: Path) -> float:
    return float(_run(act, format, folder).split()[-1])


def _run(act: str, format: str, folder: Path) -> str:
    """Do one act in a process of its own, started by this one, which stays small.

    A process begins with the largest memory of the one that started it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.streaming", "--one", act, format, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _act(act: str, format: str, folder: Path) -> None:
    """Do one act in this process and print the largest memory that it took."""
    if act == "make":
        _make(folder, int(folder.name))
    elif act == "export":
        with projects.open_existing(folder / "made.annotator", "A01") as project:
            exporting.export(project, exporting.Order(_exported(format, folder), format))
    else:
        source = folder / "made.csv" if format == "csv-articles" else _exported(format, folder)
        with projects.create(folder / f"in-{format}", default_codebook(), "A01") as project:
            report = importing.import_all(project, [source])
            assert report.added.articles == int(folder.name), report.in_words()
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(max(peak_megabytes(), child))


def _exported(format: str, folder: Path) -> Path:
    return folder / f"out-{format}{writer_named(format).suffix}"


if __name__ == "__main__":
    raise SystemExit(main())
