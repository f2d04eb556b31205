"""The agreement window under real hands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.presentation.measure_words import explain
from annotator.services.agreement_plan import Family, plan
from annotator.services.codebooks import default_codebook
from annotator.ui.report_pdf import pdf
from annotator.ui.team.agreement_model import PLOT, VALUE
from annotator.ui.team.agreement_window import AgreementWindow
from annotator.ui.theme import DARK
from tests.support.material import STORY, make_project
from tests.support.team import code
from tests.ui.conftest import Hands

Opened = tuple[Hands, AgreementWindow]


@pytest.fixture
def opened(open_window: Callable[..., Hands], tmp_path: Path, qtbot: QtBot) -> Opened:
    """The window on a project that Amal finished and Bea worked in."""
    with make_project(tmp_path, STORY) as project:
        path = project.path
    code(path, "Amal", [("actor", "Amal Haddad"), ("claim", "We will not go back")])
    code(path, "Bea", [("actor", "Amal Haddad"), ("actor", "port authority")], finish=False)
    hands = open_window(path=path)
    hands.press("Ctrl+Shift+A")
    window = hands.window.tools.team.agreement
    qtbot.waitUntil(lambda: not window.table.is_running)
    return hands, window


def rows(window: AgreementWindow) -> dict[tuple[str, str], str]:
    """Return the shown values by heading and measure."""
    return {(row.heading, row.measure): row.words for row in window.table.rows}


def test_it_measures_at_once_and_says_what_is_missing(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    QAbstractItemModelTester(window.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert window.isVisible()
    assert window.table.rows == []
    assert "No article was finished by two annotators yet" in window.said.text()
    window.unfinished.click()
    qtbot.mouseClick(window.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.table.is_running)
    assert rows(window)["actor, marks", "span F1, exact"] == "0.667"
    assert rows(window)["claim, marks", "span F1, exact"] == "0.000"
    assert window.explanation.text().startswith(explain("span F1, exact"))
    assert "Rests on 67 % of 3 marks" in window.explanation.text()


def test_a_value_that_is_not_defined_is_explained(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    window.unfinished.click()
    window.measure.click()
    qtbot.waitUntil(lambda: not window.table.is_running)
    number = next(n for n, row in enumerate(window.table.rows) if row.words == "—")
    window.view.selectRow(number)
    row = window.table.rows[number]
    assert row.coverage
    assert row.coverage in window.explanation.text()
    assert window.model.index(number, VALUE).data() == "—"


def test_layers_and_families_are_chosen(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    window.unfinished.click()
    window.families.setCurrentIndex(window.families.findData("spans"))
    window.families.activated.emit(window.families.currentIndex())
    window.measure.click()
    qtbot.waitUntil(lambda: not window.table.is_running)
    assert {row.measure.split(",")[0] for row in window.table.rows} == {"span F1"}
    window.layers.setCurrentIndex(window.layers.findData("actor"))
    window.layers.activated.emit(window.layers.currentIndex())
    assert {row.heading.split(",")[0] for row in window.table.rows} == {"actor"}
    assert len(window.table.rows) == window.model.rowCount()


def test_the_plot_shows_the_value_where_it_is(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    window.unfinished.click()
    window.measure.click()
    qtbot.waitUntil(lambda: not window.table.is_running)
    window.set_theme(DARK)
    window.view.clearSelection()
    number = next(n for n, row in enumerate(window.table.rows) if row.value == pytest.approx(2 / 3))
    index = window.model.index(number, PLOT)
    window.view.scrollTo(index)
    rect = window.view.visualRect(index)
    picture = window.view.viewport().grab(rect).toImage()
    scale = picture.width() / rect.width()
    accent = [
        x
        for x in range(picture.width())
        if picture.pixelColor(x, int((rect.height() / 2 - 3) * scale)) == DARK.accent
    ]
    share = (sum(accent) / len(accent) / scale - 8) / (rect.width() - 16)
    assert share * 1.2 - 0.2 == pytest.approx(2 / 3, abs=0.03)


def test_report_and_table_are_written(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    _, window = opened
    assert window.report.isEnabled()
    window.unfinished.click()
    window.measure.click()
    qtbot.waitUntil(lambda: not window.table.is_running)
    for name in ("reliability.pdf", "reliability.html", "reliability.md"):
        window.table.write_report(tmp_path / name, pdf)
        assert window.said.text() == f"Wrote {name}."
    assert (tmp_path / "reliability.pdf").read_bytes().startswith(b"%PDF-")
    window.table.write_figures(tmp_path / "agreement.md")
    window.table.write_table(tmp_path / "agreement.csv")
    qtbot.waitUntil(lambda: not window.table.is_running)
    assert "| span F1, exact | 0.667 |" in (tmp_path / "agreement.md").read_text(encoding="utf-8")
    assert (tmp_path / "agreement.csv").read_text(encoding="utf-8").startswith("unit,annotator,")
    assert window.said.text() == "Wrote agreement.csv."
    window.table.write_table(tmp_path / "no" / "where.csv")
    qtbot.waitUntil(lambda: not window.table.is_running)
    assert "could not be written" in window.said.text()


def test_looking_changes_nothing_and_another_project_starts_anew(
    opened: Opened, tmp_path: Path
) -> None:
    hands, window = opened
    project = hands.desk.project
    assert project
    changes = project.db.conn.total_changes
    window.table.show_layer("actor")
    assert project.db.conn.total_changes == changes
    with make_project(tmp_path, STORY, name="other") as other:
        path = other.path
    hands.desk.open_project(path)
    assert window.table.found is None
    assert window.table.rows == []


def test_every_measure_is_explained() -> None:
    book = default_codebook()
    for layer in book.layers:
        for part in plan(book, layer, list(Family), 1):
            for measure in part.measures:
                assert explain(measure.name), measure.name
    with_label = ["(person)uα", "α_U of person", "source: same end"]
    assert all(map(explain, with_label))
