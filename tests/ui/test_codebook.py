"""The codebook editor under real hands: items changed, added, retired, renamed, merged; clashes seen at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as File

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import Codebook, Definition
from annotator.domain.codebook_edits import Path, item
from annotator.presentation import code_usage
from annotator.services import marking, reading
from annotator.ui.codebook.form import ItemForm
from annotator.ui.codebook.window import CodebookWindow
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands

OPPOSE = Path("claim", "stance", "oppose")


@pytest.fixture
def codebook(open_window: Callable[..., Hands], tmp_path: File) -> tuple[Hands, CodebookWindow]:
    """A window with the editor open, two claims that oppose."""
    project = make_project(tmp_path, STORY)
    article = reading.list_articles(project)[0].article.id
    for start in (0, 12):
        marking.mark(project, article, [(start, start + 6)], "claim", {"stance": "oppose"})
    path = project.path
    project.close()
    hands = open_window(path=path)
    hands.press("Ctrl+Shift+K")
    return hands, hands.window.tools.codebook


def form(window: CodebookWindow) -> ItemForm:
    """Return the form that is shown."""
    found = window.form_area.widget()
    assert isinstance(found, ItemForm)
    return found


def choose(window: CodebookWindow, path: Path) -> ItemForm:
    """Choose an item in the tree."""
    window.tree.setCurrentItem(window._items[path])
    return form(window)


def enter(field: QLineEdit, text: str) -> None:
    """Type into a field and press Enter."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


def book(hands: Hands) -> Codebook:
    """Return the codebook in force."""
    assert hands.desk.project
    return hands.desk.project.codebook


def test_nothing_counts_before_it_is_put_into_force(codebook: tuple[Hands, CodebookWindow]) -> None:
    hands, window = codebook
    assert not window.apply.isEnabled()
    shown = choose(window, OPPOSE)
    shown.text.setPlainText("Plainly **against** it.\n\n![x](http://x/y.png)")
    shown.examples.setPlainText("never again\n\nno way\n")
    assert "<strong>against</strong>" in shown.preview.text()
    assert "http" not in shown.preview.text()
    assert item(book(hands), OPPOSE).definition.examples == ()
    assert window.apply.isEnabled()
    window.apply.click()
    assert item(book(hands), OPPOSE).definition == Definition(
        "Plainly **against** it.\n\n![x](http://x/y.png)", ("never again", "no way")
    )
    assert hands.desk.undo_name == "Codebook: definition of value oppose of claim.stance"
    assert not window.apply.isEnabled()
    assert "2 of your marks" in window.recheck.text()
    window.holds.click()
    assert window.recheck.isHidden()
    hands.desk.undo()
    hands.desk.undo()
    assert item(book(hands), OPPOSE).definition.examples == ()


def test_clashing_keys_and_faint_colours_are_seen_at_once(
    codebook: tuple[Hands, CodebookWindow],
) -> None:
    _, window = codebook
    shown = choose(window, Path("claim"))
    key = next(field for field in shown.findChildren(QLineEdit) if field.accessibleName() == "Key")
    key.setFocus()
    key.selectAll()
    QTest.keyClicks(key, "a")
    assert window.problems.text() == "A is the key of “Mark as actor” and of “Mark as claim”."
    window._editor.set(colour=("#eeeeee", "#e6a83c"))
    assert "Claim is hard to see in the light theme (1.1 : 1" in window.problems.text()
    window.discard.click()
    assert window.problems.isHidden()
    assert not window.apply.isEnabled()


def test_a_colour_that_is_none_is_not_put_into_force(
    codebook: tuple[Hands, CodebookWindow],
) -> None:
    hands, window = codebook
    choose(window, Path("claim"))
    window._editor.set(colour=("blue", "#e6a83c"))
    window.apply.click()
    assert "no colour" in window.message.text()
    assert book(hands).layer("claim").colour[0].startswith("#")


def test_a_layer_with_attribute_values_and_link_is_added(
    codebook: tuple[Hands, CodebookWindow],
) -> None:
    hands, window = codebook

    def add(kind: str, label: str) -> None:
        window.kind.setCurrentIndex(window.kind.findData(kind))
        enter(window.new, label)

    add("layer", "Frame")
    add("attribute", "Kind of frame")
    add("code", "Fairness")
    add("code", "Fairness")
    window.tree.setCurrentItem(window._items[Path("frame")])
    add("link", "Of claim")
    shown = form(window)
    next(chip for chip in shown.findChildren(QPushButton) if chip.text() == "Claim").click()
    shown = form(window)
    next(box for box in shown.findChildren(QCheckBox) if "author" in box.text()).click()
    window.apply.click()
    frame = book(hands).layer("frame")
    (attribute,) = frame.attributes
    assert [code.name for code in attribute.codes] == ["fairness", "fairness_2"]
    (link,) = book(hands).links_from("frame")
    assert (link.ends, link.voices) == (("actor", "claim"), True)
    hands.desk.undo()
    assert not book(hands).has_layer("frame")


