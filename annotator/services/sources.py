"""Which files an import reads, and in which order."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, suppress
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.domain.coded import Remark
from annotator.domain.errors import Problem
from annotator.domain.text import readable
from annotator.formats.base import Source
from annotator.formats.folder import NAME as SIDE_CAR
from annotator.formats.in_order import InOrder
from annotator.formats.kept import Kept
from annotator.formats.remarks import Remarks
from annotator.formats.safe_zip import SafeZip, files_in
from annotator.formats.seen import Seen
from annotator.services import leftovers

_ORDER = {".txt": 1, ".jsonl": 2, ".json": 3}
"""Texts first, so that marks find them; before them the articles that a folder format brings."""
_NUMBER = re.compile(r"[0-9]+")

Place = tuple[int, str, str]
"""When a file is read, its name in reports, and where it is."""


class Sources:
    """Files in the order in which they are read; memory holds a few of them, however many there are."""

    def __init__(self) -> None:
        self._places: InOrder[Place] = InOrder(
            lambda place: (place[0], _counting(place[1]), place[1])
        )
        self._there = Seen()
        self._by_name: Kept[Place] | None = None

    def add(self, source: Source) -> None:
        """Take a file, unless it is there under any name."""
        if self._there.add(os.path.realpath(source.path)):
            self._places.add((_turn(source.path), source.name, str(source.path)))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Source]:
        return map(_source, self._places)

    def named(self, name: str) -> Source | None:
        """Return the file of this name, whatever its folder; the one that is read last if there are several."""
        if self._by_name is None:
            self._by_name = Kept()
            for place in self._places:
                self._by_name.put(_source(place).file_name, place)
        found = self._by_name.last(name)
        return found and _source(found)


def collect(
    paths: Iterable[Path], stack: ExitStack, remarks: list[Remark] | Remarks
) -> Generator[str, None, Sources]:
    """Return the files named, those in folders too; hidden ones are left out, links to folders not followed.

    What is in zip archives comes instead of them, unpacked until ``stack`` ends. What cannot be
    read as a file is told in ``remarks``. Yields the name of each file that was found or unpacked,
    since a large folder or archive takes its time.
    """
    found = Sources()
    archives = Sources()
    for source in _sources(paths, remarks):
        is_archive = source.path.suffix.lower() == ".zip"
        (archives if is_archive else found).add(source)
        yield source.name
    for archive in archives:
        yield from _unpacked(archive, found, stack, remarks)
    return found


def _unpacked(
    source: Source, found: Sources, stack: ExitStack, remarks: list[Remark] | Remarks
) -> Iterator[str]:
    """Add what is in an archive, yielding the name of each file."""
    leftovers.sweep()
    folder = Path(stack.enter_context(TemporaryDirectory(prefix=leftovers.PREFIX)))
    stack.callback(_empty, folder)
    try:
        with SafeZip(source.path) as archive:
            for name in archive:
                try:
                    archive.unpack(name, folder)
                except Problem as problem:
                    remarks.append(Remark(source.name, f"{problem}: that file was left out"))
                yield f"{source.name}/{readable(name)}"
    except Problem as problem:
        remarks.append(Remark(source.name, str(problem)))
        return
    except OSError as error:
        what = f"could not be unpacked ({error.strerror}): make room on the disk and try again"
        remarks.append(Remark(source.name, what))
        return
    for inside in _sources([folder], remarks):
        below = readable(inside.path.relative_to(folder).as_posix())
        found.add(Source(inside.path, f"{source.name}/{below}"))


def _empty(folder: Path) -> None:
    """Remove the files below a folder; ``shutil.rmtree`` holds the entries of all of them first."""
    with suppress(OSError):
        for file in files_in(folder):
            file.unlink()


def _turn(path: Path) -> int:
    return 0 if path.name == SIDE_CAR else _ORDER.get(path.suffix.lower(), 4)


def _counting(name: str) -> str:
    """Return a name so that “day 9” sorts before “day 10”: each number begins with how long it is."""
    return _NUMBER.sub(lambda number: f"{len(number[0]):03}{number[0]}", name)


def _source(place: Place) -> Source:
    return Source(Path(place[2]), place[1])


def _sources(paths: Iterable[Path], remarks: list[Remark] | Remarks) -> Iterator[Source]:
    for path in paths:
        for file, name in _files(path, remarks):
            yield Source(file, readable(name))


def _files(path: Path, remarks: list[Remark] | Remarks) -> Iterator[tuple[Path, str]]:
    if path.is_dir():
        count, told = 0, len(remarks)
        for file in _below(path, path.parent, remarks):
            if _is_file(file, remarks):
                count += 1
                yield file, str(file.relative_to(path.parent))
        if not count and len(remarks) == told:
            remarks.append(Remark(readable(path.name), "is a folder without files to read"))
    elif _is_file(path, remarks):
        yield path, path.name


def _below(folder: Path, root: Path, remarks: list[Remark] | Remarks) -> Iterator[Path]:
    """Yield what is in a folder and the folders in it, by name; what is hidden and links to folders left out."""
    names: InOrder[tuple[str, bool]] = InOrder(itemgetter(0))
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir()
                if not entry.name.startswith(".") and not (is_folder and entry.is_symlink()):
                    names.add((entry.name, is_folder))
    except OSError as error:
        remarks.append(_locked(readable(os.path.relpath(folder, root)), error))
        return
    for name, is_folder in names:
        if is_folder:
            yield from _below(folder / name, root, remarks)
        else:
            yield folder / name


def _is_file(path: Path, remarks: list[Remark] | Remarks) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        remarks.append(Remark(readable(path.name), "does not exist: check the name"))
        return False
    except OSError as error:
        remarks.append(_locked(readable(path.name), error))
        return False
    if not stat.S_ISREG(mode):
        remarks.append(Remark(readable(path.name), "is no ordinary file: it was left out"))
        return False
    return True


def _locked(name: str, error: OSError) -> Remark:
    return Remark(name, f"cannot be read ({error.strerror}): check its permissions")
