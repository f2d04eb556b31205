"""CSV tables for spreadsheets and statistics: articles, marks, values, links, states and actors, one row each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.domain.coded import CodedArticle
from annotator.domain.mark import reading_order
from annotator.formats.base import WriteContext
from annotator.formats.flat import by_article, sorted_links, text_of, texts_of

COLUMNS = {
    "articles": (
        "article", "title", "author", "publisher", "url", "published", "language", "licence", "source_file",
        "split", "duplicate_group", "text_sha256", "characters", "text",
    ),
    "marks": (
        "mark", "article", "view", "annotator", "layer", "start", "end", "fragments", "text", "actor", "actor_name",
        "origin", "suggester", "suggester_version", "codebook_version", "created", "modified", "note",
    ),
    "values": ("mark", "layer", "attribute", "value"),
    "links": ("link", "article", "view", "annotator", "type", "from", "to", "voice"),
    "states": ("article", "annotator", "layer", "state"),
    "actors": ("actor", "name", "type", "aliases", "external_id"),
}  # fmt: skip

_MAY_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class TableWriter:
    """Writes six tables; a cell that a spreadsheet would run as a formula begins with an apostrophe."""

    name = "csv"
    suffix = ".zip"
    about = "tables for spreadsheets and statistics: articles, marks, values, links, states, actors"
    tells_view = True
    needs_text = False
    packed = False
    cannot_carry = ("affiliations of actors, and actors nobody mentions", "the history")

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write one file for each table."""
        with ExitStack() as stack:
            tables = {}
            for name, columns in COLUMNS.items():
                file = stack.enter_context(
                    (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="")
                )
                tables[name] = csv.writer(file)
                tables[name].writerow(columns)
            seen: set[str] = set()

            def row(table: str, *cells: Any) -> None:
                tables[table].writerow([safe(cell) for cell in cells])

            for first, people in by_article(articles):
                meta = first.meta
                row(
                    "articles", first.id, meta.title, meta.author, meta.publisher, meta.url, meta.published,
                    meta.language, meta.licence, meta.source_file, first.split, first.duplicate_group,
                    first.text_sha256, len(first.text.text) if first.text else None, text_of(first, context),
                )  # fmt: skip
                for coded in people:
                    self._coded(coded, row, seen)

    def _coded(self, coded: CodedArticle, row: Any, seen: set[str]) -> None:
        names = {actor.id: actor.name for actor in coded.actors}
        for mark in sorted(coded.marks, key=reading_order):
            made = mark.made
            row(
                "marks", mark.id, coded.id, coded.view, coded.annotator, mark.layer, mark.start, mark.end,
                ";".join(f"{part.start}:{part.end}" for part in mark.fragments), mark.text, mark.actor,
                names.get(mark.actor or ""), made.origin.value, made.suggester and made.suggester.name,
                made.suggester and made.suggester.version, made.codebook_version, made.created, made.modified,
                mark.note,
            )  # fmt: skip
            for name, value in mark.attributes.items():
                for text in texts_of(value):
                    row("values", mark.id, mark.layer, name, text)
        for link in sorted_links(coded):
            row(
                "links", link.id, coded.id, coded.view, coded.annotator, link.type, link.start, link.end,
                link.voice and link.voice.value,
            )  # fmt: skip
        for layer, verdict in sorted(coded.states.items()):
            row("states", coded.id, coded.annotator, layer, verdict.value)
        for actor in coded.actors:
            if actor.id not in seen:
                seen.add(actor.id)
                row(
                    "actors", actor.id, actor.name, actor.type, "; ".join(actor.aliases),
                    actor.external_id,
                )  # fmt: skip


def safe(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(cell, str) and cell.startswith(_MAY_RUN):
        return f"'{cell}"
    return cell
