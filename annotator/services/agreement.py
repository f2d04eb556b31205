"""Agreement between the annotators of a project: a table of coefficients, or the reasons why there are none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from annotator.agreement.measure import DRAWS, SEED, Counted, Tallier, Tick, count
from annotator.agreement.side_by_side import tallier
from annotator.agreement.table import table, with_interval
from annotator.agreement.units import Document
from annotator.agreement.values import Coefficient
from annotator.domain.codebook import Codebook, Layer
from annotator.domain.errors import BadInput, Problem, Refused
from annotator.services.agreement_plan import (
    USUAL,
    Family,
    Part,
    among_labels,
    label_measures,
    plan,
)
from annotator.services.comparing import Material, read
from annotator.services.project import Project
from annotator.store import snapshot
from annotator.store.connection import Database

GROUPINGS = ("pair", "publisher", "month")

MANY_MARKS = 30_000
"""From so many marks on, documents are counted in several processes."""

MOST_PROCESSES = 8

Tell = Callable[[int, int], bool]
"""Told how many thousandths are done, and 1000; returns False to stop."""


class Stopped(Problem):
    """The computation was cancelled; nothing was written."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which agreement is wanted.

    Attributes:
        annotators: names; none means everybody.
        layers: names; none means every layer in use.
        families: which measures.
        by: also for each ``pair`` of annotators, ``publisher`` or ``month`` of publication; empty
            for the whole only.
        draws: how many resamplings an interval takes; 0 leaves intervals out.
        unfinished: see ``comparing.read``.
    """

    annotators: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    families: tuple[Family, ...] = USUAL
    by: str = ""
    draws: int = DRAWS
    seed: int = SEED
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One coefficient: on which layer, of what, for which label and which part of the project.

    Attributes:
        label: a value by itself against all others; empty for all together.
        group: a pair of annotators, a publisher or a month; empty for the whole project.
    """

    layer: str
    about: str
    label: str
    group: str
    coefficient: Coefficient


@dataclass(frozen=True, slots=True)
class Found:
    """The agreement of a project.

    Attributes:
        annotators: names of those compared, sorted.
        articles: how many at least one of them finished, on any layer.
    """

    order: Order
    annotators: tuple[str, ...]
    articles: int
    lines: tuple[Line, ...]


def families(names: Sequence[str]) -> tuple[Family, ...]:
    """Return the families of these names, the usual ones for none; raise BadInput for another name."""
    known = {family.value: family for family in Family}
    for name in names:
        if name not in known:
            raise BadInput(f"“{name}” is no family of measures: choose from {', '.join(known)}.")
    return tuple(known[name] for name in names) or USUAL


def measure(project: Project, order: Order, tell: Tell | None = None) -> Found:
    """Return the agreement of an open project; see ``measure_from``."""
    return measure_from(project.db, order, tell)


def measure_aside(project: Project, order: Order) -> Callable[[Tell], Found]:
    """Take a snapshot now and return the work that measures it, for another thread."""
    copy = snapshot.take(project.db)

    def work(tell: Tell) -> Found:
        with snapshot.reading(copy) as db:
            return measure_from(db, order, tell)

    return work


def measure_from(db: Database, order: Order, tell: Tell | None = None) -> Found:
    """Return the agreement in any open project database.

    Raises:
        NotFound: no annotator of that name.
        Refused: no such layer, or fewer than two annotators.
        Stopped: ``tell`` said so.
    """
    if order.by and order.by not in GROUPINGS:
        raise BadInput(f"“{order.by}” is no grouping: choose {', '.join(GROUPINGS)}.")
    tick = _tick(tell)
    material = read(db, order.annotators, unfinished=order.unfinished, told=_part(tick, 0.0, 0.1))
    if len(material.people) < 2:
        raise Refused(
            "Agreement needs two annotators, and this project has one: merge another's file, or import their marks."
        )
    layers = layers_of(material.codebook, order.layers)
    parts = [
        part
        for layer in layers
        for part in plan(material.codebook, layer, order.families, order.seed)
    ]
    groups: dict[object, list[int]] = {}
    for number, part in enumerate(parts):
        groups.setdefault((part.layer, part.label, part.value, part.by_label), []).append(number)
    found: dict[int, list[Line]] = {}
    with tallier(_processes(material)) as spread:
        for numbers in groups.values():
            step = _part(tick, 0.1 + 0.9 * len(found) / len(parts), 0.9 * len(numbers) / len(parts))
            some = {number: parts[number] for number in numbers}
            found |= _lines(material, some, order, spread, step)
    names = tuple(sorted(material.people.values()))
    lines = tuple(line for number in sorted(found) for line in found[number])
    return Found(order, names, len(material.articles), lines)


