"""The suggesters on trial: how their suggestions fared, how good they are, and where they slip."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain import labels
from annotator.presentation.jumping import jump
from annotator.presentation.signal import Signal
from annotator.services import answering, models
from annotator.services.trial import BOUNDS, MISSED, TOO_MUCH, VALUE, Slip, Trial, try_out
from annotator.services.wording import counted, quoted, suggester_called

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

__all__ = ["KINDS", "Curve", "Slip", "TrialTable"]

KINDS = (MISSED, TOO_MUCH, BOUNDS, VALUE)
_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Curve:
    """What a model learned of a layer from how many articles.

    Attributes:
        points: number of articles and exact F1.
        rules: exact F1 of the rules on the same articles, if they know the layer.
    """

    model: str
    layer: str
    points: tuple[tuple[int, float], ...]
    rules: float | None


class TrialTable:
    """What the window of suggesters shows; looking changes nothing.

    Attributes:
        slips: those of the chosen kind, in reading order.
        kind: which slips are shown; empty shows all.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.changed: Signal[None] = Signal()
        self.trial = Trial()
        self.kind = ""
        self.slips: list[Slip] = []

    def measure(self) -> None:
        """Compare the suggestions of the open project with the marks made without them."""
        project = self._desk.project
        if project is None:
            return
        trial = Trial()

        def done(error: BaseException | None) -> None:
            if error is None and self._desk.project is project:
                self.trial = trial
                self.choose(self.kind)

        self._desk.window.run_slices("Trying the suggesters", try_out(project, trial), done)

    def choose(self, kind: str) -> None:
        """Show slips of one kind, or all."""
        self.kind = kind
        self.slips = [slip for slip in self.trial.slips if not kind or slip.kind == kind]
        self.changed.emit(None)

    def open(self, row: int) -> None:
        """Show a slip in the text."""
        if 0 <= row < len(self.slips):
            slip = self.slips[row]
            jump(self._desk, slip.article, "", slip.extent)

    def said(self) -> str:
        """Return what the scores rest on."""
        if not self.trial.articles:
            return (
                "Nothing to compare yet: it takes articles with suggestions in which a layer was "
                "called done before any suggestion was answered, such as those kept back."
            )
        return (
            f"{counted(self.trial.articles, 'article')} done without answering a suggestion, "
            f"{counted(len(self.trial.slips), 'difference')}."
        )

    def scores(self) -> list[tuple[str, ...]]:
        """Return layer, suggested, marked, exact F1 and overlap F1 of each layer."""
        rows: list[tuple[str, ...]] = []
        for name, kinds in sorted(self.trial.scores.marks.items()):
            if ":" not in name:
                exact, overlap = kinds["exact"], kinds["overlap"]
                rows.append(
                    (name, f"{exact.proposed:,}", f"{exact.wanted:,}",
                     _share(exact.as_data()["f1"]), _share(overlap.as_data()["f1"]))
                )  # fmt: skip
        return rows

    def fared(self) -> list[str]:
        """Return for each suggester how many were accepted, changed, rejected and wait.

        Versions are named where a suggester had several.
        """
        project = self._desk.project
        tallies = answering.tallies(project) if project else []
        versions = Counter(tally.name for tally in tallies)
        rows = []
        for tally in tallies:
            told = ", ".join(f"{count:,} {name}" for name, count in tally.decisions.items())
            who = suggester_called(tally.name)
            who += f", version {tally.version}" if versions[tally.name] > 1 else ""
            rows.append(f"{who[0].upper()}{who[1:]}: {told}")
        return rows

    def curves(self) -> list[Curve]:
        """Return the learning curves of the newest model that has any."""
        found: list[Curve] = []
        for row in models.comparison():
            points = tuple((int(count), float(value)) for count, value in row.get("curve", ()))
            if len(points) > 1:
                found.append(Curve(row["name"], row["layer"], points, row.get("rules_exact_f1")))
        newest = max((curve.model for curve in found), default="")
        return [curve for curve in found if curve.model == newest]

    def words(self, slip: Slip) -> tuple[str, str]:
        """Return the two lines of a slip: what is different, and where."""
        sides = [quoted(side, _QUOTE) for side in (slip.proposed, slip.wanted)]
        project = self._desk.project
        layer = labels.layer(project.codebook, slip.layer) if project else slip.layer
        if slip.kind == MISSED:
            said = f"{layer} missed: {sides[1]}"
        elif slip.kind == TOO_MUCH:
            said = f"{layer} too much: {sides[0]}"
        else:
            said = f"{layer}, {slip.kind}: {sides[0]} for {sides[1]}"
        return said, slip.title


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
