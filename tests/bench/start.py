"""From starting the program to its painted window and a readable article, beside an empty window.

Each figure is taken in fresh processes, the program and the empty window in turn. The clock runs
from before the process is there, so that the interpreter and the libraries are counted for both;
compiled modules are at hand for both, as they are after the first start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from tests.bench.bars import Bar
from tests.bench.measuring import Row, Timed, row

EMPTY = "an empty PySide6 window with words"
TIMES = 5
PARTS = 4
"""What is waited for: the frame with menus and layers, all parts, the list, the article."""


def run(folder: Path, *, quick: bool) -> list[Row]:
    """Return how long a large project takes until its window, its list and its article are painted."""
    articles = 1_000 if quick else 10_000
    project = folder / "bench.annotator"
    if not project.exists():
        make(project, articles)
    size = f"{articles:,} articles, {articles * 30:,} marks"
    empty: Timed = Timed()
    ours: dict[str, Timed] = {}
    for number in range(TIMES + 1):
        bare, full = _started("empty", folder), _started(str(project), folder)
        if not number:
            continue  # the first ones compile modules and fill the caches of the disk
        _add(empty, bare["painted"])
        for what, took in full.items():
            _add(ours.setdefault(what, Timed()), took)
    beside = (EMPTY, empty)
    return [
        row(f"start: {EMPTY}", empty),
        row(
            f"start with {size}: window with menus, and the project's name and layers, painted",
            ours["frame"],
            beside=beside,
            bar=Bar(2),
        ),
        row(f"start with {size}: all parts of the window painted", ours["whole"], beside=beside),
        row(f"start with {size}: list painted", ours["list"], beside=beside),
        row(f"start with {size}: article readable", ours["article"], beside=beside, bar=Bar(3)),
    ]


def make(project: Path, articles: int) -> None:
    """Make a project of so many articles with thirty marks each."""
    from annotator.services import importing
    from annotator.services import project as projects
    from annotator.services.codebooks import default_codebook
    from tests.bench import corpus

    source = project.with_suffix(".jsonl")
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in corpus.lines(articles, 30))
    with projects.create(project, default_codebook(), "A01") as made:
        importing.import_all(made, [source])


def _started(what: str, folder: Path) -> dict[str, tuple[float, float]]:
    """Return when each thing was painted: milliseconds since the start, and of them at work."""
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.start", what, str(time.time())],
        env=surroundings, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found: dict[str, tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _add(times: Timed, took: tuple[float, float]) -> None:
    times.append(took[0])
    times.cpu.append(took[1])


def _empty(now: Callable[[], tuple[float, float]]) -> dict[str, tuple[float, float]]:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Words in an empty window."))
    window.resize(1280, 800)
    window.show()
    application.processEvents()
    return {"painted": now()}


def _program(
    project: Path, now: Callable[[], tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Start as ``annotator open`` does, and note the first paint of each part.

    The frame is the window with its menus, the layers of the project in its bar, and the surfaces of
    its other parts; the window is whole when all parts are there.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QPushButton, QWidget

    from annotator.app import main, on_first_use

    on_first_use.install()
    from annotator.presentation.memory import Memory
    from annotator.ui import main_window

    found: dict[str, tuple[float, float]] = {}

    class Watch(QObject):
        """Notes when a widget is on the screen and there was something to see.

        A window is painted as a whole and then brought to the screen; the first thing that
        happens in the program after that ends the time, before it is done.
        """

        def __init__(self, name: str, widget: QWidget, shows: Callable[[], bool]) -> None:
            super().__init__(widget)
            self._name, self._shows = name, shows
            self._widget = widget
            self._is_painted = False
            widget.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if watched is self._widget and not self._is_painted and self._shows():
                    self._is_painted = True
                    self._application().installEventFilter(self)
            elif self._is_painted and self._name not in found:
                found[self._name] = now()
                self._application().removeEventFilter(self)
                if len(found) == PARTS:
                    QTimer.singleShot(0, QApplication.closeAllWindows)
            return False

        @staticmethod
        def _application() -> QCoreApplication:
            return cast("QCoreApplication", QApplication.instance())

    class Watched(main_window.MainWindow):
        """The window of the program, watched from the moment it is made."""

        def __init__(self, memory: Memory, version: str = "", *, bare: bool = False) -> None:
            super().__init__(memory, version, bare=bare)
            self.frame_watch = Watch("frame", self.top, self.has_layers)

        def build(self) -> None:
            super().build()
            library, page = self.desk.library, self.page
            self.watches = [
                Watch("whole", self.top, lambda: self.has_layers() and self.page.isVisible()),
                Watch("article", page.viewport(), lambda: bool(page.page.text)),
            ]
            library.reset.connect(self.watch_list)

        def has_layers(self) -> bool:
            return bool(self.top.findChildren(QPushButton, "layer"))

        def watch_list(self, _: None) -> None:
            if self.desk.library.length and len(self.watches) == PARTS - 2:
                self.watches.append(Watch("list", self.articles.view.viewport(), lambda: True))

    main_window.MainWindow = Watched  # type: ignore[misc]
    main(["open", str(project)])
    return found


def main() -> None:
    """Print as JSON when what was painted."""
    what, begun = sys.argv[1], float(sys.argv[2])

    def now() -> tuple[float, float]:
        return (time.time() - begun) * 1000, time.process_time() * 1000

    print(json.dumps(_empty(now) if what == "empty" else _program(Path(what), now)))


if __name__ == "__main__":
    main()
