"""The mark table, the actor book and the list of articles over the large project that ``store`` made."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from annotator.domain.actor import Actor
from annotator.domain.mark_query import COLUMNS, MarkQuery
from annotator.domain.slices import Slices, whole
from annotator.presentation.actor_lines import EntryLines
from annotator.presentation.actor_lines import Order as LineOrder
from annotator.presentation.library import Library
from annotator.presentation.queue import Order, Stage
from annotator.services import (
    actor_book,
    actor_merging,
    history,
    mark_table,
    open_mentions,
    recognising,
    standing,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui.tidying import NEVER
from tests.bench import corpus, words
from tests.bench.bars import Bar
from tests.bench.measuring import Row, Timed, row, timed

ACTORS = 20_000
MENTIONS = 500
ROUNDS = 20
"""With fewer the slowest one would be the 95th percentile."""
ORDER = LineOrder(2, falls=True)
BAR = Bar(p95=100)
PIECE = Bar(p95=50)
"""Between two pieces the window does other things."""


def run(path: Path) -> list[Row]:
    """Measure the desk on a project of ten thousand articles."""
    with _as_in_the_window(), projects.open_existing(path, "A01") as project:
        return [*_table(project), *words.run(project), *_book(project), *_list(project)]


@contextmanager
def _as_in_the_window() -> Iterator[None]:
    """Let Python go through the whole memory at no time: the window lets it at rest only."""
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _table(project: Project) -> list[Row]:
    me = project.annotator.id
    scan = _times(lambda: project.db.execute("SELECT count(attributes) FROM mark").fetchone())
    beside = ("reading every row once", scan)
    everything = mark_table.find(project, MarkQuery(annotator=me))
    rows = []

    def measure(name: str, query: MarkQuery, known: int | None) -> None:
        whole, longest = _sliced_times(lambda: mark_table.find.slices(project, query, known))
        rows.append(row(f"mark table: {name}", whole, beside=beside))
        rows.append(row(f"mark table: {name}: longest piece", longest, bar=PIECE))

    for column in (*COLUMNS, "value:stance"):
        measure(f"sort by {column}", MarkQuery(annotator=me, sort=column), everything.count)
    for name, query in (
        ("one layer", MarkQuery(annotator=me, layers=("claim",))),
        ("one value", MarkQuery(annotator=me, values=(("stance", "none"),))),
        ("words", MarkQuery(annotator=me, text="karen")),
    ):
        measure(f"filter by {name}", query, None)
    page = everything.first[:128]
    rows.append(
        row("mark table: fetch 128 rows", _times(lambda: mark_table.rows(project, page)), bar=BAR)
    )
    return rows


def write_book(project: Project) -> list[Actor]:
    """Write a large actor book, and return it."""
    chance = random.Random(3)
    book = [
        Actor(project.file.new_id(), " ".join(corpus.words(chance, 2, odd=False)) + f" {number}")
        for number in range(ACTORS)
    ]
    with project.step("Many actors", bulk=True) as ticket:
        ticket.write.add(book)
    return book


def _book(project: Project) -> list[Row]:
    book = write_book(project)
    ids = open_mentions.marks_of(project, open_mentions.tally(project).largest(1)[0])
    others = (
        row[0] for row in project.db.execute("SELECT id FROM mark WHERE layer = 'actor' LIMIT 600")
    )
    chosen = list(dict.fromkeys([*ids, *others]))[:MENTIONS]
    actor_book.assign_all(project, chosen, book[0].id)
    names = recognising.index(project)
    read = standing.read(project)
    first = row(
        f"actor book: list of {ACTORS:,}",
        _times(lambda: whole(EntryLines.made(read.lines(), {})).shown("", ORDER)),
        bar=BAR,
    )
    guess = row(
        "actor book: best guess by spelling",
        _times(lambda: names.candidates(book[7].name[:-2] + "x", None)),
        bar=BAR,
    )
    merged = Timed()
    for _ in range(ROUNDS):
        merged.add(lambda: actor_merging.merge(project, book[1].id, [book[0].id]))
        history.undo(project)
    return [first, guess, row(f"actor book: merge of {MENTIONS} mentions", merged, bar=BAR)]


def _list(project: Project) -> list[Row]:
    library = Library()
    library.show(project)
    return [
        row("list of articles: filter by words", _times(lambda: library.set_filter("99")), bar=BAR),
        row("list of articles: filter by stage", _times(lambda: _stage(library)), bar=BAR),
        row(
            "list of articles: order by chance",
            _times(lambda: library.set_order(Order.CHANCE)),
            bar=BAR,
        ),
    ]


def _stage(library: Library) -> None:
    library.set_filter("")
    library.set_stage(Stage.OPEN)


def _times(work: Callable[[], object]) -> Timed:
    """Return the times of some rounds, after one that warms up."""
    work()
    return timed(work, ROUNDS)


def _sliced_times(work: Callable[[], Slices[object]]) -> tuple[Timed, list[float]]:
    """Return the times of some rounds of a computation in slices, and those of their longest slices."""
    longest: list[float] = []

    def through() -> None:
        pieces, times = work(), list[float]()
        begun = time.perf_counter()
        for _ in chain(pieces, [None]):
            times.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
        longest.append(max(times))

    return _times(through), longest
