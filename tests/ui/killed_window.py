"""A window that marks by key presses until it is killed; it tells each act once the window says “saved”."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.services import history
from annotator.settings.places import config_folder
from annotator.ui.main_window import MainWindow


def main(path: Path) -> None:
    """Open the second article, and mark word after word from its middle on."""
    make_application()
    memory = Memory(config_folder())
    memory.preferences.tour_done = True
    window = MainWindow(memory, "test")
    window.show()
    window.start(path)
    window.desk.open_article(window.desk.library.rows[1].id)
    window.page.setFocus()
    page = window.desk.reader.page
    page.move_to(len(page.text) // 2)
    project = window.desk.project
    assert project
    seen = 0
    while True:
        QTest.keyClick(window.page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(
            window.page,
            Qt.Key.Key_Right,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        QTest.keyClick(window.page, Qt.Key.Key_A)
        step = history.next_undo(project)
        if step and step.number != seen:
            seen = step.number
            sys.stdout.write(f"{seen} {page.caret}\n")
            sys.stdout.flush()
        if page.caret > len(page.text) - 50:
            page.move_to(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
