"""How long each thing a user can start in a large project takes, and how long the window stops for it.

``python -m tests.bench.waiting PROJECT`` measures on a copy of an own project; without a name a
project of 10,000 articles with 300,000 marks is made. A pause is the work of the window's thread
between two turns of its loop: what other programs take from the machine is left out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.app.window import make_application
from annotator.domain.mark_query import MarkQuery
from annotator.presentation.memory import Memory
from annotator.presentation.queue import Order, Stage
from annotator.services import mark_table, marking
from annotator.ui.main_window import MainWindow
from annotator.ui.tidying import Tidying
from tests.bench.measuring import Row, row, table
from tests.bench.start import make

LONGEST = "≤ 50 ms where it takes over 300"
BULK = 10_000

RESTING = 0.4
"""Nothing goes on any more when so many seconds passed without work."""


def run(project: Path) -> list[Row]:
    """Return two rows for each operation: its work, and the longest pause."""
    application = make_application()
    tidying = Tidying(application)
    memory = Memory(None)
    memory.preferences.tour_done = True
    window = MainWindow(memory)
    window.resize(1600, 900)
    window.show()
    rows = []
    for name, begin in _operations(window, project):
        took, longest = _measured(window, begin)
        rows.append(row(f"{name}: work of the window", [took]))
        rows.append(row(f"{name}: longest pause", [longest], bar=LONGEST))
    window.close()
    tidying.stop()
    return rows


def copied(project: Path) -> Path:
    """Return a copy of a project that nobody has open, for acts that change it."""
    copy = project.with_name("waiting.annotator")
    shutil.copyfile(project, copy)
    return copy


def _operations(window: MainWindow, project: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    desk, tools = window.desk, window.tools
    yield "open the project", lambda: window.start(project)
    yield "list: by title", lambda: desk.library.set_order(Order.TITLE)
    yield "list: only open ones", lambda: desk.library.set_stage(Stage.OPEN)
    yield "list: find a word", lambda: desk.library.set_filter("article 99")
    desk.library.set_filter("")
    yield "list: all, as given", lambda: desk.library.set_order(Order.GIVEN)
    yield "search: open the panel", tools.show_search
    yield "search: a common word", lambda: tools.search.field.setText("ter")
    yield "colour a search in the list", lambda: tools.search._search.keep("teal")
    yield "marks: open the table", tools.toggle_marks
    yield "marks: all articles", lambda: tools.marks._table.set_scope(everywhere=True)
    yield "marks: by one value", lambda: tools.marks.show_query(MarkQuery(layers=("claim",)))
    yield "marks: by words", lambda: tools.marks._table.sort(2, descending=False)
    tools.marks.hide()
    yield "actor book: open", tools.show_actors
    tools.actors.hide()
    yield "codebook: open", tools.show_codebook
    tools.codebook.hide()
    for name in ("manual", "settings", "network", "figures"):
        yield f"{name}: open", partial(desk.focus.emit, name)
    yield f"set a value of {BULK:,} marks", lambda: _set_values(window)
    yield "undo it", desk.undo
    yield "redo it", desk.redo
    yield "read everything anew, as after a change of the codebook", desk.refresh
    yield "copies: open and look for them", lambda: desk.focus.emit("copies")
    yield "close the project", desk.close


def _set_values(window: MainWindow) -> None:
    project = window.desk.project
    assert project is not None
    ids = mark_table.ids(project, MarkQuery(layers=("claim",)))[:BULK]
    window.desk.act_in_slices(
        "Changing",
        lambda project: marking.set_attribute_of_all.slices(project, ids, "stance", "oppose"),
    )


def _measured(window: MainWindow, begin: Callable[[], object]) -> tuple[float, float]:
    """Return the whole work of the window's thread and its longest stretch, in milliseconds."""
    found, whole = [_worked(begin)], 0.0
    rest = time.monotonic() + RESTING
    while time.monotonic() < rest:
        took = _worked(QApplication.processEvents)
        found.append(took)
        if took > 1 or window._job is not None or window.desk.library.is_being_read:
            rest = time.monotonic() + RESTING
        time.sleep(0.001)
    whole = sum(found)
    return whole, max(found)


def _worked(work: Callable[[], object]) -> float:
    begin = time.thread_time()
    work()
    return (time.thread_time() - begin) * 1000


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        if len(sys.argv) > 1:
            project = Path(folder) / "waiting.annotator"
            shutil.copyfile(sys.argv[1], project)
        else:
            project = Path(folder) / "large.annotator"
            make(project, 10_000)
        print(table(run(project)))


if __name__ == "__main__":
    main()
