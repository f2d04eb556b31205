"""The real window on real records: open, scroll, move the caret, mark until it is durable and painted.

Each figure stands beside the same stroke in a plain ``QTextEdit`` with its marks in SQLite, and
what a key costs in a long article beside what it costs in a short one.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from annotator.app.window import make_application
from annotator.domain.fragment import Extent
from annotator.presentation.memory import Memory
from annotator.services import history, importing, marking, spreading
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.ui.main_window import MainWindow
from annotator.ui.tidying import Tidying
from tests.bench import corpus
from tests.bench.bars import Bar
from tests.bench.measuring import Row, Timed, row, time_of, timed
from tests.bench.page import make_text
from tests.bench.plain import PlainEditor, first_paints
from tests.support.material import make_project

WIDTH, HEIGHT = 1000, 800
SHORT, LONG = "20 KB, 300 marks", "1 MB, 10,000 marks"
SIZES = ((SHORT, 20_000, 300), ("60 KB, 2,000 marks", 60_000, 2_000), (LONG, 1_000_000, 10_000))
OPENED = (("50 KB, 500 marks", 50_000, 500), ("1 MB, 5,000 marks", 1_000_000, 5_000))
BULK = 10_000
REST_MILLISECONDS = 1_000

BARS = {
    "scroll frame": Bar(p95=8),
    "caret move": Bar(p95=8),
    "key → committed and painted": Bar(p95=16),
}


def run(folder: Path, *, quick: bool = False) -> list[Row]:
    """Return the figures; ``quick`` takes fewer strokes."""
    return [*reading(folder, quick=quick), *_bulk(folder, BULK // 10 if quick else BULK)]


def reading(folder: Path, *, quick: bool) -> list[Row]:
    """Return what opening, scrolling, moving and marking take on the screen of this process."""
    application = make_application()
    tidying = Tidying(application)
    try:
        return list(_reading(folder, 25 if quick else 100))
    finally:
        tidying.stop()


def _reading(folder: Path, strokes: int) -> Iterator[Row]:
    # Each begins with a line of its own: the same text twice would be one article.
    texts = [f"{name}\n\n{make_text(length)}" for name, length, _ in (*SIZES, *OPENED)]
    chance = random.Random(1)
    source = folder / "reading.jsonl"
    lines = [
        corpus.line(chance, number, text, count)
        for number, (text, (_, _, count)) in enumerate(zip(texts, (*SIZES, *OPENED), strict=True))
    ]
    source.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    with projects.create(folder / "reading", default_codebook(), "A01") as project:
        importing.import_all(project, [source])
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory)
    window.resize(WIDTH + 600, HEIGHT)
    window.show()
    window.start(project.path)
    window.page.setFocus()
    _settle()
    articles = [str(line["id"]) for line in lines]
    places = [
        [(mark["start"], mark["end"]) for kind in ("actors", "claims") for mark in line[kind]]
        for line in lines
    ]
    kept: dict[str, Timed] = {}
    for number, (name, _, _) in enumerate(SIZES):
        plain = PlainEditor(folder)
        for kept_there in (number, (number + 1) % len(SIZES)):
            plain.keep(texts[kept_there], places[kept_there])
        yield from _one(name, window, plain, articles, number, strokes, kept)
        plain.deleteLater()
    yield from _slopes(kept)
    yield from _openings(folder, window, articles, texts, places)
    yield _flushed(folder, kept[f"{LONG}: mark"], strokes)
    window.close()
    window.deleteLater()


def _one(
    name: str,
    window: MainWindow,
    plain: PlainEditor,
    articles: list[str],
    number: int,
    strokes: int,
    kept: dict[str, Timed],
) -> Iterator[Row]:
    """Measure one size, then the same strokes in the plain editor.

    One after the other: Qt lays out a plain document bit by bit between events, and those bits
    would be counted among the frames of the window.
    """
    other = (number + 1) % len(SIZES)
    ours = {
        "open it from another one": _opened(
            partial(_open, window, articles[number]), partial(_open, window, articles[other])
        ),
        "scroll frame": timed(_scroll(window.page.verticalScrollBar()), strokes),
    }
    page = window.desk.reader.page
    page.move_to(len(page.text) // 2)
    _rest()
    ours["caret move"] = kept[f"{name}: caret"] = timed(_right(window.page), strokes)
    places, marked = _marks(window, strokes)
    ours["key → committed and painted"] = kept[f"{name}: mark"] = marked
    plain.resize(WIDTH, HEIGHT)
    plain.show()
    _settle()
    beside = {"open it from another one": _opened(partial(plain.open, 1), partial(plain.open, 2))}
    plain.wait_for_layout()
    beside["scroll frame"] = timed(_scroll(plain.verticalScrollBar()), strokes)
    cursor = plain.textCursor()
    cursor.setPosition(len(page.text) // 2)
    plain.setTextCursor(cursor)
    _settle()
    beside["caret move"] = timed(_right(plain), strokes)
    beside["key → committed and painted"] = Timed()
    for start in places:
        beside["key → committed and painted"].add(partial(plain.mark, start, start + 12))
    plain.close()
    for what, times in ours.items():
        yield _row(name, what, times, beside[what], BARS.get(what))


def _rest() -> None:
    """Let what follows the opening of an article come to its end.

    The frames before this pay for it; what a key costs is not to depend on how soon it comes.
    """
    QTest.qWait(REST_MILLISECONDS)


def _opened(there: Callable[[], None], back: Callable[[], None]) -> Timed:
    found = Timed()
    for _ in range(5):
        back()
        _settle()
        found.add(there)
        _settle()
    return found


def _scroll(bar: QScrollBar, step: int = 60) -> Callable[[], None]:
    def work() -> None:
        bar.setValue((bar.value() + step) % max(bar.maximum(), 1))
        QApplication.processEvents()

    return work


def _right(widget: QWidget) -> Callable[[], None]:
    def work() -> None:
        QTest.keyClick(widget, Qt.Key.Key_Right)
        QApplication.processEvents()

    return work


def _marks(window: MainWindow, strokes: int) -> tuple[list[int], Timed]:
    """Mark by key; return where, and how long each took until the window was painted."""
    page, chance = window.desk.reader.page, random.Random(3)
    places, made = [], Timed()
    for _ in range(strokes):
        start = window.page.first_visible_offset() + chance.randint(200, 900)
        while page.text[start : start + 12].strip() == "":
            start += 1
        page.select(start, start + 12)
        _settle()
        window.inspector.settle()
        # What the selection changed is painted before the key, as before any finger.
        _settle()

        def key() -> None:
            QTest.keyClicks(window.page, "A")
            _paint(window)

        made.add(key)
        _settle()
        places.append(start)
    return places, made


def _paint(window: MainWindow) -> None:
    """Paint whatever the window has to paint now, as its event loop would do first of all."""
    QApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest)


def _open(window: MainWindow, article: str) -> None:
    window.desk.open_article(article)
    window.page.viewport().repaint()


def _slopes(kept: dict[str, Timed]) -> Iterator[Row]:
    """What a key costs must not grow with the article."""
    for what in ("caret", "mark"):
        short = kept[f"{SHORT}: {what}"]
        yield row(
            f"{what}: {LONG} beside {SHORT}", kept[f"{LONG}: {what}"],
            beside=(f"{SHORT}: {what}", short), bar=Bar(2),
        )  # fmt: skip


def _openings(
    folder: Path,
    window: MainWindow,
    articles: list[str],
    texts: list[str],
    places: list[list[Extent]],
) -> Iterator[Row]:
    for number, (name, _, _) in enumerate(OPENED, len(SIZES)):
        source = folder / "bare.json"
        source.write_text(json.dumps([texts[number], places[number]]), encoding="utf-8")
        opened, bare = Timed(), []
        # In turn: the machine may be twice as fast a second later.
        for _ in range(7):
            for _ in range(2):
                window.desk.open_article(articles[0])
                _settle()
                opened.add(lambda number=number: _open(window, articles[number]))
                _settle()
            bare += first_paints(source, 1)
        bar = Bar(median=100) if number == len(SIZES) else Bar(3)
        beside = ("bare lazy view, from memory, first paint of its process", bare)
        yield row(f"{name}: open from the store, painted", opened, beside=beside, bar=bar)


def _flushed(folder: Path, marks: Timed, strokes: int) -> Row:
    """The same marks beside the least that a durable act takes: one flush of four kilobytes."""
    with (folder / "flush").open("wb") as file:

        def flush() -> None:
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())

        flushes = timed(flush, strokes)
    return row(
        f"{LONG}: key → committed and painted",
        marks,
        beside=("fdatasync of 4 KB", flushes),
        bar=Bar(beyond=10),
    )


def _bulk(folder: Path, count: int) -> Iterator[Row]:
    """Undo and redo of an act of ten thousand marks, beside the act itself."""
    with make_project(folder, "Amal spoke. " * (count + 1), name="bulk") as project:
        article = next(iter(project.db.execute("SELECT id FROM article")))[0]
        outcome = marking.mark(project, article, [(0, 4)], "actor")
        (change,) = [item for item in outcome.changes if item.after is not None][:1]
        acts = [time_of(lambda: spreading.spread(project, change.after.id, wide=False))]  # type: ignore[union-attr]
        undone = [time_of(lambda: history.undo(project))]
        redone = [time_of(lambda: history.redo(project))]
    act = (f"marking {count:,} times", acts)
    yield row(f"undo of {count:,} marks made in one act", undone, beside=act, bar=Bar(1.5))
    yield row(f"redo of {count:,} marks made in one act", redone, beside=act, bar=Bar(1.5))


def _row(name: str, what: str, times: Timed, plain: Timed, bar: Bar | None = None) -> Row:
    return row(f"{name}: {what}", times, beside=("plain QTextEdit", plain), bar=bar)


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
