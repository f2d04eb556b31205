"""The network window under real hands: pictures, names that do not overlap, and the marks behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.presentation.network_view import Quote
from annotator.services import marking
from annotator.ui.network import labels
from annotator.ui.network.canvas import NetworkCanvas
from annotator.ui.network.painter import AGAINST
from annotator.ui.network.window import NetworkWindow
from annotator.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT
from tests.support.debate import PEOPLE, TOPICS, make_debate
from tests.support.hands import Hands

Opened = tuple[Hands, NetworkWindow]


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to copy."""
    with make_debate(tmp_path_factory.mktemp("debate")) as project:
        return project.path


@pytest.fixture
def opened(open_window: Callable[..., Hands], debate: Path, tmp_path: Path, qtbot: QtBot) -> Opened:
    """The window on a debate of 24 articles."""
    hands = open_window(path=Path(shutil.copy(debate, tmp_path)))
    hands.press("Ctrl+Shift+N")
    window = hands.window.tools.findings.network
    qtbot.waitUntil(lambda: window.canvas.placed is not None)
    return hands, window


def choose(window: NetworkWindow, name: str, value: str, qtbot: QtBot) -> None:
    box = window.choices.lists[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: not window.view.is_running)


def type_into(window: NetworkWindow, name: str, text: str, qtbot: QtBot) -> None:
    field = window.choices.fields[name]
    field.setText(text)
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: not window.view.is_running)


def behind_all(window: NetworkWindow) -> list[Quote]:
    """The marks behind the strongest names."""
    found: list[Quote] = []
    for number in range(min(4, len(names(window)))):
        window.canvas.choose(number)
        found += window.view.quotes
    return found


