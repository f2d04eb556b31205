"""Tables of articles: CSV, TSV, Excel, JSON and JSONL, one article to a row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

from annotator.domain.article import Meta
from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.text import MAX_ARTICLE_BYTES, DecodedText, freeze, sha256_of
from annotator.formats import article_rows
from annotator.formats.article_rows import Row
from annotator.formats.base import ReadContext, Source
from annotator.formats.columns import TEXT, key_of_columns, look_at, meaning_of, refuse_without_text
from annotator.formats.json_files import first_keys
from annotator.formats.metadata import meta_of

EXCEL_CELL = 32_767
"""Excel cuts longer texts off without a word."""

_SAMPLE = 5
_HOLDS_LIST = re.compile(rb'"(?:%s)"\s*:\s*\[\s*\{' % "|".join(article_rows.LISTS).encode())
_MOJIBAKE = ("â€™", "â€œ", "Ã©", "Ã¤", "Ã¼", "Ã¶", "Ã±", "â€“")


class TableReader:
    """Reads tables; which column is what is guessed by the names, or said (``columns``)."""

    name = "table"
    suffixes = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson")
    about = "tables of articles (CSV, TSV, Excel, JSON, JSONL), a row each"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take tables by suffix, and JSON that is a list of objects or an object to a line."""
        suffix = source.path.suffix.lower()
        if suffix in (".csv", ".tsv", ".xlsx"):
            return True
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if suffix == ".json":
            is_list = start[:1] == b"[" and start[1:].lstrip()[:1] == b"{"
            return is_list or bool(_HOLDS_LIST.search(head)) or bool(first_keys(source))
        return suffix in self.suffixes and bool(first_keys(source))

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield how the table looks, then an article for each row."""
        rows = article_rows.rows_of(source, context.encoding)
        first = list(islice(rows, _SAMPLE))
        columns = list(dict.fromkeys(name for row in first for name in row.cells))
        if not columns:
            yield Read(remarks=tuple(remark for row in first for remark in row.remarks))
            raise BadInput("has no rows of articles in it")
        said = context.columns or context.presets.get(key_of_columns(columns), {})
        meaning = meaning_of(columns, said)
        sample = [[row.cells.get(name, "") for name in columns] for row in first]
        yield Read(look=look_at(columns, sample, meaning))
        refuse_without_text(columns, meaning)
        taken = 0
        for row in chain(first, rows):
            read = _read(row, meaning, source.file_name)
            taken += read.coded is not None
            yield read
        if not taken:
            raise BadInput(
                f"has no article in its column “{meaning[TEXT]}”: say which column is the text"
            )


def _read(row: Row, meaning: Mapping[str, str], file: str) -> Read:
    if not row.cells:
        return Read(remarks=row.remarks)
    try:
        coded = _article(row, meaning, file)
    except Problem as problem:
        return Read(remarks=(*row.remarks, Remark(row.where, f"{problem}; it was left out")))
    return Read(coded, (*row.remarks, *_doubts(row.cells[meaning[TEXT]], row.where)))


def _article(row: Row, meaning: Mapping[str, str], file: str) -> CodedArticle:
    body = row.cells.get(meaning[TEXT], "")
    if len(body) > MAX_ARTICLE_BYTES:
        raise BadInput(f"has a text longer than {MAX_ARTICLE_BYTES / 1e6:.0f} million characters")
    kept, newlines = freeze(body)
    text = DecodedText(
        kept, row.decoder, newlines, body.startswith("\ufeff"), _sha(body), sha256_of(kept)
    )
    return CodedArticle(text.text_sha256, _meta(row.cells, meaning, file), text=text)


def _meta(cells: Mapping[str, str], meaning: Mapping[str, str], file: str) -> Meta:
    used = set(meaning.values())
    named = {
        field: cells[column]
        for field, column in meaning.items()
        if field != TEXT and column in cells
    }
    known = meta_of(named, file)
    extra = {
        name: value.strip() for name, value in cells.items() if name not in used and value.strip()
    }
    return Meta(
        known.title, known.author, known.publisher, known.url, known.published, known.language,
        known.licence, file, {**known.extra, **extra},
    )  # fmt: skip


def _doubts(text: str, where: str) -> Iterator[Remark]:
    if len(text) == EXCEL_CELL:
        what = f"has exactly {EXCEL_CELL:,} characters of text, where Excel cuts texts off: look at its end"
        yield Remark(where, what, 0)
    if any(sign in text for sign in _MOJIBAKE):
        yield Remark(where, "has signs such as “Ã©” of a text saved in the wrong encoding", 0)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
