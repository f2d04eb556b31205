"""The network window: which network is shown, its picture, and the marks behind what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.network import Kind
from annotator.presentation import network_words
from annotator.presentation.agreement_table import Option
from annotator.presentation.jumping import jump
from annotator.presentation.signal import Signal
from annotator.services import behind, network_choices, networks, reading
from annotator.services.behind import Quote
from annotator.services.network_drawing import Drawing, Node, Tie, draw
from annotator.services.network_gathering import Gathered, Order, gather
from annotator.services.networks import Found, empty

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["Drawing", "NetworkView", "Node", "Option", "Quote", "Tie"]

ANOTHER = "This is another project: count again to see it."
MOST_NAMES = 60
"""So many names are drawn at first; more are hard to read."""


class NetworkView:
    """Computes networks of the open project beside the reading.

    Attributes:
        changed: another picture, other choices, or another state.
        chosen_changed: other marks are looked at.
        most: how many names are drawn.
        period: which of the networks of windows is shown.
        said: what is going on or wrong, in a sentence.
        quotes: the marks behind what was chosen; ``title`` says what that is.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.chosen_changed: Signal[None] = Signal()
        self.order = Order()
        self.most = MOST_NAMES
        self.period = 0
        self.found: Found | None = None
        self.drawing: Drawing | None = None
        self.quotes: list[Quote] = []
        self.title = ""
        self.said = ""
        self.is_running = False
        self._desk = desk
        desk.project_changed.connect(self._other_project)

    # Choices

    @property
    def choices(self) -> dict[str, list[Option]]:
        """What each list offers, by the name of the choice."""
        project = self._desk.project
        found = (
            network_words.choices(
                self.order, project.codebook, [person.name for person in reading.people(project)]
            )
            if project
            else network_words.choices(self.order, None, [])
        )
        found["period"] = [
            Option(str(number), made.label)
            for number, made in enumerate(self.found.networks if self.found else ())
            if made.label
        ]
        return found

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen in each list."""
        return {**network_words.chosen(self.order), "period": str(self.period)}

    def choose(self, name: str, value: str) -> None:
        """Choose in a list, a field or a box (“yes” or nothing), and compute again."""
        if name == "period":
            self.period = int(value)
            self._draw()
            return
        project = self._desk.project
        if project is None or self.chosen.get(name) == value:
            return
        try:
            if name == "layer":
                self.order = network_choices.with_layer(self.order, project.codebook, value)
            else:
                self.order = network_choices.with_choice(self.order, name, value)
        except Problem as problem:
            self._say(str(problem))
            return
        self.compute()

    def show_most(self, count: int) -> None:
        """Draw at most so many names."""
        if count != self.most:
            self.most = count
            self._draw()

    @property
    def legend(self) -> str:
        """What shapes and lines mean."""
        return network_words.legend(self.order, self.drawing)

    # Work

    def compute(self) -> None:
        """Read the statements between events, then compute and draw in another thread."""
        project = self._desk.project
        if project is None or self.is_running:
            return
        gathered, order = empty(), self.order
        work = gather(project, order, gathered)
        self.is_running = True
        self._say("Reading the statements …")

        def read(error: BaseException | None) -> None:
            self.is_running = False
            if project is not self._desk.project:
                self._say(ANOTHER)
            elif error is None:
                self._compute(gathered, order)
            else:
                self._failed(error)

        if not self._desk.window.run_slices("Reading statements", work, read):
            self.is_running = False
            self._say("Something else is running: wait for it, then try again.")

    def _compute(self, gathered: Gathered, order: Order) -> None:
        most = self.most

        def work(tell: Callable[[int, int], bool]) -> object:
            found = networks.compute(gathered, order)
            shown = found.networks[0] if found.networks else None
            return found, draw(shown, most, tell) if shown else None

        self._aside(work)

    def _draw(self) -> None:
        found = self.found
        if found is None or not found.networks or self.is_running:
            return
        network, most = found.networks[min(self.period, len(found.networks) - 1)], self.most
        self._aside(lambda tell: (found, draw(network, most, tell)))

    def _aside(self, work: Callable[[Callable[[int, int], bool]], object]) -> None:
        project = self._desk.project
        self.is_running = True
        self._say("Drawing …")

        def drawn(result: object | None, error: BaseException | None) -> None:
            self.is_running = False
            if project is not self._desk.project:
                self._say(ANOTHER)
            elif isinstance(result, tuple):
                self._show(*result)
            else:
                self._failed(error)

        if not self._desk.window.run_aside("Drawing the network", work, drawn):
            self.is_running = False
            self._say("Something else is running: wait for it, then try again.")

    def _show(self, found: Found, drawing: Drawing | None) -> None:
        self.drawing = drawing
        if found is not self.found:
            self.found, self.period = found, 0
        self.look_at("", ())
        self._say(network_words.summary(found, drawing, self.period))

    def _failed(self, error: BaseException | None) -> None:
        self._say(str(error) if isinstance(error, Problem) else "Stopped before the end.")

    # What was chosen in the picture

    def choose_nothing(self) -> None:
        """Look at no marks."""
        self.look_at("", ())

    def choose_node(self, number: int) -> None:
        """Look at the marks behind a name."""
        if self.drawing:
            node = self.drawing.nodes[number]
            self.look_at(node.name, node.marks)

    def choose_tie(self, number: int) -> None:
        """Look at the marks behind a tie."""
        if self.drawing:
            self.look_at(self.drawing.told(number), self.drawing.marks_of_tie(number))

    def look_at(self, title: str, marks: tuple[Id, ...]) -> None:
        """Show marks as quotes."""
        project = self._desk.project
        self.quotes = behind.quotes(project, marks) if project and marks else []
        self.title = network_words.heading(title, len(marks)) if title else ""
        self.chosen_changed.emit(None)

    def go_to(self, quote: Quote) -> None:
        """Open the article of a quote, at the mark."""
        jump(self._desk, quote.article, quote.mark, (quote.start, quote.end))

    # Files

    def write(self, path: Path) -> None:
        """Write the networks; the suffix tells the format."""
        if self.found is None:
            return
        try:
            paths = networks.write(self.found, path)
        except Problem as problem:
            self._say(str(problem))
        else:
            self._say(
                f"Wrote {paths[0].name}." if len(paths) == 1 else f"Wrote {len(paths)} files."
            )

    def tell(self, sentence: str) -> None:
        """Say something in the window."""
        self._say(sentence)

    def _other_project(self, _: None) -> None:
        self.order = replace(Order(), kind=self.order.kind if self._desk.project else Kind.TWO_MODE)
        self.found = self.drawing = None
        self.period = 0
        self.look_at("", ())
        self._say(ANOTHER if self._desk.project else "")

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)
