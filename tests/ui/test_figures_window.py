"""The window of figures under real hands: every number leads to its marks, and into a file."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.contrast import ratio
from annotator.domain.figure import Figure, Form, Part
from annotator.ui.boxes import AROUND
from annotator.ui.figures import geometry
from annotator.ui.figures.card import NAME_WIDTH, Card
from annotator.ui.figures.painter import DEEPEST, PALEST, colour_of
from annotator.ui.figures.window import GAP, FiguresWindow
from annotator.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme
from tests.support.debate import make_debate
from tests.support.hands import Hands

Opened = tuple[Hands, FiguresWindow]
THEMES = [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK]


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to copy."""
    with make_debate(tmp_path_factory.mktemp("debate")) as project:
        return project.path


@pytest.fixture
def opened(open_window: Callable[..., Hands], debate: Path, tmp_path: Path, qtbot: QtBot) -> Opened:
    """The window on a debate of 24 articles."""
    hands = open_window(path=Path(shutil.copy(debate, tmp_path)))
    hands.press("Ctrl+Shift+G")
    window = hands.window.tools.findings.figures
    qtbot.waitUntil(lambda: bool(window.cards) and not window.view.is_running)
    return hands, window


def shown(window: FiguresWindow, name: str) -> Figure:
    figure = window.cards[name].chart.figure
    assert figure
    return figure


def click(card: Card, row: int, part: int) -> None:
    spot = next(spot for spot in card.chart.placed.spots if spot.cell == (row, part))
    QTest.mouseClick(card.chart, Qt.MouseButton.LeftButton, pos=spot.rect.center().toPoint())


def test_every_figure_has_its_card(opened: Opened) -> None:
    _, window = opened
    assert set(window.cards) == {
        "progress", "layers", "time", "publishers", "values", "actors", "claims", "judgements",
    }  # fmt: skip
    assert window.said.text().endswith("marks in 24 articles")
    for card in window.cards.values():
        figure = card.chart.figure
        assert figure
        assert {spot.cell for spot in card.chart.placed.spots} == set(figure.behind)


def test_cards_stand_close_together_also_after_another_choice(opened: Opened) -> None:
    _, window = opened
    for unit in ("years", "weeks", "months"):
        window.view.choose("unit", unit)
        QApplication.processEvents()
        cards = [card.geometry() for card in window.cards.values()]
        assert min(rect.top() for rect in cards) == 0
        for rect in cards:
            above = [
                other.bottom() for other in cards
                if other.bottom() < rect.top() and other.left() < rect.right() and rect.left() < other.right()
            ]  # fmt: skip
            assert rect.top() - max(above, default=-GAP - 1) == GAP + 1 or rect.top() == 0


def test_a_click_on_every_chart_leads_to_its_marks(opened: Opened) -> None:
    hands, window = opened
    project = hands.desk.project
    assert project
    for name, card in window.cards.items():
        if name == "progress":
            continue
        figure = shown(window, name)
        cell = sorted(figure.behind)[-1]
        click(card, *cell)
        assert {quote.mark for quote in window.view.quotes} == set(figure.behind[cell]), name
        assert window.title.text().startswith(figure.heading(*cell))
    quote = window.view.quotes[0]
    window.quotes.opened.emit(quote)
    assert hands.desk.reader.article
    assert hands.desk.reader.article.id == quote.article


def test_progress_leads_to_articles(opened: Opened) -> None:
    hands, window = opened
    figure = shown(window, "progress")
    row = figure.rows.index("Claim")
    click(window.cards["progress"], row, 0)
    assert {quote.article for quote in window.view.quotes} == set(figure.behind[row, 0])
    assert "articles" in window.title.text()
    window.view.go_to(window.view.quotes[3])
    assert hands.desk.reader.article
    assert hands.desk.reader.article.id == window.view.quotes[3].article


def test_numbers_are_walked_by_key(opened: Opened) -> None:
    _, window = opened
    chart = window.cards["publishers"].chart
    chart.setFocus()
    assert chart.current == 0
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.placed.spots[chart.current].cell == (0, 1)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.placed.spots[chart.current].cell == (1, 1)
    QTest.keyClick(chart, Qt.Key.Key_Up)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.placed.spots[chart.current].cell == (0, 0)
    assert chart.told(0) in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert len(window.view.quotes) == shown(window, "publishers").count(0, 0)


