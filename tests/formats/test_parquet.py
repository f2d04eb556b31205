"""Parquet: the same rows as the JSONL for Hugging Face, and a plain word where the library is missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import BadInput
from annotator.formats import parquet
from annotator.formats.hugging_face import HuggingFaceWriter
from annotator.formats.parquet import ParquetWriter
from tests.formats.contract import make, write


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_it_holds_what_the_lines_hold(tmp_path_factory, seed: int) -> None:  # I3
    book, articles = make(seed)
    folder = tmp_path_factory.mktemp("hf")
    told = write(HuggingFaceWriter(), articles, book, folder / "lines")
    assert write(ParquetWriter(), articles, book, folder / "columns") == told
    for name in ("spans", "tokens"):
        lines = (folder / "lines" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        rows = pq.read_table(folder / "columns" / f"{name}.parquet").to_pylist()
        assert rows == [json.loads(line) for line in lines]
    assert "spans.parquet" in (folder / "columns/README.md").read_text(encoding="utf-8")


def test_many_articles_are_written_in_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    articles = [item for seed in range(12) for item in make(seed)[1]]
    write(ParquetWriter(), articles, make(1)[0], tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "spans.parquet")
    assert file.metadata.num_rows == len(articles)
    assert file.num_row_groups == -(-len(articles) // 2)


def test_without_the_library_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadInput, match=r"annotator\[parquet\]"):
        write(ParquetWriter(), [], make(1)[0], tmp_path / "out")
