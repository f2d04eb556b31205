"""The window of figures: what is counted, the charts, and the marks behind a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain import labels
from annotator.domain.codebook import Codebook
from annotator.domain.errors import Problem
from annotator.domain.figure import Cell, Figure
from annotator.domain.identity import Id
from annotator.domain.mark import View
from annotator.domain.slices import whole, with_progress
from annotator.presentation.jumping import jump
from annotator.presentation.option import Option
from annotator.presentation.signal import Signal
from annotator.services import behind, figures, reading
from annotator.services.behind import MOST, Quote
from annotator.services.figure_gathering import Whose
from annotator.services.figures import Material, Order, Unit
from annotator.services.project import Project
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["FiguresView", "Option", "Quote"]

ANOTHER = "This is another project: count again to see it."

CHANGES = {"unit": ("time", "judgements"), "label": ("values",), "toward": ("judgements",)}
"""The figures that another choice changes."""

UNITS = {Unit.YEARS: "By year", Unit.MONTHS: "By month", Unit.WEEKS: "By week", Unit.DAYS: "By day"}


class FiguresView:
    """Counts the marks of the open project beside the reading.

    Attributes:
        changed: other figures, other choices, or another state.
        chosen_changed: other marks are looked at.
        figures: the charts, in order.
        said: what is going on or wrong, in a sentence.
        quotes: the marks behind the number that was chosen; ``title`` says which that is.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.chosen_changed: Signal[None] = Signal()
        self.order = Order()
        self.figures: list[Figure] = []
        self.quotes: list[Quote] = []
        self.title = ""
        self.said = ""
        self.is_running = False
        self._material: Material | None = None
        self._desk = desk
        desk.project_changed.connect(self._other_project)

    @property
    def is_counted(self) -> bool:
        """Whether there is something to show."""
        return self._material is not None

    # Choices

    @property
    def choices(self) -> dict[str, list[Option]]:
        """What each list offers, by the name of the choice."""
        project, material = self._desk.project, self._material
        people = [person.name for person in reading.people(project)] if project else []
        return {
            "whose": [
                Option("annotator:", "Everybody’s marks"),
                *(Option(f"annotator:{name}", name) for name in people),
                Option("gold:", "Gold"),
            ],
            "unit": [Option(unit.value, label) for unit, label in UNITS.items()],
            "label": [Option(name, _label(material.codebook, name)) for name in material.labels]
            if material
            else [],
            "toward": [Option(name, name) for name in material.judged] if material else [],
        }

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen in each list."""
        offered = self.choices
        return {
            "whose": f"{self.order.whose.view}:{self.order.whose.annotator}",
            "unit": self.order.unit.value,
            "label": _or_first(self.order.label, offered["label"]),
            "toward": _or_first(self.order.toward, offered["toward"]),
        }

    def choose(self, name: str, value: str) -> None:
        """Choose in one of the lists; another person's marks are counted anew."""
        if self.chosen[name] == value:
            return
        if name == "whose":
            view, _, person = value.partition(":")
            self.order = replace(self.order, whose=Whose(View(view), person), toward="")
            self.count()
            return
        if name == "unit":
            self.order = replace(self.order, unit=Unit(value))
        elif name == "label":
            self.order = replace(self.order, label=value)
        else:
            self.order = replace(self.order, toward=value)
        self._show(self._made(CHANGES[name]))

    # Work

    def count(self) -> None:
        """Read the marks between events, then make the figures."""
        project = self._desk.project
        if project is None or self.is_running:
            return
        material = Material(project)
        self.is_running = True
        self._say("Counting …")

        def done(error: BaseException | None) -> None:
            self.is_running = False
            if project is not self._desk.project:
                self._say(ANOTHER)
            elif error is None:
                self._say(self._total())
            else:
                self._say(str(error) if isinstance(error, Problem) else "Stopped before the end.")

        if not self._desk.window.run_slices("Counting marks", self._work(project, material), done):
            self.is_running = False
            self._say("Something else is running: wait for it, then try again.")

    def _work(self, project: Project, material: Material) -> Iterator[tuple[int, int, str]]:
        """Read the marks, then make one figure after the other."""
        yield from material.gather(project, self.order.whose)
        # Forgetting what was counted before takes its time, too.
        yield 1, 1, ""
        if project is not self._desk.project:
            return
        self._forget()
        self._material = material
        yield 1, 1, ""
        self.look_at("", ())
        yield 1, 1, ""
        for make in material.makers(self.order).values():
            made = yield from with_progress(make(), (1, 1, ""))
            yield 1, 1, ""
            self._show([made] if made else [])

    def _made(self, names: Sequence[str]) -> list[Figure]:
        """Return the figures of some names that can be made."""
        makers = self._material.makers(self.order) if self._material else {}
        made = (whole(makers[name]()) for name in names if name in makers)
        return [figure for figure in made if figure]

    def _show(self, made: Sequence[Figure]) -> None:
        """Show figures, in the place of those of the same names."""
        if self._material is None:
            return
        known = {figure.name: figure for figure in (*self.figures, *made)}
        self.figures = [known[name] for name in self._material.makers(self.order) if name in known]
        self.changed.emit(None)

    def _total(self) -> str:
        heaps = self._material.tally.marks if self._material else {}
        total = counted(sum(map(len, heaps.values())), "mark")
        return f"{total} in {counted(len({article for _, article in heaps}), 'article')}"

    # The marks behind

    def pick(self, figure: Figure, cell: Cell) -> None:
        """Look at what stands behind a number."""
        ids = figure.behind.get(cell, ())
        head = f"{figure.heading(*cell)}: {counted(len(ids), figure.of)}"
        if len(ids) > MOST:
            head += f", the first {MOST:,} of them here"
        self.look_at(head, ids, of_articles=figure.of == "article")

    def look_at(self, title: str, ids: Sequence[Id], *, of_articles: bool = False) -> None:
        """Show marks, or the beginnings of articles, as quotes."""
        project = self._desk.project
        read = behind.openings if of_articles else behind.quotes
        self.quotes = read(project, ids) if project and ids else []
        self.title = title
        self.chosen_changed.emit(None)

    def go_to(self, quote: Quote) -> None:
        """Open the article of a quote, at the mark."""
        jump(self._desk, quote.article, quote.mark, (quote.start, quote.end))

    # Files

    def write(self, figure: Figure, path: Path) -> None:
        """Write the numbers of a figure as a table."""
        try:
            figures.write(figure, path)
        except Problem as problem:
            self._say(str(problem))
        else:
            self._say(f"Saved as {path.name}.")

    def tell(self, sentence: str) -> None:
        """Say something in the window."""
        self._say(sentence)

    def _other_project(self, _: None) -> None:
        self.order = Order()
        self._forget()
        self.look_at("", ())
        self._say(ANOTHER if self._desk.project else "")

    def _forget(self) -> None:
        """Let go of what was counted before; the marks of a large project are no small thing to forget."""
        before, self._material, self.figures = self._material, None, []
        if before:
            before.let_go()

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)


def _label(codebook: Codebook, name: str) -> str:
    layer, _, attribute = name.partition(".")
    return f"{codebook.layer(layer).label}: {labels.attribute(codebook, layer, attribute)}"


def _or_first(name: str, offered: list[Option]) -> str:
    known = [option.name for option in offered]
    return name if name in known else next(iter(known), "")
