"""The network window under real hands: pictures, names that do not overlap, and the marks behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.network import labels
from annotator.ui.network.painter import AGAINST
from annotator.ui.network.window import NetworkWindow
from annotator.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT
from tests.support.debate import PEOPLE, TOPICS, make_debate
from tests.support.hands import Hands

Opened = tuple[Hands, NetworkWindow]


@pytest.fixture
def opened(open_window: Callable[..., Hands], tmp_path: Path, qtbot: QtBot) -> Opened:
    """The window on a debate of 24 articles."""
    with make_debate(tmp_path) as project:
        path = project.path
    hands = open_window(path=path)
    hands.press("Ctrl+Shift+N")
    window = hands.window.tools.findings.network
    qtbot.waitUntil(lambda: window.canvas.placed is not None)
    return hands, window


def choose(window: NetworkWindow, name: str, value: str, qtbot: QtBot) -> None:
    box = window.lists[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: not window.view.is_running)


def names(window: NetworkWindow) -> list[str]:
    drawing = window.view.drawing
    assert drawing
    return [node.name for node in drawing.nodes]


def test_everybody_and_every_topic_is_drawn_with_a_name(opened: Opened) -> None:
    _, window = opened
    placed = window.canvas.placed
    assert placed
    assert set(names(window)) <= {*PEOPLE, *TOPICS}
    assert "statements" in window.said.text()
    assert "● Source" in window.legend.text()
    rects = [rect for rect in placed.names if rect]
    assert len(rects) >= 0.8 * len(names(window))
    for number, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[:number])


def test_a_click_on_a_name_or_a_tie_shows_its_marks_and_leads_there(opened: Opened) -> None:
    hands, window = opened
    placed, drawing = window.canvas.placed, window.view.drawing
    assert placed
    assert drawing
    number = names(window).index("Lena Ode")
    QTest.mouseClick(
        window.canvas, Qt.MouseButton.LeftButton, pos=placed.nodes[number][0].toPoint()
    )
    assert window.title.text().startswith("Lena Ode: ")
    assert len(window.view.quotes) == len(drawing.nodes[number].marks)
    assert all("Lena Ode spoke about" in quote.words for quote in window.view.quotes)
    lines = list(placed.ties)
    place = next(
        (line.pointAt(part), at)
        for at, line in enumerate(lines)
        for part in (0.3, 0.4, 0.5, 0.6)
        if line
        and placed.node_at(line.pointAt(part)) is None
        and placed.tie_at(line.pointAt(part)) == at
    )
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=place[0].toPoint())
    tie = drawing.ties[place[1]]
    assert {quote.mark for quote in window.view.quotes} == set(tie.marks)
    window.quotes.opened.emit(window.view.quotes[-1])
    article = hands.desk.reader.article
    assert article
    assert article.id == window.view.quotes[-1].article


def test_it_is_walked_by_key(opened: Opened) -> None:
    _, window = opened
    assert window.canvas.hasFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    QTest.keyClick(window.canvas, Qt.Key.Key_Left)
    assert window.canvas.current == 0
    assert names(window)[0] in window.canvas.accessibleDescription()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.title.text().startswith(f"{names(window)[0]}: ")


def test_kinds_windows_and_sizes_are_chosen(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    choose(window, "kind", "one-mode", qtbot)
    assert set(names(window)) <= set(PEOPLE)
    assert window.lists["combine"].currentText() == "Same side"
    choose(window, "combine", "subtract", qtbot)
    assert window.view.drawing
    assert any(tie.weight < 0 for tie in window.view.drawing.ties)
    assert "dashed: conflict" in window.legend.text()
    choose(window, "unit", "months", qtbot)
    assert window.lists["period"].isVisible()
    choose(window, "period", "1", qtbot)
    assert window.lists["period"].currentText() == "2024-02"
    choose(window, "kind", "sentiment", qtbot)
    choose(window, "unit", "", qtbot)
    assert window.lists["period"].isHidden()
    window.most.setValue(5)
    window.most.editingFinished.emit()
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert len(names(window)) == 5
    assert "the 5 strongest of" in window.said.text()


def test_what_cannot_be_is_said(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    choose(window, "rows", "topics", qtbot)
    assert window.said.text().startswith("Rows and columns are both “topics”")
    assert not window.view.is_running


def test_networks_and_pictures_are_saved(opened: Opened, tmp_path: Path) -> None:
    _, window = opened
    window.view.write(tmp_path / "net.graphml")
    graph = nx.read_graphml(tmp_path / "net.graphml")
    assert sorted(label for _, label in graph.nodes(data="label")) == sorted(names(window))
    window.save_picture(tmp_path / "net.svg")
    assert "<svg" in (tmp_path / "net.svg").read_text(encoding="utf-8")[:400]
    window.set_theme(DARK)
    window.save_picture(tmp_path / "net.png")
    picture = QImage(str(tmp_path / "net.png"))
    assert picture.width() == 2 * window.canvas.width()
    assert picture.pixelColor(0, 0) == LIGHT.page
    assert window.said.text() == "Saved as net.png."
    window.save_picture(tmp_path / "net.bmp")
    assert "must end in .svg or .png" in window.said.text()


def test_looking_changes_nothing_and_another_project_starts_anew(
    opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    hands, window = opened
    project = hands.desk.project
    assert project
    changes = project.db.conn.total_changes
    choose(window, "kind", "sentiment", qtbot)
    window.canvas.choose(0)
    assert project.db.conn.total_changes == changes
    (tmp_path / "other").mkdir()
    with make_debate(tmp_path / "other", articles=1) as other:
        path = other.path
    hands.desk.open_project(path)
    assert window.view.drawing is None
    assert window.view.quotes == []
    QApplication.processEvents()


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
def test_ties_against_are_seen_on_every_page(theme) -> None:
    from annotator.domain.contrast import ratio

    assert ratio(AGAINST[theme.is_dark], theme.page.name()) >= 3


NODES = st.lists(
    st.tuples(
        st.builds(QPointF, st.floats(0, 400), st.floats(0, 300)), st.floats(3, 15)
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=60)
@given(NODES, st.data())
def test_names_never_overlap_nor_cover_another_node(nodes, data) -> None:
    sizes = [QSizeF(data.draw(st.floats(5, 120)), 14) for _ in nodes]
    area = QRectF(0, 0, 400, 300)
    found = labels.place(nodes, sizes, area)
    rects = [rect for rect in found if rect]
    for number, rect in enumerate(rects):
        assert area.contains(rect)
        assert not any(rect.intersects(other) for other in rects[:number])
    for number, rect in enumerate(found):
        for other, (middle, radius) in enumerate(nodes):
            if rect and other != number:
                assert not rect.intersects(
                    QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
                )
