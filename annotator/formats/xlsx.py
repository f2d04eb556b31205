"""The same tables as one Excel workbook, a sheet for each.

Written by hand, because a sheet is a plain XML table: the libraries for it stamp the hour
into every file, keep whole sheets in memory or guess what a text may mean. Every text is
an inline string, which no spreadsheet runs as a formula whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from annotator.domain.coded import CodedArticle
from annotator.formats.base import WriteContext
from annotator.formats.safe_xml import attribute
from annotator.formats.safe_xml import text as escaped
from annotator.formats.table_rows import Tables

MAX_CELL = 32_767
"""UTF-16 units; a longer cell makes Excel call the file damaged."""

MAX_ROWS = 1_048_576
MAX_NAME = 31

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_FONT = '<sz val="11"/><name val="Calibri"/>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>\n"
)
"""Two looks of a cell: plain, and bold for the head."""


class XlsxWriter:
    """Writes one workbook, sheet by sheet beside each other, so that memory holds one article."""

    name = "xlsx"
    suffix = ".xlsx"
    about = "Excel workbook: the tables as sheets, a wide one for each layer among them"
    tells_view = True
    needs_text = False
    packed = True
    cannot_carry = (
        f"what is longer than {MAX_CELL:,} characters in one cell",
        "affiliations of actors, and actors nobody mentions",
        "the history",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write the sheets and what names them."""
        tables = Tables(context.codebook)
        book = _Book(folder, tables.columns, context)
        with book:
            for name, cells in tables.rows(articles, context):
                book.add(name, cells)
        book.finish()


class _Book:
    def __init__(
        self, folder: Path, columns: dict[str, tuple[str, ...]], context: WriteContext
    ) -> None:
        self._folder = folder
        self._columns = columns
        self._context = context
        self._stack = ExitStack()
        self._sheets: list[str] = []
        self._open: dict[str, tuple[TextIO, int]] = {}
        (folder / "xl" / "worksheets").mkdir(parents=True)
        (folder / "xl" / "_rels").mkdir()
        (folder / "_rels").mkdir()

    def __enter__(self) -> _Book:
        self._stack.__enter__()
        for table in self._columns:
            self._begin(table)
        return self

    def __exit__(self, *_: object) -> None:
        for file, _rows in self._open.values():
            file.write("</sheetData></worksheet>\n")
        self._stack.close()

    def add(self, table: str, cells: Sequence[Any]) -> None:
        """Write one row, in a further sheet when one is full."""
        file, rows = self._open[table]
        if rows == MAX_ROWS:
            file.write("</sheetData></worksheet>\n")
            file, rows = self._begin(table)
        self._open[table] = (file, rows + 1)
        file.write(f"<row>{''.join(self._cell(table, cell) for cell in cells)}</row>\n")

    def finish(self) -> None:
        """Write what names the sheets, once all are known."""
        sheets = [
            f'<sheet name={attribute(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(self._sheets, 1)
        ]
        self._put(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(sheets)}</sheets></workbook>',
        )
        parts = [
            (f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml")
            for number in range(1, len(sheets) + 1)
        ]
        self._relate("xl/_rels/workbook.xml.rels", [*parts, (f"{_OFFICE}/styles", "styles.xml")])
        self._relate("_rels/.rels", [(f"{_OFFICE}/officeDocument", "xl/workbook.xml")])
        (self._folder / "xl/styles.xml").write_text(_STYLES, encoding="utf-8", newline="\n")
        kinds = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
        kinds += [(f"xl/{target}", "worksheet") for _, target in parts]
        overrides = "".join(
            f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
            for part, kind in kinds
        )
        self._put(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{overrides}</Types>",
        )

    def _begin(self, table: str) -> tuple[TextIO, int]:
        self._sheets.append(self._sheet_name(table))
        path = self._folder / "xl" / "worksheets" / f"sheet{len(self._sheets)}.xml"
        file = self._stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        file.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">')
        file.write('<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>')
        file.write("<sheetData>\n")
        head = "".join(_text(column, style=' s="1"') for column in self._columns[table])
        file.write(f"<row>{head}</row>\n")
        self._open[table] = (file, 1)
        return file, 1

    def _sheet_name(self, table: str) -> str:
        name, number = table[:MAX_NAME], 1
        taken = {known.casefold() for known in self._sheets}
        while name.casefold() in taken:
            number += 1
            name = f"{table[: MAX_NAME - 1 - len(str(number))]}-{number}"
        return name

    def _cell(self, table: str, value: object) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        said = str(value)
        if len(said) * 2 > MAX_CELL:
            kept = said.encode("utf-16-le")[: 2 * MAX_CELL].decode("utf-16-le", "ignore")
            if len(kept) < len(said):
                what = f"a text of {len(said):,} characters in the sheet {table} was cut: a cell holds {len(kept):,}"
                self._context.lose(f"“{' '.join(said[:40].split())}…”", what)
            said = kept
        return _text(said)

    def _relate(self, path: str, parts: list[tuple[str, str]]) -> None:
        lines = "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(parts, 1)
        )
        self._put(path, f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>')

    def _put(self, path: str, said: str) -> None:
        (self._folder / path).write_text(f"{_HEAD}{said}\n", encoding="utf-8", newline="\n")


def _text(said: str, style: str = "") -> str:
    """Return a cell that holds exactly this text; what XML cannot hold is escaped as ``_x0001_``."""
    shown = escaped(_ESCAPED.sub(lambda match: f"_x{ord(match.group()):04X}_", said))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{shown}</t></is></c>'
