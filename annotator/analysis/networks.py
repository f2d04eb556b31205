"""Networks out of statements, as discourse network analysis defines them.

Two-mode: actors by topics. One-mode: actors by actors, tied by the topics they share.
Directed: who judges whom. All are plain sums over the table of counts ``n(row, column, level)``,
whatever the order of the statements.

Against the program DNA 3 there is one difference, on purpose: where a scale has a single point
in use, distances are 0 and not undefined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.analysis.events import Event, Level, Scale
from annotator.analysis.normalising import Norm, pair_norm, two_mode_norms
from annotator.domain.errors import BadInput
from annotator.domain.identity import Id
from annotator.domain.network import Cell, Kind, Network
from annotator.domain.slices import MANY, Slices, sliced

FEW = 50
"""So many rows or cells of a table hold some thousand counts or marks."""


class Combine(StrEnum):
    """What becomes of the qualifier.

    ``ignore`` counts whatever the stance; ``subtract`` takes opposition from support, or conflict
    from congruence; ``combine`` (two-mode) numbers each set of values that occurs; ``congruence``
    and ``conflict`` (one-mode) count what actors say alike or differently.
    """

    IGNORE = "ignore"
    SUBTRACT = "subtract"
    COMBINE = "combine"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"


ALLOWED: Mapping[Kind, tuple[tuple[Combine, ...], tuple[Norm, ...]]] = {
    Kind.TWO_MODE: (
        (Combine.IGNORE, Combine.SUBTRACT, Combine.COMBINE),
        (Norm.NONE, Norm.ACTIVITY, Norm.PROMINENCE),
    ),
    Kind.ONE_MODE: (
        (Combine.CONGRUENCE, Combine.CONFLICT, Combine.SUBTRACT, Combine.IGNORE),
        (Norm.NONE, Norm.AVERAGE, Norm.JACCARD, Norm.COSINE),
    ),
    Kind.DIRECTED: (
        (Combine.SUBTRACT, Combine.IGNORE),
        (Norm.NONE, Norm.AVERAGE, Norm.ACTIVITY, Norm.PROMINENCE),
    ),
}
"""Which ways of combining and normalising each kind of network has; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a network is made.

    Attributes:
        levels: all values that the qualifier takes in the whole material, sorted; scales
            and combinations rest on them.
    """

    kind: Kind = Kind.TWO_MODE
    combine: Combine = Combine.IGNORE
    norm: Norm = Norm.NONE
    scale: Scale = Scale.BINARY
    levels: tuple[Level, ...] = (0, 1)

    def __post_init__(self) -> None:
        combines, norms = ALLOWED[self.kind]
        for given, known, what in (
            (self.combine, combines, "way of combining"),
            (self.norm, norms, "normalisation"),
        ):
            if given not in known:
                raise BadInput(
                    f"A {self.kind} network has no {what} “{given}”: choose {', '.join(known)}."
                )


Counts = dict[tuple[str, Level], float]
"""For one row: how often by column and level."""


@sliced
def network(
    events: Sequence[Event],
    rule: Rule,
    rows: Iterable[str] = (),
    columns: Iterable[str] = (),
) -> Slices[Network]:
    """Return the network of statements that were filtered and freed of duplicates before.

    Args:
        rows, columns: further names that are shown though nothing ties them (isolates).
    """
    counts: dict[str, Counts] = defaultdict(lambda: defaultdict(float))
    behind: dict[tuple[str, str], dict[Id, None]] = defaultdict(dict)
    for number, event in enumerate(events):
        if number % MANY == 0:
            yield
        counts[event.row][event.column, event.level] += 1
        behind[event.row, event.column][event.mark] = None
    names, others = {*counts, *rows}, {*(column for _, column in behind), *columns}
    if rule.kind is Kind.DIRECTED:
        names = others = names | others
    row_names, column_names = tuple(sorted(names)), tuple(sorted(others))
    yield
    place = {name: number for number, name in enumerate(row_names)}
    if rule.kind is Kind.ONE_MODE:
        cells = yield from _one_mode(counts, place, rule)
        shown = row_names
    else:
        columns_at = {name: at for at, name in enumerate(column_names)}
        cells = yield from _two_mode(counts, place, columns_at, rule)
        shown = column_names
    known: dict[tuple[int, str], tuple[Id, ...]] = {}
    waiting = 0
    for (row, column), marks in behind.items():
        known[place[row], column] = tuple(marks)
        waiting += 1 + len(marks)
        if waiting > MANY:
            waiting = 0
            yield
    days = {event.day for event in events if event.day}
    return Network(
        rule.kind,
        row_names,
        shown,
        cells,
        known,
        min(days, default=None),
        max(days, default=None),
        len(events),
    )


def _two_mode(
    counts: Mapping[str, Counts], rows: Mapping[str, int], columns: Mapping[str, int], rule: Rule
) -> Slices[dict[Cell, float]]:
    values: dict[Cell, float] = {}
    frequencies: dict[Cell, float] = {}
    for number, row in enumerate(sorted(counts)):
        if number % FEW == 0:
            yield
        own: dict[int, float] = defaultdict(float)
        often: dict[int, float] = defaultdict(float)
        for (column, level), count in counts[row].items():
            at = columns[column]
            own[at] += _weight(level, rule) * (1 if rule.combine is Combine.COMBINE else count)
            often[at] += 1 if rule.combine is Combine.COMBINE else count
        values |= {(rows[row], at): own[at] for at in sorted(own)}
        frequencies |= {(rows[row], at): often[at] for at in own}
    if rule.combine is Combine.COMBINE:
        frequencies = dict.fromkeys(frequencies, 1.0)
    yield
    norms = two_mode_norms(frequencies, rule.norm)
    yield
    return {cell: value / norms[cell] for cell, value in values.items() if value}


def _weight(level: Level, rule: Rule) -> float:
    """Return what one statement of a level adds to a cell."""
    if rule.combine is Combine.COMBINE:
        return float(2 ** (len(rule.levels) - 1 - rule.levels.index(level)))
    if rule.combine is Combine.IGNORE or rule.scale is Scale.CATEGORIES:
        return 1.0
    if rule.scale is Scale.BINARY:
        return 1.0 if level == 1 else -1.0
    return float(level) if isinstance(level, int) else 0.0


def _one_mode(
    counts: Mapping[str, Counts], place: Mapping[str, int], rule: Rule
) -> Slices[dict[Cell, float]]:
    said: dict[str, dict[str, dict[Level, float]]] = {}
    users: dict[str, list[str]] = defaultdict(list)
    names = sorted(counts)
    for row in names:
        own: dict[str, dict[Level, float]] = defaultdict(dict)
        for (column, level), count in sorted(counts[row].items(), key=_told):
            own[column][level] = count
        said[row] = own
        for column in own:
            users[column].append(row)
        yield
    found: dict[Cell, float] = {}
    # What one says alone tells two apart, whether they share anything or not.
    apart = rule.scale is Scale.CATEGORIES and rule.combine in (Combine.CONFLICT, Combine.SUBTRACT)
    sign = 1.0 if rule.combine is Combine.CONFLICT else -1.0
    for at, one in enumerate(names):
        values: dict[str, float] = defaultdict(float)
        for column, own_levels in said[one].items():
            yield
            others = users[column]
            for two in others[bisect_right(others, one) :]:
                values[two] += _tie(own_levels, said[two][column], rule)
        yield
        for two in names[at + 1 :] if apart else ():
            values[two] += sign * _alone(counts[one], counts[two])
        yield
        for two in sorted(values):
            norm = pair_norm(counts[one], counts[two], rule.norm) if values[two] else 0
            if norm:
                found[place[one], place[two]] = values[two] / norm
        yield
    return found


def _told(item: tuple[tuple[str, Level], float]) -> tuple[str, str]:
    """Return what puts counts in an order that does not hang on the order of statements."""
    (column, level), _ = item
    return column, str(level)


def _tie(one: Mapping[Level, float], two: Mapping[Level, float], rule: Rule) -> float:
    """Return what one shared column adds to the tie of two rows."""
    if rule.combine is Combine.IGNORE:
        return sum(one.values()) * sum(two.values())
    if rule.scale is Scale.CATEGORIES:
        together = sum(count * two.get(level, 0) for level, count in one.items())
        return 0.0 if rule.combine is Combine.CONFLICT else together
    near = far = 0.0
    for first, count in one.items():
        for second, other in two.items():
            distance = _distance(first, second, rule.levels)
            near += count * other * (1 - distance)
            far += count * other * distance
    return {Combine.CONGRUENCE: near, Combine.CONFLICT: far}.get(rule.combine, near - far)


def _alone(one: Counts, two: Counts) -> float:
    """Return how often either names a category of a column that the other never names."""
    return sum(count for key, count in one.items() if key not in two) + sum(
        count for key, count in two.items() if key not in one
    )


def _distance(one: Level, two: Level, levels: tuple[Level, ...]) -> float:
    """Return how far two values lie apart, from 0 to 1 for the ends of the scale."""
    points = [level for level in levels if isinstance(level, int)]
    width = max(points, default=0) - min(points, default=0)
    if not width or not isinstance(one, int) or not isinstance(two, int):
        return 0.0
    return abs(one - two) / width
