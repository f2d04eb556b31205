"""The agreement window: what is measured, the rows it shows, and what is said about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.presentation import beside
from annotator.presentation.measure_words import explain
from annotator.presentation.option import Option
from annotator.presentation.signal import Signal
from annotator.services import agreement, agreement_words, long_table, reliability
from annotator.services.agreement import Found, Line, Order
from annotator.services.agreement_plan import ABOUT, USUAL, Family
from annotator.services.writing import write_text

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.aside import Aside
    from annotator.services.project import Project

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One coefficient as it is shown.

    Attributes:
        begins: whether it is the first about something; its heading is shown then.
        coverage: how much entered, or why there is no value.
        value, low, high: numbers for the plot; None where there are none.
    """

    heading: str
    begins: bool
    measure: str
    words: str
    interval: str
    coverage: str
    basis: str
    value: float | None
    low: float | None
    high: float | None
    explanation: str


class AgreementTable:
    """Measures the open project beside the reading and shows the result.

    Attributes:
        changed: other rows, or another state.
        layer: the layer shown; empty shows all.
        said: what is going on or wrong, in a sentence.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.order = Order(draws=DRAWS)
        self.layer = ""
        self.found: Found | None = None
        self.rows: list[AgreementRow] = []
        self.said = ""
        self.is_running = False
        self._desk = desk
        desk.project_changed.connect(self._other_project)

    @property
    def layers(self) -> list[Option]:
        """What the list of layers offers."""
        project = self._desk.project
        layers = project.codebook.open_layers if project else ()
        return [Option("", "All layers"), *(Option(one.name, one.label) for one in layers)]

    @property
    def families(self) -> list[Option]:
        """What the list of measures offers."""
        return [
            Option("", "All measures but γ"),
            *(Option(family.value, ABOUT[family]) for family in Family),
        ]

    @property
    def groupings(self) -> list[Option]:
        """What the list of groups offers."""
        return [
            Option("", "The whole project"),
            Option("pair", "Each pair of annotators"),
            Option("publisher", "Each publisher"),
            Option("month", "Each month of publication"),
        ]

    def show_layer(self, name: str) -> None:
        """Show one layer, or all."""
        self.layer = name
        self._fill()

    def choose_family(self, name: str) -> None:
        """Measure one family, or the usual ones, from the next time on."""
        self.order = replace(self.order, families=(Family(name),) if name else USUAL)

    def choose_grouping(self, name: str) -> None:
        """Measure also by pair, publisher or month, from the next time on."""
        self.order = replace(self.order, by=name)

    def count_unfinished(self, *, yes: bool) -> None:
        """Count also whoever only marked something, from the next time on."""
        self.order = replace(self.order, unfinished=yes)

    def measure(self) -> None:
        """Measure a copy of the project; the window stays alive, and it can be cancelled."""
        order = self.order
        self._run(
            "Measuring agreement",
            "Measuring …",
            lambda project: agreement.measure_aside(project, order),
            self._measured,
        )

    def write_report(self, path: Path, as_pdf: reliability.AsPdf) -> None:
        """Write the page for an appendix, as Markdown, HTML or PDF by the name of the file."""
        found, project = self.found, self._desk.project
        if found and project:
            page = reliability.report(found, project.path.stem)
            self._try(lambda: reliability.write(page, path, as_pdf), path)

    def write_figures(self, path: Path) -> None:
        """Write every figure as Markdown."""
        found, project = self.found, self._desk.project
        if found and project:
            self._try(
                lambda: write_text(path, agreement_words.as_markdown(found, project.path.stem)),
                path,
            )

    def write_table(self, path: Path) -> None:
        """Write what was compared as CSV."""
        order = self.order

        def written(result: object | None, error: BaseException | None) -> None:
            self.is_running = False
            self._say(_end(error) if error else f"Wrote {path.name}.")

        self._run(
            "Writing the table",
            f"Writing {path.name} …",
            lambda project: long_table.write_aside(project, order, path),
            written,
        )

    def _run(
        self,
        title: str,
        meanwhile: str,
        begin: Callable[[Project], Aside[object]],
        done: beside.Done,
    ) -> None:
        """Do work on a copy of the project; the window stays alive, and it can be cancelled."""
        if self._desk.project is None or self.is_running:
            return
        self.is_running = True
        try:
            began = beside.run(self._desk, title, begin, done)
        except (Problem, OSError) as problem:
            self.is_running = False
            self._say(str(problem))
            return
        self.is_running = began
        self._say(meanwhile if began else beside.BUSY)

    def _try(self, work: Callable[[], object], path: Path) -> None:
        try:
            work()
        except Problem as problem:
            self._say(str(problem))
        else:
            self._say(f"Wrote {path.name}.")

    def _measured(self, result: object | None, error: BaseException | None) -> None:
        self.is_running = False
        if isinstance(result, Found):
            self.found = result
            self.said = agreement_words.in_words(result)[0]
            if agreement_words.NOBODY_TWICE in agreement_words.in_words(result):
                self.said = (
                    "No article was finished by two annotators yet: call articles done, "
                    "or count unfinished work, too."
                )
            self._fill()
        else:
            self._say(_end(error))

    def _fill(self) -> None:
        lines = [
            line
            for line in (self.found.lines if self.found else ())
            if self.layer in ("", line.layer)
            and line.coefficient.basis
            and line.coefficient.basis.used
        ]
        self.rows = []
        before = ""
        for line in lines:
            row = _row(line, before)
            before = row.heading
            self.rows.append(row)
        self.changed.emit(None)

    def _other_project(self, _: None) -> None:
        self.found = None
        self.layer = ""
        self.said = ""
        self._fill()

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)


def _row(line: Line, before: str) -> AgreementRow:
    one = line.coefficient
    heading = agreement_words.heading(line)
    reasons = [f"{reason}." for reason in (one.reason, *one.notes) if reason]
    rests = f"Rests on {agreement_words.coverage(one)}."
    observed = ""
    if one.value is None and one.observed is not None:
        what = "disagreement" if one.counts_disagreement else "agreement"
        observed = f"Observed {what}: {one.observed:.3f}."
    return AgreementRow(
        heading,
        heading != before,
        one.name,
        agreement_words.value(one),
        agreement_words.interval(one),
        _sentence(one.reason) or agreement_words.coverage(one),
        agreement_words.basis(one),
        one.value,
        one.interval.low if one.interval else None,
        one.interval.high if one.interval else None,
        " ".join(filter(None, (explain(one.name), rests, *map(_sentence, reasons), observed))),
    )


def _sentence(text: str) -> str:
    return (text[:1].upper() + text[1:]).replace("..", ".")


def _end(error: BaseException | None) -> str:
    """Return what is said of work that did not come to its end."""
    return str(error) if isinstance(error, Problem) else ""
