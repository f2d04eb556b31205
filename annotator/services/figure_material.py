"""Figures out of what was read: how far it is, what was marked where and when, who says what, who is judged how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from annotator.analysis.charts import Heaps, chart, first_of, joined, largest, of_time
from annotator.analysis.tally import Tally
from annotator.analysis.windows import Unit, period_label
from annotator.domain.article import Verdict
from annotator.domain.codebook import SENTIMENT, Attribute, Codebook, Kind, Layer
from annotator.domain.figure import Figure, Form, Part
from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, whole, with_progress
from annotator.services.collecting import let_go
from annotator.services.figure_gathering import POLARITY, Steps, Whose, gather
from annotator.services.network_values import NO, day_of
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import statements
from annotator.store.statements import ArticleRow, values_of

__all__ = ["Material", "Order", "Unit"]

MOST_BARS = 12
MOST_JUDGED = 200
MOST_SOURCES, MOST_TOPICS = 12, 8
COUNTED = (Kind.CHOICE, Kind.SEVERAL, Kind.YES_NO, Kind.SCALE)
NOWHERE = "(not known)"
NO_DATE = "(no date)"
OTHERS = "(all others)"
MUTED = ("#5b6168", "#a3a9b0")
AGAINST = ("#a8321f", "#ff9a86")
EVERYBODY = Whose()

Made = Slices[Figure | None]
"""A figure that is made slice by slice; none where the codebook has nothing for it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which figures are wanted.

    Attributes:
        unit: what time is counted in.
        label: the attribute whose values are shown, as ``layer.attribute``; empty for the first.
        toward: the actor whose judgements are shown; empty for the one judged most often.
    """

    whose: Whose = EVERYBODY
    unit: Unit = Unit.MONTHS
    label: str = ""
    toward: str = ""


class Material:
    """What was read of a project, from which figures are made at once, without the project.

    Attributes:
        tally: the marks in heaps.
    """

    def __init__(self, project: Project) -> None:
        self.tally = Tally()
        self.codebook: Codebook = project.codebook
        self._articles: dict[Id, ArticleRow] = {}
        self._days: dict[Id, date | None] = {}

    def gather(self, project: Project, whose: Whose) -> Steps:
        """Read the project, in small steps; yields and raises like ``figure_gathering.gather``."""
        self._articles = yield from with_progress(statements.articles.slices(project.db))
        for number, (id, article) in enumerate(self._articles.items()):
            self._days[id] = day_of(None, article.published)
            if number % MANY == 0:
                yield 0, 0, ""
        yield from gather(project, whose, self.tally, self._articles)

    def let_go(self) -> None:
        """Forget it all, without stopping whoever goes on; no figure can be made any more."""
        tally = self.tally
        # What holds one mark after the other comes last: there the ids themselves go.
        let_go(tally.values, tally.mentions, tally.claims, tally.feelings, tally.marks)

    @property
    def labels(self) -> list[str]:
        """The attributes whose values can be shown, as ``layer.attribute``."""
        return [
            f"{layer.name}.{attribute.name}"
            for layer in self.codebook.open_layers
            for attribute in layer.attributes
            if attribute.kind in COUNTED and not attribute.retired
        ]

    @cached_property
    def judged(self) -> list[str]:
        """Whom judgements are about, the most judged first, as many as a list can hold."""
        often = {(name, ""): some for name, some in self.tally.feelings.items()}
        return largest(often, MOST_JUDGED)

    def makers(self, order: Order) -> dict[str, Callable[[], Made]]:
        """Return what makes each figure slice by slice, by its name, in the order they are shown."""
        return {
            "progress": self.progress,
            "layers": self.layers,
            "time": lambda: self.times(order.unit),
            "publishers": self.publishers,
            "judgements": lambda: self.judgements(order.toward, order.unit),
            "actors": self.actors,
            "values": lambda: self.values(order.label),
            "claims": self.claims,
        }

    def figures(self, order: Order) -> list[Figure]:
        """Return every figure that the codebook allows."""
        made = (whole(make()) for make in self.makers(order).values())
        return [figure for figure in made if figure]

    def progress(self) -> Made:
        """Return how many articles are done, by layer."""
        heaps: dict[tuple[str, str], list[Id]] = defaultdict(list)
        for layer in self.codebook.open_layers:
            for article in self._articles:
                verdict = self.tally.verdicts.get((layer.name, article), Verdict.OPEN.value)
                heaps[layer.name, verdict].append(article)
            yield
        parts = (
            (Verdict.DONE.value, Part("Done")),
            (Verdict.NOTHING_FOUND.value, Part("Nothing found", ("#8a6a00", "#e0bd4f"))),
            (Verdict.OPEN.value, Part("Open", MUTED, is_missing=True)),
        )
        return chart(
            "progress", "Progress", Form.BARS, [layer.name for layer in self.codebook.open_layers],
            parts, heaps, of="article", labels=self._layer_labels(),
        )  # fmt: skip

    def layers(self) -> Made:
        """Return how many marks each layer has."""
        heaps = yield from joined.slices(
            (layer, "", ids) for (layer, _), ids in self.tally.marks.items()
        )
        rows = [layer.name for layer in self.codebook.layers if (layer.name, "") in heaps]
        return chart(
            "layers", "Marks by layer", Form.BARS, rows, [("", Part("Marks"))], heaps,
            labels=self._layer_labels(),
        )  # fmt: skip

    def times(self, unit: Unit) -> Made:
        """Return when marks were published, by layer."""
        days = {id: self._days[id] for _, id in self.tally.marks}
        yield
        rows, unit = of_time((day for day in days.values() if day), unit)
        called = {day: _when(day, unit) for day in set(days.values())}
        yield
        heaps = yield from joined.slices(
            (called[days[article]], layer, ids)
            for (layer, article), ids in self.tally.marks.items()
        )
        title = f"Marks by {unit.value[:-1]}"
        return _over_time("time", title, rows, self._layer_parts(), heaps)

    def publishers(self) -> Made:
        """Return where marks were published, by layer."""
        heaps = yield from joined.slices(
            (self._articles[article].publisher or NOWHERE, layer, ids)
            for (layer, article), ids in self.tally.marks.items()
        )
        rows = yield from largest.slices(heaps, MOST_BARS)
        others = yield from joined.slices(
            (OTHERS, layer, ids) for (name, layer), ids in heaps.items() if name not in rows
        )
        if others:
            rows, heaps = [*rows, OTHERS], heaps | others
        return chart(
            "publishers", "Marks by publisher", Form.BARS, rows, self._layer_parts(), heaps
        )

    def values(self, label: str) -> Made:
        """Return how often each value of an attribute was given."""
        known = self.labels
        name = label if label in known else next(iter(known), "")
        if not name:
            return None
        layer = self.codebook.layer(name.partition(".")[0])
        attribute = layer.attribute(name.partition(".")[2])
        heaps: dict[tuple[str, str], list[Id]] = defaultdict(list)
        for (kind, stored), ids in self.tally.values.items():
            if kind == layer.name:
                value = values_of(stored).get(attribute.name) if attribute else None
                for one in value if isinstance(value, tuple) else (value,):
                    heaps[_told(one), ""] += ids
                yield
        return self._of_values(layer, attribute, heaps) if attribute else None

    def actors(self) -> Made:
        """Return who is mentioned most often."""
        mentions = self.tally.mentions
        sizes: dict[str, int] = {}
        for number, (name, ids) in enumerate(mentions.items(), 1):
            sizes[name] = len(ids)
            if number % MANY == 0:
                yield
        rows = yield from first_of.slices(sizes, MOST_BARS)
        heaps = {(name, ""): mentions[name] for name in rows}
        return chart(
            "actors", "Who is mentioned most", Form.BARS, rows, [("", Part("Mentions"))], heaps,
            note=_more(len(mentions) - len(rows), "actor") if heaps else "Marks of actors are counted here.",
        )  # fmt: skip

    def claims(self) -> Made:
        """Return who makes claims about what."""
        heaps = self.tally.claims
        by_topic = {(topic, name): ids for (name, topic), ids in heaps.items()}
        rows = yield from largest.slices(heaps, MOST_SOURCES)
        topics = yield from largest.slices(by_topic, MOST_TOPICS)
        names = {name for name, _ in heaps}
        return chart(
            "claims", "Who claims what", Form.TABLE, rows, [(topic, Part(topic)) for topic in topics],
            heaps,
            note=_more(len(names) - len(rows), "actor")
            if heaps
            else "A claim is counted here once it has a source and a topic.",
        )  # fmt: skip

    def judgements(self, toward: str, unit: Unit) -> Made:
        """Return how somebody is judged over time."""
        judged = self.judged
        yield
        name = toward if toward in self.tally.feelings else next(iter(judged), "")
        if not name or not self.codebook.has_layer(SENTIMENT):
            return None
        attribute = self.codebook.layer(SENTIMENT).attribute(POLARITY)
        some = self.tally.feelings[name]
        days = [self._days[item.article] for item in some]
        rows, unit = of_time((day for day in days if day), unit)
        heaps: dict[tuple[str, str], list[Id]] = defaultdict(list)
        for item, day in zip(some, days, strict=True):
            heaps[_when(day, unit), item.polarity].append(item.mark)
        parts = [
            (code.name, Part(code.label or code.name, code.colour or (AGAINST if code.name in NO else None), code.name in NO))
            for code in (attribute.codes if attribute else ())
        ]  # fmt: skip
        parts.sort(key=lambda part: part[1].is_below)
        return _over_time("judgements", f"How {name} is judged", rows, parts, heaps)

    def _of_values(
        self, layer: Layer, attribute: Attribute, heaps: dict[tuple[str, str], list[Id]]
    ) -> Figure:
        labels = {code.name: code.label or code.name for code in attribute.codes}
        known = [code.name for code in attribute.codes]
        rows = (
            largest({key: ids for key, ids in heaps.items() if key[0] != _told(None)}, MOST_BARS)
            if attribute.kind is Kind.SEVERAL
            else [name for name in known or ("yes", "no") if (name, "") in heaps]
        )
        rows += [_told(None)] if (_told(None), "") in heaps else []
        left = len({row for row, _ in heaps}) - len(rows)
        title = f"{layer.label}: {attribute.label or attribute.name}"
        return chart(
            "values", title, Form.BARS, rows, [("", Part("Marks", layer.colour))], heaps,
            labels=labels, note=_more(left, "value"),
        )  # fmt: skip

    def _layer_labels(self) -> dict[str, str]:
        return {layer.name: layer.label for layer in self.codebook.layers}

    def _layer_parts(self) -> list[tuple[str, Part]]:
        used = {layer for layer, _ in self.tally.marks}
        return [
            (layer.name, Part(layer.label, layer.colour))
            for layer in self.codebook.layers
            if layer.name in used
        ]


def _told(value: object) -> str:
    if value is None:
        return "(none given)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _when(day: date | None, unit: Unit) -> str:
    return period_label(day, unit) if day else NO_DATE


def _over_time(
    name: str, title: str, rows: list[str], parts: list[tuple[str, Part]], heaps: Heaps
) -> Figure:
    """Return a chart over time; what has no date is told, and shown if nothing has one."""
    undated = sum(len(ids) for (row, _), ids in heaps.items() if row == NO_DATE)
    note = f"{counted(undated, 'mark')} without a date left out" if undated and rows else ""
    shown = rows or ([NO_DATE] if undated else [])
    return chart(name, title, Form.TIME, shown, parts, heaps, note=note)


def _more(count: int, noun: str) -> str:
    return f"{counted(count, f'more {noun}')}" if count > 0 else ""
