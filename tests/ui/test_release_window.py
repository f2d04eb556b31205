"""The release window under real hands: a preview first, then a folder, then the next version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.services.release_files import refuse_changed
from annotator.ui.release.window import ReleaseWindow
from tests.support.hands import Hands
from tests.support.material import make_project
from tests.support.study import PEOPLE, make_study

Opened = tuple[Hands, ReleaseWindow]


@pytest.fixture
def opened(
    open_window: Callable[..., Hands],
    tmp_path: Path,
    qtbot: QtBot,
) -> Opened:
    """The window on the small study, with its first preview."""
    hands = open_window(path=make_study(tmp_path))
    assert hands.desk.project
    assert hands.desk.project.annotator.name in PEOPLE
    hands.press("Ctrl+Shift+R")
    window = hands.window.tools.findings.release
    qtbot.waitUntil(lambda: window.draft.plan is not None)
    return hands, window


def said(window: ReleaseWindow) -> dict[str, str]:
    return {fact.name: fact.value for fact in window.draft.facts}


def test_the_preview_says_what_would_be_in_it(opened: Opened) -> None:
    _, window = opened
    facts = said(window)
    assert (facts["train"], facts["dev"], facts["test"]) == ("9 articles", "1 article", "1 article")
    assert facts["codings"] == "21 by 2 annotators"
    assert facts["after"] == "the first release"
    assert "1 article left out: nobody finished a layer." in window.notes.text()
    assert window.heading.text() == "study-1.0.0"
    assert not window.stale.isVisible()


def test_what_was_filled_in_is_there_again_for_the_next_release(
    opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    hands, window = opened
    assert hands.desk.project
    for name, text in (("title", "Harbour news"), ("creators", "A; B"), ("licence", "CC0-1.0")):
        window.fields[name].setText(text)
        window.fields[name].textEdited.emit(text)
    window.version.setText("1.0")
    window.version.textEdited.emit("1.0")
    assert window.heading.text() == "study-1.0.0"
    window.write_to(tmp_path / "out")
    qtbot.waitUntil(lambda: not window.draft.is_running)
    assert (tmp_path / "out" / "study-1.0.0").is_dir()
    path = hands.desk.project.path
    with make_project(tmp_path, "Nothing yet.", name="other") as other:
        empty = other.path
    hands.desk.open_project(empty)
    assert window.fields["title"].text() == ""
    hands.desk.open_project(path)
    assert window.fields["title"].text() == "Harbour news"
    assert window.fields["creators"].text() == "A; B"
    assert window.draft.order.about.licence == "CC0-1.0"


def test_planning_and_writing_can_be_stopped_from_the_window(
    opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    _, window = opened
    window.write_to(tmp_path / "out")
    assert not window.work.isHidden()
    QTest.mouseClick(window.work.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.draft.is_running)
    assert window.said.text() == "Cancelled: nothing was written."
    assert window.work.isHidden()
    assert not (tmp_path / "out").exists()


def test_what_is_filled_in_makes_the_preview_stale(opened: Opened, qtbot: QtBot) -> None:
    _, window = opened
    window.shares.setCurrentIndex(2)
    window.shares.activated.emit(2)
    assert window.stale.isVisible()
    window.draft.preview()
    qtbot.waitUntil(lambda: not window.draft.is_running)
    assert not window.stale.isVisible()
    assert said(window)["train"] == "7 articles"


def test_a_release_is_written_and_the_next_version_follows(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    hands, window = opened
    out = tmp_path / "out"
    out.mkdir()
    field = window.fields["licence"]
    field.setFocus()
    qtbot.keyClicks(field, "CC-BY-4.0")
    window.write_to(out)
    qtbot.waitUntil(lambda: not window.draft.is_running, timeout=20_000)
    folder = out / "study-1.0.0"
    assert window.said.text() == f"Wrote {folder}."
    refuse_changed(folder)
    assert 'license: "cc-by-4.0"' in (folder / "README.md").read_text(encoding="utf-8")
    assert hands.desk.undo_name == "Release study-1.0.0"
    window.draft.plan = None
    window.draft.show()
    qtbot.waitUntil(lambda: window.draft.plan is not None)
    assert window.draft.order.version == "1.0.1"
    assert said(window)["after"] == "1.0.0"


def test_what_cannot_be_written_is_said_in_the_window(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    _, window = opened
    (tmp_path / "study-1.0.0").mkdir()
    window.write_to(tmp_path)
    qtbot.waitUntil(lambda: not window.draft.is_running)
    assert "never overwritten" in window.said.text()
    assert list((tmp_path / "study-1.0.0").iterdir()) == []