def test_person_time_label_and_actor_are_chosen(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    everybody = shown(window, "layers").total(0)
    box = window.lists["whose"]
    box.setCurrentIndex(box.findText("Bea"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert 0 < shown(window, "layers").total(0) < everybody
    window.view.choose("unit", "years")
    assert shown(window, "time").rows == ("2024",)
    options = window.cards["values"].options
    options.setCurrentIndex(options.findData("claim.stance"))
    options.activated.emit(options.currentIndex())
    assert shown(window, "values").title == "Claim: Stance"
    options = window.cards["judgements"].options
    options.setCurrentIndex(1)
    options.activated.emit(1)
    assert shown(window, "judgements").title == f"How {options.currentText()} is judged"


def test_a_figure_goes_into_a_picture_or_a_table(opened: Opened, tmp_path: Path) -> None:
    _, window = opened
    figure = shown(window, "judgements")
    window.save(figure, tmp_path / "judged.csv")
    with (tmp_path / "judged.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["", *(part.name for part in figure.parts)]
    assert [row[0] for row in rows[1:]] == list(figure.rows)
    window.save(figure, tmp_path / "judged.svg")
    svg = (tmp_path / "judged.svg").read_text(encoding="utf-8")
    assert figure.title in svg
    window.set_theme(DARK)
    window.save(figure, tmp_path / "judged.png")
    picture = QImage(str(tmp_path / "judged.png"))
    assert picture.pixelColor(0, 0) == LIGHT.page
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    for part in {part for _, part in figure.behind}:
        assert colour_of(figure, part, LIGHT).name() in colours
    assert window.said.text() == "Saved as judged.png."
    window.save(figure, tmp_path / "judged.gif")
    assert "must end in .svg or .png" in window.said.text()


def test_a_count_that_is_stopped_leaves_what_was_seen(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    before = list(window.view.figures)
    window.view.count()
    assert not window.work.isHidden()
    QTest.mouseClick(window.work.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert window.said.text().startswith("Stopped before the end")
    assert window.work.isHidden()
    assert window.view.figures == before


def test_another_project_starts_anew(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    hands, window = opened
    click(window.cards["layers"], 0, 0)
    (tmp_path / "other").mkdir()
    with make_debate(tmp_path / "other", articles=2) as other:
        path = other.path
    hands.desk.open_project(path)
    assert window.cards == {}
    assert window.view.quotes == []
    window.view.count()
    qtbot.waitUntil(lambda: bool(window.cards) and not window.view.is_running)
    assert window.said.text().endswith("in 2 articles")


def test_another_project_while_it_counts_is_not_mixed_up(
    opened: Opened, debate: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    hands, window = opened
    (tmp_path / "other").mkdir()
    path = Path(shutil.copy(debate, tmp_path / "other"))
    window.view.count()
    hands.desk.open_project(path)
    qtbot.waitUntil(lambda: not window.view.is_running)
    assert window.cards == {}
    assert "another project" in window.said.text()


FIGURES = st.builds(
    lambda form, rows, below, counts: Figure(
        "f", "F", form, tuple(f"Row {n}" for n in range(rows)),
        (Part("One"), Part("Two", is_below=below and form is Form.TIME), Part("Three")),
        {(at % rows, at % 3): tuple(map(str, range(count))) for at, count in enumerate(counts) if count},
    ),
    st.sampled_from(list(Form)), st.integers(1, 30), st.booleans(),
    st.lists(st.integers(0, 300), max_size=30),
)  # fmt: skip


@settings(max_examples=80)
@given(FIGURES, st.floats(260, 1200))
def test_nothing_lies_on_anything_else_or_outside(figure: Figure, width: float) -> None:
    make_application()
    placed = geometry.place(figure, width)
    height = geometry.height_of(figure)
    assert len(placed.spots) == len(figure.behind)
    for number, spot in enumerate(placed.spots):
        assert spot.rect.top() >= -1
        assert spot.rect.left() >= -1
        # Each very small number takes a little more than its share, so that it is seen.
        slack = geometry.THINNEST * len(figure.parts) + 1
        assert spot.rect.bottom() <= height + slack
        assert spot.rect.right() <= width + slack
        for other in placed.spots[:number]:
            assert not spot.rect.adjusted(0.01, 0.01, -0.01, -0.01).intersects(other.rect)


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_the_darkest_cell_are_readable(theme: Theme) -> None:
    darkest = theme.tint(theme.accent, PALEST + DEEPEST)
    assert ratio(theme.text.name(), darkest.name()) >= 4.5


def test_every_bar_stands_out_from_the_page(opened: Opened) -> None:
    _, window = opened
    for theme in THEMES:
        for figure in window.view.figures:
            for part in range(len(figure.parts)):
                assert ratio(colour_of(figure, part, theme).name(), theme.page.name()) >= 3


def test_a_name_that_finds_no_room_in_its_list_ends_in_dots(opened: Opened) -> None:
    _, window = opened
    box = window.cards["judgements"].options
    name = "Federal Bureau of Harbours, Ferries and Lighthouses"
    for width, whole in ((NAME_WIDTH, False), (600, True)):
        box.setMaximumWidth(width)
        box.offer([(name, 1)], 1)
        box.resize(min(box.sizeHint().width(), width), box.height())
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        assert (option.currentText == name) is whole
        assert option.currentText.endswith("…") is not whole
        assert box.fontMetrics().horizontalAdvance(option.currentText) <= box.width() - AROUND
