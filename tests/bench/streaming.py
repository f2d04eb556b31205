"""How much memory imports and exports take, for few articles and for ten times as many.

``python -m tests.bench.streaming [--articles N] [--characters N] [--cache MB] [FORMAT…]`` makes N
articles and a tenth of them, and imports and exports them in every format that is registered, each in
a process of its own. What is measured is the largest memory that this process ever had, and that of
the largest one that it started.

What memory holds for each article has nothing to do with its length and its marks: with
``--characters 200`` there are as many articles in a fraction of the time.

Much fills up to a bound and then stays as it is, first of all the 16 MB that SQLite keeps of the file.
Where the tenth of the articles does not reach those bounds, the memory seems to grow. Then
``--cache 1`` shows what really does: all bounds are that much smaller.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.analysis import shingles
from annotator.domain.identity import derived_id
from annotator.formats import docbin, in_order, remarks, spare_table, zip_directory
from annotator.formats.registry import READERS, WRITERS, writer_named
from annotator.services import duplicates, exporting, importing, noticing
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.store import connection, indexes, step_writer
from annotator.store import shingles as prints
from tests.bench import corpus
from tests.bench.many_files import EXTRAS, MAKERS, SLOW, Make
from tests.bench.measuring import peak_megabytes

CACHE = "ANNOTATOR_BENCH_CACHE"
CHARACTERS = "ANNOTATOR_BENCH_CHARACTERS"
LENGTH = 800
"""Of an article, in code points, where nothing else is said."""
CHARACTERS_A_MARK = 133
ACTORS = 300
BAR = 250
FLAT = 1.1
"""So much more memory may ten times the articles take: what is left is the noise of allocation."""
EXPORT, IMPORT = "export", "import"
LINES, FILES = "lines", "files"
"""What is made to be imported; not measured."""
MAKERS_BY_SHAPE = {shape: make for makers in MAKERS.values() for shape, make in makers.items()}


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that is measured: an act, and what it is done with."""

    act: str
    format: str

    def maker(self) -> Make | None:
        """Return what makes the files to import, or None where an export of ours is read."""
        return MAKERS_BY_SHAPE.get(self.format) if self.act == IMPORT else None

    def count(self, folder: Path) -> int:
        """Return how many articles there are in the size of a folder."""
        return int(folder.name) // (10 if self.format in SLOW else 1)

    def file(self, folder: Path) -> Path:
        """Return what is imported, or where an export goes."""
        if self.maker():
            return folder / "out-files"
        return folder / f"out-{self.format}{writer_named(self.format).suffix}"


def works() -> list[Work]:
    """Return what there is to measure: each writer, and right after it the reader of its files; then other readers."""
    found: list[Work] = []
    readers = {reader.name for reader in READERS}
    for writer in WRITERS:
        found.append(Work(EXPORT, writer.name))
        if writer.name in readers:
            found.append(Work(IMPORT, writer.name))
    exported = {work.format for work in found}
    for name in sorted(readers - exported):
        found += [Work(IMPORT, shape) for shape in MAKERS[name]]
    return found


