"""What annotators are called in the adjudication window, and in which order they stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.identity import Id, derived_id
from annotator.services import reading
from annotator.services.judging import Judged
from annotator.services.project import Project


def in_order(item: Judged, names: Mapping[Id, str]) -> list[Id]:
    """Return the annotators of a case by what they are called, which is the order of their keys."""
    return sorted(item.case.annotators, key=lambda person: names[person])


def names(
    project: Project | None, cases: Iterable[Judged], article: Id, *, blind: bool
) -> dict[Id, str]:
    """Return what the annotators of an article are called.

    Args:
        cases: of this article, and of any others.
        blind: by letters, dealt anew for each article, instead of their names.
    """
    people = {
        person for item in cases if item.case.article == article for person in item.case.annotators
    }
    if blind:
        return _letters(article, people)
    known = {person.id: person.name for person in reading.people(project)} if project else {}
    return {person: known.get(person, "") for person in people}


def _letters(article: Id, people: Iterable[Id]) -> dict[Id, str]:
    order = sorted(people, key=lambda person: derived_id("alias", article, person))
    return {person: _letter(number) for number, person in enumerate(order)}


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number}"
