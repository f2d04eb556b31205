"""Which files an import reads, and in which order."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.domain.coded import Remark
from annotator.domain.errors import Problem
from annotator.domain.text import readable
from annotator.formats.base import Source
from annotator.formats.folder import NAME as SIDE_CAR
from annotator.formats.remarks import Remarks
from annotator.formats.safe_zip import SafeZip

_ORDER = {".txt": 1, ".jsonl": 2, ".json": 3}
"""Texts first, so that marks find them; before them the articles that a folder format brings."""


def collect(paths: Iterable[Path], remarks: list[Remark] | Remarks) -> list[Source]:
    """Return the files named, those in folders too; hidden ones are left out, links to folders not followed.

    What cannot be read as a file is told in ``remarks``.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for file, name in _files(path, remarks):
            found.setdefault(os.path.realpath(file), Source(file, readable(name)))
    return sorted(found.values(), key=_place)


def unpacking(
    sources: list[Source], stack: ExitStack, remarks: list[Remark] | Remarks
) -> Generator[str, None, list[Source]]:
    """Return the sources with what is in zip archives instead of them, unpacked until ``stack`` ends.

    Yields the name of each file that was unpacked, since a large archive takes its time.
    """
    found: list[Source] = []
    for source in sources:
        if source.path.suffix.lower() != ".zip":
            found.append(source)
            continue
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="annotator-")))
        try:
            with SafeZip(source.path) as archive:
                for name in archive.members:
                    try:
                        archive.unpack(name, folder)
                    except Problem as problem:
                        remarks.append(Remark(source.name, f"{problem}: that file was left out"))
                    yield f"{source.name}/{readable(name)}"
        except (Problem, OSError) as problem:
            remarks.append(Remark(source.name, str(problem)))
            continue
        inside = collect([folder], remarks)
        found += [
            Source(file.path, f"{source.name}/{readable(file.path.relative_to(folder).as_posix())}")
            for file in inside
        ]
    return sorted(found, key=_place)


def _place(source: Source) -> tuple[int, str]:
    if source.path.name == SIDE_CAR:
        return 0, source.name
    return _ORDER.get(source.path.suffix.lower(), 4), source.name


def _files(path: Path, remarks: list[Remark] | Remarks) -> Iterator[tuple[Path, str]]:
    if path.is_dir():
        count, told = 0, len(remarks)

        def tell(error: OSError) -> None:
            name = os.path.relpath(error.filename, path.parent)
            remarks.append(_locked(readable(name), error))

        for folder, folders, names in os.walk(path, onerror=tell):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    file = Path(folder) / name
                    if _is_file(file, remarks):
                        count += 1
                        yield file, str(file.relative_to(path.parent))
        if not count and len(remarks) == told:
            remarks.append(Remark(readable(path.name), "is a folder without files to read"))
    elif _is_file(path, remarks):
        yield path, path.name


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
