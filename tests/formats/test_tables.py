"""CSV tables: one row for each record, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.flat import texts_of
from annotator.formats.tables import Separator, TableWriter, safe
from tests.formats.contract import make, write


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_every_record_has_its_row(tmp_path_factory, seed: int) -> None:  # I3
    book, coded = make(seed)
    out = tmp_path_factory.mktemp("csv") / "tables"
    assert write(TableWriter(Separator.CSV), coded, book, out) == []
    marks = {mark.id: mark for item in coded for mark in item.marks}
    texts = {item.id: item.text.text for item in coded if item.text}
    assert {row["article"] for row in rows(out, "articles")} == set(texts)
    written = rows(out, "marks")
    assert sorted(row["mark"] for row in written) == sorted(marks)
    for row in written:
        mark = marks[row["mark"]]
        assert (int(row["start"]), int(row["end"])) == (mark.start, mark.end)
        parts = [part.split(":") for part in row["fragments"].split(";")]
        said = " … ".join(texts[row["article"]][int(start) : int(end)] for start, end in parts)
        assert row["text"].removeprefix("'") == said.removeprefix("'")
    assert sorted(row["link"] for row in rows(out, "links")) == sorted(
        link.id for item in coded for link in item.links
    )
    values = [
        text for mark in marks.values() for v in mark.attributes.values() for text in texts_of(v)
    ]
    assert len(rows(out, "values")) == len(values)
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_formulas_are_disarmed_and_numbers_are_not() -> None:
    assert safe("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert safe("@SUM(A1)") == "'@SUM(A1)"
    assert safe("plain = text") == "plain = text"
    assert safe(7) == 7
