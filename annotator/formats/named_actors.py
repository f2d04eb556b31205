"""Actors that a file names beside the text and not in it: entries of the actor book, to be tied by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from annotator.domain.actor import Actor
from annotator.domain.coded import Read, Remark
from annotator.domain.identity import derived_id


class NamedActors:
    """Collects who is named for the claims of one article, and counts the links that cannot be made."""

    def __init__(self) -> None:
        self._book: dict[str, Actor] = {}
        self._unplaced: Counter[str] = Counter()

    def add(self, name: str, type: str, role: str) -> None:
        """Take a name; ``role`` is what the file calls those who bear it there."""
        actor = Actor(derived_id("actor", name, type), name, type)
        self._book[actor.id] = actor
        self._unplaced[role] += 1

    def remarks(self, where: str) -> list[Remark]:
        """Return what is to be told of links that are not there."""
        return [
            Remark(
                where,
                f"the {role} of statements is named nowhere in the text: it is in the actor book, to be tied by hand",
                count,
                "link",
            )
            for role, count in self._unplaced.items()
        ]

    def joined(self, read: Read) -> Read:
        """Return what was read together with the entries."""
        if read.coded is None or not self._book:
            return read
        known = {actor.id: actor for actor in read.coded.actors}
        actors = sorted({**self._book, **known}.values(), key=lambda actor: actor.id)
        return replace(read, coded=replace(read.coded, actors=tuple(actors)))
