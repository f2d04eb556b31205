"""Zip archives of any number of files: what stands at their end waits in a file, not in memory.

Members are packed in the order in which they come and without times, so that the same files give
the same bytes every time. What is larger than a plain archive can say is said in the ZIP64 way.
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
import zlib
from types import TracebackType
from typing import BinaryIO

CHUNK = 1 << 20
LEVEL = 6
PLAIN = 0xFFFF_FFFF
"""Sizes and places from here on are said the ZIP64 way."""
FEW = 0xFFFF
"""And so are counts from here on."""
_SEE_64, _SEE_64_SHORT = 0xFFFF_FFFF, 0xFFFF
_VERSION, _VERSION_64 = 20, 45
_UNIX = 3 << 8
_UTF_8 = 0x800
_DEFLATED = 8
_DAY = 1 << 5 | 1
"""The first of January 1980, where the time of archives begins."""
_MODE = 0o644 << 16

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_PLACE_64 = struct.Struct("<4sLQL")
_EXTRA = struct.Struct("<2H")


class ZipOut:
    """An archive that is being written; it is whole when the block ends."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._count = 0
        self._central = tempfile.TemporaryFile(prefix="annotator-")  # noqa: SIM115  (see __exit__)

    def __enter__(self) -> ZipOut:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._central:
            if kind is None:
                self._finish()

    def add(self, name: str, source: BinaryIO) -> None:
        """Pack what is left in ``source`` as the file of this name."""
        start = self._out.tell()
        large = os.fstat(source.fileno()).st_size >= PLAIN // 2
        self._out.write(self._local(name, large, 0, 0, 0))
        begin = self._out.tell()
        check, size = self._pack(source)
        end = self._out.tell()
        self._out.seek(start)
        self._out.write(self._local(name, large, check, end - begin, size))
        self._out.seek(end)
        self._remember(name, check, end - begin, size, start)

    def _pack(self, source: BinaryIO) -> tuple[int, int]:
        """Return the checksum and the size of what was packed."""
        check = size = 0
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        while chunk := source.read(CHUNK):
            check = zlib.crc32(chunk, check)
            size += len(chunk)
            self._out.write(packer.compress(chunk))
        self._out.write(packer.flush())
        return check, size

    def _local(self, name: str, large: bool, check: int, packed: int, size: int) -> bytes:
        raw = name.encode()
        extra = _EXTRA.pack(1, 16) + struct.pack("<2Q", size, packed) if large else b""
        sizes = (_SEE_64, _SEE_64) if large else (packed, size)
        version = _VERSION_64 if large else _VERSION
        head = (version, _flags(name), _DEFLATED, 0, _DAY, check, *sizes, len(raw), len(extra))
        return _LOCAL.pack(b"PK\3\4", *head) + raw + extra

    def _remember(self, name: str, check: int, packed: int, size: int, start: int) -> None:
        raw = name.encode()
        beyond = [value for value in (size, packed, start) if value >= PLAIN]
        extra = _EXTRA.pack(1, 8 * len(beyond)) + struct.pack(f"<{len(beyond)}Q", *beyond)
        extra = extra if beyond else b""
        version = _VERSION_64 if beyond else _VERSION
        head = (_UNIX | version, version, _flags(name), _DEFLATED, 0, _DAY, check)
        sizes = (_plain(packed), _plain(size))
        rest = (len(raw), len(extra), 0, 0, 0, _MODE, _plain(start))
        self._central.write(_CENTRAL.pack(b"PK\1\2", *head, *sizes, *rest) + raw + extra)
        self._count += 1

    def _finish(self) -> None:
        start, length, count = self._out.tell(), self._central.tell(), self._count
        self._central.seek(0)
        shutil.copyfileobj(self._central, self._out)
        if count >= FEW or start >= PLAIN or length >= PLAIN:
            here = self._out.tell()
            versions = (_UNIX | _VERSION_64, _VERSION_64)
            self._out.write(
                _END_64.pack(b"PK\6\6", 44, *versions, 0, 0, count, count, length, start)
            )
            self._out.write(_PLACE_64.pack(b"PK\6\7", 0, here, 1))
        few = count if count < FEW else _SEE_64_SHORT
        self._out.write(_END.pack(b"PK\5\6", 0, 0, few, few, _plain(length), _plain(start), 0))


def _plain(value: int) -> int:
    return value if value < PLAIN else _SEE_64


def _flags(name: str) -> int:
    return 0 if name.isascii() else _UTF_8
