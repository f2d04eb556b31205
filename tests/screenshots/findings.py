"""Pictures of the network and the figures, on a debate made up for them; of copies, and of a release."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.services import importing
from annotator.ui.main_window import MainWindow
from tests.support.debate import make_debate
from tests.support.study import make_study


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


def copies(window: MainWindow) -> QWidget:
    """Show an article beside the copy that another paper made of it."""
    project = window.desk.project
    if project is None:
        raise RuntimeError("The sample project is not open.")
    first = window.desk.library.rows[0].id
    story = project.text(project.article(first))
    for old, new in (
        ("eleven ships", "a dozen ships"),
        ("broke down on Sunday night", "failed late on Sunday"),
        ("accused the authority of hiding", "said the authority hid"),
    ):
        story = story.replace(old, new)
    source = Path(tempfile.mkdtemp()) / "evening-paper.txt"
    source.write_text(f"{story.rstrip()}\n\nMore on page 4.\n", encoding="utf-8")
    importing.import_all(project, [source])
    window.desk.refresh()
    window.run_by_id("findings.copies")
    shown = window.tools.findings.copies
    while shown.desk.is_running:
        QTest.qWait(50)
    return shown


def release(window: MainWindow) -> QWidget:
    """Show what a release of a small study would hold."""
    window.desk.open_project(make_study(Path(tempfile.mkdtemp()), 40))
    window.run_by_id("project.release")
    shown = window.tools.findings.release
    while shown.draft.plan is None:
        QTest.qWait(50)
    return shown
