"""What the codebook asks for and a mark does not say yet."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.identity import Id
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
    tied = {(link.start, link.type) for link in links.of_article(project.db, article, me)}
    found = []
    for mark in marks.of_article(project.db, article, me):
        if not book.has_layer(mark.layer) or book.layer(mark.layer).retired:
            continue
        layer = book.layer(mark.layer)
        wanted = [
            attribute.label or attribute.name
            for attribute in layer.attributes
            if attribute.required
            and not attribute.retired
            and attribute.name not in mark.attributes
        ]
        wanted += [
            link.label or link.name
            for link in book.links_from(mark.layer)
            if link.required and (mark.id, link.name) not in tied
        ]
        found += [Gap(mark.id, layer.label, mark.text, what) for what in wanted]
    return found
