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
        "--one", nargs=4, metavar=("ACT", "FORMAT", "FROM", "TO"), help=argparse.SUPPRESS
    )
    parser.add_argument("formats", nargs="*", help=", ".join(FORMATS))
    chosen = parser.parse_args()
    if chosen.cache:
        os.environ[CACHE] = str(chosen.cache)
    if chosen.one:
        if CACHE in os.environ:
            connection.CACHE_KILOBYTES = 1024 * int(os.environ[CACHE])
        act, format, source, target = chosen.one
        _act(act, format, Path(source), Path(target))
        return 0
    failed = False
    few, many = chosen.articles // 10, chosen.articles
    print(f"{'peak memory, MB':24} {few:>10,} {many:>10,} articles")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        sizes = [Path(folder) / str(count) for count in (few, many)]
        for size in sizes:
            _make(size, int(size.name))
            _run("import", "jsonl", size / "made.jsonl", size / "made")
        for format in chosen.formats or FORMATS:
            for act in ("export", "import"):
                if (act, format) == ("export", "csv-articles"):
                    continue
                peaks = [_peak_in(size, act, format) for size in sizes]
                grew = peaks[1] > FLAT * peaks[0] or max(peaks) > BAR
                failed = failed or grew
                print(
                    f"{f'{act} {format}':24} {peaks[0]:10.0f} {peaks[1]:10.0f} "
                    f"{'grows' if grew else 'flat'}",
                    flush=True,
                )
    return int(failed)


def _make(folder: Path, count: int) -> None:
    """Make articles with marks as our lines and as a table."""
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


def peak(act: str, format: str, source: Path, target: Path) -> float:
    """Return the largest memory, in MB, that an import or export takes in a process of its own.

    Args:
        source: the file to import, or the project to export.
        target: the project to make, or the file to write.
    """
    return float(_run(act, format, source, target).split()[-1])


def _peak_in(folder: Path, act: str, format: str) -> float:
    exported = folder / f"out-{format}{writer_named(format).suffix}"
    if act == "export":
        return peak(act, format, folder / "made.annotator", exported)
    source = folder / "made.csv" if format == "csv-articles" else exported
    return peak(act, format, source, folder / f"in-{format}")


def _run(act: str, format: str, source: Path, target: Path) -> str:
    """Do one act in a process of its own, started by this one, which stays small.

    A process begins with the largest memory of the one that started it.
    """
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.bench.streaming",
            "--one",
            act,
            format,
            str(source),
            str(target),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _act(act: str, format: str, source: Path, target: Path) -> None:
    """Do one act in this process and print the largest memory that it took."""
    if act == "export":
        with projects.open_existing(source, "A01") as project:
            exporting.export(project, exporting.Order(target, format))
    else:
        with projects.create(target, default_codebook(), "A01") as project:
            report = importing.import_all(project, [source])
            assert report.added.articles, report.in_words()
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(max(peak_megabytes(), child))


if __name__ == "__main__":
    raise SystemExit(main())
