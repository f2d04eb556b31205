"""Pictures of the network and of the figures, on a debate made up for them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.ui.main_window import MainWindow
from tests.support.debate import make_debate


def network(window: MainWindow) -> QWidget:
    """Show who says what, with one of them chosen."""
    _open_debate(window)
    window.run_by_id("findings.network")
    shown = window.tools.findings.network
    while shown.view.is_running or shown.canvas.placed is None:
        QTest.qWait(50)
    shown.canvas.choose(1)
    return shown


def figures(window: MainWindow) -> QWidget:
    """Show the figures, with the marks behind one number."""
    _open_debate(window)
    window.run_by_id("findings.figures")
    shown = window.tools.findings.figures
    while shown.view.is_running or not shown.cards:
        QTest.qWait(50)
    figure = shown.cards["time"].chart.figure
    if figure:
        shown.view.pick(figure, (2, 1))
    return shown


def _open_debate(window: MainWindow) -> None:
    with make_debate(Path(tempfile.mkdtemp()), articles=60) as project:
        path = project.path
    window.desk.open_project(path)
