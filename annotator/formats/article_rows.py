"""The rows of tables, one after the other, so that a table of any length needs little memory."""

from __future__ import annotations

import codecs
import csv
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from typing import Any

from annotator.domain.coded import Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.text import MAX_ARTICLE_BYTES, encoding_of
from annotator.formats.base import Source
from annotator.formats.extras import needed, version_of
from annotator.formats.json_files import MAX_LINE_BYTES, objects_under
from annotator.formats.safe_zip import SafeZip
from annotator.formats.shared_strings import opened
from annotator.formats.strict_json import parse

_CHUNK = 1 << 20
LISTS = (
    "articles",
    "items",
    "results",
    "data",
    "documents",
    "docs",
    "response",
    "hits",
    "stories",
)
"""Where services put their list of articles in a JSON object."""
_SAID = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
"""How spreadsheets say in a line of its own what parts the cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, or why it has none.

    Attributes:
        where: file and line.
        decoder: what made text of it.
    """

    where: str
    decoder: str
    cells: dict[str, str]
    remarks: tuple[Remark, ...] = ()


def rows_of(source: Source, encoding: str | None) -> Iterator[Row]:
    """Yield the rows of a table file.

    Raises:
        DoubtfulEncoding: it is not UTF-8 and no encoding was named.
        BadInput: it cannot be read as a table at all.
    """
    suffix = source.path.suffix.lower()
    if suffix == ".xlsx":
        return _of_excel(source)
    if suffix in (".json", ".jsonl", ".ndjson"):
        return _of_json(source)
    return _of_text(source, encoding)


def _of_text(source: Source, encoding: str | None) -> Iterator[Row]:
    codec = encoding_of(_pieces(source), encoding)
    csv.field_size_limit(MAX_ARTICLE_BYTES)
    with source.open() as raw, TextIOWrapper(raw, codec, newline="") as file:
        first = next(filter(str.strip, iter(lambda: file.readline(_CHUNK), "")), "")
        file.seek(0)
        said = _SAID.match(first.lstrip("\ufeff"))
        if said:
            delimiter = said[1]
        else:
            delimiter = "\t" if source.path.suffix.lower() == ".tsv" else _delimiter(first)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        columns: list[str] | None = None
        try:
            for cells in reader:
                where = f"{source.name}, line {reader.line_num}"
                if not any(cell.strip().strip("\ufeff") for cell in cells):
                    continue
                if said:
                    said = None
                elif columns is None:
                    columns = _columns([cell.lstrip("\ufeff") for cell in cells])
                else:
                    yield _row(where, f"csv, {codec.removesuffix('-sig')}", columns, cells)
        except (csv.Error, UnicodeError) as error:
            what = f"cannot be read further as a table ({error}): look at its quotation marks"
            yield Row(
                where_of(source, reader.line_num),
                codec,
                {},
                (Remark(where_of(source, reader.line_num), what),),
            )


def where_of(source: Source, line: int) -> str:
    """Return what reports call a line of a file."""
    return f"{source.name}, line {line}"


def _of_excel(source: Source) -> Iterator[Row]:
    with SafeZip(source.path) as archive:
        if "xl/workbook.xml" not in archive:
            raise BadInput("is no Excel table: it has no workbook in it")
    needed("openpyxl", "Excel tables (.xlsx)")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which hold no text
            book = opened(source.path)
    except Exception as error:  # noqa: BLE001  (whatever a damaged table does to its parser)
        raise BadInput(f"is a damaged Excel table ({type(error).__name__})") from None
    decoder = version_of("openpyxl")
    try:
        for sheet in book.worksheets:
            columns: list[str] | None = None
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                cells = [_as_text(value) for value in values]
                if not any(cell.strip() for cell in cells):
                    continue
                if columns is None:
                    columns = _columns(cells)
                else:
                    where = f"{source.name}, {sheet.title}, row {number}"
                    yield _row(where, decoder, columns, cells[: len(columns)])
    except Exception as error:
        if isinstance(error, Problem):
            raise
        what = f"is damaged here ({type(error).__name__}): the rows after it were left out"
        yield Row(source.name, decoder, {}, (Remark(source.name, what),))
    finally:
        book.close()


def _of_json(source: Source) -> Iterator[Row]:
    head = source.head().removeprefix(codecs.BOM_UTF8).lstrip()
    by_line = source.path.suffix.lower() != ".json" and head[:1] != b"["
    for where, raw in _lines(source) if by_line else _items(source):
        try:
            item = parse(raw) if isinstance(raw, bytes) else raw
            if not isinstance(item, dict):
                raise BadInput("is no object")
            yield Row(where, "json, utf-8", _flat(item))
        except Problem as problem:
            yield Row(where, "json", {}, (Remark(where, f"{problem}; it was left out"),))


def _lines(source: Source) -> Iterator[tuple[str, bytes]]:
    with source.open() as file:
        number = 0
        while raw := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(raw) > MAX_LINE_BYTES:
                raise BadInput(f"has a line {number} of more than {MAX_LINE_BYTES / 1e6:.0f} MB")
            if raw.strip():
                yield where_of(source, number), raw


def _items(source: Source) -> Iterator[tuple[str, Any]]:
    if _is_by_line(source):
        # Some call JSONL .json: an object to a line is read as such.
        yield from _lines(source)
        return
    for number, item in enumerate(objects_under(source, LISTS, LISTS, _alone), 1):
        yield f"{source.name}, object {number}", item


def _alone(item: dict[str, Any]) -> dict[str, Any]:
    """Return the one article that services may wrap into other objects."""
    inner = next((item[name] for name in LISTS if isinstance(item.get(name), dict)), None)
    return item if inner is None else _alone(inner)


def _is_by_line(source: Source) -> bool:
    """Tell whether the first two lines are an object each."""
    with source.open() as file:
        lines = (file.readline(MAX_ARTICLE_BYTES) for _ in range(2))
        return sum(map(_is_object, lines)) == 2


def _is_object(raw: bytes) -> bool:
    try:
        return isinstance(parse(raw), dict)
    except Problem:
        return False


def _flat(item: dict[str, Any], before: str = "") -> dict[str, str]:
    """Return the values of an object as texts; an object inside gives names such as ``source.name``."""
    cells: dict[str, str] = {}
    for name, value in item.items():
        if isinstance(value, dict) and not before:
            cells.update(_flat(value, f"{name}."))
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            cells[before + name] = ", ".join(value)
        elif isinstance(value, dict | list):
            cells[before + name] = json.dumps(value, ensure_ascii=False)
        else:
            cells[before + name] = _as_text(value)
    return cells


def _row(where: str, decoder: str, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        what = (
            f"has {len(cells)} cells where the first line has {len(columns)}; it was left out: "
            "look at its quotation marks"
        )
        return Row(where, decoder, {}, (Remark(where, what),))
    return Row(where, decoder, dict(zip(columns, cells, strict=False)))


def _columns(cells: Sequence[str]) -> list[str]:
    """Return the names of columns; one without a name, or of a name that was there, gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        names.append(name if name not in names else f"{name} {number}")
    return names


def _delimiter(line: str) -> str:
    return max((",", ";", "\t", "|"), key=line.count)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _pieces(source: Source) -> Iterable[bytes]:
    with source.open() as file:
        while piece := file.read(_CHUNK):
            yield piece
