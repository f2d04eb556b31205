"""A release in the making: what is filled in, what it would hold, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.release import About, Texts, in_full
from annotator.domain.splits import Method, Wish
from annotator.presentation import beside
from annotator.presentation.signal import Signal
from annotator.services import duplicates, release_about, release_aside, release_plan, releasing
from annotator.services.release_plan import Order, Plan
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk
    from annotator.services.aside import Aside
    from annotator.services.project import Project

METHODS: tuple[tuple[str, Method], ...] = (
    ("At random", Method.RANDOM),
    ("By time, latest in test", Method.TIME),
    ("By publisher", Method.PUBLISHER),
)
STRATA: tuple[tuple[str, str], ...] = (
    ("each publisher in proportion", "publisher"),
    ("each month in proportion", "month"),
    ("all alike", ""),
)
TEXTS: tuple[tuple[str, Texts], ...] = (
    ("Whole texts", Texts.WITH),
    ("Marked words only", Texts.SNIPPETS),
    ("No words: offsets and hashes", Texts.WITHOUT),
)
VOTES: tuple[tuple[str, bool], ...] = (
    ("are left out of the splits", False),
    ("go in as most annotators said", True),
)
SHARES: tuple[tuple[str, tuple[float, float, float]], ...] = (
    ("80 · 10 · 10 %", (0.8, 0.1, 0.1)),
    ("70 · 15 · 15 %", (0.7, 0.15, 0.15)),
    ("60 · 20 · 20 %", (0.6, 0.2, 0.2)),
    ("all in train", (1.0, 0.0, 0.0)),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the preview."""

    name: str
    value: str


class ReleaseDraft:
    """What the release dialog shows and does.

    Attributes:
        changed: another preview, or other words below it.
        order: what is wanted, as it was filled in.
        plan: what it would hold; None before the first preview.
        is_stale: whether something was filled in since.
        said: what went wrong, or what was done.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.order = Order(About("dataset"), "1.0.0")
        self.plan: Plan | None = None
        self.is_stale = False
        self.is_running = False
        self.said = ""
        self._desk = desk
        desk.saved.connect(self._acted)
        desk.project_changed.connect(self._begin)
        self._begin(None)

    def show(self) -> None:
        """Propose the next version, and show what it would hold."""
        project = self._desk.project
        if project and self.plan is None and not self.is_running:
            version = release_plan.proposed_version(project.db)
            self.order = replace(self.order, version=version)
            self.preview()

    def fill_in(self, **values: object) -> None:
        """Take what describes the dataset: fields of ``About``."""
        about: About = replace(self.order.about, **values)  # type: ignore[arg-type]
        self._order(replace(self.order, about=about))

    def choose_version(self, version: str) -> None:
        """Take the version; ``1.0`` means ``1.0.0``."""
        self._order(replace(self.order, version=in_full(version.strip())))

    def choose_texts(self, texts: Texts) -> None:
        """Say what of the texts goes out."""
        self._order(replace(self.order, texts=texts))

    def choose_votes(self, votes: bool) -> None:
        """Say what becomes of articles that several coded and nobody adjudicated."""
        self._order(replace(self.order, votes=votes))

    def choose_wish(self, **values: object) -> None:
        """Say how articles are divided: fields of ``Wish``."""
        wish: Wish = replace(self.order.wish, **values)  # type: ignore[arg-type]
        self._order(replace(self.order, wish=wish))

    @property
    def title(self) -> str:
        """The name of the folder that would be made."""
        return f"{self.order.about.name}-{self.order.version}"

    @property
    def facts(self) -> list[Fact]:
        """What the release would hold."""
        plan = self.plan
        if plan is None:
            return []
        splits = [
            Fact(name, counted(count, "article")) for name, count in plan.split_counts.items()
        ]
        marks = [
            Fact(layer, counted(count, "mark"))
            for layer, count in plan.release.counts.items()
            if layer != "article"
        ]
        groups = len(set(plan.groups.values()))
        return [
            *splits,
            *marks,
            Fact("codings", f"{plan.annotations:,} by {counted(len(plan.release.people), 'annotator')}"),
            Fact("copies", f"{counted(groups, 'group')}, each in one split"),
            Fact("after", plan.earlier[-1].version if plan.earlier else "the first release"),
        ]  # fmt: skip

    def preview(self) -> None:
        """Work out what the release would hold; nothing is written."""
        order = self.order
        self._run(
            "Planning the release",
            lambda project: release_aside.preview_aside(project, order),
            self._planned,
        )

    def write(self, parent: Path) -> None:
        """Write the release into a folder."""
        order = self.order
        self._run(
            "Writing the release",
            lambda project: release_aside.release_aside(project, order, parent),
            self._written,
        )

    def _run(
        self,
        title: str,
        begin: Callable[[Project], Aside[object]],
        done: Callable[[object], None],
    ) -> None:
        """Index what is not indexed yet in slices, then do the work aside."""
        project, desk = self._desk.project, self._desk
        if project is None or self.is_running:
            return

        def ended(result: object | None, error: BaseException | None) -> None:
            self.is_running = False
            if error is not None:
                self._failed(error)
            else:
                done(result)

        def prepared(error: BaseException | None) -> None:
            desk.busy = False
            if error is not None:
                ended(None, error)
                return
            try:
                if not beside.run(desk, title, begin, ended):
                    ended(None, Problem(beside.BUSY))
            except (Problem, OSError) as problem:
                ended(None, problem)

        if desk.busy:
            self._say("An import or a merge is running: wait for it, then try again.")
            return
        desk.busy = self.is_running = True
        self._say(f"{title} …")
        steps = duplicates.index_steps(project)
        if not desk.window.run_slices("Looking for copies", steps, prepared):
            desk.busy = self.is_running = False
            self._say(beside.BUSY)

    def _planned(self, result: object) -> None:
        if isinstance(result, Plan):
            self.plan, self.is_stale = result, result.order != self.order
            self._say("")

    def _written(self, result: object) -> None:
        project = self._desk.project
        if isinstance(result, releasing.Made) and project:
            self._desk.act(lambda project: releasing.record(project, result))
            self.plan, self.is_stale = result.plan, False
            self._say(f"Wrote {result.folder}.")

    def _failed(self, error: BaseException) -> None:
        self._say(str(error) if isinstance(error, Problem) else "Cancelled: nothing was written.")

    def _order(self, order: Order) -> None:
        if order != self.order:
            self.order = order
            self.is_stale = self.plan is not None
            self.changed.emit(None)

    def _acted(self, _: object) -> None:
        if self.plan is not None and not self.is_running:
            self.is_stale = True
            self.changed.emit(None)

    def _begin(self, _: None) -> None:
        project = self._desk.project
        self.plan, self.is_stale, self.said = None, False, ""
        if project:
            self.order = replace(self.order, about=release_about.remembered(project))
        self.changed.emit(None)

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)
