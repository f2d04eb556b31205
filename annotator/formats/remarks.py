"""What is told of an import or an export: any number of remarks, of which memory holds a bounded part.

A format that has no place for values tells one remark for each mark of a project, which may be
millions. The first stay in memory, and the others go into a temporary file that nobody else sees.
"""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, overload

from annotator.domain.coded import Remark

AT_HAND = 2_000
"""So many remarks stay in memory, and so many wait there until they go to the file together."""


class Remarks(Sequence[Remark]):
    """Remarks in the order in which they were told; equal to any sequence of the same remarks.

    Attributes:
        lost: how many records did not come through, in all.
        labels: labels of other tools that nobody knows, with the marks that each cost.
    """

    def __init__(self, remarks: Iterable[Remark] = ()) -> None:
        self.lost = 0
        self.labels: Counter[str] = Counter()
        self._count = 0
        self._first: list[Remark] = []
        self._waiting: list[Remark] = []
        self._file: IO[bytes] | None = None
        self._blocks: list[int] = []
        """Where in the file each ``AT_HAND`` remarks begin."""
        self += remarks

    def append(self, remark: Remark) -> None:
        """Tell one more."""
        self.lost += remark.lost
        if remark.label is not None:
            self.labels[remark.label] += remark.lost
        self._count += 1
        if len(self._first) < AT_HAND:
            self._first.append(remark)
            return
        self._waiting.append(remark)
        if len(self._waiting) >= AT_HAND:
            self._put_away()

    def __iadd__(self, remarks: Iterable[Remark]) -> Remarks:
        for remark in remarks:
            self.append(remark)
        return self

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Remark]:
        return self._from(0)

    @overload
    def __getitem__(self, place: int) -> Remark: ...
    @overload
    def __getitem__(self, place: slice) -> list[Remark]: ...
    def __getitem__(self, place: int | slice) -> Remark | list[Remark]:
        """Return one, or those of a slice, which is read to its end and no further."""
        if isinstance(place, slice):
            start, stop, step = place.indices(self._count)
            if step < 0:
                return list(self)[place]
            return list(islice(self._from(start), 0, max(stop - start, 0), step))
        start = range(self._count)[place]
        return next(self._from(start))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Remarks({self[:5]}, {self._count} in all)"

    def __reduce__(self) -> tuple[Any, ...]:
        """Hand them to another process; what is in the file goes over in a file."""
        given = None
        if self._blocks:
            with tempfile.NamedTemporaryFile(prefix="annotator-", delete=False) as copy:
                self._opened().seek(0)
                shutil.copyfileobj(self._opened(), copy)
                given = copy.name
        state = (self.lost, self.labels, self._count, self._first, self._waiting, self._blocks)
        return _handed_over, (given, state)

    def _from(self, start: int) -> Iterator[Remark]:
        yield from self._first[start:]
        passed = len(self._first)
        for number in range(len(self._blocks)):
            if passed + AT_HAND > start:
                yield from self._block(number)[max(start - passed, 0) :]
            passed += AT_HAND
        yield from self._waiting[max(start - passed, 0) :]

    def _block(self, number: int) -> list[Remark]:
        file = self._opened()
        file.seek(self._blocks[number])
        return [Remark(*cells) for cells in pickle.load(file)]  # noqa: S301  (written by us)

    def _put_away(self) -> None:
        file = self._opened()
        self._blocks.append(file.seek(0, os.SEEK_END))
        pickle.dump([_cells(remark) for remark in self._waiting], file)
        self._waiting.clear()

    def _opened(self) -> IO[bytes]:
        file = self._file
        if file is None:
            file = tempfile.TemporaryFile(prefix="annotator-")  # noqa: SIM115  (see _keep)
            self._keep(file)
        return file

    def _keep(self, file: IO[bytes], path: str = "") -> None:
        """Write to a file that goes with the remarks; ``path`` if it has a name."""
        self._file = file
        weakref.finalize(self, _close, file, path)


def _handed_over(path: str | None, state: tuple[Any, ...]) -> Remarks:
    made = Remarks()
    made.lost, made.labels, made._count, made._first, made._waiting, made._blocks = state
    if path:
        made._keep(Path(path).open("rb+"), path)  # noqa: SIM115  (closed with the remarks)
    return made


def _close(file: IO[bytes], path: str) -> None:
    file.close()
    if path:
        with suppress(OSError):
            Path(path).unlink()


def _cells(remark: Remark) -> tuple[Any, ...]:
    return (remark.where, remark.what, remark.lost, remark.kind, remark.record, remark.label)
