"""What a statement can be counted by: whom its links name, what its attributes say, where it stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from annotator.analysis.events import Level, Scale
from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR, Attribute, Codebook, Kind, Layer
from annotator.domain.errors import BadInput
from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.store.statements import ArticleRow, EndRow

ARTICLE_FIELDS = ("publisher", "author", "title")
FACETS = ("type", "affiliation")
AUTHOR = "(the article’s author)"
YES = {"support", "positive", "yes"}
NO = {"oppose", "negative", "no"}


class Statement(NamedTuple):
    """What is known about a mark that may become a statement."""

    values: Mapping[str, Value]
    ends: Sequence[EndRow]
    article: ArticleRow
    day: date | None


Values = Callable[[Statement], tuple[str, ...]]
"""Gives what a statement says of one variable; nothing where it says nothing."""


@dataclass(frozen=True, slots=True)
class Book:
    """The actor book as names of nodes; entries that share a name are told apart by their type.

    Attributes:
        linked_only: leave out mentions that stand for nobody in the book, instead of
            counting them under their own words.
        voices: count what the article's author says under a name of its own.
    """

    actors: Mapping[Id, Actor]
    names: Mapping[Id, str]
    linked_only: bool = False
    voices: bool = False

    @classmethod
    def of(cls, actors: Iterable[Actor], *, linked_only: bool, voices: bool) -> Book:
        """Return the book of these entries."""
        by_id = {actor.id: actor for actor in actors}
        often = Counter(actor.name for actor in by_id.values())
        names = {
            id: f"{actor.name} ({actor.type or 'no type'})" if often[actor.name] > 1 else actor.name
            for id, actor in by_id.items()
        }
        return cls(by_id, names, linked_only, voices)

    def named(self, end: EndRow, facet: str, day: date | None) -> str:
        """Return the name of the node that the end of a link stands for; empty for none."""
        if end.voice:
            return AUTHOR if self.voices and end.voice == "author" else ""
        if end.layer != ACTOR:
            return ""
        actor = self.actors.get(end.actor or "")
        if actor is None:
            return "" if self.linked_only or facet else " ".join((end.words or "").split())
        if facet == "type":
            return actor.type or ""
        if facet == "affiliation":
            return self._affiliation(actor, day)
        return self.names[actor.id]

    def _affiliation(self, actor: Actor, day: date | None) -> str:
        """Return whom an actor belonged to on a day; whoever belongs to nobody stands for himself."""
        at = day.isoformat() if day else ""
        for bond in actor.affiliations:
            began = not bond.since or not at or bond.since[:10] <= at
            lasts = not bond.until or not at or at <= bond.until[:10]
            if began and lasts and bond.to in self.names:
                return self.names[bond.to]
        return self.names[actor.id]


def variable(codebook: Codebook, layer: Layer, name: str, book: Book) -> Values:
    """Return what gives the values of a variable.

    ``source`` is whom links of this type lead to, ``source.type`` and ``source.affiliation`` what
    the actor book says of them; ``topics`` an attribute; ``publisher``, ``author`` and ``title``
    are of the article.

    Raises:
        BadInput: no such variable.
    """
    base, _, facet = name.partition(".")
    if facet in ("", *FACETS) and any(
        kind.name == base and ACTOR in kind.ends for kind in codebook.links_from(layer.name)
    ):

        def names(said: Statement) -> tuple[str, ...]:
            found = [book.named(end, facet, said.day) for end in said.ends if end.type == base]
            if len(found) < 2:  # nearly always: this is done for every mark of a project
                return tuple(filter(None, found))
            return tuple(dict.fromkeys(name for name in found if name))

        return names
    attribute = layer.attribute(name)
    if attribute:
        labels = {code.name: code.label or code.name for code in attribute.codes}

        @lru_cache(maxsize=4096)
        def told(value: Value | None) -> tuple[str, ...]:
            return _told(labels, value)

        return lambda said: told(said.values.get(name))
    if name in ARTICLE_FIELDS:
        return lambda said: _one(getattr(said.article, name))
    known = ", ".join(variables(codebook, layer))
    raise BadInput(f"“{name}” is nothing a {layer.name} can be counted by: choose from {known}.")


def variables(codebook: Codebook, layer: Layer) -> list[str]:
    """Return the names of what statements of a layer can be counted by."""
    links = [kind.name for kind in codebook.links_from(layer.name) if ACTOR in kind.ends]
    facets = [f"{name}.{facet}" for name in links for facet in FACETS]
    attributes = [
        item.name for item in layer.attributes if not item.retired and item.kind is not Kind.DATE
    ]
    return [*links, *attributes, *ARTICLE_FIELDS, *facets]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """How an attribute becomes the stance of a statement.

    Attributes:
        signs: what each value counts, for scales with a middle.
        weight: another attribute that multiplies the sign, such as the intensity.
    """

    attribute: Attribute
    scale: Scale
    signs: Mapping[str, int]
    weight: str = ""

    def level(self, values: Mapping[str, Value]) -> Level:
        """Return the level of a statement; None where it takes no side."""
        value = values.get(self.attribute.name)
        if value is None or isinstance(value, tuple):
            return None
        if self.attribute.kind is Kind.SCALE:
            return _number(value)
        if self.scale is Scale.CATEGORIES:
            return str(value)
        sign = int(value) if isinstance(value, bool) else self.signs.get(str(value))
        if sign is None or not self.weight:
            return sign
        return sign * (_number(values.get(self.weight)) or 1)


def qualifier(
    layer: Layer, name: str = "", *, middle: bool = False, weight: str = ""
) -> Qualifier | None:
    """Return the qualifier of a name, or for no name the one that tells for from against, if there is one.

    Args:
        middle: count what is neutral or mixed as half-way between for and against.

    Raises:
        BadInput: no attribute of that name, or one that cannot qualify.
    """
    found = layer.attribute(name) if name else next(filter(_takes_sides, layer.attributes), None)
    if found is None and name:
        raise BadInput(
            f"The layer {layer.name} has no attribute “{name}” to tell stances apart by."
        )
    if found is None:
        return None
    if found.kind in (Kind.SEVERAL, Kind.DATE):
        raise BadInput(
            f"“{found.name}” cannot tell stances apart: choose an attribute of one value."
        )
    if found.kind is Kind.SCALE:
        return Qualifier(found, Scale.NUMBERS, {})
    if found.kind is Kind.YES_NO:
        return Qualifier(found, Scale.BINARY, {})
    if not _takes_sides(found):
        return Qualifier(found, Scale.CATEGORIES, {})
    yes = {code.name: 1 for code in found.codes if code.name in YES}
    against = -1 if middle or weight else 0
    signs = yes | {code.name: against for code in found.codes if code.name in NO}
    if middle or weight:
        signs |= {code.name: 0 for code in found.codes if code.name in ("neutral", "mixed")}
    return Qualifier(found, Scale.NUMBERS if middle or weight else Scale.BINARY, signs, weight)


@lru_cache(maxsize=4096)
def day_of(stated: Value | None, published: str | None) -> date | None:
    """Return the day of a statement: its own date, else that of its article."""
    for text in (stated, published):
        if isinstance(text, str):
            try:
                return date.fromisoformat(text[:10])
            except ValueError:
                # “2024” and “2024-03” name no day.
                continue
    return None


def _takes_sides(attribute: Attribute) -> bool:
    names = {code.name for code in attribute.codes if not code.retired}
    return attribute.kind is Kind.CHOICE and bool(names & YES) and bool(names & NO)


def _told(labels: Mapping[str, str], value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    found = value if isinstance(value, tuple) else (str(value),)
    return tuple(labels.get(name, name) for name in found)


def _one(text: str | None) -> tuple[str, ...]:
    cleaned = " ".join((text or "").split())
    return (cleaned,) if cleaned else ()


def _number(value: Value | None) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
