"""The texts of an Excel workbook, which its cells name by number: openpyxl would hold all of them in memory."""

from __future__ import annotations

import os
from array import array
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.safe_xml import Pieces
from annotator.formats.spare_file import spare_file

_TEXTS = frozenset(("si",))


def opened(path: Path) -> Any:
    """Open a workbook for reading its rows one by one; raises whatever openpyxl does with a damaged one."""
    from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped]

    reader = ExcelReader(path, read_only=True, data_only=True)
    try:
        reader.read_strings = partial(_read_strings, reader)
        reader.read()
    except BaseException:
        reader.archive.close()
        raise
    return reader.wb


class TextsAside:
    """Texts by number, in a temporary file; memory holds eight bytes of each."""

    def __init__(self) -> None:
        self._file = spare_file(self)
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        """Take one more; all are added before one is asked for."""
        self._file.write(text.encode("utf-8", "surrogatepass"))
        self._ends.append(self._file.tell())

    def __getitem__(self, number: int) -> str:
        """Return one; raise IndexError if there are not so many."""
        if number < 0:
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start, os.SEEK_SET)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")


def _read_strings(reader: Any) -> None:
    """Fill in ``reader.shared_strings``, as ``ExcelReader.read_strings`` does."""
    from openpyxl.cell.text import Text  # type: ignore[import-untyped]
    from openpyxl.xml.constants import SHARED_STRINGS  # type: ignore[import-untyped]

    reader.shared_strings = TextsAside()
    part = reader.package.find(SHARED_STRINGS)
    if part is None:
        return
    with reader.archive.open(part.PartName[1:]) as file:
        for element in Pieces(file, _TEXTS):
            reader.shared_strings.add(Text.from_tree(element).content.replace("x005F_", ""))