def main() -> int:
    """Measure; return 1 if something took more than the bar, or grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--characters", type=int, default=LENGTH, help="of each article")
    parser.add_argument("--cache", type=int, help="megabytes that SQLite keeps of the file")
    parser.add_argument(
        "--one", nargs=4, metavar=("ACT", "FORMAT", "FROM", "TO"), help=argparse.SUPPRESS
    )
    parser.add_argument("formats", nargs="*", help="all of them if none is named")
    chosen = parser.parse_args()
    if chosen.one:
        if CACHE in os.environ:
            _lower_bounds(1024 * int(os.environ[CACHE]))
        act, format, source, target = chosen.one
        _act(Work(act, format), Path(source), Path(target))
        return 0
    os.environ[CHARACTERS] = str(chosen.characters)
    if chosen.cache:
        os.environ[CACHE] = str(chosen.cache)
    wanted = [work for work in works() if not chosen.formats or work.format in chosen.formats]
    unknown = set(chosen.formats) - {work.format for work in wanted}
    if unknown:
        parser.error(f"no format of ours: {', '.join(sorted(unknown))}")
    return int(not _all_flat(wanted, chosen.articles))


def _all_flat(wanted: list[Work], articles: int) -> bool:
    few, many = articles // 10, articles
    print(f"{'peak memory, MB':24} {few:>13,} {many:>13,} articles   more for each   seconds")
    all_flat = True
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        sizes = [Path(folder) / str(count) for count in (few, many)]
        for size in sizes:
            _make(size)
        for work in wanted:
            missing = EXTRAS.get(work.format)
            if missing and not importlib.util.find_spec(missing):
                print(f"{work.act} {work.format}: left out, for {missing} is not installed")
                continue
            try:
                all_flat = _measured(work, sizes) and all_flat
            except subprocess.CalledProcessError:
                print(f"{work.act} {work.format}: failed, see above", flush=True)
                all_flat = False
    return all_flat


def _measured(work: Work, sizes: list[Path]) -> bool:
    """Measure one thing in both sizes and tell; return whether it stayed the same."""
    begun = time.monotonic()
    peaks: list[list[float]] = []
    counts = []
    for size in sizes:
        count, *rooms = _measured_in(size, work)
        counts.append(int(count))
        peaks.append(rooms)
    rooms = list(zip(*peaks, strict=True))
    # A process that only many need has nothing to be compared with, but the bar.
    is_flat = all(many <= min(FLAT * few or BAR, BAR) for few, many in rooms)
    each = 1e6 * sum(many - few for few, many in rooms if few) / (counts[1] - counts[0])
    shown = " ".join(f"{'+'.join(f'{one:.0f}' for one in peak if one):>13}" for peak in peaks)
    fewer = f", {counts[1]:,} articles" if counts[1] < int(sizes[1].name) else ""
    print(
        f"{f'{work.act} {work.format}':24} {shown}   {each:15,.0f} B   {time.monotonic() - begun:7.0f}   "
        f"{'flat' if is_flat else 'grows'}{fewer}",
        flush=True,
    )
    return is_flat


def _measured_in(folder: Path, work: Work) -> list[float]:
    """Measure one thing in one size; return how many articles it was, and what each process took."""
    project = folder / "made.annotator"
    if work.act == EXPORT:
        return _numbers(work, project, work.file(folder))
    if work.maker():
        _run(Work(FILES, work.format), work.file(folder), folder)
    found = _numbers(work, work.file(folder), folder / "in-project")
    for left in (*folder.glob("in-project*"), work.file(folder)):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    assert found[0] >= work.count(folder), f"only {found[0]:.0f} articles came in"
    return found


def _numbers(work: Work, source: Path, target: Path) -> list[float]:
    return [float(number) for number in _run(work, source, target).split()[-3:]]


def peak(act: str, format: str, source: Path, target: Path) -> float:
    """Return the largest memory, in MB, that an import or export takes in a process of its own.

    Args:
        source: the file to import, or the project to export.
        target: the project to make, or the file to write.
    """
    return max(_numbers(Work(act, format), source, target)[1:])


# In a process of its own


def _lower_bounds(kilobytes: int) -> None:
    """Let SQLite keep so much of the file, and make other bounds smaller in proportion."""
    times = connection.CACHE_KILOBYTES / kilobytes
    connection.CACHE_KILOBYTES = kilobytes
    indexes.SORTING_KILOBYTES = min(indexes.SORTING_KILOBYTES, kilobytes)
    for room, bound in (
        (remarks, "AT_HAND"),
        (step_writer, "AT_HAND"),
        (duplicates, "BATCH"),
        (noticing, "AT_ONCE"),
        (prints, "MOST_PAIRS"),
        (shingles, "_VOCABULARY"),
        (docbin, "PER_FILE"),
        (in_order, "AT_HAND"),
        (spare_table, "CACHE_KILOBYTES"),
        (zip_directory, "AT_ONCE"),
    ):
        setattr(room, bound, max(1, int(getattr(room, bound) / times)))


def _run(work: Work, source: Path, target: Path) -> str:
    """Do one act in a process of its own, started by this one, which stays small.

    A process begins with the largest memory of the one that started it.
    """
    words = (work.act, work.format, str(source), str(target))
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.streaming", "--one", *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _act(work: Work, source: Path, target: Path) -> None:
    """Do one act in this process; print for how many articles, and the largest memory that it and its child took."""
    count = 0
    if work.act == LINES:
        _make_lines(source, int(target.name))
    elif work.act == FILES:
        _make_files(work, source, target)
    elif work.act == EXPORT:
        with projects.open_existing(source, "A01") as project:
            count = exporting.export(project, exporting.Order(target, work.format)).lines
    else:
        with projects.create(target, default_codebook(), "A01") as project:
            count = importing.import_all(project, [source]).added.articles
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(count, peak_megabytes(), child)


def _make(folder: Path) -> None:
    """Make articles with marks as our lines, and a project of them."""
    folder.mkdir()
    lines = folder / "made.jsonl"
    _run(Work(LINES, ""), lines, folder)
    _run(Work(IMPORT, "jsonl"), lines, folder / "made")
    lines.unlink()


def _make_lines(target: Path, count: int) -> None:
    with target.open("w", encoding="utf-8") as lines:
        for line in _lines(count):
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def _lines(count: int) -> Iterator[dict[str, Any]]:
    """Yield coded articles; their actors are entries of the actor book, and each has a judgement of one."""
    chance = random.Random(11)
    for number in range(count):
        text = _text(chance)
        places = corpus.extents(chance, text, 1 + max(2, len(text) // CHARACTERS_A_MARK))
        line = corpus.coded_line(chance, number, text, places[:-1])
        for at, actor in enumerate(line["actors"]):
            actor["entity"] = derived_id("bench actor", str((number + 7 * at) % ACTORS))
        ids = sorted({actor["entity"] for actor in line["actors"]})
        line["entities"] = [
            {"id": id, "name": f"Actor {id[-6:]}", "type": "person", "aliases": [], "external_id": None}
            for id in ids
        ]  # fmt: skip
        start, end = places[-1]
        line["sentiments"] = [
            {
                "id": derived_id("bench sentiment", str(number)), "start": start, "end": end, "text": text[start:end],
                "fragments": [[start, end]], "polarity": "negative", "intensity": 2,
                "holder": line["actors"][0]["id"], "holder_voice": None, "target": line["actors"][-1]["id"],
                "origin": "manual", "suggester": None,
            }
        ]  # fmt: skip
        yield line


def _make_files(work: Work, target: Path, folder: Path) -> None:
    """Make the files of a reader for the size of a folder."""
    make = MAKERS_BY_SHAPE[work.format]
    chance = random.Random(11)
    target.mkdir()
    make(target, (_text(chance) for _ in range(work.count(folder))))


def _text(chance: random.Random) -> str:
    return corpus.text_of(chance, int(os.environ.get(CHARACTERS, LENGTH)))


if __name__ == "__main__":
    raise SystemExit(main())
