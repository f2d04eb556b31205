"""Two entries that are one, and one entry that is two: merging and splitting, shown beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.services.actor_book import entry, refuse_same
from annotator.services.project import Project
from annotator.services.wording import counted, quoted
from annotator.store import actors, marks
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.knowledge import INTO, MERGE


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would give: the entry it leaves, and how many marks would move to it."""

    result: Actor
    gone: tuple[Actor, ...]
    moving: int


def preview(project: Project, into: Id, others: Sequence[Id]) -> Preview:
    """Return what merging ``others`` into an entry would do; nothing is changed.

    Raises:
        Refused: nothing to merge, or an entry would be merged into itself.
    """
    target, gone = _parties(project, into, others)
    moving = count_marks(project, [actor.id for actor in gone])
    return Preview(_merged(target, gone), tuple(gone), moving)


@sliced
def merge(project: Project, into: Id, others: Sequence[Id]) -> Slices[Outcome]:
    """Make several entries one, in one step; slice by slice for a window.

    Every mark that stood for the others stands for the entry kept; their names become its
    aliases, their affiliations and notes are added, and who belonged to them belongs to it.
    """
    target, gone = _parties(project, into, others)
    ids = {actor.id for actor in gone}
    names = ", ".join(quoted(actor.name) for actor in gone[:3]) + (" …" if len(gone) > 3 else "")
    now = project.file.clock()
    with project.step(f"{MERGE}{names}{INTO}{quoted(target.name)}") as ticket:
        ticket.write.put(_merged(target, gone))
        for actor in gone:
            ticket.write.put(replace(actor, retired=True, merged_into=into))
            for numbers in marks.numbers_of_actor(project.db, actor.id):
                for some in batches(numbers):
                    moving = marks.TABLE.numbered(project.db, some)
                    ticket.write.put_all([_moved(mark, into, now) for mark in moving])
                    yield
            for member in actors.affiliated(project.db, actor.id):
                if member.id not in ids and member.id != into:
                    ticket.write.put(_belonging(member, ids, into))
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


@sliced
def split(project: Project, actor_id: Id, mark_ids: Sequence[Id], name: str) -> Slices[Outcome]:
    """Give some of an entry's marks to a new entry of that name, in one step; slice by slice for a window.

    An alias of that name goes along.

    Raises:
        Refused: no marks are named, a mark stands for somebody else, or the name is taken.
    """
    old = entry(project, actor_id)
    wanted = " ".join(name.split())
    ids = list(dict.fromkeys(mark_ids))
    moving: list[Mark] = []
    for some in batches(ids):
        found = marks.TABLE.with_keys(project.db, some)
        moving += [mark for mark in found if mark.actor == actor_id]
        yield
    if not moving or len(moving) != len(ids):
        raise Refused(f"Choose marks that stand for {quoted(old.name)} to split off.")
    refuse_same(project, wanted, old.type)
    new = Actor(project.file.new_id(), wanted, old.type)
    now = project.file.clock()
    title = f"Split {counted(len(moving), 'mark')} of {quoted(old.name)} off as {quoted(wanted)}"
    with project.step(title) as ticket:
        ticket.write.put(new)
        if wanted in old.aliases:
            kept = tuple(alias for alias in old.aliases if alias != wanted)
            ticket.write.put(replace(old, aliases=kept))
        for part in batches(moving):
            ticket.write.put_all([_moved(mark, new.id, now) for mark in part])
            yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def count_marks(project: Project, entries: Iterable[Id]) -> int:
    """Return how many marks, of all annotators and gold, stand for any of these entries."""
    return marks.count_of_actors(project.db, entries)


def _parties(project: Project, into: Id, others: Sequence[Id]) -> tuple[Actor, list[Actor]]:
    target = entry(project, into)
    ids = list(dict.fromkeys(others))
    if not ids or into in ids:
        raise Refused("Choose two or more different actors to merge.")
    gone = [entry(project, id) for id in ids]
    if any(actor.retired for actor in (target, *gone)):
        raise Refused("One of these actors is no longer in the book: choose again.")
    return target, gone


def _merged(target: Actor, gone: Sequence[Actor]) -> Actor:
    names = dict.fromkeys(
        name for actor in (target, *gone) for name in actor.names if name != target.name
    )
    ids = {target.id, *(actor.id for actor in gone)}
    bonds = dict.fromkeys(
        bond for actor in (target, *gone) for bond in actor.affiliations if bond.to not in ids
    )
    notes = dict.fromkeys(actor.note for actor in (target, *gone) if actor.note)
    known = [actor for actor in (target, *gone) if actor.external_id]
    return replace(
        target,
        type=target.type or next((actor.type for actor in gone if actor.type), None),
        aliases=tuple(names),
        affiliations=tuple(bonds),
        external_id=known[0].external_id if known else None,
        note="\n".join(notes),
    )


def _belonging(member: Actor, gone: set[Id], into: Id) -> Actor:
    bonds = [
        Affiliation(into, bond.since, bond.until) if bond.to in gone else bond
        for bond in member.affiliations
    ]
    return replace(member, affiliations=tuple(dict.fromkeys(bonds)))


def _moved(mark: Mark, actor: Id, now: str) -> Mark:
    return replace(mark, actor=actor, made=replace(mark.made, modified=now))
