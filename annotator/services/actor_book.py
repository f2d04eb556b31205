"""Mentions and the actor book: who a mention stands for, and which mentions are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain import names
from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR
from annotator.domain.errors import NotFound, Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.services import recognising
from annotator.services.project import Project
from annotator.services.recognising import Candidate
from annotator.services.wording import counted, layer_called, named, quoted
from annotator.store import actors, marks
from annotator.store.connection import CAN_WAIT_ASIDE


def guess(project: Project, mark: Mark) -> Actor | None:
    """Return the entry a mention most likely stands for, or None."""
    found = recognising.candidates(project, mark)
    return found[0].actor if found else None


def candidates(project: Project, mark_id: Id) -> list[Candidate]:
    """Return the entries a mention may stand for, likeliest first."""
    return recognising.candidates(project, _mention(project, mark_id))


def assign(project: Project, mark_id: Id, actor_id: Id | None) -> Outcome:
    """Say which entry a mention stands for, or that it is open (None)."""
    return assign_all(project, [mark_id], actor_id)


@sliced
def assign_all(project: Project, mark_ids: Sequence[Id], actor_id: Id | None) -> Slices[Outcome]:
    """Say for many mentions at once which entry they stand for, in one step; slice by slice for a window.

    Of an entry that was merged into another meanwhile it is that one.

    Raises:
        NotFound: the entry was taken out of the book.
    """
    olds = yield from _mentions(project, mark_ids)
    if not olds:
        return Outcome(None)
    actor = None if actor_id is None else entry_in_use(project, actor_id)
    wanted = actor.id if actor else None
    with project.step(_step_name(project, olds, actor), _one_article(olds)) as ticket:
        for some in batches(olds):
            ticket.write.put_all(
                [_tied(project, old, wanted) for old in some if old.actor != wanted]
            )
            yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def assign_new(project: Project, mark_id: Id, name: str | None = None) -> Outcome:
    """Make a new entry from a mention and tie the mention to it, in one step."""
    return assign_all_new(project, [mark_id], name)


@sliced
def assign_all_new(
    project: Project, mark_ids: Sequence[Id], name: str | None = None
) -> Slices[Outcome]:
    """Make a new entry, named as the first mention if not otherwise, and tie the mentions to it.

    Raises:
        Refused: the book has an entry of that name and type already.
    """
    olds = yield from _mentions(project, mark_ids)
    if not olds:
        return Outcome(None)
    wanted = " ".join((name or _own_name(project, olds[0])).split())
    type = recognising.type_of(olds[0])
    refuse_same(project, wanted, type)
    actor = Actor(project.file.new_id(), wanted, type)
    with project.step(f"New actor {quoted(actor.name)}", _one_article(olds)) as ticket:
        ticket.write.put(actor)
        for some in batches(olds):
            ticket.write.put_all([_tied(project, old, actor.id) for old in some])
            yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


@sliced
def assign_best(project: Project, mark_id: Id) -> Slices[Outcome]:
    """Tie a mention to the best guess, or to a new entry of its own name where there is none."""
    yield from recognising.index.slices(project)
    found = guess(project, _mention(project, mark_id))
    return assign(project, mark_id, found.id) if found else assign_new(project, mark_id)


def entry(project: Project, actor_id: Id) -> Actor:
    """Return an entry; raise NotFound if the book has none of that id."""
    found = actors.TABLE.get(project.db, actor_id)
    if found is None:
        raise NotFound("This actor is no longer in the actor book.")
    return found


def standing_for(project: Project, actor_id: Id) -> Actor:
    """Return an entry, or the one that took its place where it was merged into another.

    Raises:
        NotFound: the book has none of that id.
    """
    found, seen = entry(project, actor_id), {actor_id}
    # In two files each of two entries may have been merged into the other.
    while found.merged_into is not None and found.merged_into not in seen:
        seen.add(found.merged_into)
        found = entry(project, found.merged_into)
    return found


def entry_in_use(project: Project, actor_id: Id) -> Actor:
    """Return the same, to tie a mention to.

    Raises:
        NotFound: the book has none of that id, or it was taken out.
    """
    found = standing_for(project, actor_id)
    if found.retired:
        raise NotFound(f"{quoted(found.name)} is no longer in the actor book.")
    return found


def namesakes(project: Project, name: str) -> list[Actor]:
    """Return the entries in use of exactly that name."""
    return actors.called(project.db, name)


def called(project: Project, name: str) -> Actor | None:
    """Return the entry of exactly that name, or None; of namesakes the one with the most marks."""
    return max(
        namesakes(project, name),
        key=lambda actor: marks.count_of_actors(project.db, [actor.id]),
        default=None,
    )


def entry_of(project: Project, mark: Id) -> Id | None:
    """Return the entry that a mark, of anybody, stands for, or None."""
    found = marks.TABLE.get(project.db, mark)
    return found.actor if found else None


def refuse_same(project: Project, name: str, type: str | None, but: Id | None = None) -> None:
    """Raise Refused if another entry has exactly this name and type."""
    other = actors.named(project.db, name, type)
    if other and other.id != but:
        raise Refused(
            f"The actor book has {quoted(name)} already: tie to that entry, or give this one "
            "another name, such as with a role in brackets."
        )


def refuse_unless_mention(project: Project, mark: Mark) -> None:
    """Raise Refused if a mark is none that can stand for somebody."""
    if mark.layer != ACTOR:
        raise Refused(
            f"Only an actor mention stands for somebody, not a {layer_called(project, mark.layer)}."
        )


def _mentions(project: Project, mark_ids: Sequence[Id]) -> Slices[list[Mark]]:
    found: list[Mark] = []
    for ids in batches(mark_ids):
        found += [_mention(project, id) for id in ids]
        yield
    return found


def _mention(project: Project, mark_id: Id) -> Mark:
    mark = project.own_mark(mark_id)
    refuse_unless_mention(project, mark)
    return mark


def _step_name(project: Project, olds: list[Mark], actor: Actor | None) -> str:
    who = quoted(actor.name) if actor else "open"
    what = named(project, olds[0]) if len(olds) == 1 else counted(len(olds), "mention")
    return f"Who is {what}: {who}" if len(olds) == 1 else f"Who are {what}: {who}"


def _one_article(olds: list[Mark]) -> Id | None:
    articles = {mark.article for mark in olds}
    return articles.pop() if len(articles) == 1 else None


def _tied(project: Project, mention: Mark, actor: Id | None) -> Mark:
    return replace(mention, actor=actor, made=replace(mention.made, modified=project.file.clock()))


def _own_name(project: Project, mark: Mark) -> str:
    """Return what a mention calls its entry."""
    text = project.text(project.article(mark.article))
    return names.without_possessive(mark.text, text)
