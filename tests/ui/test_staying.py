"""A window beside the main one comes back where it was closed."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.staying import StayingDialog
from tests.ui.conftest import Hands


def test_a_window_takes_its_place_again(qtbot: QtBot) -> None:
    dialog = StayingDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.move(40, 60)
    QApplication.processEvents()
    place = dialog.pos()
    for _ in range(2):
        dialog.close()
        # On a desktop with frames, Qt lowers a hidden window by its title bar.
        dialog.move(place + QPoint(1, 22))
        dialog.show()
        QApplication.processEvents()
        assert dialog.pos() == place


def test_a_frame_that_is_told_late_is_counted(qtbot: QtBot) -> None:
    class Late(StayingDialog):
        told = True

        def pos(self) -> QPoint:
            thick = QPoint(1, 22) if self.told else QPoint()
            return self.geometry().topLeft() - thick

    dialog = Late()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.setGeometry(50, 80, 200, 100)
    dialog.close()
    first = dialog._left_at
    assert first == QPoint(49, 58)
    dialog.show()
    dialog.setGeometry(50, 80, 200, 100)
    dialog.told = False
    dialog.close()
    assert dialog._left_at == first


def test_the_windows_beside_the_page_stay(hands: Hands) -> None:
    tools = hands.window.tools
    for window in (
        tools.actors, tools.codebook, tools.incoming, tools.team.agreement, tools.team.adjudication,
        tools.findings.figures, tools.findings.network, tools.findings.copies, hands.window.help.manual,
    ):  # fmt: skip
        assert isinstance(window, StayingDialog)
