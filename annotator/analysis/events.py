"""Statements as networks count them: on a day, somebody says something in some way.

The rules are those of discourse network analysis (Leifeld 2013): a statement is an actor, a
topic and a stance at a time, and saying the same thing again may count once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, sliced

FEW = 50
"""So many articles have some thousand statements."""

Level = int | str | None
"""A value of the qualifier: 1 and 0 for yes and no, a scale point, a category; None is “none given”."""


class Scale(StrEnum):
    """How the values of a qualifier relate to each other."""

    BINARY = "binary"
    NUMBERS = "numbers"
    CATEGORIES = "categories"


class Duplicates(StrEnum):
    """Within what the same statement counts once."""

    KEEP = "keep"
    ARTICLE = "article"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Event(NamedTuple):
    """One statement.

    Attributes:
        mark: what it was read from; one mark may give several events.
        day: when; None is not known.
        level: the value of the qualifier.
    """

    mark: Id
    article: Id
    day: date | None
    row: str
    column: str
    level: Level = None


@sliced
def in_order(events: Iterable[Event]) -> Slices[list[Event]]:
    """Return events by day, those without one last; ties by article and mark, so that order never matters."""
    heaps: dict[tuple[date, Id], list[Event]] = defaultdict(list)
    for number, event in enumerate(events):
        if number % MANY == 0:
            yield
        heaps[event.day or date.max, event.article].append(event)
    found: list[Event] = []
    for number, place in enumerate(sorted(heaps)):
        if number % FEW == 0:
            yield
        found += sorted(heaps[place], key=_within_an_article)
    return found


@sliced
def without_duplicates(
    events: Iterable[Event], rule: Duplicates, *, with_level: bool
) -> Slices[list[Event]]:
    """Return events in order, the same statement once in each article, week, month, year or altogether.

    Weeks are those of ISO 8601, which begin on Monday; weeks and months of different years are
    different. Events without a day are compared within their article, unless the rule is the
    whole range.

    Args:
        with_level: whether the same words in favour and against are two statements.
    """
    ordered = yield from in_order.slices(events)
    if rule is Duplicates.KEEP:
        return ordered
    kept: list[Event] = []
    seen: set[Hashable] = set()
    for number, event in enumerate(ordered):
        if number % MANY == 0:
            yield
        level = event.level if with_level else None
        key = event.row, event.column, level, _period(event, rule)
        if key not in seen:
            seen.add(key)
            kept.append(event)
    return kept


def numbers_of(events: Iterable[Event]) -> tuple[int, ...]:
    """Return the scale points in use, sorted."""
    return tuple(sorted({event.level for event in events if isinstance(event.level, int)}))


def names_of(events: Sequence[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of rows and columns, sorted."""
    return (
        tuple(sorted({event.row for event in events})),
        tuple(sorted({event.column for event in events})),
    )


def _within_an_article(event: Event) -> tuple[str, str, str, str]:
    return event.mark, event.row, event.column, str(event.level)


def _period(event: Event, rule: Duplicates) -> Hashable:
    if rule is Duplicates.RANGE:
        return None
    if rule is Duplicates.ARTICLE or event.day is None:
        return event.article
    if rule is Duplicates.WEEK:
        return event.day.isocalendar()[:2]
    return (event.day.year, event.day.month) if rule is Duplicates.MONTH else event.day.year
