"""Groups of articles that are copies of each other: made, parted and told apart, each in one step.

Copies are never removed. Articles of one group go to the same side of every split, and are counted
as one where somebody asks for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from annotator.analysis.copies import joined, original
from annotator.domain.apart import Apart
from annotator.domain.article import Article
from annotator.domain.errors import Refused
from annotator.domain.identity import Id, derived_id
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import quoted
from annotator.store import apart, articles
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.step_writer import Writer

MANY = 200
"""From so many articles on a step does not tell each of them to the window."""


@sliced
def group(project: Project, groups: Iterable[Sequence[Article]]) -> Slices[Outcome]:
    """Call the articles of each group copies of each other, in one step; slice by slice for a window.

    Groups that were there and share an article with a new one become one with it.
    """
    ties = [(one.id, other.id) for some in groups for one, other in pairwise(some)]
    touched = {id for tie in ties for id in tie}
    yield
    known = yield from _with_their_groups(project, touched)
    first: dict[str, Id] = {}
    ties += [
        (first.setdefault(one.duplicate_group, one.id), one.id)
        for one in known.values()
        if one.duplicate_group
    ]
    yield
    wanted = [
        [known[id] for id in some] for some in joined(known, ties) if touched.intersection(some)
    ]
    denied = apart.pairs(project.db)
    name = f"Group {sum(map(len, wanted)):,} copies"
    with project.step(name, bulk=len(touched) > MANY) as ticket:
        for number, some in enumerate(wanted):
            names = sorted({one.duplicate_group for one in some if one.duplicate_group})
            common = names[0] if names else derived_id("copies", original(some).id)
            for part in batches(some):
                ticket.write.put_all(replace(one, duplicate_group=common) for one in part)
                yield number, len(wanted), ""
            inside = {one.id for one in some}
            for pair in denied:
                if pair <= inside:
                    _forget(project, ticket.write, pair)
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def part(project: Project, article: Id) -> Outcome:
    """Say that an article is no copy of the others of its group, and take it out; a group of one is none.

    Raises:
        Refused: it is in no group.
    """
    found = project.article(article)
    if not found.duplicate_group:
        raise Refused(f"{quoted(found.title)} is not called a copy of any article.")
    rest = [one for one in members(project, found) if one.id != article]
    with project.step(f"No copy: {quoted(found.title)}", article) as ticket:
        for one in [found, *(rest if len(rest) == 1 else ())]:
            ticket.write.put(replace(one, duplicate_group=None))
        for one in rest:
            _tell_apart(project, ticket.write, article, one.id)
    return ticket.outcome


def tell_apart(project: Project, one: Id, other: Id) -> Outcome:
    """Say that two articles are no copies: they are not asked about again, nor grouped by their words.

    If they are in one group, ``other`` leaves it.
    """
    first, second = project.article(one), project.article(other)
    if first.duplicate_group and first.duplicate_group == second.duplicate_group:
        return part(project, other)
    with project.step(f"No copies: {quoted(first.title)}, {quoted(second.title)}") as ticket:
        _tell_apart(project, ticket.write, one, other)
    return ticket.outcome


def members(project: Project, article: Article) -> list[Article]:
    """Return the articles of a group, the likely original first; only itself where it has no group."""
    if not article.duplicate_group:
        return [article]
    return list(in_order(articles.in_group(project.db, article.duplicate_group)))


def all_groups(project: Project) -> list[tuple[Article, ...]]:
    """Return every group, the likely original first, in the order of the project."""
    found: dict[str, list[Article]] = {}
    for one in articles.grouped(project.db):
        found.setdefault(one.duplicate_group or "", []).append(one)
    return [in_order(group) for group in found.values()]


def in_order(group: Sequence[Article]) -> tuple[Article, ...]:
    """Return a group with the likely original first, the others by the day they were published."""
    first = original(group)
    rest = sorted(
        (one for one in group if one.id != first.id),
        key=lambda one: (one.meta.published or "~", one.position, one.id),
    )
    return (first, *rest)


def _with_their_groups(project: Project, ids: Iterable[Id]) -> Slices[dict[Id, Article]]:
    """Return articles with the others of the groups they are in, by id, in the order of the project."""
    found: dict[Id, Article] = {}
    for some in batches(sorted(ids)):
        found |= {one.id: one for one in articles.TABLE.with_keys(project.db, some)}
        yield
    names = {one.duplicate_group for one in found.values() if one.duplicate_group}
    for numbers in articles.numbers_in_groups(project.db, names):
        for few in batches(numbers):
            found |= {one.id: one for one in articles.TABLE.numbered(project.db, few)}
            yield
    ordered = sorted(found.values(), key=lambda one: (one.position, one.id))
    return {one.id: one for one in ordered}


def _tell_apart(project: Project, write: Writer, one: Id, other: Id) -> None:
    if frozenset((one, other)) not in apart.pairs(project.db):
        first, second = sorted((one, other))
        write.put(Apart(first, second, project.annotator.id, project.file.clock()))


def _forget(project: Project, write: Writer, pair: frozenset[Id]) -> None:
    for record in apart.of_article(project.db, min(pair)):
        if {record.one, record.other} == pair:
            write.remove(record)
