"""The directory of a zip archive bit by bit: Python's ``zipfile`` holds all of it in memory.

An archive is shown as several, each with the same bytes and a directory of some of its files,
which ``zipfile`` opens as it does any other.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, cast
from zipfile import BadZipFile

AT_ONCE = 20_000
"""So many bytes a directory has at most, or little more: some hundred files."""

_END = struct.Struct("<4s4H2LH")
_PLACE_64 = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = 46
_LENGTHS = struct.Struct("<3H")
_LENGTHS_AT = 28
_COMMENT = 0xFFFF
_SEE_64 = 0xFFFF_FFFF


def shares(file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the archive as archives of some of its files each, in their order.

    What is small, or no archive as we know them, comes back as it is: ``zipfile`` judges it.

    Raises:
        BadZipFile: the directory is damaged.
    """
    found = _directory(file)
    if found is None:
        yield file
        return
    start, stop, shift = found
    at = start
    while at < stop:
        entries = _entries(file, at, stop)
        at += len(entries)
        yield _share(file, start, entries, shift)


def empty_share(file: BinaryIO) -> BinaryIO:
    """Return the archive as one that names no file, to open files of it that are known."""
    return _share(file, _size(file), b"", _size(file))


def _directory(file: BinaryIO) -> tuple[int, int, int] | None:
    """Return where a large directory begins and ends, and how far into the file the archive begins."""
    size = _size(file)
    file.seek(max(0, size - _END.size - _COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        return None
    stop = size - len(tail) + at
    length, offset = _END.unpack_from(tail, at)[5:7]
    file.seek(max(0, stop - _PLACE_64.size))
    if file.read(4) == b"PK\6\7":
        stop -= _PLACE_64.size + _END_64.size
        file.seek(max(0, stop))
        said = file.read(_END_64.size)
        if len(said) < _END_64.size or not said.startswith(b"PK\6\6"):
            return None
        length, offset = _END_64.unpack(said)[-2:]
    start = stop - length
    if length <= AT_ONCE or start < offset or offset >= _SEE_64:
        return None
    return start, stop, start - offset


def _entries(file: BinaryIO, start: int, stop: int) -> bytes:
    """Return some entries of the directory as they stand there."""
    file.seek(start)
    found = bytearray()
    while len(found) < AT_ONCE and start + len(found) < stop:
        head = file.read(_ENTRY)
        if len(head) < _ENTRY or not head.startswith(b"PK\1\2"):
            raise BadZipFile("Bad magic number for central directory")
        found += head + file.read(sum(_LENGTHS.unpack_from(head, _LENGTHS_AT)))
    return bytes(found)


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


def _share(file: BinaryIO, start: int, entries: bytes, shift: int) -> BinaryIO:
    end = _END.pack(b"PK\5\6", 0, 0, 0, 0, len(entries), start - shift, 0)
    return cast("BinaryIO", _Share(file, start, entries + end))


class _Share:
    """The bytes of a file up to a place, and then others; as much of a file as ``zipfile`` asks for."""

    def __init__(self, file: BinaryIO, start: int, rest: bytes) -> None:
        self._file = file
        self._start = start
        self._rest = rest
        self._at = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        size = self._start + len(self._rest)
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: size}[whence]
        if self._at < 0:
            raise OSError("is no place in the file")
        return self._at

    def read(self, length: int = -1) -> bytes:
        wanted = length if length >= 0 else self._start + len(self._rest)
        found = b""
        if self._at < self._start:
            self._file.seek(self._at)
            found = self._file.read(min(wanted, self._start - self._at))
        beyond = self._at + len(found) - self._start
        if beyond >= 0:
            found += self._rest[beyond : beyond + wanted - len(found)]
        self._at += len(found)
        return found
