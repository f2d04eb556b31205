"""Opens the sample project, puts it into the states worth showing, and saves a picture of each."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.services import sample
from annotator.ui.main_window import MainWindow
from tests.screenshots import desk, findings, page, team

IMAGES = Path(__file__).resolve().parents[2] / "resources" / "manual" / "images"

UNHURRIED = 400
"""What is drawn after everything else, such as the overview of marks, is there after so many ms."""


def main(folder: Path = IMAGES) -> int:
    """Make every picture; print its name."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ANNOTATOR_HOME"] = home
        make_application()
        for name, prepare in PICTURES.items():
            path = sample.prepare("Amal")
            window = _open(path)
            shown = prepare(window) or window
            _settle()
            window.inspector.settle()
            QTest.qWait(UNHURRIED)
            picture = shown if isinstance(shown, QPixmap) else shown.grab()
            picture.save(str(folder / f"{name}.png"))
            print(folder / f"{name}.png")
            window.close()
            window.deleteLater()
            _settle()
    return 0


def _open(path: Path) -> MainWindow:
    memory = Memory(None)
    memory.preferences.theme = "light"
    memory.preferences.tour_done = True
    memory.preferences.annotator = "Amal"
    window = MainWindow(memory)
    window.resize(1280, 800)
    window.show()
    window.start(path)
    window.page.setFocus()
    _settle()
    return window


def _settle() -> None:
    for _ in range(10):
        QApplication.processEvents()


def _article(window: MainWindow, start: str) -> None:
    row = next(row for row in window.desk.library.rows if row.title.startswith(start))
    window.desk.open_article(row.id)
    _settle()


def _choose(window: MainWindow, words: str, layer: str) -> None:
    mark = next(
        mark
        for mark in window.desk.reader.marks.values()
        if mark.layer == layer and words in mark.text
    )
    window.desk.reader.select_mark(mark.id)
    _settle()


def _first_start(window: MainWindow) -> None:
    window.tour.start()


def _light(window: MainWindow) -> None:
    _choose(window, "We will not go back", "claim")


def _dark(window: MainWindow) -> None:
    _choose(window, "reckless", "sentiment")
    window.run_by_id("view.theme")


def _arabic(window: MainWindow) -> None:
    _article(window, "بلدية")
    _choose(window, "رائع", "claim")


def _mixed(window: MainWindow) -> None:
    _article(window, "Two mayors")
    start = window.desk.reader.page.text.index("منير سعد")
    window.desk.reader.page.select(start, start + len("منير سعد"))
    window.desk.mark("actor")


def _overlaps(window: MainWindow) -> None:
    page = window.desk.reader.page
    for words, layer in (
        (
            "who leads the union, “until every night shift is paid for what it takes out of a body.” She accused",
            "claim",
        ),
        ("leads the union, “until every night shift", "claim"),
        ("the union, “until every night", "claim"),
        ("every night shift is paid", "sentiment"),
        ("night shift", "actor"),
        ("shift is paid for", "cue"),
    ):
        start = page.text.index(words)
        page.select(start, start + len(words))
        window.desk.mark(layer)
    page.move_to(0)


def _large(window: MainWindow) -> None:
    window.page.set_zoom(200)


def _palette(window: MainWindow) -> None:
    _choose(window, "Amal Haddad", "actor")


def _narrow(window: MainWindow) -> None:
    window.resize(860, 640)


PICTURES: dict[str, Callable[[MainWindow], QWidget | QPixmap | None]] = {
    "first-start": _first_start,
    "window-light": _light,
    "window-dark": _dark,
    "arabic": _arabic,
    "mixed-directions": _mixed,
    "links": page.links,
    "palette": page.palette,
    "printed": page.printed,
    "large": _large,
    "inspector-actor": _palette,
    "narrow": _narrow,
    "overlaps": _overlaps,
    "assigning": team.assigning,
    "agreement": team.agreement,
    "adjudication": team.adjudication,
    "network": findings.network,
    "figures": findings.figures,
    "copies": findings.copies,
    "release": findings.release,
    "search": desk.search,
}

if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
