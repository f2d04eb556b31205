"""The actor book: making entries, and tying mentions to them."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR
from annotator.domain.errors import NotFound, Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import named, quoted
from annotator.store import actors


def guess(project: Project, mark: Mark) -> Actor | None:
    """Return the entry a mention most likely stands for: one that has exactly this name or alias.

    Where several do, one of the mention's own type comes first; case counts only for names
    of up to four letters, which are mostly acronyms.
    """
    words = " ".join(mark.text.split())
    same = [
        actor
        for actor in actors.all(project.db)
        if any(_same_name(words, name) for name in actor.names)
    ]
    same.sort(key=lambda actor: actor.type != mark.attributes.get("type"))
    return same[0] if same else None


def assign(project: Project, mark_id: Id, actor_id: Id | None) -> Outcome:
    """Say which entry a mention stands for, or that it is open (None)."""
    old = _mention(project, mark_id)
    actor = None if actor_id is None else entry(project, actor_id)
    what = quoted(actor.name) if actor else "open"
    with project.step(f"Who is {named(old)}: {what}", old.article) as ticket:
        if old.actor != actor_id:
            made = replace(old.made, modified=project.file.clock())
            ticket.write.put(replace(old, actor=actor_id, made=made))
    return ticket.outcome


def assign_new(project: Project, mark_id: Id, name: str | None = None) -> Outcome:
    """Make a new entry from a mention and tie the mention to it, in one step."""
    old = _mention(project, mark_id)
    type = old.attributes.get("type")
    actor = Actor(
        project.file.new_id(), name or " ".join(old.text.split()), str(type) if type else None
    )
    with project.step(f"New actor {quoted(actor.name)}", old.article) as ticket:
        ticket.write.put(actor)
        made = replace(old.made, modified=project.file.clock())
        ticket.write.put(replace(old, actor=actor.id, made=made))
    return ticket.outcome


def assign_best(project: Project, mark_id: Id) -> Outcome:
    """Tie a mention to the best guess, or to a new entry of its own name where there is none."""
    found = guess(project, _mention(project, mark_id))
    return assign(project, mark_id, found.id) if found else assign_new(project, mark_id)


def rename(project: Project, actor_id: Id, name: str) -> Outcome:
    """Give an entry another name; the old one stays as an alias, so mentions are still recognised."""
    old = entry(project, actor_id)
    aliases = tuple(dict.fromkeys((*old.aliases, old.name)))
    changed = replace(
        old, name=name.strip(), aliases=tuple(alias for alias in aliases if alias != name.strip())
    )
    with project.step(f"Rename actor {quoted(old.name)} to {quoted(name)}") as ticket:
        if old.name != changed.name:
            ticket.write.put(changed)
    return ticket.outcome


def entry(project: Project, actor_id: Id) -> Actor:
    """Return an entry; raise NotFound if the book has none of that id."""
    found = actors.TABLE.get(project.db, actor_id)
    if found is None:
        raise NotFound("This actor is no longer in the actor book.")
    return found


def _mention(project: Project, mark_id: Id) -> Mark:
    mark = project.own_mark(mark_id)
    if mark.layer != ACTOR:
        raise Refused(f"Only an actor mention stands for somebody, not a {mark.layer}.")
    return mark


def _same_name(words: str, name: str) -> bool:
    if len(name) <= 4:
        return words == name
    return words.casefold() == name.casefold()
