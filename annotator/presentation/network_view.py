"""The network window: which network is shown, its picture, and the marks behind what was chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.network import Kind
from annotator.domain.slices import with_progress
from annotator.presentation import network_words
from annotator.presentation.jumping import jump
from annotator.presentation.option import Option
from annotator.presentation.signal import Signal
from annotator.services import behind, network_choices, networks, reading
from annotator.services.behind import Quote
from annotator.services.network_drawing import Drawing, Node, Tie, draw
from annotator.services.network_gathering import Order, Steps, gather
from annotator.services.networks import Found, empty
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["Drawing", "NetworkView", "Node", "Option", "Quote", "Tie"]

STOPPED = "Stopped before the end: what is seen was made before."
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
        project = self._desk.project
        return network_words.legend(self.order, self.drawing, project.codebook if project else None)

    # Work

    def compute(self) -> None:
        """Read the statements, compute and draw, all of it between events."""
        project = self._desk.project
        if project is None:
            return
        gathered, order = empty(), self.order

        def work() -> Steps:
            yield from gather(project, order, gathered)
            found = yield from with_progress(networks.compute.slices(gathered, order))
            yield from self._drawn(project, found, 0)

        self._run("Reading the statements", work())

    def _draw(self) -> None:
        found, project = self.found, self._desk.project
        if project and found and found.networks:
            period = min(self.period, len(found.networks) - 1)
            self._run("Drawing", self._drawn(project, found, period))

    def _drawn(self, project: Project, found: Found, period: int) -> Steps:
        drawing = None
        if found.networks:
            drawing = yield from with_progress(draw.slices(found.networks[period], self.most))
        if project is self._desk.project:
            self._show(found, drawing)

    def _run(self, title: str, work: Steps) -> None:
        project = self._desk.project
        if project is None or self.is_running:
            return
        self.is_running = True
        self._say(f"{title} …")

        def done(error: BaseException | None) -> None:
            self.is_running = False
            if project is not self._desk.project:
                self._say(ANOTHER)
            elif error is None:
                self._say(self.said)
            else:
                self._say(str(error) if isinstance(error, Problem) else STOPPED)

        if not self._desk.window.run_slices(title, work, done):
            self.is_running = False
            self._say("Something else is running: wait for it, then try again.")

    def _show(self, found: Found, drawing: Drawing | None) -> None:
        self.drawing = drawing
        if found is not self.found:
            self.found, self.period = found, 0
        self.look_at("", ())
        self._say(network_words.summary(found, drawing, self.period))

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
        found = self.found
        if found is None:
            return

        def work() -> Steps:
            paths = yield from with_progress(networks.write.slices(found, path))
            self.said = (
                f"Wrote {paths[0].name}." if len(paths) == 1 else f"Wrote {len(paths)} files."
            )

        self._run("Writing the network", work())

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
