"""Tables for spreadsheets and statistics as CSV or TSV, a file for each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Any

from annotator.domain.coded import CodedArticle
from annotator.formats.base import WriteContext
from annotator.formats.table_rows import Tables

_MAY_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Separator(StrEnum):
    """What stands between two cells, by the suffix of such files."""

    CSV = "csv"
    TSV = "tsv"


class TableWriter:
    """Writes a file for each table; a cell that a spreadsheet would run as a formula begins with an apostrophe."""

    suffix = ".zip"
    tells_view = True
    needs_text = False
    packed = False
    cannot_carry = ("affiliations of actors, and actors nobody mentions", "the history")

    def __init__(self, separator: Separator) -> None:
        self.name = separator.value
        self.about = (
            f"{separator.value.upper()} tables: articles, marks, values, links, states, actors, and a wide one "
            "for each layer, for spreadsheets and statistics"
        )
        self._between = "," if separator is Separator.CSV else "\t"

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write all tables at once, article by article."""
        tables = Tables(context.codebook)
        with ExitStack() as stack:
            files: dict[str, Any] = {}
            for name, columns in tables.columns.items():
                path = folder / f"{name}.{self.name}"
                file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
                files[name] = csv.writer(file, delimiter=self._between)
                files[name].writerow([safe(column) for column in columns])
            for name, cells in tables.rows(articles, context):
                files[name].writerow([safe(cell) for cell in cells])


def safe(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(cell, str) and cell.startswith(_MAY_RUN):
        return f"'{cell}"
    return cell
