"""How many gestures forty acts take, counted in the real window."""

from __future__ import annotations

from pathlib import Path

from annotator.app.window import make_application
from tests.support import gesture_script
from tests.support.hands import Hands


def told(folder: Path) -> str:
    """Do the script in a window and return the total in words."""
    make_application()
    window = gesture_script.open_window(folder)
    hands = Hands(window)
    hands.settle()
    counted = gesture_script.run(hands)
    window.close()
    window.deleteLater()
    allowed = sum(item.act.most for item in counted)
    done = sum(item.is_done for item in counted)
    return f"gestures: {hands.gestures} for {done} of {len(counted)} acts · at most {allowed}"