def test_retired_items_stay_readable(codebook: tuple[Hands, CodebookWindow]) -> None:
    hands, window = codebook
    shown = choose(window, OPPOSE)
    next(chip for chip in shown.findChildren(QPushButton) if chip.text() == "Retire").click()
    assert window._items[OPPOSE].font(0).strikeOut()
    window.apply.click()
    assert item(book(hands), OPPOSE).retired
    assert [mark.attributes["stance"] for mark in hands.desk.reader.marks.values()] == [
        "oppose"
    ] * 2


def test_a_value_is_renamed_and_merged_in_every_mark(
    codebook: tuple[Hands, CodebookWindow],
) -> None:
    hands, window = codebook
    enter(choose(window, OPPOSE).name, "against")
    hands.settle()
    assert {mark.attributes["stance"] for mark in hands.desk.reader.marks.values()} == {"against"}
    shown = choose(window, Path("claim", "stance", "neutral"))
    shown.merge.setCurrentIndex(shown.merge.findData("against"))
    shown.merge.activated.emit(shown.merge.currentIndex())
    hands.settle()
    assert {mark.attributes["stance"] for mark in hands.desk.reader.marks.values()} == {"neutral"}
    hands.desk.undo()
    hands.desk.undo()
    assert {mark.attributes["stance"] for mark in hands.desk.reader.marks.values()} == {"oppose"}


def test_marks_to_look_at_again_are_counted_bit_by_bit_in_a_large_project(
    codebook: tuple[Hands, CodebookWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_usage, "FEW", 0)
    hands, window = codebook
    window._reading.setInterval(10**6)
    readings = window._editor.counting.readings
    window._editor.choose(Path("claim"))
    window._editor.define("What somebody asserts.", (), ())
    assert window._editor.apply()
    assert window.recheck.isHidden()
    while readings.go_on():
        pass
    assert "2 of your marks" in window.recheck.text()
    assert not window.recheck.isHidden()
    # Choosing something else counts nothing anew.
    window._editor.choose(Path("actor"))
    assert not readings.reads("rechecks")
    hands.desk.undo()
    while readings.go_on():
        pass
    assert window.recheck.isHidden()


def test_splitting_a_value_leads_to_the_marks_to_decide_on(
    codebook: tuple[Hands, CodebookWindow],
) -> None:
    hands, window = codebook
    enter(choose(window, OPPOSE).parts, "reject, doubt")
    hands.settle()
    table = hands.window.tools.marks._table
    assert table.count == 2
    stance = next(column for column in table.columns if column.title == "Stance")
    table.set_value([0], stance, "reject")
    assert table.count == 1
    codes = book(hands).layer("claim").attribute("stance").codes  # type: ignore[union-attr]
    assert [code.name for code in codes if not code.retired][-2:] == ["reject", "doubt"]


@pytest.fixture
def used(hands: Hands) -> Callable[[int], None]:
    """A project with two marks of one value; returns what makes one more at a place."""
    article = hands.desk.library.rows[0].id

    def mark(start: int) -> None:
        place = [(start, start + 4)]
        hands.desk.act(
            lambda project: marking.mark(project, article, place, "actor", {"type": "person"})
        )

    for start in (0, 1):
        mark(start)
    return mark


def said(window: CodebookWindow) -> str:
    """Return what the form says of its item."""
    return form(window)._stored.text()


def test_how_often_a_value_is_used_is_told_when_it_is_counted(
    hands: Hands, used: Callable[[int], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_usage, "FEW", 0)
    window = hands.window.tools.codebook
    window.show()

    def counted() -> None:
        qtbot.waitUntil(lambda: not window._reading.isActive())

    window._editor.choose(Path("actor", "type", "group"))
    window._editor.choose(Path("actor", "type", "person"))
    assert "marks" not in said(window)
    counted()
    assert said(window).endswith(" · 2 marks")
    used(2)
    assert said(window).endswith(" · 2 marks"), "the count before stays until there is a new one"
    used(3)
    counted()
    assert said(window).endswith(" · 4 marks")
    hands.desk.undo()
    counted()
    assert said(window).endswith(" · 3 marks")


def test_how_often_a_value_is_used_is_counted_for_who_looks(
    hands: Hands, used: Callable[[int], None]
) -> None:
    window = hands.window.tools.codebook
    window.show()
    window._editor.choose(Path("actor", "type", "person"))
    assert said(window).endswith(" · 2 marks")
    hands.desk.undo()
    assert said(window).endswith(" · 1 mark")
    hands.desk.redo()
    used(2)
    assert said(window).endswith(" · 3 marks")
    window.close()
    used(3)
    assert said(window).endswith(" · 3 marks"), "no act waits for a window that nobody sees"
    window.show()
    assert said(window).endswith(" · 4 marks")
