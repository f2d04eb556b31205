"""Zip archives from strangers: no paths that lead out, no bombs; and our own, the same bytes every time."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from annotator.domain.errors import BadInput
from annotator.formats.in_order import InOrder
from annotator.formats.kept import Kept
from annotator.formats.zip_directory import empty_share, shares
from annotator.formats.zip_out import ZipOut

MAX_FILES = 250_000
MAX_TOTAL_BYTES = 4_000_000_000
MAX_MEMBER_BYTES = 500_000_000
MAX_RATIO = 200
"""How much larger than packed a member of more than ``RATIO_FROM`` bytes may be; text reaches 20."""
RATIO_FROM = 10_000_000
_ENCRYPTED = 1


class SafeZip:
    """An open archive whose every member was judged by name and size before anything is read.

    Iterating gives the names of its members, of which memory holds a few.
    """

    def __init__(self, path: Path) -> None:
        self._members: Kept[zipfile.ZipInfo] = Kept()
        self._total = 0
        with ExitStack() as stack:
            try:
                file = stack.enter_context(path.open("rb"))
                for share in shares(file):
                    with zipfile.ZipFile(share) as some:
                        self._judge(some.infolist())
                self._zip = stack.enter_context(zipfile.ZipFile(empty_share(file)))
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
                if getattr(error, "errno", None) == errno.ENOSPC:
                    raise
                raise BadInput(f"is no zip archive that can be read ({error})") from None
            self._stack = stack.pop_all()

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            BadInput: missing, damaged, encrypted, or larger than it said.
        """
        info = self._info(name)
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            ValueError,
        ) as error:
            raise BadInput(f"has a damaged “{name}” in it") from error
        if len(data) > info.file_size:
            raise BadInput(f"has a “{name}” that is larger than it says: it was left out")
        return data

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Give a member to be read bit by bit; never more of it than it says it has.

        Raises:
            BadInput: missing, damaged or encrypted, also when reading comes to the damage.
        """
        info = self._info(name)
        try:
            member = self._zip.open(info)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
            raise BadInput(_cannot_open(name, info)) from error
        try:
            with member:
                yield cast("BinaryIO", member)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BadInput(f"has a damaged “{name}” in it") from error

    def unpack(self, name: str, folder: Path) -> None:
        """Write a member below a folder, piece by piece; raises like ``open`` and leaves no part of it then."""
        target = folder.joinpath(*PurePosixPath(name).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.open(name) as member, target.open("wb") as out:
                shutil.copyfileobj(member, out)
        except BadInput:
            target.unlink(missing_ok=True)
            raise

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = self._members.last(name)
        if info is None:
            raise BadInput(f"has no “{name}” in it")
        return info

    def _judge(self, infos: Iterable[zipfile.ZipInfo]) -> None:
        """Take some members; raise BadInput if there is one that should not be touched, or too much in all."""
        for info in infos:
            if not info.filename:
                raise BadInput("has a file without a name in it, so it is damaged")
            if info.is_dir():
                continue
            name = info.filename.replace("\\", "/")
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
                raise BadInput(f"has a file “{name}” that would land outside its folder")
            kind = info.external_attr >> 28
            if kind not in (0, 8):
                raise BadInput(f"has “{name}” in it, which is no ordinary file")
            self._total += info.file_size
            packed = max(info.compress_size, 1)
            if info.file_size > MAX_MEMBER_BYTES or self._total > MAX_TOTAL_BYTES:
                raise BadInput(
                    f"unpacks to more than {MAX_TOTAL_BYTES / 1e9:.0f} GB, or one file of it to more than "
                    f"{MAX_MEMBER_BYTES / 1e6:.0f} MB: unpack it yourself and import the parts"
                )
            if info.file_size > RATIO_FROM and info.file_size / packed > MAX_RATIO:
                raise BadInput(
                    f"has a “{name}” that unpacks to {MAX_RATIO} times its size and more"
                )
            if len(self._members) >= MAX_FILES:
                raise BadInput(f"holds more than {MAX_FILES} files")
            self._members.put(str(path), info)


def _cannot_open(name: str, info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return f"has a “{name}” in it that is locked with a password: unpack it yourself"
    return f"has a damaged “{name}” in it"


def pack(folder: Path, target: Path) -> None:
    """Move the files of a folder into an archive, which has the same bytes every time."""
    with target.open("xb") as out, ZipOut(out) as archive:
        for file in files_in(folder):
            with file.open("rb") as source:
                archive.add(file.relative_to(folder).as_posix(), source)
            file.unlink()


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder by their path; a file that was yielded may go.

    Of a folder with very many files only some names are in memory.
    """
    names: InOrder[str] = InOrder(str)
    with os.scandir(folder) as entries:
        for entry in entries:
            names.add(entry.name)
    for name in names:
        path = folder / name
        if path.is_dir():
            yield from files_in(path)
        else:
            yield path
