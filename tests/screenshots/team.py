"""Pictures of the windows of a team, on the sample project with a second annotator in it."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.domain.article import Annotator
from annotator.presentation.assigning import AssignDraft
from annotator.services import marking, reading, states
from annotator.services.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.team.assign_dialog import AssignDialog


def assigning(window: MainWindow) -> QWidget:
    """Show what would be dealt to three annotators."""
    if window.desk.project is None:
        raise RuntimeError("The sample project is not open.")
    shown = AssignDialog(window, AssignDraft(window.desk.project), lambda folder: folder)
    QTest.keyClicks(shown.names, "Amal, Bea, Chi")
    shown.again.click()
    shown.folder.setText("Study handed out")
    return shown


def agreement(window: MainWindow) -> QWidget:
    """Show the agreement of two annotators."""
    _second_annotator(window)
    window.run_by_id("team.agreement")
    shown = window.tools.team.agreement
    while shown.table.is_running:
        QTest.qWait(50)
    shown.view.selectRow(8)
    return shown


def adjudication(window: MainWindow) -> QWidget:
    """Show a case in which two annotators differ."""
    _second_annotator(window)
    window.run_by_id("team.adjudication")
    shown = window.tools.team.adjudication
    for wanted in ("V", "K", "B"):
        found = [
            n for n, item in enumerate(shown.desk.listed) if shown.desk.row(item).sign == wanted
        ]
        if found:
            shown.desk.choose(found[0])
            break
    return shown


def _second_annotator(window: MainWindow) -> None:
    """Let Bea mark the articles that Amal marked, now and then otherwise, and finish both."""
    mine = window.desk.project
    if mine is None:
        raise RuntimeError("The sample project is not open.")
    if any(person.name == "Bea" for person in reading.people(mine)):
        return
    bea = Project(mine.file, Annotator(mine.file.new_id(), "Bea", mine.file.clock()))
    for listed in reading.list_articles(mine):
        article = listed.article.id
        own = reading.open_article(mine, article).marks
        if not own:
            continue
        for number, mark in enumerate(own):
            if number % 7 == 3:
                continue
            extents = [part.extent for part in mark.fragments]
            values = dict(mark.attributes)
            if number % 5 == 2 and "stance" in values:
                values["stance"] = "support" if values["stance"] != "support" else "oppose"
            marking.mark(bea, article, extents, mark.layer, values)
        states.finish(mine, article)
        states.finish(bea, article)
    window.desk.refresh()
