"""Pairs of UTF-16 are what Qt would have made of the characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from annotator.ui.utf16 import in_pairs


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_pairs_say_the_same_in_utf_16(text: str) -> None:
    assert in_pairs(text).encode("utf-16-le", "surrogatepass") == text.encode("utf-16-le")


def test_qt_reads_pairs_as_the_characters_they_stand_for(qtbot: QtBot) -> None:
    text = "“Nein” 😀 𠮷 مرحبا \U0010ffff"
    QGuiApplication.clipboard().setText(in_pairs(text))
    assert QGuiApplication.clipboard().text() == text
