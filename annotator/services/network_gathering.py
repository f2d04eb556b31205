"""Statements read from the marks of a project, and how many could not become one and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from annotator.analysis.events import Duplicates, Event, Level, Scale, numbers_of
from annotator.analysis.networks import ALLOWED, Combine, Rule
from annotator.analysis.normalising import Norm
from annotator.analysis.windows import Unit
from annotator.domain.actor import Actor
from annotator.domain.codebook import CLAIM, SENTIMENT
from annotator.domain.errors import BadInput, NotFound
from annotator.domain.identity import Id
from annotator.domain.mark import View
from annotator.domain.network import Kind
from annotator.domain.slices import with_progress
from annotator.services import recognising
from annotator.services.collecting import put_off
from annotator.services.network_values import (
    Book,
    Qualifier,
    Statement,
    Values,
    day_of,
    qualifier,
    variable,
)
from annotator.services.project import Project
from annotator.store import annotators, statements
from annotator.store.statements import ArticleRow, EndRow, MarkRow, values_of

Steps = Iterator[tuple[int, int, str]]

Filter = tuple[str, tuple[str, ...]]
"""A variable and some of its values."""


FLAGS = ("isolates", "linked_only", "voices", "middle", "weighted")
"""The choices of an order that are yes or no."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which network is wanted.

    Attributes:
        layer, rows, columns, qualifier: empty for the usual ones of the kind: who claims what, with
            the stance; or who judges whom.
        combine: None for the usual one of the kind.
        since, until: the range of time, both included.
        unit, size: windows of time: periods of the calendar, or moving ones of a size.
        isolates: show also names that nothing ties within the range.
        only, without: statements that have, or do not have, one of these values.
        annotator: only this person's marks; empty for everybody's.
        linked_only, voices: see ``network_values.Book``.
        middle: see ``network_values.qualifier``.
        weighted: multiply a judgement by its intensity.
    """

    kind: Kind = Kind.TWO_MODE
    layer: str = ""
    rows: str = ""
    columns: str = ""
    qualifier: str = ""
    combine: Combine | None = None
    norm: Norm = Norm.NONE
    duplicates: Duplicates = Duplicates.ARTICLE
    since: date | None = None
    until: date | None = None
    unit: Unit | None = None
    size: int = 0
    isolates: bool = False
    only: tuple[Filter, ...] = ()
    without: tuple[Filter, ...] = ()
    view: View = View.ANNOTATOR
    annotator: str = ""
    linked_only: bool = False
    voices: bool = False
    middle: bool = False
    weighted: bool = False

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise BadInput(f"The range ends on {self.until}, before it begins on {self.since}.")


@dataclass
class Gathered:
    """What was read: statements before duplicates are dropped, and what was left out.

    Attributes:
        rule: how they become a network.
        marks: how many were looked at.
        rows, columns: every name that occurs in the range of time, tied or not.
        left_out: how many marks gave no statement, by reason.
    """

    rule: Rule
    marks: int = 0
    events: list[Event] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


def gather(project: Project, order: Order, found: Gathered) -> Steps:
    """Read the statements of an order into ``found``, in small steps.

    Yields:
        How many articles are read, of all.

    Raises:
        BadInput: a variable, layer or qualifier that the codebook does not have.
        NotFound: no annotator of that name.
    """
    entries = yield from with_progress(recognising.book.slices(project))
    reading = _Reading(project, order, entries)
    person = _person(project, order.annotator)
    yield 0, 0, ""
    articles = yield from with_progress(statements.articles.slices(project.db))
    done = {id: number for number, id in enumerate(sorted(articles))}
    with put_off():
        for batch in statements.batches(project.db, order.view):
            yield done[batch.first], len(articles), ""
            ends: dict[Id, list[EndRow]] = defaultdict(list)
            for end in statements.ends(project.db, batch, order.view, reading.types):
                ends[end.start].append(end)
            for mark in statements.marks(project.db, batch, order.view, [reading.layer], person):
                reading.take(mark, ends.get(mark.id, ()), articles[mark.article], found)
    found.rule = reading.rule(found)


def usual(order: Order) -> tuple[str, str, str]:
    """Return the layer, rows and columns of an order, with the usual ones filled in."""
    judged = order.kind is Kind.DIRECTED
    return (
        order.layer or (SENTIMENT if judged else CLAIM),
        order.rows or ("holder" if judged else "source"),
        order.columns or ("target" if judged else "topics"),
    )


class _Reading:
    """How one mark becomes statements.

    Attributes:
        types: the links that say something that was asked for.
    """

    def __init__(self, project: Project, order: Order, entries: Sequence[Actor]) -> None:
        self._order = order
        self.layer, rows, columns = usual(order)
        codebook = project.codebook
        layer = codebook.layer(self.layer)
        book = Book.of(entries, linked_only=order.linked_only, voices=order.voices)

        def of(name: str) -> Values:
            return variable(codebook, layer, name, book)

        if rows == columns:
            raise BadInput(f"Rows and columns are both “{rows}”: choose two different variables.")
        self._rows, self._columns = of(rows), of(columns)
        self._names = rows, columns
        asked = {rows, columns, *(name for name, _ in (*order.only, *order.without))}
        bases = {name.partition(".")[0] for name in asked}
        self.types = [kind.name for kind in codebook.links_from(self.layer) if kind.name in bases]
        self._filters = [
            (of(name), frozenset(values), wanted)
            for filters, wanted in ((order.only, True), (order.without, False))
            for name, values in filters
        ]
        self._combine = order.combine or ALLOWED[order.kind][0][0]
        judged = order.kind is Kind.DIRECTED
        self._qualifier = qualifier(
            layer,
            order.qualifier,
            middle=order.middle or judged,
            weight="intensity" if order.weighted and layer.attribute("intensity") else "",
        )
        if self._qualifier is None and self._combine is not Combine.IGNORE:
            raise BadInput(
                f"The layer {self.layer} has no attribute that tells for from against: "
                "name one as qualifier, or ignore the stance."
            )
        # Many marks say the same, so what they say is worked out once.
        self._level = lru_cache(maxsize=4096)(self._level_of)
        self._numbers: set[int] = set()
        self._categories: set[str] = set()

    def take(
        self, mark: MarkRow, ends: Sequence[EndRow], article: ArticleRow, found: Gathered
    ) -> None:
        """Add the statements of one mark."""
        found.marks += 1
        order, values = self._order, values_of(mark.attributes)
        day = day_of(values.get("date"), article.published)
        if (order.since or order.until) and not _within(day, order.since, order.until):
            found.left_out["outside the range of time" if day else "without a date"] += 1
            return
        said = Statement(values, ends, article, day)
        rows, columns = self._rows(said), self._columns(said)
        found.rows.update(rows)
        found.columns.update(columns)
        level = self._level(mark.attributes)
        if isinstance(level, str):
            self._categories.add(level)
        elif level is not None:
            self._numbers.add(level)
        if not rows or not columns:
            found.left_out[f"without {self._names[0] if not rows else self._names[1]}"] += 1
        elif level is None and self._combine is not Combine.IGNORE:
            found.left_out["without a side taken"] += 1
        elif self._filters and not self._passes(said):
            found.left_out["filtered out"] += 1
        else:
            found.events += [
                Event(mark.id, mark.article, day, one, two, level)
                for one in rows
                for two in columns
            ]

    def _level_of(self, attributes: str) -> Level:
        return self._qualifier.level(values_of(attributes)) if self._qualifier else None

    def rule(self, found: Gathered) -> Rule:
        """Return how what was read becomes a network."""
        order, made = self._order, self._qualifier
        scale = made.scale if made else Scale.BINARY
        levels: tuple[int | str | None, ...] = (0, 1)
        if scale is Scale.CATEGORIES:
            levels = tuple(sorted(self._categories))
        elif scale is Scale.NUMBERS:
            levels = _signed(made) or tuple(sorted(self._numbers)) or numbers_of(found.events)
        return Rule(order.kind, self._combine, order.norm, scale, levels)

    def _passes(self, said: Statement) -> bool:
        return all(
            bool(values.intersection(read(said))) is wanted
            for read, values, wanted in self._filters
        )


def _signed(made: Qualifier | None) -> tuple[int, ...]:
    """Return the points of a scale from against to for, whether they occur or not."""
    return (-1, 0, 1) if made and made.signs and not made.weight else ()


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since or day) <= day <= (until or day)


def _person(project: Project, name: str) -> Id | None:
    if not name:
        return None
    found = annotators.named(project.db, name)
    if found is None:
        raise NotFound(f"The project has no annotator “{name}”.")
    return found.id


def options(order: Order) -> Mapping[str, str]:
    """Return an order in words, for files that tell how they were made; what is as usual is left out at the end."""
    layer, rows, columns = usual(order)
    size = f", windows of {order.size}" if order.size else ""
    more = {
        "annotator": order.annotator,
        "from": order.since.isoformat() if order.since else "",
        "to": order.until.isoformat() if order.until else "",
        "time": f"{order.unit}{size}" if order.unit else "",
        "only": filters_told(order.only),
        "without": filters_told(order.without),
        "also": ", ".join(flag.replace("_", " ") for flag in FLAGS if getattr(order, flag)),
    }
    return {
        "network": order.kind,
        "layer": layer,
        "rows": rows,
        "columns": columns,
        "qualifier": order.qualifier or "usual",
        "combine": order.combine or ALLOWED[order.kind][0][0],
        "normalise": order.norm,
        "duplicates": order.duplicates,
        "view": order.view,
        **{name: value for name, value in more.items() if value},
    }


def filters_told(filters: Iterable[Filter]) -> str:
    """Return filters in words, such as ``topics=dues,night; publisher=Courier``."""
    return "; ".join(f"{name}={','.join(values)}" for name, values in filters)
