"""The window: one application, one desk, and the project to begin with."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.app import faults
from annotator.domain.errors import Problem
from annotator.presentation.memory import Memory
from annotator.presentation.safekeeping import Safekeeping
from annotator.services import sample
from annotator.settings.places import config_folder
from annotator.ui.main_window import MainWindow
from annotator.ui.page import accessible
from annotator.ui.tidying import Tidying

log = logging.getLogger(__name__)


def run(project: Path | None) -> int:
    """Open the window on a project: the one named, the last one, or the sample; return the exit code."""
    application = make_application()
    window = MainWindow(Memory(config_folder()), __version__)
    keeping = Safekeeping(window.desk)
    tidying = Tidying(application)
    window.desk.saved.connect(tidying.soon)
    window.desk.reader.article_shown.connect(tidying.soon)
    end_watch = faults.watch(partial(_tell_fault, window))
    window.show()
    _offer_report(window)
    window.start(project or window.last_project() or _sample(window))
    code = application.exec()
    tidying.stop()
    keeping.wait()
    end_watch()
    return code


def _tell_fault(window: MainWindow, report: Path) -> None:
    window.desk.messages.problem(
        "annotator met a fault of its own; what was saved is safe. "
        f"A report without article text is in {report}."
    )


def _offer_report(window: MainWindow) -> None:
    """Show the newest report of a fault that was not shown yet."""
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
    """Return the one application of this process."""
    accessible.install()
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setApplicationName("annotator")
    QApplication.setApplicationVersion(__version__)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    translator = QTranslator(application)
    if translator.load(
        QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    return application


def _sample(window: MainWindow) -> Path | None:
    """Return the sample project of the first start, made if it is not there yet."""
    try:
        return sample.prepare(window.annotator_name())
    except (Problem, OSError) as problem:
        log.warning("no sample project: %s", type(problem).__name__)
        window.desk.messages.problem(f"The sample project could not be made: {problem}")
        return None
