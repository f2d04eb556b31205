"""Discourse networks of a project: gathered, freed of duplicates, cut into windows, computed, written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.analysis.events import Event, without_duplicates
from annotator.analysis.networks import Combine, Rule, network
from annotator.analysis.windows import Window, moving, periods
from annotator.domain.network import Network
from annotator.domain.slices import Slices, sliced
from annotator.formats import network_registry
from annotator.services.collecting import put_off
from annotator.services.network_gathering import Gathered, Order, gather, options
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.services.writing import replacing, spare_projects

LINES = 10
"""So many lines of a large matrix are soon written."""

Tell = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The networks of an order: one, or one for each window of time.

    Attributes:
        marks: how many were looked at.
        statements: how many entered, duplicates counted once.
        duplicates: how many were dropped.
        left_out: how many marks gave no statement, by reason.
    """

    order: Order
    networks: tuple[Network, ...]
    marks: int
    statements: int
    duplicates: int
    left_out: tuple[tuple[str, int], ...]

    def in_words(self) -> list[str]:
        """Return the sizes in lines."""
        read = f"{counted(self.statements, 'statement')} from {counted(self.marks, 'mark')}"
        lines = [f"{read}, {counted(self.duplicates, 'duplicate')} dropped"]
        for made in self.networks:
            size = (
                counted(len(made.rows), "name")
                if made.rows == made.columns
                else f"{len(made.rows):,} × {counted(len(made.columns), 'name')}"
            )
            name = f"{made.label}: " if made.label else ""
            lines.append(f"{name}{size}, {counted(len(made.cells), 'tie')}")
        lines += [f"left out: {counted(count, 'mark')} {why}" for why, count in self.left_out]
        return lines

    def as_data(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {
            "options": dict(options(self.order)),
            "marks": self.marks,
            "statements": self.statements,
            "duplicates": self.duplicates,
            "left_out": dict(self.left_out),
            "networks": [
                {
                    "label": made.label,
                    "since": made.since.isoformat() if made.since else None,
                    "until": made.until.isoformat() if made.until else None,
                    "statements": made.statements,
                    "rows": len(made.rows),
                    "columns": len(made.columns),
                    "ties": len(made.cells),
                }
                for made in self.networks
            ],
        }


def empty() -> Gathered:
    """Return where ``gather`` puts what it reads."""
    return Gathered(Rule())


def build(project: Project, order: Order, tell: Tell | None = None) -> Found:
    """Return the networks of an order; raises like ``gather`` and ``analysis.windows.moving``."""
    gathered = empty()
    for done, total, _ in gather(project, order, gathered):
        if tell:
            tell(done, total)
    return compute(gathered, order)


@sliced
def compute(gathered: Gathered, order: Order) -> Slices[Found]:
    """Return the networks of what was gathered; the project is not needed any more."""
    with put_off():
        rule = gathered.rule
        events = yield from without_duplicates.slices(
            gathered.events, order.duplicates, with_level=rule.combine is not Combine.IGNORE
        )
        rows = gathered.rows if order.isolates else ()
        columns = gathered.columns if order.isolates else ()
        made = []
        for window in (yield from _windows(events, order)):
            one = yield from network.slices(window.events, rule, rows, columns)
            made.append(replace(one, label=window.label, since=window.since, until=window.until))
        if order.unit is None:
            made = [(yield from network.slices(events, rule, rows, columns))]
    return Found(
        order,
        tuple(made),
        gathered.marks,
        len(events),
        len(gathered.events) - len(events),
        tuple(sorted(gathered.left_out.items())),
    )


@sliced
def write(found: Found, path: Path, format: str = "") -> Slices[list[Path]]:
    """Write each network into a file; those of windows have the window in their names.

    Every file is written whole or not at all, also when the slices are given up.

    Args:
        format: a name of ``formats.network_registry``; empty to tell by the suffix.

    Raises:
        BadInput: no such format, no network at all, or a file that cannot be written.
        Refused: a project stands there.
    """
    writer = network_registry.writer_for(path, format)
    targets = [
        path.with_name(f"{path.stem}-{made.label.replace(' #', '-')}{path.suffix}")
        if made.label
        else path
        for made in found.networks
    ]
    for target in targets:
        spare_projects(target)
    facts = dict(options(found.order))
    for target, made in zip(targets, found.networks, strict=True):
        with replacing(target) as file:
            for number, line in enumerate(writer.lines(made, facts)):
                if number % LINES == 0:
                    yield
                file.write(line)
    return targets


def _windows(events: list[Event], order: Order) -> Slices[list[Window]]:
    if order.unit is None:
        return []
    if not order.size:
        return (yield from periods.slices(events, order.unit))
    return (yield from moving.slices(events, order.unit, order.size, order.since, order.until))
