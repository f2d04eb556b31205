"""Notes stand on articles, marks, actors and items of the codebook, and are kept when the field is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.services import history, reading
from annotator.ui.codebook.form import ItemForm
from annotator.ui.inspector.note_field import NoteField
from tests.ui.conftest import Hands


def note_of(hands: Hands) -> NoteField:
    """Return the field for a note that has the focus."""
    field = hands.window.focusWidget()
    assert isinstance(field, NoteField)
    return field


def test_an_article_has_a_note(hands: Hands) -> None:
    project, article = hands.desk.project, hands.desk.reader.article
    assert project
    assert article
    hands.drag("Amal Haddad")
    hands.press("A", "Shift+N")
    QTest.keyClicks(note_of(hands), "read again")
    hands.press("F6")
    assert project.article(article.id).note == "read again"
    assert hands.desk.reader.article.note == "read again"
    assert history.entries(project)[0].step.name == "Note on “Article 1”"
    hands.press("Shift+N")
    assert note_of(hands).toPlainText() == "read again"
    hands.press("F6", "Ctrl+Z")
    assert project.article(article.id).note == ""
    hands.press("Shift+N")
    assert note_of(hands).toPlainText() == ""


def test_a_mark_has_a_note(hands: Hands) -> None:
    project = hands.desk.project
    assert project
    hands.drag("Amal Haddad")
    hands.press("A", "N")
    QTest.keyClicks(note_of(hands), "which Haddad?")
    hands.press("F6")
    (mark,) = reading.open_article(project, hands.desk.reader.article.id).marks
    assert mark.note == "which Haddad?"


def test_escape_in_a_field_goes_back_to_the_page_and_keeps_what_was_written(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "N")
    QTest.keyClicks(note_of(hands), "which one?")
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.page.hasFocus()
    assert hands.desk.reader.current
    assert hands.desk.reader.current.note == "which one?"
    hands.press("C", "O")
    assert not hands.window.page.hasFocus()
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.page.hasFocus()
    assert hands.desk.reader.current.layer == "claim"


def test_an_item_of_the_codebook_has_a_note(hands: Hands) -> None:
    hands.window.run_by_id("view.codebook")
    window = hands.window.tools.codebook
    editor = window._editor
    editor.choose(next(line.path for line in editor.lines() if line.path.words == "layer claim"))
    hands.settle()
    form = window.form_area.widget()
    assert isinstance(form, ItemForm)
    QTest.keyClicks(form.note, "ask the  team")
    assert editor.apply()
    assert hands.desk.project
    assert hands.desk.project.codebook.layer("claim").note == "ask the team"
    assert editor.rechecks() == [], "a note changes no meaning"
