"""Stretches of time that networks are made for: each period by itself, or a window that moves on.

Periods of the calendar do not overlap, so that the counts of all of them add up to the whole.
Moving windows are those of discourse network analysis: around each moment, as many units before
as after it.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from annotator.analysis.events import Event
from annotator.domain.errors import BadInput
from annotator.domain.slices import MANY, Slices, sliced


class Unit(StrEnum):
    """What time is counted in."""

    EVENTS = "events"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


MOST = 2000
"""More windows than anybody looks at; a mistake is likelier."""


@dataclass(frozen=True, slots=True)
class Window:
    """The statements of a stretch of time; both ends belong to it."""

    label: str
    since: date
    until: date
    events: tuple[Event, ...]


@sliced
def periods(events: Sequence[Event], unit: Unit) -> Slices[list[Window]]:
    """Return the days, ISO weeks, months or years in which there are statements; those without a day are left out.

    Args:
        events: as ``events.in_order`` gives them.
    """
    if unit is Unit.EVENTS:
        raise BadInput("Single statements are no periods: give a window size of 2 or more.")
    found: dict[str, list[Event]] = defaultdict(list)
    for number, event in enumerate(events):
        if number % MANY == 0:
            yield
        if event.day:
            found[period_label(event.day, unit)].append(event)
    return [
        Window(label, *period_ends(some[0].day, unit), tuple(some))
        for label, some in found.items()
        if some[0].day
    ]


@sliced
def moving(
    events: Sequence[Event],
    unit: Unit,
    size: int,
    since: date | None = None,
    until: date | None = None,
) -> Slices[list[Window]]:
    """Return a window around each moment of a range, as far as it fits into the range.

    A window has half the size, rounded up for odd gaps as DNA does, on either side of its
    moment. For ``events`` a window is so many statements before and after each one.

    Args:
        events: as ``events.in_order`` gives them.
        since, until: the range, both included; None for the first and the last statement.

    Raises:
        BadInput: a size below 2, or more windows than anybody looks at.
    """
    if size < 2:
        raise BadInput(f"A moving window of {size} cannot hold a tie: give a size of 2 or more.")
    dated = [event for event in events if event.day]
    half = size // 2
    windows = (
        _by_number(dated, half)
        if unit is Unit.EVENTS
        else _by_time(dated, unit, half, since, until)
    )
    found: list[Window] = []
    for window in windows:
        yield
        found.append(window)
    return found


def shifted(day: date, unit: Unit, count: int) -> date:
    """Return the day so many units later; the 31st becomes the last day of a shorter month."""
    if unit is Unit.DAYS:
        return day + timedelta(days=count)
    if unit is Unit.WEEKS:
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit is Unit.YEARS else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def period_label(day: date, unit: Unit) -> str:
    """Return the name of the period a day is in: 2024-02-09, 2024-W06, 2024-02 or 2024."""
    if unit is Unit.WEEKS:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    length = {Unit.MONTHS: 7, Unit.YEARS: 4}.get(unit, 10)
    return day.isoformat()[:length]


def period_ends(day: date | None, unit: Unit) -> tuple[date, date]:
    """Return the first and the last day of the period a day is in."""
    if day is None:
        raise ValueError("a period needs a day")
    if unit is Unit.WEEKS:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if unit is Unit.MONTHS:
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if unit is Unit.YEARS:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def _by_number(events: list[Event], half: int) -> Iterator[Window]:
    if len(events) > MOST:
        raise _too_many(len(events))
    for at in range(half, len(events) - half):
        some = tuple(events[at - half : at + half + 1])
        first, last = some[0].day, some[-1].day
        if first and last:
            yield Window(f"{events[at].day} #{at + 1}", first, last, some)


def _by_time(
    events: list[Event], unit: Unit, half: int, since: date | None, until: date | None
) -> Iterator[Window]:
    days = [event.day for event in events if event.day]
    if not days:
        return
    first, last = since or days[0], until or days[-1]
    moment, number = first, 0
    while moment <= last:
        begin, end = shifted(moment, unit, -half), shifted(moment, unit, half)
        if first <= begin and end <= last:
            some = tuple(events[bisect_left(days, begin) : bisect_right(days, end)])
            yield Window(moment.isoformat(), begin, end, some)
        moment, number = shifted(moment, unit, 1), number + 1
        if number > MOST:
            raise _too_many(number)


def _too_many(count: int) -> BadInput:
    return BadInput(
        f"That makes more than {min(count, MOST):,} windows: choose a longer unit or a shorter range of time."
    )
