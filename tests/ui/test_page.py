"""The reading view: what is painted is what is stored, in any script, at any size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider, QWidget
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.codebook import Shape
from annotator.domain.errors import Refused
from annotator.domain.fragment import place
from annotator.presentation.page import Page, PageMark
from annotator.ui import style
from annotator.ui.page.column import Column
from annotator.ui.page.offsets import UnitMap, display_copy
from annotator.ui.page.scroll_bar import PageScrollBar
from annotator.ui.page.view import PageView
from annotator.ui.theme import DARK, LIGHT
from tests.ui.conftest import Hands

SIGNS = [
    "a", "b", " ", "word", "one two", "é", "e\u0301", "😀", "👩🏽\u200d🚀", "🇩🇪", "🏳️\u200d🌈", "𝓢", "\u00a0", "’", "“", "”", "—",
    "\n", "\n\n", "\u2028", "\u2029", "\u0085", "\x0b", "\u200b", "\u00ad", "سلام", "قال", "שלום", "123", "(", ")", ",", ".",
]  # fmt: skip

texts = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=60).map("".join)


@pytest.fixture
def view(qtbot: QtBot) -> PageView:
    """An empty view."""
    make_application()
    made = PageView()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def mark_of(
    text: str, start: int, end: int, shape: Shape = Shape.BRACKETS, id: str = "m"
) -> PageMark:
    """Return a mark for the page."""
    extents = tuple(part.extent for part in place(text, [(start, end)]))
    return PageMark(id, "claim", shape, ("#8a5a00", "#e6a83c"), extents)


@given(text=texts)
def test_offsets_go_both_ways(text: str) -> None:
    units = UnitMap(text)
    assert units.units == len(text.encode("utf-16-le")) // 2
    for offset in range(len(text) + 1):
        unit = units.to_units(offset)
        assert unit == len(text[:offset].encode("utf-16-le")) // 2
        assert units.to_points(unit) == offset


@given(text=texts)
def test_the_display_copy_has_the_same_number_of_code_points(text: str) -> None:  # B14
    copy = display_copy(text)
    assert len(copy) == len(text)
    assert not set(copy) & set("\u2028\u2029\x0b\u0085\r\0")
    assert display_copy("a\u00a0b") == "a\u00a0b"  # B13


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(text=texts, data=st.data())
def test_what_is_painted_is_the_stored_slice(
    view: PageView, text: str, data: st.DataObject
) -> None:  # I5
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    try:
        mark = mark_of(text, start, end, data.draw(st.sampled_from(list(Shape))))
    except Refused:
        return
    page = Page()
    page.show("x", text, [mark], [])
    view.set_page(page)
    for zoom, width, theme in ((100, 700, LIGHT), (180, 420, DARK)):
        view.set_theme(theme)
        view.set_zoom(zoom)
        view.resize(width, 500)
        visible = [
            offset
            for offset in range(mark.start, mark.end)
            if text[offset].isalnum() and text[offset] < "\u0300"
        ]
        painted = view.painted_offsets("m")
        assert set(visible) <= painted
        outside = {offset for offset in range(len(text)) if text[offset].isalnum()} - set(
            range(mark.start, mark.end)
        )
        assert not {offset for offset in outside if text[offset] < "\u0300"} & painted
    view.set_zoom(100)
    view.resize(700, 500)


def test_a_mark_that_ends_within_a_glyph_is_painted(view: PageView) -> None:
    text = "aaaaword🇩🇪قالقالe\u0301"
    page = Page()
    page.show("x", text, [mark_of(text, 0, 17, Shape.BOX)], [])
    view.set_page(page)
    for zoom in (100, 180):
        view.set_zoom(zoom)
        assert {*range(17)} <= view.painted_offsets("m")


def test_a_mark_on_an_accent_alone_paints_no_other_letter(view: PageView) -> None:
    text = "e\u0301سلام"
    page = Page()
    page.show("x", text, [mark_of(text, 1, 2, Shape.BOX)], [])
    view.set_page(page)
    assert 0 not in view.painted_offsets("m")


def test_the_caret_never_rests_within_a_cluster(view: PageView) -> None:  # A11
    text = "a👩🏽\u200d🚀b e\u0301 🇩🇪 x"
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    stops = [0]
    while page.caret < len(text):
        QTest.keyClick(view, Qt.Key.Key_Right)
        stops.append(page.caret)
    assert stops == [0, 1, 5, 6, 7, 9, 10, 12, 13, 14]
    back = [page.caret]
    while page.caret:
        QTest.keyClick(view, Qt.Key.Key_Left)
        back.append(page.caret)
    assert back == stops[::-1]


def test_every_offset_is_found_where_it_is_painted(view: PageView) -> None:
    text = "One line of words.\n\nقال الوزير إن 12 Latin هنا.\nAnd שלום in the middle, 😀 too."
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    for offset, sign in enumerate(text):
        if sign.isalnum():
            (rect,) = view.rects_of(offset, offset + 1)
            assert view.offset_at(rect.center(), nearest=False) == offset, sign


def test_a_span_over_mixed_directions_has_several_rectangles(view: PageView) -> None:
    text = "He said שלום עולם to all of them"
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    inside = text.index("לום")
    rects = view.rects_of(0, inside + 1)
    assert len(rects) == 2
    assert not rects[0].intersects(rects[1])


def test_empty_lines_and_ends_are_shown(view: PageView) -> None:  # B22
    for text in ("first\n\nlast", "\n\n\nx", "x\n", "x"):
        page = Page()
        page.show(
            "x",
            text,
            [mark_of(text, text.rindex("t" if "t" in text else "x"), len(text.rstrip()))],
            [],
        )
        view.set_page(page)
        QApplication.processEvents()
        assert view.grab().width() > 0


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("قال الوزير إن الإضراب انتهى.\n", True),
        ("قال الوزير إن الإضراب انتهى.\n\n* * *\n", True),
        ("The minister spoke.\n\nقال الوزير.\n\n", True),
        ("\n\nقال الوزير.", True),
        ("قال الوزير.\n\nThe minister spoke.\n", False),
    ],
)
def test_a_line_without_letters_runs_like_the_text_around_it(
    view: PageView, text: str, is_right: bool
) -> None:
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    column, middle = view.column, view.column.setting.width / 2
    start = 0 if text.startswith("\n") else len(text)
    assert (column.caret(start).left() - column.setting.left > middle) is is_right


def test_a_long_text_is_laid_out_only_where_it_is_seen(view: PageView) -> None:
    text = "\n".join(
        f"Paragraph {number} with some words in it, again and again." for number in range(20_000)
    )
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    QApplication.processEvents()
    assert view.column.laid_out < 60
    view.scroll_to(len(text) // 2)
    QApplication.processEvents()
    assert view.column.laid_out < 200


def test_one_paragraph_of_300_000_characters_is_cut_for_laying_out(view: PageView) -> None:
    text = "wordy " * 50_000
    mark = mark_of(text, 19_990, 20_030)
    page = Page()
    page.show("x", text, [mark], [])
    view.set_page(page)
    QApplication.processEvents()
    assert view.column.laid_out <= 2
    view.scroll_to(20_000)
    painted = view.painted_offsets("m")
    assert {offset for offset in painted if text[offset] != " "} == {
        offset for offset in range(mark.start, mark.end) if text[offset] != " "
    }


def test_what_is_read_stays_in_place_when_sizes_change(view: PageView) -> None:
    text = "\n".join(
        f"Paragraph {number}: " + "some words " * (number % 40) for number in range(500)
    )
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    target = text.index("Paragraph 300")
    view.set_first_visible_offset(target)
    QApplication.processEvents()
    for zoom in (150, 80, 100):
        view.set_zoom(zoom)
        QApplication.processEvents()
        number = page.paragraph_of(view.first_visible_offset())
        assert abs(number - page.paragraph_of(target)) <= 1


def test_the_column_stands_in_one_place_whether_there_is_something_to_scroll_or_not(
    view: PageView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns: list[Column] = []
    monkeypatch.setattr(
        "annotator.ui.page.following.Column",
        lambda *given: columns.append(Column(*given)) or columns[-1],  # type: ignore[func-returns-value]
    )
    page = Page()
    view.set_page(page)
    columns.clear()
    for text in ("A short article.", "A long article.\n" * 200):
        page.show(text[:6], text, [], [])
        qtbot.wait(1)
    assert len(columns) == 2, "each is set once"
    assert columns[0].setting[-4:] == columns[1].setting[-4:]
    assert view.verticalScrollBar().maximum() > 0


def test_scrolling_up_through_unseen_text_does_not_jump(view: PageView) -> None:
    text = "\n".join(
        f"Paragraph {number}: " + "some longer words " * (number * 7 % 60) for number in range(400)
    )
    page = Page()
    page.show("x", text, [], [])
    view.set_page(page)
    view.set_first_visible_offset(text.index("Paragraph 300"))
    bar = view.verticalScrollBar()
    for _ in range(60):
        anchor = view.first_visible_offset()
        (before,) = view.rects_of(anchor, anchor + 1)[:1]
        bar.setValue(bar.value() - 40)
        (after,) = view.rects_of(anchor, anchor + 1)[:1]
        assert abs(after.top() - before.top() - 40) <= 2


def test_screen_readers_get_text_caret_selection_and_marks(view: PageView) -> None:
    text = "Hi 😀 Amal said no."
    mark = PageMark("m", "actor", Shape.BOX, ("#0072b2", "#56b4e9"), ((5, 9),))
    page = Page()
    page.describe = {"m": "Actor, person"}.__getitem__
    page.show("x", text, [mark], [])
    view.set_page(page)
    interface = QAccessible.queryAccessibleInterface(view)
    found = interface.textInterface()
    assert found.characterCount() == len(text) + 1
    assert found.text(6, 10) == "Amal"
    page.move_to(6)
    assert found.cursorPosition() == 7
    assert "Actor, person" in view.accessibleDescription()
    page.select(5, 9)
    assert view.accessibleDescription() == "Selected: Amal"
    page.clear_selection()
    page.move_to(6)
    assert "Actor, person" in view.accessibleDescription()


def test_everything_that_takes_the_focus_has_a_name(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    nameless = [
        widget
        for widget in hands.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(hands.window)
        and not widget.accessibleName()
        and not getattr(widget, "text", lambda: "")()
        and widget.objectName() not in ("qt_scrollarea_viewport",)
        and type(widget).__name__
        not in ("QSplitter", "QMenuBar", "QScrollBar", "QAbstractScrollAreaScrollBarContainer")
    ]
    assert nameless == []


def test_words_are_dragged_whole_and_letters_with_alt(hands: Hands) -> None:
    start = hands.find("Haddad")
    hands.drag_over(start + 1, start + 4)
    assert hands.page.selections == ((start, start + 6),)
    hands.drag_over(start + 1, start + 4, Qt.KeyboardModifier.AltModifier)
    assert hands.page.selections == ((start + 1, start + 4),)


def test_a_double_click_takes_the_word_and_a_third_the_sentence(hands: Hands) -> None:
    port = hands.window.page.viewport()
    place = hands.window.page.rects_of(hands.find("insult"), hands.find("insult") + 1)[0].center()
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert [hands.page.text[a:b] for a, b in hands.page.selections] == ["insult"]
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    (extent,) = hands.page.selections
    assert hands.page.text[slice(*extent)].startswith("The harbour workers")


def test_ctrl_and_drag_selects_further_words(hands: Hands) -> None:
    hands.drag("We will not go back")
    hands.drag("until the night shift is paid", modifiers=Qt.KeyboardModifier.ControlModifier)
    hands.press("C")
    assert hands.desk.reader.current is not None
    assert hands.desk.reader.current.text == "We will not go back … until the night shift is paid"


def test_selection_grows_and_shrinks(hands: Hands) -> None:
    hands.page.move_to(hands.find("go back"))
    seen = []
    for _ in range(4):
        hands.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        seen.append(hands.page.text[slice(*hands.page.selection)])
    assert seen[0] == "go"
    assert seen[1] == "We will not go back"
    assert seen[2].startswith("“We will not go back,” said Amal")
    assert seen[3].endswith("no money left.")


def test_pointing_at_nothing_is_no_matter(open_window: Callable[..., Hands]) -> None:
    hands = open_window("x")
    port = hands.window.page.viewport()
    for point in (QPoint(1, 1), QPoint(port.width() - 1, port.height() - 1)):
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert hands.desk.reader.current is None


@pytest.mark.parametrize("most", [0, 1, 40, 333, 5_000, 700_000])
def test_the_handle_of_the_scroll_bar_lies_where_the_style_takes_hold_of_it(
    qtbot: QtBot, most: int
) -> None:
    view = PageView()
    view.setStyleSheet(style.sheet(view.theme))
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    bar = view.verticalScrollBar()
    assert isinstance(bar, PageScrollBar)
    bar.setRange(0, most)
    for value in {0, most // 7, most // 2, most}:
        bar.setValue(value)
        option = QStyleOptionSlider()
        bar.initStyleOption(option)
        held = bar.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
        )
        assert bar.handle() == held


def test_the_scroll_bar_has_its_handle_where_the_page_is(qtbot: QtBot) -> None:
    view = PageView()
    qtbot.addWidget(view)
    page = Page()
    page.show("article", "Amal spoke. " * 3_000, [], [])
    view.set_page(page)
    view.resize(500, 400)
    view.show()
    bar = view.verticalScrollBar()

    def is_handle(y: int) -> bool:
        sight = bar.grab().toImage()
        return sight.pixelColor(sight.width() // 2, y) == view.theme.hairline

    def rows() -> list[int]:
        return [y for y in range(bar.height()) if is_handle(y)]

    first = rows()
    assert first
    bar.setValue(bar.maximum())
    last = rows()
    assert last[0] > first[-1]
    view.set_theme(DARK)
    assert rows() == last
    page.show("article", "Amal spoke.", [], [])
    assert not rows()