def _lines(
    material: Material,
    parts: Mapping[int, Part],
    order: Order,
    spread: Tallier,
    tick: Tick | None,
) -> dict[int, list[Line]]:
    """Return the lines of parts that look at the marks in the same way, counted together."""
    first = next(iter(parts.values()))
    documents = material.documents(first.layer, first.label, first.value)
    of_groups = 0.5 if order.by else 0.0
    if first.by_label:
        rows = table(
            documents,
            first.measures,
            order.draws,
            order.seed,
            _part(tick, 0.0, 1.0 - of_groups),
            spread,
            of_label=partial(label_measures, order.families),
            among_labels=partial(among_labels, order.families),
        )
        whole = [
            Line(first.layer, first.about, row.label or "", "", row.coefficient) for row in rows
        ]
        found = {number: list(whole) for number in parts}
        measures = first.measures
    else:
        measures = tuple(measure for part in parts.values() for measure in part.measures)
        counted = count(measures, documents, _part(tick, 0.0, 0.5 - of_groups / 2), spread)
        drawn = _part(tick, 0.5 - of_groups / 2, 0.5 - of_groups / 2)
        found = _shared_out(parts, _coefficients(counted, order, drawn), "")
    groups = list(_groups(material, documents, order.by))
    for at, (name, some) in enumerate(groups):
        step = _part(tick, 1.0 - of_groups + of_groups * at / len(groups), of_groups / len(groups))
        counted = count(measures, some, _part(step, 0.0, 0.5), spread)
        more = _shared_out(parts, _coefficients(counted, order, _part(step, 0.5, 0.5)), name)
        for number, lines in more.items():
            found[number] += lines
    return found


def _processes(material: Material) -> int:
    """Return in how many processes to count: starting them pays for large projects only."""
    return min(os.cpu_count() or 1, MOST_PROCESSES) if len(material.marks) >= MANY_MARKS else 1


def _coefficients(
    counted: Sequence[Counted], order: Order, tick: Tick | None
) -> Iterator[Coefficient]:
    share = 1.0 / max(len(counted), 1)
    for at, one in enumerate(counted):
        yield with_interval(one, order.draws, order.seed, _part(tick, at * share, share))


def _shared_out(
    parts: Mapping[int, Part], coefficients: Iterator[Coefficient], group: str
) -> dict[int, list[Line]]:
    """Return each part's coefficients, which come in the order of the parts' measures."""
    return {
        number: [Line(part.layer, part.about, "", group, next(coefficients)) for _ in part.measures]
        for number, part in parts.items()
    }


def _groups(
    material: Material, documents: Sequence[Document], by: str
) -> Iterator[tuple[str, list[Document]]]:
    """Yield parts of the documents with their names, sorted."""
    if by == "pair":
        names = sorted({name for document in documents for name in document.annotators})
        for pair in combinations(names, 2):
            yield " and ".join(pair), [document.between(pair) for document in documents]
    elif by:
        groups: dict[str, list[Document]] = {}
        for document in documents:
            meta = material.articles[document.id].meta
            month = (meta.published or "")[:7]
            name = (meta.publisher if by == "publisher" else month) or "(not known)"
            groups.setdefault(name, []).append(document)
        yield from sorted(groups.items())


def layers_of(codebook: Codebook, names: Sequence[str]) -> list[Layer]:
    """Return the layers of these names, or all in use; raise Refused for one the codebook lacks."""
    return [codebook.layer(name) for name in names] if names else list(codebook.open_layers)


def _tick(tell: Tell | None) -> Tick | None:
    if tell is None:
        return None
    ask = tell

    def tick(share: float) -> None:
        if not ask(min(999, int(share * 1000)), 1000):
            raise Stopped("Cancelled: no agreement was computed.")

    return tick


def _part(tick: Tick | None, start: float, share: float) -> Tick | None:
    if tick is None:
        return None
    tell = tick
    return lambda done: tell(start + done * share)
