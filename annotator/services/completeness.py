"""What the codebook asks for and a mark does not say yet."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from annotator.domain.codebook import Codebook
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.services.project import Project
from annotator.store import links, marks


@dataclass(frozen=True, slots=True)
class Gap:
    """One attribute or link that must be filled in and is not."""

    mark: Id
    layer: str
    words: str
    what: str


def gaps(project: Project, article: Id) -> list[Gap]:
    """Return what is not filled in of the annotator's marks in an article, in reading order."""
    me, book = project.annotator.id, project.codebook
    tied: dict[Id, set[str]] = {}
    for link in links.of_article(project.db, article, me):
        tied.setdefault(link.start, set()).add(link.type)
    return [
        gap
        for mark in marks.of_article(project.db, article, me)
        for gap in _gaps(book, mark, tied.get(mark.id, ()))
    ]


def gaps_of(project: Project, mark: Mark) -> list[Gap]:
    """Return what is not filled in of one mark."""
    tied = {link.type for link in project.links_of(mark.id) if link.start == mark.id}
    return _gaps(project.codebook, mark, tied)


def _gaps(book: Codebook, mark: Mark, tied: Container[str]) -> list[Gap]:
    """Return what a mark lacks that has links of these types."""
    if not book.has_layer(mark.layer) or book.layer(mark.layer).retired:
        return []
    layer = book.layer(mark.layer)
    wanted = [
        attribute.label or attribute.name
        for attribute in layer.attributes
        if attribute.required and not attribute.retired and attribute.name not in mark.attributes
    ]
    wanted += [
        link.called
        for link in book.links_from(mark.layer)
        if link.required and link.name not in tied
    ]
    return [Gap(mark.id, layer.label, mark.text, what) for what in wanted]
