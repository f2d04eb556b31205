"""The window: one application, one desk, and the project to begin with."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.presentation import memory
from annotator.settings import places
from annotator.ui import main_window

log = logging.getLogger(__name__)


UNSEEN_MILLISECONDS = 1_000
"""A window that was not painted for so long is minimised: the program starts behind it."""


def run(project: Path | None) -> int:
    """Open the window on a project: the one named, the last one, or the sample; return the exit code.

    The frame is painted first; the program is read while it is seen.
    """
    application = _application()
    window = main_window.MainWindow(memory.Memory(places.config_folder()), __version__, bare=True)
    _expect(window, project or window.last_project())
    start = _Start(window, project)
    window.skeleton.painted.connect(start.soon)
    unseen = QTimer(window)
    unseen.setSingleShot(True)
    unseen.timeout.connect(start.now)
    unseen.start(UNSEEN_MILLISECONDS)
    window.show()
    code = application.exec()
    start.end()
    return code


def _expect(window: main_window.MainWindow, project: Path | None) -> None:
    """Show in the first frame already what can be said of the project that is opened behind it."""
    from annotator.services import first_look

    if project and (layers := first_look.layers(project)):
        window.expect(project, layers)


def _spare_sources() -> None:
    """Keep PySide from reading the source of every module to see whether it speaks of PySide.

    It would switch the way names are written for those that ask for it; none of ours does.
    """
    features = sys.modules.get("shibokensupport.feature")
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = lambda _module: True  # type: ignore[union-attr]


class _Start(QObject):
    """Reads the program into a window that is seen already, and ends what it began with it."""

    def __init__(self, window: main_window.MainWindow, project: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._project = project
        self._ends: list[Callable[[], None]] = []

    def soon(self) -> None:
        """Begin when what was painted is on the screen."""
        QTimer.singleShot(0, self.now)

    def now(self) -> None:
        """Read the program, open the project; only once."""
        if self._ends:
            return
        from annotator.app import faults

        window = self._window
        self._ends.append(faults.watch(partial(_tell_fault, window)))
        try:
            self._begin(window)
        finally:
            gc.freeze()
            gc.enable()

    def _begin(self, window: main_window.MainWindow) -> None:
        from annotator.app.ending import Ending
        from annotator.app.reading_ahead import ReadingAhead
        from annotator.presentation.safekeeping import Safekeeping
        from annotator.ui.page import accessible
        from annotator.ui.tidying import Tidying

        accessible.install()
        window.build()
        ending = Ending(window)
        ending.watch()
        self._ends.append(ending.stop)
        keeping = Safekeeping(window.desk)
        tidying = Tidying(
            window, lambda: window.is_working, lambda: window.desk.project is not None
        )
        ahead = ReadingAhead(window, lambda: window.is_working or window.desk.library.is_being_read)
        for restless in (tidying, ahead):
            window.desk.saved.connect(restless.soon)
            window.desk.reader.article_shown.connect(restless.soon)
        window.desk.closing.connect(tidying.soon)
        self._ends += [keeping.wait, tidying.stop, ahead.stop]
        # A project that is checked before it opens gives time for it, too.
        ahead.soon()
        _offer_report(window)
        window.start(self._project or window.last_project() or _sample(window))

    def end(self) -> None:
        """End what was begun, the last first."""
        for end in reversed(self._ends):
            end()


def _tell_fault(window: main_window.MainWindow, report: Path) -> None:
    window.desk.messages.problem(
        "annotator met a fault of its own; what was saved is safe. "
        f"A report without article text is in {report}."
    )


def _offer_report(window: main_window.MainWindow) -> None:
    """Show the newest report of a fault that was not shown yet."""
    from annotator.app import faults

    reports = faults.waiting()
    if reports:
        try:
            text = reports[0].read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        window.show_fault(text, f"{reports[0]}{faults.SEEN}")
        for report in reports:
            faults.set_seen(report)


def make_application() -> QApplication:
    """Return the one application of this process, whose page screen readers can read."""
    from annotator.ui.page import accessible

    accessible.install()
    return _application()


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    _spare_sources()
    QApplication.setApplicationName("annotator")
    QApplication.setApplicationVersion(__version__)
    # Named like this the style needs no object of Python, which takes long to describe to it.
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    translator = QTranslator(application)
    if translator.load(
        QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    return application


def _sample(window: main_window.MainWindow) -> Path | None:
    """Return the sample project of the first start, made if it is not there yet."""
    from annotator.domain.errors import Problem
    from annotator.services import sample

    try:
        return sample.prepare(window.annotator_name())
    except (Problem, OSError) as problem:
        log.warning("no sample project: %s", type(problem).__name__)
        window.desk.messages.problem(f"The sample project could not be made: {problem}")
        return None
