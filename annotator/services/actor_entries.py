"""Entries of the actor book: making, naming, describing and taking them out; each act one step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.codebook import ACTOR, Code
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.step import Outcome
from annotator.services.actor_book import entry, refuse_same
from annotator.services.project import Project
from annotator.services.wording import counted, quoted
from annotator.store import actors, marks

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def types(project: Project) -> list[Code]:
    """Return the types an actor may have; none where the codebook knows no actors."""
    codebook = project.codebook
    kind = codebook.layer(ACTOR).attribute("type") if codebook.has_layer(ACTOR) else None
    return [code for code in kind.codes if not code.retired] if kind else []


def create(project: Project, name: str, type: str | None = None) -> Outcome:
    """Make an entry that no mark stands for yet."""
    wanted = " ".join(name.split())
    refuse_same(project, wanted, type)
    actor = Actor(project.file.new_id(), wanted, _checked_type(project, type))
    with project.step(f"New actor {quoted(wanted)}") as ticket:
        ticket.write.put(actor)
    return ticket.outcome


def rename(project: Project, actor_id: Id, name: str) -> Outcome:
    """Give an entry another name; the old one stays as an alias, so mentions are still recognised."""
    old = entry(project, actor_id)
    wanted = " ".join(name.split())
    if wanted == old.name:
        return Outcome(None)
    refuse_same(project, wanted, old.type, but=old.id)
    aliases = [alias for alias in (*old.aliases, old.name) if alias != wanted]
    changed = replace(old, name=wanted, aliases=_distinct(aliases))
    return _put(project, f"Rename actor {quoted(old.name)} to {quoted(wanted)}", changed)


def set_aliases(project: Project, actor_id: Id, aliases: Iterable[str]) -> Outcome:
    """Say by which other names an entry goes."""
    old = entry(project, actor_id)
    kept = _distinct(" ".join(alias.split()) for alias in aliases)
    changed = replace(old, aliases=tuple(alias for alias in kept if alias and alias != old.name))
    return _put(project, f"Aliases of {quoted(old.name)}", changed)


def set_type(project: Project, actor_id: Id, type: str | None) -> Outcome:
    """Say what kind of actor an entry is, in general; each mention has a type of its own."""
    old = entry(project, actor_id)
    if type != old.type:
        refuse_same(project, old.name, type, but=old.id)
    changed = replace(old, type=_checked_type(project, type))
    return _put(project, f"Type of {quoted(old.name)}: {type or 'open'}", changed)


def set_external_id(project: Project, actor_id: Id, external_id: str | None) -> Outcome:
    """Give an entry its id in a catalogue, such as Wikidata."""
    old = entry(project, actor_id)
    wanted = (external_id or "").strip() or None
    return _put(project, f"External id of {quoted(old.name)}", replace(old, external_id=wanted))


def set_note(project: Project, actor_id: Id, note: str) -> Outcome:
    """Write a note on an entry."""
    old = entry(project, actor_id)
    return _put(project, f"Note on {quoted(old.name)}", replace(old, note=note))


def set_affiliations(
    project: Project, actor_id: Id, affiliations: Iterable[Affiliation]
) -> Outcome:
    """Say whom an entry belongs to, and from when to when.

    Raises:
        Refused: it would belong to itself, a date is none, or an end lies before its start.
    """
    old = entry(project, actor_id)
    wanted = tuple(dict.fromkeys(affiliations))
    for item in wanted:
        if item.to == actor_id:
            raise Refused(f"{quoted(old.name)} cannot belong to itself: choose another actor.")
        entry(project, item.to)
        _check_dates(item)
    return _put(project, f"Affiliation of {quoted(old.name)}", replace(old, affiliations=wanted))


def retire(project: Project, actor_id: Id) -> Outcome:
    """Take an entry out of the book.

    Raises:
        Refused: marks stand for it, or other entries belong to it.
    """
    old = entry(project, actor_id)
    count = marks.count_of_actors(project.db, [actor_id])
    if count:
        raise Refused(
            f"{counted(count, 'mark')} {'stands' if count == 1 else 'stand'} for {quoted(old.name)}: "
            "merge it into another actor, or untie its marks first."
        )
    members = [actor.name for actor in actors.affiliated(project.db, actor_id)]
    if members:
        raise Refused(f"{quoted(members[0])} belongs to {quoted(old.name)}: change that first.")
    return _put(project, f"Take {quoted(old.name)} out of the book", replace(old, retired=True))


def _put(project: Project, name: str, changed: Actor) -> Outcome:
    with project.step(name) as ticket:
        ticket.write.put(changed)
    return ticket.outcome


def _checked_type(project: Project, type: str | None) -> str | None:
    allowed = [code.name for code in types(project)]
    if type is not None and allowed and type not in allowed:
        raise Refused(f"“{type}” is no type of actor: choose {', '.join(allowed)}.")
    return type


def _check_dates(item: Affiliation) -> None:
    for date in (item.since, item.until):
        if date is not None and not _DATE.fullmatch(date):
            raise Refused(f"“{date}” is no date: write it as 2026, 2026-11 or 2026-11-21.")
    if item.since and item.until:
        length = min(len(item.since), len(item.until))
        if item.until[:length] < item.since[:length]:
            raise Refused(f"It cannot end ({item.until}) before it begins ({item.since}).")


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
