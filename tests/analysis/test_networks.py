"""Networks equal what is worked out by hand, and by plain loops over all cells; no order matters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.events import (
    Duplicates,
    Event,
    Scale,
    names_of,
    without_duplicates,
)
from annotator.analysis.networks import ALLOWED, Combine, Rule, network
from annotator.analysis.normalising import Norm
from annotator.analysis.windows import Unit, moving, periods
from annotator.domain.errors import BadInput
from annotator.domain.network import Kind, Network
from tests.analysis import reference

DAY = date(2024, 3, 1)


def said(*words: str) -> list[Event]:
    """``"Ode night +"``: Ode says yes to night; ``-`` is no."""
    parts = [word.split() for word in words]
    return [
        Event(f"m{number}", "a", DAY, row, column, 1 if sign == "+" else 0)
        for number, (row, column, sign) in enumerate(parts)
    ]


HARBOUR = said(
    "Ode night +", "Ode night +", "Ode dues +", "Ode dredging -",
    "Ruiz night +", "Ruiz dues -", "Ruiz dredging -",
    "Port night -", "Port dues -", "Port dues +",
)  # fmt: skip
"""The example worked out on paper; columns dredging, dues, night; rows Ode, Port, Ruiz."""


def made(events: list[Event], **rule: object) -> Network:
    return network(events, Rule(**rule))  # type: ignore[arg-type]


def test_two_mode_by_hand() -> None:
    found = made(HARBOUR)
    assert (found.rows, found.columns) == (("Ode", "Port", "Ruiz"), ("dredging", "dues", "night"))
    assert list(found.matrix()) == [[1, 1, 2], [0, 2, 1], [1, 1, 1]]
    assert list(made(HARBOUR, combine=Combine.SUBTRACT).matrix()) == [
        [-1, 1, 2],
        [0, 0, -1],
        [-1, -1, 1],
    ]
    # Only no is 2, only yes is 1, both are 3.
    assert list(made(HARBOUR, combine=Combine.COMBINE).matrix()) == [
        [2, 1, 1],
        [0, 3, 2],
        [2, 2, 1],
    ]
    assert list(made(HARBOUR, norm=Norm.ACTIVITY).matrix()) == [
        [1 / 4, 1 / 4, 2 / 4],
        [0, 2 / 3, 1 / 3],
        [1 / 3, 1 / 3, 1 / 3],
    ]
    assert list(made(HARBOUR, norm=Norm.PROMINENCE, combine=Combine.SUBTRACT).matrix()) == [
        [-1 / 2, 1 / 4, 2 / 4],
        [0, 0, -1 / 4],
        [-1 / 2, -1 / 4, 1 / 4],
    ]


def test_one_mode_by_hand() -> None:
    """Ode and Ruiz: alike on night (2·1) and dredging (1·1), apart on dues (1·1)."""

    def ties(**rule: object) -> tuple[float, float, float]:
        found = made(HARBOUR, kind=Kind.ONE_MODE, **rule)
        return found.value(0, 1), found.value(0, 2), found.value(1, 2)

    # Ode–Port: dues 1·1 alike, 1·1 apart; night 2·1 apart. Port–Ruiz: dues 1 and 1, night apart.
    assert ties(combine=Combine.CONGRUENCE) == (1, 3, 1)
    assert ties(combine=Combine.CONFLICT) == (3, 1, 2)
    assert ties(combine=Combine.SUBTRACT) == (-2, 2, -1)
    assert ties() == (1 * 2 + 2 * 1, 1 + 1 + 2, 2 + 1)
    assert ties(combine=Combine.CONGRUENCE, norm=Norm.AVERAGE) == (1 / 3.5, 3 / 3.5, 1 / 3)
    assert ties(combine=Combine.CONGRUENCE, norm=Norm.COSINE) == (1 / 12, 3 / 12, 1 / 9)
    # Jaccard of Ode and Ruiz: Ode alone dues+ (1); Ruiz alone dues− (1); both night+ (2·1), dredging− (1·1).
    assert ties(combine=Combine.CONGRUENCE, norm=Norm.JACCARD)[1] == 3 / (1 + 1 + 2 + 1)


def test_a_scale_and_categories_by_hand() -> None:
    """On a scale from 1 to 3, 1 and 2 lie half the scale apart; categories are alike or not."""
    scale = [
        Event("1", "a", DAY, "Ode", "dues", 1),
        Event("2", "a", DAY, "Ruiz", "dues", 2),
        Event("3", "a", DAY, "Port", "dues", 3),
    ]
    rule = {"kind": Kind.ONE_MODE, "scale": Scale.NUMBERS, "levels": (1, 2, 3)}
    found = made(scale, combine=Combine.CONGRUENCE, **rule)
    assert [found.value(0, 2), found.value(0, 1), found.value(1, 2)] == [0.5, 0, 0.5]
    assert made(scale, combine=Combine.SUBTRACT, **rule).value(0, 1) == -1
    assert list(
        made(scale, combine=Combine.SUBTRACT, scale=Scale.NUMBERS, levels=(1, 2, 3)).matrix()
    ) == [[1], [3], [2]]
    kinds = [
        Event("1", "a", DAY, "Ode", "dues", "causal"),
        Event("2", "a", DAY, "Ode", "night", "causal"),
        Event("3", "a", DAY, "Ruiz", "dues", "causal"),
        Event("4", "a", DAY, "Ruiz", "dues", "moral"),
    ]
    rule = {"kind": Kind.ONE_MODE, "scale": Scale.CATEGORIES, "levels": ("causal", "moral")}
    assert made(kinds, combine=Combine.CONGRUENCE, **rule).value(0, 1) == 1
    assert made(kinds, combine=Combine.CONFLICT, **rule).value(0, 1) == 2
    assert made(kinds, combine=Combine.SUBTRACT, **rule).value(0, 1) == -1


def test_sentiment_is_directed_and_square() -> None:
    events = [
        Event("1", "a", DAY, "Ode", "Port", 0),
        Event("2", "a", DAY, "Ode", "Port", 0),
        Event("3", "a", DAY, "Port", "Ode", 1),
        Event("4", "a", DAY, "Ode", "Ode", 1),
        Event("5", "a", DAY, "Ode", "Ruiz", 1),
        Event("6", "a", DAY, "Ode", "Ruiz", 0),
    ]
    found = made(events, kind=Kind.DIRECTED, combine=Combine.SUBTRACT)
    assert found.rows == found.columns == ("Ode", "Port", "Ruiz")
    assert list(found.matrix()) == [[1, -2, 0], [1, 0, 0], [0, 0, 0]]
    mean = made(events, kind=Kind.DIRECTED, combine=Combine.SUBTRACT, norm=Norm.AVERAGE)
    assert mean.value(0, 1) == -1
    assert found.marks_between(0, 2) == ("5", "6")
    assert found.marks_of_column(0) == ("3", "4")


def test_marks_stand_behind_every_value() -> None:
    found = made(HARBOUR)
    assert found.marks_between(0, 2) == ("m0", "m1")
    assert found.marks_of_row(1) == ("m7", "m8", "m9")
    ties = made(HARBOUR, kind=Kind.ONE_MODE, combine=Combine.CONGRUENCE)
    assert ties.marks_between(0, 1) == ("m0", "m1", "m7", "m2", "m8", "m9")
    assert ties.value(1, 0) == ties.value(0, 1)


def test_isolates_and_nothing_at_all() -> None:
    found = network(HARBOUR[:1], Rule(), rows=["Quay"], columns=["rent"])
    assert (found.rows, found.columns) == (("Ode", "Quay"), ("night", "rent"))
    assert list(found.matrix()) == [[1, 0], [0, 0]]
    assert list(network([], Rule()).matrix()) == []


def test_what_does_not_go_together_is_refused() -> None:
    with pytest.raises(BadInput, match=r"two-mode network has no way of combining “conflict”: cho"):
        Rule(combine=Combine.CONFLICT)
    with pytest.raises(BadInput, match="no normalisation “jaccard”"):
        Rule(norm=Norm.JACCARD)


def test_duplicates_by_hand() -> None:
    days = [
        date(2024, 1, 1),
        date(2024, 1, 7),
        date(2024, 1, 8),
        date(2024, 2, 1),
        date(2025, 1, 1),
    ]
    events = [
        Event(f"m{number}", f"a{number // 2}", day, "Ode", "dues", number % 2)
        for number, day in enumerate(days)
    ] + [Event("m9", "a9", None, "Ode", "dues", 1), Event("m8", "a9", None, "Ode", "dues", 1)]

    def left(rule: Duplicates, *, with_level: bool = False) -> list[str]:
        return [event.mark for event in without_duplicates(events, rule, with_level=with_level)]

    assert len(left(Duplicates.KEEP)) == 7
    assert left(Duplicates.ARTICLE) == ["m0", "m2", "m4", "m8"]
    assert left(Duplicates.WEEK) == ["m0", "m2", "m3", "m4", "m8"]
    assert left(Duplicates.MONTH) == ["m0", "m3", "m4", "m8"]
    assert left(Duplicates.YEAR) == ["m0", "m4", "m8"]
    assert left(Duplicates.RANGE) == ["m0"]
    assert left(Duplicates.RANGE, with_level=True) == ["m0", "m1"]
    assert left(Duplicates.WEEK, with_level=True) == ["m0", "m1", "m2", "m3", "m4", "m8"]


def test_periods_and_moving_windows_by_hand() -> None:
    days = [date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29), date(2024, 4, 1)]
    events = [Event(f"m{n}", "a", day, "Ode", "dues", 1) for n, day in enumerate(days)]
    assert [
        (window.label, window.since, window.until, len(window.events))
        for window in periods(events, Unit.MONTHS)
    ] == [
        ("2024-01", date(2024, 1, 1), date(2024, 1, 31), 2),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 1),
        ("2024-04", date(2024, 4, 1), date(2024, 4, 30), 1),
    ]
    assert [window.label for window in periods(events, Unit.WEEKS)] == [
        "2024-W05", "2024-W09", "2024-W14",
    ]  # fmt: skip
    around = [
        (window.label, window.since, window.until, len(window.events))
        for window in moving(events, Unit.MONTHS, 2)
    ]
    assert around == []  # a month before and after fits nowhere between 30 January and 1 April
    fortnights = moving(events, Unit.WEEKS, 2)
    assert [window.label for window in fortnights] == [
        "2024-02-06", "2024-02-13", "2024-02-20", "2024-02-27", "2024-03-05", "2024-03-12",
        "2024-03-19",
    ]  # fmt: skip
    assert [len(window.events) for window in fortnights] == [2, 0, 0, 1, 1, 0, 0]
    assert (fortnights[0].since, fortnights[0].until) == (date(2024, 1, 30), date(2024, 2, 13))
    wider = moving(events, Unit.MONTHS, 2, date(2023, 12, 1), date(2024, 4, 1))
    assert [(window.label, len(window.events)) for window in wider] == [
        ("2024-01-01", 2), ("2024-02-01", 3), ("2024-03-01", 2),
    ]  # fmt: skip
    by_number = moving(events, Unit.EVENTS, 3)
    assert [[event.mark for event in window.events] for window in by_number] == [
        ["m0", "m1", "m2"],
        ["m1", "m2", "m3"],
    ]
    with pytest.raises(BadInput, match="size of 2 or more"):
        moving(events, Unit.DAYS, 1)
    with pytest.raises(BadInput, match="no periods"):
        periods(events, Unit.EVENTS)


# Properties

EVENTS = st.lists(
    st.builds(
        Event,
        mark=st.uuids().map(str),
        article=st.sampled_from("abc"),
        day=st.one_of(st.none(), st.dates(date(2023, 11, 20), date(2024, 3, 10))),
        row=st.sampled_from(["Ode", "Ruiz", "Port", "Kita"]),
        column=st.sampled_from(["dues", "night", "rent"]),
        level=st.sampled_from([0, 1]),
    ),
    max_size=25,
    unique_by=lambda event: event.mark,
)
CHOICES = [
    (kind, combine, norm)
    for kind in (Kind.TWO_MODE, Kind.ONE_MODE)
    for combine in ALLOWED[kind][0]
    for norm in ALLOWED[kind][1]
]
SCALES = st.sampled_from(
    [
        (Scale.BINARY, {0: 0, 1: 1}, (0, 1)),
        (Scale.NUMBERS, {0: -2, 1: 3}, (-2, 1, 3)),
        (Scale.CATEGORIES, {0: "x", 1: "y"}, ("x", "y", "z")),
    ]
)


@given(EVENTS, st.sampled_from(CHOICES), SCALES)
def test_it_equals_the_plain_definitions(events, choice, scale) -> None:
    kind, combine, norm = choice
    numeric, names, levels = scale
    events = [
        Event(e.mark, e.article, e.day, e.row, e.column, names[e.level])  # type: ignore[index]
        for e in events
    ]
    rows, columns = names_of(events)
    plain = reference.two_mode if kind is Kind.TWO_MODE else reference.one_mode
    expected = plain(
        [(e.row, e.column, e.level) for e in events], rows, columns, levels,
        combine=combine, norm=norm, numeric=numeric,
    )  # fmt: skip
    found = list(network(events, Rule(kind, combine, norm, numeric, levels)).matrix())
    assert len(found) == len(expected)
    for one, two in zip(found, expected, strict=True):
        assert one == pytest.approx(two)


@given(EVENTS, st.sampled_from(CHOICES), st.sampled_from(Duplicates), st.randoms())
def test_the_order_of_statements_never_matters(events, choice, duplicates, random) -> None:
    rule = Rule(*choice)
    other = list(events)
    random.shuffle(other)

    def whole(some: list[Event]) -> Network:
        return network(without_duplicates(some, duplicates, with_level=True), rule)

    assert whole(events) == whole(other)


@given(EVENTS, st.sampled_from(CHOICES))
def test_one_mode_networks_are_symmetric_and_nobody_is_tied_to_himself(events, choice) -> None:
    kind, combine, norm = choice
    if kind is Kind.ONE_MODE:
        found = network(events, Rule(kind, combine, norm))
        matrix = list(found.matrix())
        assert matrix == [list(line) for line in zip(*matrix, strict=True)]
        assert all(matrix[at][at] == 0 for at in range(len(matrix)))


@given(
    EVENTS,
    st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS]),
    st.sampled_from(Duplicates),
    st.sampled_from([Combine.IGNORE, Combine.SUBTRACT]),
)
def test_periods_add_up_to_the_whole(events, unit, duplicates, combine) -> None:
    counted = [
        event for event in without_duplicates(events, duplicates, with_level=True) if event.day
    ]
    rule = Rule(combine=combine)
    rows, columns = names_of(counted)
    parts = [network(window.events, rule, rows, columns) for window in periods(counted, unit)]
    whole = network(counted, rule)
    for row in range(len(rows)):
        for column in range(len(columns)):
            assert sum(part.value(row, column) for part in parts) == whole.value(row, column)
    assert all(
        window.since <= event.day <= window.until
        for window in periods(counted, unit)
        for event in window.events
    )


@given(EVENTS)
def test_subtract_is_congruence_less_conflict(events) -> None:
    near, far, both = (
        network(events, Rule(Kind.ONE_MODE, combine))
        for combine in (Combine.CONGRUENCE, Combine.CONFLICT, Combine.SUBTRACT)
    )
    for row in range(len(both.rows)):
        for column in range(row):
            assert both.value(row, column) == near.value(row, column) - far.value(row, column)


@given(EVENTS, st.sampled_from(list(Duplicates)), st.booleans())
def test_dropping_duplicates_twice_drops_no_more(events, rule, with_level) -> None:
    once = without_duplicates(events, rule, with_level=with_level)
    assert without_duplicates(once, rule, with_level=with_level) == once
    assert {event.mark for event in once} <= {event.mark for event in events}
