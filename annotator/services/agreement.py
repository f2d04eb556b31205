"""Agreement between the annotators of a project: a table of coefficients, or the reasons why there are none."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.agreement.measure import DRAWS, SEED, Counted, Tick, part_of
from annotator.agreement.side_by_side import Crew, crew
from annotator.agreement.table import Look
from annotator.agreement.values import Coefficient
from annotator.domain.codebook import Codebook, Layer
from annotator.domain.errors import BadInput, Problem, Refused
from annotator.domain.mark import View
from annotator.services import comparing
from annotator.services.agreement_counting import AT_ONCE, Counts, Question, count_piece, headed
from annotator.services.agreement_plan import (
    USUAL,
    Family,
    Part,
    among_labels,
    label_measures,
    plan,
)
from annotator.services.aside import Aside
from annotator.services.comparing import Whose
from annotator.services.project import Project
from annotator.store import articles, marks, snapshot, undecoded
from annotator.store.connection import Database
from annotator.store.undecoded import Undecoded

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


def measure_aside(project: Project, order: Order) -> Aside[Found]:
    """Return the work that measures a copy of the project."""
    return Aside(project, measure_copy, order)


def measure_copy(copy: Path, order: Order, tell: Tell) -> Found:
    """Return the agreement in a copy of a project, which is gone then; see ``measure_from``."""
    with snapshot.reading(copy) as db:
        return measure_from(db, order, tell)


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
    whose = comparing.whose(db, order.annotators, unfinished=order.unfinished)
    if len(whose.people) < 2:
        raise Refused(
            "Agreement needs two annotators, and this project has one: merge another's file, or import their marks."
        )
    questions = _questions(whose.codebook, order)
    with crew(_processes(db)) as workers:
        counts = _counted(db, whose, questions, workers, part_of(tick, 0.0, 0.7))
        lines = _lines(order, questions, counts, workers, part_of(tick, 0.7, 0.3))
    return Found(order, tuple(sorted(whose.people.values())), len(counts.articles), lines)


def _questions(codebook: Codebook, order: Order) -> list[Question]:
    """Return the parts of the plan, those together that look at the marks in the same way."""
    layers = layers_of(codebook, order.layers)
    parts = [part for layer in layers for part in plan(codebook, layer, order.families, order.seed)]
    alike: dict[object, dict[int, Part]] = {}
    for number, part in enumerate(parts):
        key = (part.layer, part.label, part.value, part.by_label)
        alike.setdefault(key, {})[number] = part
    return [_question(some, order) for some in alike.values()]


def _question(parts: Mapping[int, Part], order: Order) -> Question:
    measures = tuple(measure for part in parts.values() for measure in part.measures)
    by_label = any(part.by_label for part in parts.values())
    look = Look(
        measures,
        partial(label_measures, order.families) if by_label else None,
        partial(among_labels, order.families) if by_label else None,
    )
    return Question(parts, look, order.by == "pair")


def _counted(
    db: Database, whose: Whose, questions: Sequence[Question], workers: Crew, tick: Tick | None
) -> Counts:
    """Return the counts of all articles; ``tick`` hears which share of them is counted."""
    pieces = max(1, articles.count(db) / AT_ONCE)
    done = 0
    still = _again(tick, lambda: done / pieces)
    found = count_piece(questions, whose, Undecoded())
    work = partial(count_piece, questions, whose)
    for part in workers.each(work, undecoded.in_id_order(db, AT_ONCE), still):
        found.add(part)
        done += 1
    return found


def _lines(
    order: Order, questions: Sequence[Question], counts: Counts, workers: Crew, tick: Tick | None
) -> tuple[Line, ...]:
    """Return the lines in the order of the plan; ``tick`` hears which share is drawn."""
    rows = list(headed(questions, counts, order.by))
    found: list[Coefficient] = []
    work = partial(_drawn, order.draws, order.seed)
    still = _again(tick, lambda: len(found) / max(1, len(rows)))
    found.extend(workers.each(work, (one for _, one in rows), still))
    lines = [
        (at.number, Line(at.layer, at.about, at.label, at.group, one))
        for (at, _), one in zip(rows, found, strict=True)
    ]
    return tuple(line for _, line in sorted(lines, key=lambda numbered: numbered[0]))


def _drawn(draws: int, seed: int, counted: Counted) -> Coefficient:
    return counted.with_interval(draws, seed)


def _processes(db: Database) -> int:
    """Return in how many processes to count: starting them pays for large projects only."""
    if marks.count(db, View.ANNOTATOR) < MANY_MARKS:
        return 1
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def _again(tick: Tick | None, done: Callable[[], float]) -> Callable[[], None]:
    """Return what tells once more which share is done."""

    def tell() -> None:
        if tick:
            tick(done())

    return tell


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
