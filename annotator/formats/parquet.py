"""Hugging Face datasets as Parquet: the rows of ``hf``, in columns with types.

pyarrow is large, so it is asked for only when this format is.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.domain.coded import CodedArticle
from annotator.domain.errors import BadInput
from annotator.formats.base import WriteContext
from annotator.formats.hugging_face import HEAD, card, span_row, tag_columns, token_row

GROUP = 500
"""Articles written at a time; readers can skip groups, and memory holds one."""


class ParquetWriter:
    """Writes ``spans.parquet``, ``tokens.parquet`` and a card that names them."""

    name = "parquet"
    suffix = ".zip"
    about = "Parquet for Hugging Face: spans, and tokens with tags (needs pyarrow)"
    tells_view = True
    needs_text = False
    packed = False
    cannot_carry = ("entries of the actor book beyond their names", "notes, states")

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write both files group by group.

        Raises:
            BadInput: pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError:
            raise BadInput(
                "Parquet needs the library pyarrow: install it with “pip install annotator[parquet]”, "
                "or export as hf, which holds the same as JSONL."
            ) from None
        columns = tag_columns(context.codebook)
        (folder / "README.md").write_bytes(card(context.codebook, "parquet").encode())
        with ExitStack() as stack:
            spans = _File(folder / "spans.parquet", _spans(pa), stack)
            words = _File(folder / "tokens.parquet", _tokens(pa, columns.values()), stack)
            for coded in articles:
                spans.add(span_row(coded, context))
                if not context.without_text:
                    words.add(token_row(coded, columns, context))
            spans.flush()
            words.flush()


class _File:
    def __init__(self, path: Path, schema: Any, stack: ExitStack) -> None:
        from pyarrow.parquet import ParquetWriter as Writer

        self._schema = schema
        self._writer = stack.enter_context(Writer(path, schema))
        self._rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == GROUP:
            self.flush()

    def flush(self) -> None:
        from pyarrow import Table

        if self._rows:
            self._writer.write_table(Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def _spans(arrow: Any) -> Any:
    text, whole = arrow.string(), arrow.int64()
    value = arrow.struct([("name", text), ("value", text)])
    span = [
        ("id", text),
        ("start", whole),
        ("end", whole),
        ("label", text),
        ("text", text),
        ("fragments", arrow.list_(arrow.list_(whole))),
        ("attributes", arrow.list_(value)),
        ("actor", text),
    ]
    link = [("type", text), ("start", text), ("end", text), ("voice", text)]
    return arrow.schema(
        [
            *((name, text) for name in HEAD),
            ("text", text),
            ("spans", arrow.list_(arrow.struct(span))),
            ("links", arrow.list_(arrow.struct(link))),
        ]
    )


def _tokens(arrow: Any, columns: Iterable[str]) -> Any:
    texts = arrow.list_(arrow.string())
    head = ((name, arrow.string()) for name in HEAD)
    return arrow.schema([*head, ("tokens", texts), *((column, texts) for column in columns)])
