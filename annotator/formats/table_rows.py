"""What tables hold of coded articles, row by row: long tables of all records, and a wide one for each layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.codebook import ACTOR, Codebook
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, reading_order
from annotator.formats.base import WriteContext
from annotator.formats.flat import by_article, sorted_links, text_of, texts_of
from annotator.formats.names import FileNames

Row = tuple[str, tuple[Any, ...]]
"""The name of a table, and the cells of one row of it."""

LONG = {
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

_WIDE = (
    "mark", "article", "title", "publisher", "published", "view", "annotator", "start", "end", "text",
)  # fmt: skip
_JOINED = "; "


class Tables:
    """The tables of a codebook: which there are, and the rows that articles put into them.

    Attributes:
        columns: of each table, by its name; ``wide_claim`` has a row for each claim, with a
            column for each attribute and each kind of link.
    """

    def __init__(self, codebook: Codebook) -> None:
        names = FileNames()
        self._wide = {
            layer.name: f"wide_{names.of(layer.name, layer.name)}" for layer in codebook.layers
        }
        self._attributes = {
            layer.name: tuple(attribute.name for attribute in layer.attributes)
            for layer in codebook.layers
        }
        self._ties = {
            layer.name: tuple(dict.fromkeys(tie.name for tie in codebook.links_from(layer.name)))
            for layer in codebook.layers
        }
        self.columns: dict[str, tuple[str, ...]] = dict(LONG)
        for layer, table in self._wide.items():
            extra = ("actor",) if layer == ACTOR else ()
            self.columns[table] = (*_WIDE, *extra, *self._attributes[layer], *self._ties[layer])

    def rows(self, articles: Iterable[CodedArticle], context: WriteContext) -> Iterator[Row]:
        """Yield the rows of all tables, article by article."""
        seen: set[Id] = set()
        for first, people in by_article(articles):
            meta = first.meta
            yield "articles", (
                first.id, meta.title, meta.author, meta.publisher, meta.url, meta.published,
                meta.language, meta.licence, meta.source_file, first.split, first.duplicate_group,
                first.text_sha256, len(first.text.text) if first.text else None, text_of(first, context),
            )  # fmt: skip
            for coded in people:
                yield from _long(coded, seen)
                yield from self._wide_rows(coded)

    def _wide_rows(self, coded: CodedArticle) -> Iterator[Row]:
        names = {actor.id: actor.name for actor in coded.actors}
        by_id = {mark.id: mark for mark in coded.marks}
        tied: dict[tuple[Id, str], list[str]] = {}
        for link in sorted_links(coded):
            end = by_id.get(link.end or "")
            said = f"({link.voice.value})" if link.voice else _named(end, names) if end else "?"
            tied.setdefault((link.start, link.type), []).append(said)
        meta = coded.meta
        for mark in sorted(coded.marks, key=reading_order):
            if mark.layer not in self._wide:
                continue
            yield self._wide[mark.layer], (
                mark.id, coded.id, meta.title, meta.publisher, meta.published, coded.view, coded.annotator,
                mark.start, mark.end, mark.text,
                *((names.get(mark.actor or ""),) if mark.layer == ACTOR else ()),
                *(_value(mark, name) for name in self._attributes[mark.layer]),
                *(_JOINED.join(tied.get((mark.id, type), ())) or None for type in self._ties[mark.layer]),
            )  # fmt: skip


def _long(coded: CodedArticle, seen: set[Id]) -> Iterator[Row]:
    names = {actor.id: actor.name for actor in coded.actors}
    for mark in sorted(coded.marks, key=reading_order):
        made = mark.made
        yield "marks", (
            mark.id, coded.id, coded.view, coded.annotator, mark.layer, mark.start, mark.end,
            ";".join(f"{part.start}:{part.end}" for part in mark.fragments), mark.text, mark.actor,
            names.get(mark.actor or ""), made.origin.value, made.suggester and made.suggester.name,
            made.suggester and made.suggester.version, made.codebook_version, made.created, made.modified,
            mark.note,
        )  # fmt: skip
        for name, value in mark.attributes.items():
            for text in texts_of(value):
                yield "values", (mark.id, mark.layer, name, text)
    for link in sorted_links(coded):
        yield "links", (
            link.id, coded.id, coded.view, coded.annotator, link.type, link.start, link.end,
            link.voice and link.voice.value,
        )  # fmt: skip
    for layer, verdict in sorted(coded.states.items()):
        yield "states", (coded.id, coded.annotator, layer, verdict.value)
    for actor in coded.actors:
        if actor.id not in seen:
            seen.add(actor.id)
            yield "actors", (
                actor.id, actor.name, actor.type, _JOINED.join(actor.aliases), actor.external_id,
            )  # fmt: skip


def _value(mark: Mark, name: str) -> str | int | None:
    """Return a value as one cell: numbers as numbers, several codes in one."""
    value = mark.attributes.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return _JOINED.join(texts_of(value))


def _named(mark: Mark, names: dict[Id, str]) -> str:
    return names.get(mark.actor or "") or mark.text
