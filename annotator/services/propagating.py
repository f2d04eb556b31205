"""Marks copied from an article to its copies, wherever the text is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.analysis.differences import Alignment
from annotator.domain.article import Article
from annotator.domain.errors import Refused
from annotator.domain.fragment import Fragment, cut
from annotator.domain.identity import Id, derived_id
from annotator.domain.link import link_id
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.domain.slices import SAVING, Slices, sliced, whole
from annotator.domain.step import Outcome
from annotator.services import duplicate_groups, marking
from annotator.services.project import Project
from annotator.services.wording import counted, quoted
from annotator.store import articles, links, marks
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.step_writer import Writer

AROUND = 5
"""A passage counts as the same from so many words and signs on; single words are everywhere."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied to how many articles, and how many marks have no place there."""

    outcome: Outcome
    articles: int = 0
    marks: int = 0
    links: int = 0
    without_place: int = 0

    def in_words(self) -> str:
        """Return it as a sentence."""
        said = (
            f"Copied {counted(self.marks, 'mark')} and {counted(self.links, 'link')} "
            f"to {counted(self.articles, 'article')}."
        )
        if self.without_place:
            said += (
                f" {counted(self.without_place, 'mark')} had no place there, as the text differs."
            )
        return said


@sliced
def propagate(project: Project, article: Id) -> Slices[Copied]:
    """Copy the annotator's own marks and links of an article to the others of its group, in one step.

    Slice by slice for a window.

    A mark goes where all its words stand in a passage that is the same; where the annotator has
    the same mark already it is left as it is.

    Raises:
        Refused: the article is in no group, or nothing of it is marked.
    """
    found = project.article(article)
    if not found.duplicate_group:
        raise Refused(f"{quoted(found.title)} is not called a copy of any article: group it first.")
    if not marks.of_article(project.db, article, project.annotator.id):
        raise Refused(f"You have marked nothing in {quoted(found.title)} that could be copied.")
    done = yield from _propagate(project, f"Copy marks of {quoted(found.title)}", [found])
    return done


def to_copy(project: Project, article: Id) -> int:
    """Return how many marks ``propagate`` would make at most."""
    found = project.article(article)
    own = marks.of_article(project.db, article, project.annotator.id)
    return len(own) * (len(duplicate_groups.members(project, found)) - 1)


def better_marked(project: Project, one: Id, other: Id) -> Id:
    """Return which of two articles the annotator has marked more of; the first if it is the same."""
    first, second = (
        len(marks.of_article(project.db, id, project.annotator.id)) for id in (one, other)
    )
    return other if second > first else one


def propagate_all(project: Project) -> Copied:
    """Copy the annotator's own marks within every group, from its most marked article, in one step."""
    groups: dict[str, list[Article]] = {}
    for one in articles.all(project.db):
        if one.duplicate_group:
            groups.setdefault(one.duplicate_group, []).append(one)
    counts = marks.counts(project.db, project.annotator.id)

    def marked(one: Article) -> int:
        return sum(counts.get(one.id, {}).values())

    best = [max(group, key=lambda one: (marked(one), -one.position)) for group in groups.values()]
    return whole(_propagate(project, "Copy marks to copies", [one for one in best if marked(one)]))


def _propagate(project: Project, name: str, models: Iterable[Article]) -> Slices[Copied]:
    done = Copied(Outcome(None))
    with project.step(name) as ticket:
        for model in models:
            for copy in duplicate_groups.members(project, model):
                if copy.id != model.id:
                    done = yield from _to(project, ticket.write, model, copy, done)
        if CAN_WAIT_ASIDE:
            yield SAVING
    return replace(done, outcome=ticket.outcome)


def _to(
    project: Project, write: Writer, model: Article, copy: Article, done: Copied
) -> Slices[Copied]:
    person = project.annotator.id
    text = project.text(copy)
    alignment = Alignment(project.text(model), text)
    yield
    there = {_looks(mark): mark for mark in marks.of_article(project.db, copy.id, person)}
    twin: dict[Id, Mark] = {}
    made = unplaced = 0
    for mark in marks.of_article(project.db, model.id, person):
        fragments = _moved(mark, alignment, text)
        if fragments is None:
            unplaced += 1
            continue
        new = replace(
            mark,
            id=derived_id("copy of mark", mark.id, copy.id),
            article=copy.id,
            view=View.ANNOTATOR,
            fragments=fragments,
            made=_provenance(project, mark.made),
        )
        known = there.get(_looks(new)) or marks.TABLE.get(project.db, new.id)
        if known is None:
            write.put(new)
            marking.reopen(project, write, copy.id, new.layer)
            made += 1
            yield
        twin[mark.id] = known or new
    tied = _tie(project, write, model, copy, twin)
    return replace(
        done,
        articles=done.articles + bool(made or tied),
        marks=done.marks + made,
        links=done.links + tied,
        without_place=done.without_place + unplaced,
    )


def _tie(
    project: Project, write: Writer, model: Article, copy: Article, twin: dict[Id, Mark]
) -> int:
    """Copy the links whose marks have a twin; where the twin is tied already, that stays."""
    person = project.annotator.id
    tied = {(one.type, one.start) for one in links.of_article(project.db, copy.id, person)}
    count = 0
    for link in links.of_article(project.db, model.id, person):
        start = twin.get(link.start)
        end = twin.get(link.end) if link.end else None
        if start is None or (link.end and end is None) or (link.type, start.id) in tied:
            continue
        goal = end.id if end else str(link.voice)
        write.put(
            replace(
                link,
                id=link_id(start.id, link.type, goal),
                article=copy.id,
                start=start.id,
                end=end.id if end else None,
                made=_provenance(project, link.made),
            )
        )
        count += 1
    return count


def _moved(mark: Mark, alignment: Alignment, text: str) -> tuple[Fragment, ...] | None:
    """Return where the words of a mark stand in a copy, or None if not all of them do."""
    moved: list[Fragment] = []
    for part in mark.fragments:
        extent = alignment.moved(part.extent, AROUND)
        if extent is None:
            return None
        moved.append(cut(text, *extent))
    return tuple(moved)


def _provenance(project: Project, made: Provenance) -> Provenance:
    """Return who copied it now; it still keeps the rules of the codebook it was made under."""
    copied = project.provenance(Origin.PROPAGATED, made.suggester)
    return replace(copied, codebook_version=made.codebook_version)


def _looks(mark: Mark) -> tuple[object, ...]:
    return mark.layer, tuple(part.extent for part in mark.fragments)
