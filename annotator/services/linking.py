"""Tying marks to each other, and to the author or an unknown voice."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.codebook import LinkType
from annotator.domain.errors import NotFound, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, View
from annotator.domain.proximity import plausible_partners
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import layer_called, named, quoted
from annotator.store import links, marks

REACH = 4_000
"""In code points: partners further from a mark are looked at only where there is none nearer."""


def tie(project: Project, start: Id, type: str, end: Id | Voice) -> Outcome:
    """Tie a mark to another mark or to a voice.

    A link type that allows only one replaces what was there, and the name of the step says
    so; a voice and marks exclude each other. Tying what is tied already changes nothing.

    Raises:
        Refused: the codebook does not allow this link, or the marks are of two articles.
    """
    first = project.own_mark(start)
    second = None if isinstance(end, Voice) else project.own_mark(end)
    kind = project.codebook.check_link(type, first.layer, second.layer if second else None)
    if second and second.article != first.article:
        raise Refused("Two marks can only be tied within one article.")
    if second:
        _refuse_circle(project, type, first, second)
    before = [link for link in project.links_of(start) if link.start == start and link.type == type]
    if any(_leads_to(link, end) for link in before):
        return Outcome(None)
    link = Link(
        id=link_id(start, type, second.id if second else str(end)),
        article=first.article,
        view=View.ANNOTATOR,
        type=type,
        start=start,
        made=project.provenance(),
        end=second.id if second else None,
        voice=end if isinstance(end, Voice) else None,
    )
    replaced = [old for old in before if not kind.several or old.voice or link.voice]
    was = _ends(project, replaced)
    name = f"{_label(kind)} of {named(project, first)}: {_ends(project, [link])}"
    name += f", instead of {was}" if was else ""
    with project.step(name, first.article) as ticket:
        for old in replaced:
            ticket.write.remove(old)
        ticket.write.put(link)
    return ticket.outcome


def untie(project: Project, link_id: Id) -> Outcome:
    """Take a link away."""
    link = links.TABLE.get(project.db, link_id)
    if link is None:
        raise NotFound("This link is no longer there.")
    start = project.own_mark(link.start)
    called = project.codebook.link_called(start.layer, link.type)
    with project.step(f"Untie {called} of {named(project, start)}", link.article) as ticket:
        ticket.write.remove(link)
    return ticket.outcome


def proposals(project: Project, start: Id, type: str) -> list[Id]:
    """Return the ids of the marks a link may lead to, most plausible first; those tied already are left out."""
    mark = project.own_mark(start)
    return _partners(project, mark, type, None)


def nearest(project: Project, start: Id, type: str) -> Mark | None:
    """Return the most plausible partner for a link, or None; what is far away is read only if need be."""
    mark = project.own_mark(start)
    near = (mark.start - REACH, mark.end + REACH)
    found = _partners(project, mark, type, near) or _partners(project, mark, type, None)
    return marks.TABLE.get(project.db, found[0]) if found else None


def tie_to_nearest(project: Project, start: Id, type: str) -> Outcome:
    """Tie a mark to the most plausible partner.

    Raises:
        Refused: there is no mark that this link could lead to.
    """
    found = nearest(project, start, type)
    if found is None:
        mark = project.own_mark(start)
        kind = project.codebook.link(mark.layer, type)
        ends = " or ".join(layer_called(project, end) for end in kind.ends)
        layer = layer_called(project, mark.layer)
        raise Refused(f"There is no {ends} to tie this {layer} to: mark one first.")
    return tie(project, start, type, found.id)


def fitting(project: Project, one: Id, other: Id) -> list[tuple[Id, str, Id]]:
    """Return the ties the codebook allows between two marks and that are not there yet.

    Each is (start, type, end); those that begin at ``one`` come first, in the codebook's order.
    """
    found = []
    for start, end in ((one, other), (other, one)):
        first, second = project.own_mark(start), project.own_mark(end)
        tied = {(link.type, link.end) for link in project.links_of(start) if link.start == start}
        found += [
            (start, kind.name, end)
            for kind in project.codebook.links_from(first.layer)
            if start != end and second.layer in kind.ends and (kind.name, end) not in tied
        ]
    return found


def _partners(project: Project, mark: Mark, type: str, near: Extent | None) -> list[Id]:
    """Return the possible partners, of the whole article or of a part of it, most plausible first.

    Whoever is tied to the mark in another role comes last: hardly anybody speaks to themselves.
    """
    kind = project.codebook.link(mark.layer, type)
    tied = [link for link in project.links_of(mark.id) if link.start == mark.id]
    taken = {link.end for link in tied if link.type == type}
    own = marks.places_on(project.db, mark.article, project.annotator.id, kind.ends, near)
    candidates = [place for place in own if place[2] not in taken]
    cue_id = next((link.end for link in tied if link.type == "cue"), None)
    cue = marks.TABLE.get(project.db, cue_id) if cue_id else None
    text = project.text(project.article(mark.article))
    found = plausible_partners(text, mark, candidates, (cue.start, cue.end) if cue else None)
    elsewhere = {link.end for link in tied}
    return sorted(found, key=lambda other: other in elsewhere)


def _leads_to(link: Link, end: Id | Voice) -> bool:
    return link.voice is end if isinstance(end, Voice) else link.end == end


def _ends(project: Project, ties: Iterable[Link]) -> str:
    """Return where links lead in words: the words of marks in quotation marks, and voices."""
    told = []
    for link in ties:
        mark = marks.TABLE.get(project.db, link.end) if link.end else None
        if link.voice:
            told.append("the author" if link.voice is Voice.AUTHOR else str(link.voice))
        elif mark:
            told.append(quoted(mark.text))
    return " and ".join(told)


def _label(kind: LinkType) -> str:
    return kind.called[:1].upper() + kind.called[1:]


def _refuse_circle(project: Project, type: str, first: Mark, second: Mark) -> None:
    """A claim cannot stand inside itself, however long the way round."""
    if first.layer != second.layer:
        return
    layer = layer_called(project, first.layer)
    called = project.codebook.link_called(first.layer, type)
    seen, waiting = set[Id](), [second.id]
    while waiting:
        here = waiting.pop()
        if here == first.id:
            raise Refused(f"This would put a {layer} {called} itself.")
        if here in seen:  # an imported file may have brought a circle of others
            continue
        seen.add(here)
        waiting += [
            link.end
            for link in project.links_of(here)
            if link.type == type and link.start == here and link.end
        ]
