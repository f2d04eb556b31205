"""What most annotators said of an article: a view for releases of work that nobody adjudicated.

A thing is in it if more than half of those who finished the layer marked it; a value or a link, if
more than half of those who marked the thing gave it. Chance decides nothing: a tie leaves a value
out, and of bounds that are equally frequent the first in the text stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.domain.article import Verdict
from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import Fragment
from annotator.domain.identity import Id, derived_id
from annotator.domain.link import Link, link_id
from annotator.domain.mark import Mark, Value
from annotator.services.disagreements import Case

MAJORITY = "majority"
"""What the view is called."""


def majority(own: Sequence[CodedArticle], cases: Sequence[Case]) -> CodedArticle:
    """Return what most said of one article.

    Args:
        own: what each annotator finished of it; layers that one of them alone finished are taken over.
        cases: everything that two or more who are done marked in it.
    """
    kept = [case for case in cases if 2 * len(case.marks) > len(case.annotators)]
    known = {mark.id for case in cases for mark in case.marks.values()}
    alone = [mark for coded in own for mark in coded.marks if mark.id not in known]
    named = {mark.id: mark.id for mark in alone}
    marks = list(alone)
    for case in kept:
        made = _mark(case)
        marks.append(made)
        named |= {mark.id: made.id for mark in case.marks.values()}
    single = {mark.id for mark in alone}
    links = [
        replace(link, end=named[link.end] if link.end else None)
        for coded in own
        for link in coded.links
        if link.start in single and (not link.end or link.end in named)
    ]
    for case in kept:
        links += _links(case, named)
    done = {
        layer
        for coded in own
        for layer, verdict in coded.states.items()
        if verdict is not Verdict.OPEN
    }
    marked = {mark.layer for mark in marks}
    actors = {actor.id: actor for coded in own for actor in coded.actors}
    wanted = {mark.actor for mark in marks}
    return replace(
        own[0],
        view=MAJORITY,
        annotator=None,
        states={
            layer: Verdict.DONE if layer in marked else Verdict.NOTHING_FOUND
            for layer in sorted(done)
        },
        actors=tuple(actor for id, actor in sorted(actors.items()) if id in wanted),
        marks=tuple(marks),
        links=tuple({link.id: link for link in links}.values()),
    )


def _mark(case: Case) -> Mark:
    marks = [case.marks[who] for who in sorted(case.marks)]
    bounds = Counter(_extents(mark.fragments) for mark in marks)
    chosen = min(bounds, key=lambda extents: (-bounds[extents], extents))
    actor = _most((mark.actor for mark in marks), len(marks))
    model = next(mark for mark in marks if _extents(mark.fragments) == chosen)
    return replace(
        model,
        id=derived_id(MAJORITY, *case.mark_ids),
        attributes=dict(_values(marks)),
        actor=actor if isinstance(actor, str) else None,
        note="",
    )


def _extents(fragments: Iterable[Fragment]) -> tuple[tuple[int, int], ...]:
    return tuple(part.extent for part in fragments)


def _values(marks: Sequence[Mark]) -> Iterator[tuple[str, Value]]:
    for name in sorted({name for mark in marks for name in mark.attributes}):
        value = _most((mark.attributes.get(name) for mark in marks), len(marks))
        if value is not None:
            yield name, value


def _links(case: Case, named: Mapping[Id, Id]) -> Iterator[Link]:
    start = derived_id(MAJORITY, *case.mark_ids)
    counts: Counter[tuple[str, str]] = Counter()
    model: dict[tuple[str, str], Link] = {}
    for links in case.links.values():
        # Two marks of one person may lead to one thing: that is said once.
        said = {}
        for link in links:
            goal = named.get(link.end) if link.end else str(link.voice)
            if goal:
                said[link.type, goal] = link
        counts.update(said.keys())
        model |= said
    for (type, goal), count in sorted(counts.items()):
        if 2 * count > len(case.marks):
            link = model[type, goal]
            end = goal if link.end else None
            yield replace(link, id=link_id(start, type, goal), start=start, end=end)


def _most(values: Iterable[Value | None], total: int) -> Value | None:
    """Return the value that more than half gave, or None."""
    value, count = Counter(values).most_common(1)[0]
    return value if 2 * count > total else None
