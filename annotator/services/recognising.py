"""Which entry of the actor book a mention most likely stands for, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.names import folded, initials, is_acronym, is_part_of, short_forms
from annotator.domain.slices import Slices, sliced
from annotator.services.project import Changed, Project
from annotator.store import actors, marks

SAME, SPELLED_OUT, ACRONYM, LAST_PART, WITHIN, FIRST_PART = 100.0, 97.0, 90.0, 86.0, 84.0, 78.0
ONE_WORD_WITHIN = 76.0
"""How much each kind of likeness is worth, of 100."""

LEAST = 70.0
"""What is less likely than this is not proposed."""

LEAST_RATIO = 86.0
"""How alike two spellings must be, of 100 (rapidfuzz: normalised indel distance)."""

ARRANGED = 100
"""So many entries are arranged by their names in one slice."""

MANY = 2_000
"""So many entries take longer to arrange than a frame."""

SEEN_HERE, OTHER_TYPE = 5.0, -10.0


Name = tuple[Id, str]
"""An entry and one of its names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry a mention may stand for.

    Attributes:
        reason: what speaks for it, in words.
        score: of about 100; more is likelier.
    """

    actor: Actor
    reason: str
    score: float


class NameIndex:
    """All names of the actor book, arranged so that one mention is looked up in milliseconds."""

    def __init__(self, book: Iterable[Actor]) -> None:
        self._actors: dict[Id, Actor] = {}
        self._same: dict[str, list[Name]] = defaultdict(list)
        self._initials: dict[str, set[Name]] = defaultdict(set)
        self._edges: dict[str, set[Name]] = defaultdict(set)
        self._sorted: list[str] = []
        self._owners: list[Name] = []
        self.update(book)

    @property
    def heaps(self) -> Sequence[dict[str, Any]]:
        """What it consists of, for whoever forgets it bit by bit: what holds an entry comes last."""
        return self._edges, self._initials, self._same, self._actors

    def update(self, book: Iterable[Actor]) -> None:
        """Take over what changed in the book; names that went are passed over when looking up."""
        before, self._actors = self._actors, {}
        for actor in book:
            old = before.get(actor.id)
            if old is actor:
                self._actors[actor.id] = actor
            else:
                self._take(actor, old.names if old else ())

    def add(self, entries: Iterable[Actor]) -> None:
        """Take in entries that are new."""
        for actor in entries:
            self._take(actor, ())

    def candidates(
        self,
        words: str,
        type: str | None,
        seen: Collection[Id] = (),
        abbreviated: Mapping[str, str] | None = None,
    ) -> list[Candidate]:
        """Return the entries these words may stand for, likeliest first.

        Args:
            type: of the mention; entries of another type are less likely.
            seen: entries that the same article mentions already are likelier.
            abbreviated: short forms that the article explains.
        """
        plain = " ".join(words.split())
        likeness: dict[Id, tuple[float, str]] = {}
        for named, score, reason in self._alike(plain, abbreviated or {}):
            id = named[0]
            if self._holds(named) and score > likeness.get(id, (0.0, ""))[0]:
                likeness[id] = (score, reason)
        if not likeness:
            likeness = self._spelled_alike(plain)
        found = []
        for id, (base, reason) in likeness.items():
            actor = self._actors[id]
            other_type = type is not None and actor.type is not None and actor.type != type
            score = base + (SEEN_HERE if id in seen else 0) + (OTHER_TYPE if other_type else 0)
            if score >= LEAST:
                found.append(Candidate(actor, reason, score))
        return sorted(found, key=lambda item: (-item.score, item.actor.name, item.actor.id))

    def _take(self, actor: Actor, known: tuple[str, ...]) -> None:
        self._actors[actor.id] = actor
        for name in actor.names:
            if name not in known:
                self._add(actor.id, name)

    def _add(self, id: Id, name: str) -> None:
        plain = _key(name)
        words = plain.split()
        self._same[plain].append((id, name))
        self._sorted.append(" ".join(sorted(words)))
        self._owners.append((id, name))
        if len(words) > 1:
            self._initials[initials(name)].add((id, name))
            for edge in (words[0], words[-1]):
                self._edges[edge].add((id, name))

    def _holds(self, named: Name) -> bool:
        """Tell whether an entry still has a name."""
        id, name = named
        actor = self._actors.get(id)
        return actor is not None and name in actor.names

    def _alike(
        self, words: str, abbreviated: Mapping[str, str]
    ) -> Iterable[tuple[Name, float, str]]:
        plain = _key(words)
        for id, name in self._same.get(plain, ()):
            if not _is_short(name) or _letters(name) == _letters(words):
                yield (id, name), SAME, "same name"
        long = abbreviated.get(words)
        if long:
            for named in self._same.get(folded(long), ()):
                yield named, SPELLED_OUT, "spelled out in this article"
        if is_acronym(words):
            for named in self._initials.get(plain, ()):
                yield named, ACRONYM, "acronym"
        letters = initials(words)
        for id, name in self._same.get(letters, ()) if letters else ():
            if is_acronym(name):
                yield (id, name), ACRONYM, "acronym"
        yield from self._parts(plain)

    def _parts(self, plain: str) -> Iterable[tuple[Name, float, str]]:
        tokens = plain.split()
        for id, name in self._edges.get(tokens[-1], set()) | self._edges.get(tokens[0], set()):
            whole = _key(name)
            if is_part_of(plain, whole):
                score = LAST_PART if whole.endswith(f" {plain}") else FIRST_PART
                yield (id, name), score, "part of the name"
        for begin in range(1, len(tokens)):
            for id, name in self._same.get(" ".join(tokens[begin:]), ()):
                if not _is_short(name):
                    score = WITHIN if begin < len(tokens) - 1 else ONE_WORD_WITHIN
                    yield (id, name), score, "name with more words"

    def _spelled_alike(self, words: str) -> dict[Id, tuple[float, str]]:
        plain = " ".join(sorted(_key(words).split()))
        if len(plain) < 5:
            return {}
        from rapidfuzz import fuzz, process

        found: dict[Id, tuple[float, str]] = {}
        for _, ratio, place in process.extract(
            plain, self._sorted, scorer=fuzz.ratio, score_cutoff=LEAST_RATIO, limit=8
        ):
            score, named = ratio * 0.9, self._owners[place]
            if self._holds(named) and score > found.get(named[0], (0.0, ""))[0]:
                found[named[0]] = (score, "similar spelling")
        return found


@sliced
def book(project: Project) -> Slices[list[Actor]]:
    """Return the entries in use, by name; after an act only what changed is read anew."""

    def renewed(old: actors.Decoded | None, changed: Changed) -> Slices[actors.Decoded]:
        if old is None or changed is None:
            return (yield from actors.decoded.slices(project.db, old or {}))
        return actors.with_changed(project.db, old, changed)

    found: actors.Decoded = yield from project.kept_in_slices("book", "actor", renewed)
    return [actor for _, actor in found.values()]


@sliced
def index(project: Project) -> Slices[NameIndex]:
    """Return the names of the actor book; after an act only what changed is arranged anew."""

    def renewed(old: NameIndex | None, _: Changed) -> Slices[NameIndex]:
        entries = yield from book.slices(project)
        if old:
            # All at once: nobody is to look into one that is half arranged.
            old.update(entries)
            return old
        names = NameIndex(())
        for first in range(0, len(entries), ARRANGED):
            names.add(entries[first : first + ARRANGED])
            yield
        return names

    names: NameIndex = yield from project.kept_in_slices("names", "actor", renewed)
    return names


def is_arranged(project: Project) -> bool:
    """Tell whether names can be looked up at once: a large book is better arranged slice by slice before."""
    return project.is_at_hand("names", "actor") or actors.TABLE.last_row(project.db) < MANY


def candidates(project: Project, mark: Mark) -> list[Candidate]:
    """Return the entries a mention may stand for, likeliest first."""
    names = index(project)
    text = project.text(project.article(mark.article))
    seen = marks.actors_in(project.db, mark.article, mark.annotator, mark.view)
    return names.candidates(mark.text, type_of(mark), seen, short_forms(text))


def type_of(mark: Mark) -> str | None:
    """Return the type a mention was given, if it was."""
    value = mark.attributes.get("type")
    return value if isinstance(value, str) else None


def _key(name: str) -> str:
    """Return what a name is found by; one without letters, such as an emoji, by itself."""
    return folded(name) or " ".join(name.split())


def _is_short(name: str) -> bool:
    """Tell whether case matters: names of up to four letters are mostly acronyms (*IS*, *WHO*)."""
    return len(_letters(name)) <= 4 and name.upper() != name.lower()


def _letters(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum())
