"""The Excel workbook, opened by another library: every text as it was, nothing that runs."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import xlsx
from annotator.formats.safe_xml import parse
from annotator.formats.table_rows import Tables
from annotator.formats.xlsx import XlsxWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import make, write
from tests.formats.test_known_cases import coded

BOOK = default_codebook()


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book
    }


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_every_sheet_is_well_formed_and_whole(tmp_path_factory, seed: int) -> None:  # I3
    book, articles = make(seed)
    target = tmp_path_factory.mktemp("xlsx") / "out.xlsx"
    assert write(XlsxWriter(), articles, book, target) == []
    with zipfile.ZipFile(target) as archive:
        roots = {name: parse(archive.read(name)) for name in archive.namelist()}
    tables = Tables(book)
    count = dict.fromkeys(tables.columns, 1)
    from annotator.formats.base import WriteContext

    for name, _ in tables.rows(articles, WriteContext(book, 1)):
        count[name] += 1
    found = [
        len(roots[f"xl/worksheets/sheet{number}.xml"].findall(".//{*}row"))
        for number in range(1, len(tables.columns) + 1)
    ]
    assert found == list(count.values())


def test_texts_come_out_as_they_were_and_nothing_runs(tmp_path: Path) -> None:
    article = coded("=1+1 said  Kyiv _x0041_ 😀\n\tto <us> & “them”", ("claim", "=1+1 said  Kyiv"))
    article = replace(article, meta=replace(article.meta, title="=HYPERLINK(1)"))
    target = tmp_path / "out.xlsx"
    write(XlsxWriter(), [article], BOOK, target)
    found = sheets(target)
    head, row = found["articles"]
    named = dict(zip(head, row, strict=True))
    assert named["title"] == "=HYPERLINK(1)"
    assert named["characters"] == len(article.text.text)
    # openpyxl leaves the escape of the specification as it stands; Excel undoes it.
    assert str(named["text"]).replace("_x005F_", "_") == article.text.text
    book = openpyxl.load_workbook(target)
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n", "inlineStr"}  # never “f”, a formula


def test_a_wide_sheet_has_a_column_for_each_attribute_and_link(tmp_path: Path) -> None:
    article = coded("Amal said no.", ("claim", "no"), ("actor", "Amal"), links=[("source", 0, 1)])
    marks = (
        replace(article.marks[0], attributes={"topics": ("a", "b"), "stance": "oppose"}),
        article.marks[1],
    )
    target = tmp_path / "out.xlsx"
    write(XlsxWriter(), [replace(article, marks=marks)], BOOK, target)
    head, row = sheets(target)["wide_claim"]
    named = dict(zip(head, row, strict=True))
    assert (named["topics"], named["stance"], named["source"]) == ("a; b", "oppose", "Amal")
    assert named["cue"] is None


def test_a_long_text_is_cut_and_told(tmp_path: Path) -> None:
    article = coded("😀" * 20_000 + " Kyiv", ("actor", "Kyiv"))
    target = tmp_path / "out.xlsx"
    (loss,) = write(XlsxWriter(), [article], BOOK, target)
    assert "20,005 characters in the sheet articles was cut" in loss.what
    head, row = sheets(target)["articles"]
    assert dict(zip(head, row, strict=True))["text"] == "😀" * 16_383


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    article = coded("a b c d e", *(("actor", sign) for sign in "abcde"))
    target = tmp_path / "out.xlsx"
    write(XlsxWriter(), [article], BOOK, target)
    found = sheets(target)
    marks = [found[name] for name in ("marks", "marks-2", "marks-3")]
    assert [len(sheet) for sheet in marks] == [3, 3, 2]
    assert len({sheet[0] for sheet in marks}) == 1
