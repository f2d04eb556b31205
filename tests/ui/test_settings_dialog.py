"""The settings and the shortcut editor: what is chosen counts at once and is there at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from annotator.presentation.memory import Memory
from annotator.settings.options import OPTIONS, Number
from annotator.settings.preferences import Preferences
from annotator.ui.settings_dialog import SettingsDialog
from annotator.ui.theme import CONTRAST_DARK
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks


def settings_of(hands: Hands, command: str = "view.settings") -> SettingsDialog:
    hands.window.run_by_id(command)
    hands.settle()
    return hands.window.findChildren(SettingsDialog)[-1]


def press(dialog: SettingsDialog, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    modifier = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(dialog.keys.catcher, key, modifier)


def test_every_option_is_kept_and_its_default_can_be_chosen() -> None:
    first = Preferences()
    for option in OPTIONS:
        assert option.kind.accepts(getattr(first, option.name)), option.name
        assert option.label[0].isupper()
        assert option.sentence.endswith(".")


def test_a_value_out_of_range_is_refused(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    for name, value in (
        ("size", 4),
        ("theme", "pink"),
        ("zoom", True),
        ("nothing", 1),
        ("leading", "2"),
    ):
        with pytest.raises(ValueError, match=name):
            memory.set(name, value)
    assert memory.preferences == Preferences()


def test_no_name_of_an_option_is_cut_off(hands: Hands) -> None:
    dialog = settings_of(hands)
    names = {option.label for option in OPTIONS}
    labels = [label for label in dialog.findChildren(QLabel) if label.text() in names]
    assert len(labels) == len(OPTIONS)
    assert [label.text() for label in labels if label.sizeHint().width() > label.width()] == []


def test_it_fits_onto_a_small_screen(hands: Hands) -> None:
    dialog = settings_of(hands)
    assert dialog.minimumSizeHint().height() < 500
    dialog.resize(640, 500)
    assert dialog.height() == 500


def test_a_page_scrolls_only_where_its_words_have_no_room(hands: Hands) -> None:
    dialog = settings_of(hands)

    def bars() -> list[bool]:
        hands.settle()
        areas = dialog.pages.currentWidget()
        assert isinstance(areas, QScrollArea)
        page = areas.widget()
        needed = page.heightForWidth(areas.viewport().width())
        assert page.height() == max(needed, areas.viewport().height())
        return [areas.verticalScrollBar().isVisible(), needed > areas.viewport().height()]

    for height in (500, 600, 640, 680, 720):
        dialog.resize(640, height)
        is_scrolled, has_to_be = bars()
        assert is_scrolled == has_to_be, height


def test_what_is_switched_on_has_a_tick_not_only_a_colour(hands: Hands) -> None:
    dialog = settings_of(hands)
    box = dialog.fields["dim"]
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    tick = box.palette().base().color()
    picture = box.grab().toImage()
    inside = [
        picture.pixelColor(x, y)
        for x in range(picture.height())
        for y in range(picture.height() // 3, picture.height() * 2 // 3)
    ]
    ground = inside[len(inside) // 2 - 6 : len(inside) // 2 + 6]
    assert any(_near(colour, tick) for colour in ground)
    assert not all(_near(colour, tick) for colour in ground)


def _near(one: QColor, other: QColor) -> bool:
    return (
        max(
            abs(one.red() - other.red()),
            abs(one.green() - other.green()),
            abs(one.blue() - other.blue()),
        )
        < 60
    )


def test_every_field_has_a_name_and_what_it_does(hands: Hands) -> None:
    dialog = settings_of(hands)
    for option in OPTIONS:
        field = dialog.fields[option.name]
        assert field.accessibleName() == option.label
        assert field.accessibleDescription() == option.sentence
    nameless = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not getattr(widget, "text", lambda: "")()
        and not widget.objectName().startswith("qt_")
        and type(widget).__module__.startswith("annotator")
    ]
    assert nameless == []
    dialog.close()


def test_what_is_chosen_shows_at_once_and_is_kept(hands: Hands, tmp_path: Path) -> None:
    dialog = settings_of(hands)
    view = hands.window.page
    line, width = view.column.setting.line, view.column.setting.width
    size, leading, columns, theme = (
        dialog.fields[name] for name in ("size", "leading", "width", "theme")
    )
    assert isinstance(size, QSpinBox)
    assert isinstance(leading, QDoubleSpinBox)
    assert isinstance(columns, QSpinBox)
    assert isinstance(theme, QComboBox)
    size.setValue(20)
    leading.setValue(2.0)
    assert view.column.setting.line == 40 > line
    columns.setValue(40)
    assert view.column.setting.width < width * 20 / 17
    theme.setCurrentIndex(4)
    theme.activated.emit(4)
    assert hands.window.theme is CONTRAST_DARK
    assert view.theme is CONTRAST_DARK
    again = Memory(tmp_path / "config").preferences
    assert (again.size, again.leading, again.width, again.theme) == (20, 2.0, 40, "contrast dark")
    dialog.close()


def test_a_page_is_set_back(hands: Hands) -> None:
    dialog = settings_of(hands)
    memory = hands.window._memory
    memory.set("size", 24)
    field = dialog.fields["size"]
    assert isinstance(field, QSpinBox)
    assert field.value() == 24
    memory.set_back(["size", "theme"])
    assert field.value() == Preferences().size
    dialog.close()


def test_drags_by_letters_when_whole_words_are_switched_off(hands: Hands) -> None:
    dialog = settings_of(hands)
    field = dialog.fields["whole_words"]
    assert isinstance(field, QCheckBox)
    field.setChecked(False)
    dialog.close()
    start = hands.find("Haddad")
    hands.drag_over(start + 1, start + 4)
    assert hands.page.selections == ((start + 1, start + 4),)
    hands.drag_over(start + 1, start + 4, Qt.KeyboardModifier.AltModifier)
    assert hands.page.selections == ((start, start + 6),)


def test_a_held_layer_is_let_go_of_between_articles_if_one_likes(open_window) -> None:
    hands = open_window("First one.\n", "Second one.\n", "Third one.\n")
    hands.press("Shift+A", "]")
    assert hands.desk.reader.held == "actor"
    hands.window._memory.set("sticky", False)
    hands.press("]")
    assert hands.page.text.startswith("Third")
    assert hands.desk.reader.held is None


def test_the_wheel_with_ctrl_is_remembered(hands: Hands) -> None:
    hands.window.page.zoom_changed.emit(130)
    assert hands.window._memory.preferences.zoom == 130


def test_a_new_key_counts_at_once_everywhere(hands: Hands, tmp_path: Path) -> None:
    dialog = settings_of(hands, "view.own-keys")
    page = dialog.keys
    page.filter.setText("mark as actor")
    assert page.table.rowCount() == 1
    page.change.click()
    press(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    dialog.close()
    hands.window.page.setFocus()
    hands.drag("Amal Haddad")
    hands.press("A")
    assert marks(hands) == []
    hands.press("Alt+W")
    assert [mark.layer for mark in marks(hands)] == ["actor"]
    assert hands.window.top._chips["actor"].text().endswith("Alt+W")
    assert Memory(tmp_path / "config").preferences.keys == {"mark.as.actor": ["Alt+W"]}


def test_a_key_that_is_taken_says_so_and_needs_a_second_press(hands: Hands) -> None:
    dialog = settings_of(hands, "view.own-keys")
    page = dialog.keys
    page.choose("edit.undo")
    page.change.click()
    press(dialog, Qt.Key.Key_C)
    assert "C is the key of “Mark as claim”" in page.catcher.text()
    assert hands.window._memory.preferences.keys == {}
    press(dialog, Qt.Key.Key_C)
    assert hands.window._memory.preferences.keys == {"edit.undo": ["C"]}
    assert page.chosen
    assert page.chosen.clash == "C is taken by “Mark as claim”"
    dialog.close()


def test_keys_are_taken_off_and_set_back(hands: Hands) -> None:
    dialog = settings_of(hands, "view.own-keys")
    keys = dialog.keys._keys
    keys.take_off("edit.undo")
    assert hands.desk.key_of("edit.undo") == ""
    keys.give("edit.redo", "Alt+R")
    keys.set_back("edit.undo")
    assert (hands.desk.key_of("edit.undo"), hands.desk.key_of("edit.redo")) == ("Ctrl+Z", "Alt+R")
    keys.set_all_back()
    assert hands.desk.key_of("edit.redo") == "Ctrl+Shift+Z"
    dialog.close()


def test_escape_and_leaving_give_a_catch_up(hands: Hands) -> None:
    dialog = settings_of(hands, "view.own-keys")
    page = dialog.keys
    page.change.click()
    press(dialog, Qt.Key.Key_Escape)
    assert not page.catcher.isVisible()
    assert dialog.isVisible()
    assert hands.window._memory.preferences.keys == {}
    dialog.close()


def test_numbers_stay_in_their_range(hands: Hands) -> None:
    for option in OPTIONS:
        if isinstance(option.kind, Number):
            assert not option.kind.accepts(option.kind.most + 1)
            assert not option.kind.accepts(option.kind.least - 1)
    for _ in range(40):
        hands.window.run_by_id("view.larger")
    assert hands.window._memory.preferences.zoom == 250


def test_the_wheel_scrolls_a_page_and_changes_no_value(hands: Hands) -> None:
    dialog = settings_of(hands)
    before = Preferences(**vars(hands.window._memory.preferences))
    for field in dialog.fields.values():
        turn = QWheelEvent(
            QPointF(field.rect().center()),
            QPointF(field.mapToGlobal(field.rect().center())),
            QPoint(),
            QPoint(0, -360),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, turn)
    assert hands.window._memory.preferences == before
    dialog.close()


def test_the_next_project_is_signed_with_the_name_chosen(hands: Hands, tmp_path: Path) -> None:
    dialog = settings_of(hands)
    name = dialog.fields["annotator"]
    assert isinstance(name, QLineEdit)
    name.setText("Berta")
    name.editingFinished.emit()
    dialog.close()
    (tmp_path / "next").mkdir()
    with make_project(tmp_path / "next", STORY) as project:
        path = project.path
    assert hands.desk.open_project(path)
    assert hands.desk.project
    assert hands.desk.project.annotator.name == "Berta"


def test_the_open_project_can_be_opened_again_under_another_name(hands: Hands) -> None:
    project, article = hands.desk.project, hands.desk.reader.article
    assert project
    assert article
    assert hands.desk.open_project(project.path)
    assert hands.desk.project is project
    assert hands.desk.messages.last
    assert hands.desk.messages.last.text == f"{project.path.name} is open already."
    hands.desk.annotator_name = "Berta"
    assert hands.desk.open_project(project.path)
    assert hands.desk.project
    assert hands.desk.project.annotator.name == "Berta"
    assert hands.desk.reader.article == article