def drag(canvas: NetworkCanvas, start: QPointF, end: QPointF) -> None:
    for kind, point, held in (
        (QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, start + (end - start) / 2, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, end, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        button = Qt.MouseButton.LeftButton
        if kind is QEvent.Type.MouseMove:
            button = Qt.MouseButton.NoButton
        place = canvas.mapToGlobal(point)
        event = QMouseEvent(kind, point, place, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, event)


def wheel(canvas: NetworkCanvas, point: QPointF, turn: int) -> None:
    event = QWheelEvent(
        point, canvas.mapToGlobal(point), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


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
    assert {quote.mark for quote in window.view.quotes} == set(drawing.marks_of_tie(place[1]))
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
    assert window.choices.lists["combine"].currentText() == "Same side"
    choose(window, "combine", "subtract", qtbot)
    assert window.view.drawing
    assert any(tie.weight < 0 for tie in window.view.drawing.ties)
    assert "dashed: conflict" in window.legend.text()
    choose(window, "unit", "months", qtbot)
    assert window.choices.lists["period"].isVisible()
    choose(window, "period", "1", qtbot)
    assert window.choices.lists["period"].currentText() == "2024-02"
    choose(window, "kind", "sentiment", qtbot)
    choose(window, "unit", "", qtbot)
    assert window.choices.lists["period"].isHidden()
    window.choices.most.setValue(5)
    window.choices.most.editingFinished.emit()
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert len(names(window)) == 5
    assert "the 5 strongest of" in window.said.text()


def test_more_is_chosen_below(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    assert not window.choices.rest.isVisible()
    QTest.mouseClick(window.choices.more, Qt.MouseButton.LeftButton)
    assert window.choices.rest.isVisible()
    type_into(window, "only", "topics=night pay, rail link; publisher=Evening Post", qtbot)
    topics = {name for name in names(window) if name in TOPICS}
    assert topics == {"night pay", "rail link"}
    assert "filtered" not in window.said.text()
    type_into(window, "only", "", qtbot)
    type_into(window, "since", "2024-02-01", qtbot)
    type_into(window, "until", "2024-02-28", qtbot)
    found = window.view.found
    assert found
    assert found.order.since == date(2024, 2, 1)
    assert found.networks[0].since is not None
    assert found.networks[0].since.month == found.networks[0].until.month == 2
    before = len(names(window))
    QTest.mouseClick(window.choices.flags["isolates"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert len(names(window)) >= before
    choose(window, "whose", "annotator:Bea", qtbot)
    assert {quote.annotator for quote in behind_all(window)} == {"Bea"}
    choose(window, "layer", "actor", qtbot)
    assert window.choices.lists["rows"].currentText() == "Type"
    assert set(names(window)) <= {"Organisation", "yes", "no"}
    choose(window, "kind", "sentiment", qtbot)
    choose(window, "qualifier", "intensity", qtbot)
    assert min(tie.weight for tie in window.view.drawing.ties) >= 1
    choose(window, "unit", "weeks", qtbot)
    window.choices.window_size.setValue(2)
    window.choices.window_size.editingFinished.emit()
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert window.view.order.size == 2


def test_a_day_or_filter_that_cannot_be_read_is_said(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    type_into(window, "since", "soon", qtbot)
    assert window.said.text() == "“soon” is no day: write it as 2024-03-01."
    type_into(window, "without", "night", qtbot)
    assert "is no filter" in window.said.text()


def test_it_is_enlarged_moved_and_dragged(opened: Opened) -> None:
    _, window = opened
    canvas = window.canvas
    area = canvas.rect().toRectF()
    start = [QPointF(middle) for middle, _ in canvas.placed.nodes]
    wheel(canvas, start[0], 120)
    assert canvas.view.zoom == pytest.approx(1.25)
    held = canvas.placed.nodes[0][0]
    assert (held.x(), held.y()) == pytest.approx((start[0].x(), start[0].y()))
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view.zoom == pytest.approx(1)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.placed.nodes[0][0] == start[0]
    drag(canvas, start[1], start[1] + QPointF(60, 40))
    assert canvas.placed.nodes[1][0].toPoint() == (start[1] + QPointF(60, 40)).toPoint()
    assert window.title.text().startswith("Click"), "a drag chooses nothing"
    empty = next(
        QPointF(x, y)
        for x in range(5, int(area.width()), 7)
        for y in range(5, int(area.height()), 7)
        if canvas.placed.node_at(QPointF(x, y)) is None
        and canvas.placed.tie_at(QPointF(x, y)) is None
    )
    drag(canvas, empty, empty + QPointF(-30, 20))
    assert canvas.placed.nodes[0][0].toPoint() == (start[0] + QPointF(-30, 20)).toPoint()
    for _ in range(12):
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
    for number in range(len(canvas.drawing.nodes)):
        canvas.choose(number)
        assert area.contains(canvas.placed.nodes[number][0]), "who is chosen comes into sight"
    empty = next(
        QPointF(x, 5)
        for x in range(5, int(area.width()))
        if canvas.placed.node_at(QPointF(x, 5)) is None
        and canvas.placed.tie_at(QPointF(x, 5)) is None
    )
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=empty.toPoint())
    assert canvas.current is None
    assert window.view.quotes == []


def test_what_cannot_be_is_said(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    choose(window, "rows", "topics", qtbot)
    assert window.said.text().startswith("Rows and columns are both “topics”")
    assert not window.view.is_running


def test_networks_and_pictures_are_saved(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    _, window = opened
    window.view.write(tmp_path / "net.graphml")
    qtbot.waitUntil(lambda: window.said.text() == "Wrote net.graphml.")
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


def test_counting_shows_how_far_it_is_and_can_be_stopped_from_its_own_window(
    opened: Opened, qtbot: QtBot
) -> None:
    _, window = opened
    before = window.view.drawing
    assert window.work.isHidden()
    window.view.compute()
    assert not window.work.isHidden()
    QTest.mouseClick(window.work.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert window.said.text().startswith("Stopped before the end")
    assert window.work.isHidden()
    assert window.view.drawing is before
    window.view.compute()
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert window.view.drawing is not before


def test_a_file_that_was_stopped_is_not_there(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    _, window = opened
    window.view.write(tmp_path / "net.csv")
    QTest.mouseClick(window.work.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert not list(tmp_path.glob("*net.csv*"))
    window.view.write(tmp_path / "no" / "net.csv")
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert "could not be written" in window.said.text()


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
    assert window.said.text() == "This is another project: count again to see it."
    QTest.mouseClick(window.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.view.drawing is not None)
    assert window.view.found
    assert window.view.found.marks == 6


def test_another_project_while_it_counts_is_not_mixed_up(
    opened: Opened, debate: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    hands, window = opened
    (tmp_path / "other").mkdir()
    path = Path(shutil.copy(debate, tmp_path / "other"))
    window.view.compute()
    hands.desk.open_project(path)
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert window.view.found is None
    assert window.view.drawing is None
    assert "another project" in window.said.text()


def test_marks_made_meanwhile_are_counted_again(opened: Opened, qtbot: QtBot) -> None:
    hands, window = opened
    project = hands.desk.project
    assert project
    before = window.view.found
    assert before
    article = project.db.execute("SELECT id FROM article").fetchone()[0]
    marking.mark(project, article, [(0, 7)], "claim")
    QTest.mouseClick(window.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.view.found is not before and not window.view.is_running)
    assert window.view.found
    assert window.view.found.marks == before.marks + 1


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
