"""A coded article laid flat for tools that know only stretches, values and ties between stretches.

A mark of several fragments becomes one stretch for each, tied by ``FRAGMENT``; a link to a
voice becomes a value ``<link>_voice``; the entry of the actor book becomes two values.
``foreign.py`` turns all of it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import Fragment
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Value, reading_order, words_of
from annotator.formats.base import WriteContext
from annotator.formats.labels import first_choice

FRAGMENT = "_fragment"
"""The tie between the pieces of one mark."""

ENTITY = "entity"
ENTITY_ID = "entity_id"
VOICE = "_voice"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One fragment of a mark; ``number`` counts them from 0."""

    mark: Mark
    part: Fragment
    number: int

    @property
    def id(self) -> str:
        """The id of the mark, for further fragments with their number."""
        return self.mark.id if not self.number else f"{self.mark.id}#{self.number + 1}"


@dataclass(frozen=True, slots=True)
class Tie:
    """A directed tie between two stretches, by their ids."""

    type: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Flat:
    """Stretches in reading order, ties in theirs, and the values of each mark as texts."""

    stretches: tuple[Stretch, ...]
    ties: tuple[Tie, ...]
    values: dict[Id, dict[str, list[str]]]


def flatten(coded: CodedArticle, context: WriteContext) -> Flat:
    """Lay an article flat; links that lead out of it are lost and told."""
    marks = sorted(coded.marks, key=reading_order)
    here = {mark.id for mark in marks}
    names = {actor.id: actor.name for actor in coded.actors}
    values = {mark.id: _values(mark, names) for mark in marks}
    stretches = [
        Stretch(mark, part, number) for mark in marks for number, part in enumerate(mark.fragments)
    ]
    ties = [
        Tie(FRAGMENT, mark.id, f"{mark.id}#{number + 1}")
        for mark in marks
        for number in range(1, len(mark.fragments))
    ]
    for link in sorted_links(coded):
        if link.start not in here or (link.end is not None and link.end not in here):
            context.lose_link(coded, link, "leads to a mark that is not exported")
        elif link.end is not None:
            ties.append(Tie(link.type, link.start, link.end))
        elif link.voice is not None:
            values[link.start].setdefault(link.type + VOICE, []).append(link.voice.value)
    stretches.sort(key=lambda item: (item.part.start, -item.part.end, item.id))
    return Flat(tuple(stretches), tuple(ties), values)


def sorted_links(coded: CodedArticle) -> list[Link]:
    """Return the links in an order that does not depend on when they were made."""
    place = {mark.id: number for number, mark in enumerate(sorted(coded.marks, key=reading_order))}
    return sorted(
        coded.links,
        key=lambda link: (
            place.get(link.start, -1),
            link.type,
            place.get(link.end or "", -1),
            str(link.voice),
        ),
    )


def texts_of(value: Value) -> list[str]:
    """Return a value as texts: several codes as several, yes and no as words."""
    return list(words_of(value))


def by_article(
    articles: Iterable[CodedArticle],
) -> Iterator[tuple[CodedArticle, list[CodedArticle]]]:
    """Yield each article with what each of its annotators made of it."""
    for _, group in groupby(articles, key=lambda coded: coded.id or coded.text_sha256):
        people = list(group)
        yield people[0], people


def text_of(coded: CodedArticle, context: WriteContext) -> str | None:
    """Return the text of an article if it is to be written."""
    return None if context.without_text or coded.text is None else coded.text.text


def full_text(coded: CodedArticle) -> str:
    """Return the text of an article for counting in it, whether or not it is to be written."""
    return coded.text.text if coded.text else ""


def _values(mark: Mark, names: dict[Id, str]) -> dict[str, list[str]]:
    values = {name: texts_of(value) for name, value in mark.attributes.items()}
    if mark.actor:
        values[ENTITY] = [names.get(mark.actor, "")]
        values[ENTITY_ID] = [mark.actor]
    return values


def lose_all_but_label(
    coded: CodedArticle, context: WriteContext, only: Mark | None = None
) -> None:
    """Tell what goes where a mark, or each of them, has a label and nothing else."""
    for mark in [only] if only else coded.marks:
        first = first_choice(context.codebook.layer(mark.layer))
        names = [name for name in mark.attributes if not first or name != first.name]
        context.lose_values(
            coded, mark, [*names, *([ENTITY] if mark.actor else [])], "has no place but the label"
        )


def lose_voices(coded: CodedArticle, context: WriteContext) -> None:
    """Tell that links to the author or to “unknown” are not carried."""
    for link in coded.links:
        if link.voice is not None:
            context.lose_link(coded, link, "goes to a voice, not to a mark")


def lose_links(coded: CodedArticle, context: WriteContext, why: str = "has no place here") -> None:
    """Tell that links are not carried at all."""
    for link in sorted_links(coded):
        context.lose_link(coded, link, why)
