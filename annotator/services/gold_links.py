"""Links of gold marks: those of the accepted marks, from gold to gold, as far as both ends are decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from annotator.domain.adjudication import Adjudication, gold_id
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.link import Link, link_id
from annotator.domain.mark import Mark, View
from annotator.services.project import Project
from annotator.store import adjudications, links, marks


@dataclass(frozen=True, slots=True)
class Lacking:
    """A link of an accepted mark that gold does not have.

    Attributes:
        gold: the gold mark it would begin at.
        end: the annotator's mark it leads to; None for a voice.
        is_open: whether nothing is decided yet about where it leads to.
    """

    gold: Id
    type: str
    end: Id | None
    is_open: bool


def due(project: Project, article: Id, new: Collection[Id]) -> Iterator[Link]:
    """Yield the links that new decisions make possible: from their gold marks, and to them."""
    decisions = adjudications.of_article(project.db, article)
    by_mark = {mark: one for one in decisions for mark in one.marks}
    decided = {mark for one in decisions if one.id in new for mark in one.marks}
    for one in decisions:
        for chosen in one.chosen:
            for link in _links_from(project, chosen):
                if one.id in new or link.end in decided:
                    found = _gold_link(project, link, by_mark)
                    if found:
                        yield found


def lacking(project: Project, article: Id) -> list[Lacking]:
    """Return the links of accepted marks that gold does not have, so that none goes missing unseen."""
    decisions = adjudications.of_article(project.db, article)
    by_mark = {mark: one for one in decisions for mark in one.marks}
    there = {link.id for link in links.of_article(project.db, article, None, View.GOLD)}
    found = []
    for one in decisions:
        for chosen in one.chosen:
            for link in _links_from(project, chosen):
                wanted = _gold_link(project, link, by_mark)
                if wanted is None or wanted.id not in there:
                    is_open = link.end is not None and link.end not in by_mark
                    found.append(Lacking(gold_id(chosen), link.type, link.end, is_open))
    return found


def _links_from(project: Project, mark: Id) -> list[Link]:
    return [link for link in links.of_mark(project.db, mark) if link.start == mark]


def _gold_link(project: Project, link: Link, by_mark: dict[Id, Adjudication]) -> Link | None:
    start = _gold_mark(project, gold_id(link.start))
    end = None
    if link.end is not None:
        decision = by_mark.get(link.end)
        if decision is None or not decision.gold:
            return None
        wanted = gold_id(link.end)
        end = _gold_mark(project, wanted if wanted in decision.gold else decision.gold[0])
    if start is None or (link.end is not None and end is None):
        return None
    me = project.annotator.id
    if start.annotator != me or (end and end.annotator != me):
        return None
    try:
        project.codebook.check_link(link.type, start.layer, end.layer if end else None)
        return Link(
            id=link_id(start.id, link.type, end.id if end else str(link.voice)),
            article=link.article,
            view=View.GOLD,
            type=link.type,
            start=start.id,
            made=project.provenance(),
            end=end.id if end else None,
            voice=link.voice,
        )
    except Refused:
        return None


def _gold_mark(project: Project, id: Id) -> Mark | None:
    return marks.TABLE.get(project.db, id)
