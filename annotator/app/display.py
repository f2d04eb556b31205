"""Whether a window can be shown here, and what to say if not."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc", "eglfs", "linuxfb", "minimalegl")


def missing(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> str | None:
    """Return a sentence saying why no window can be shown, or None if one can."""
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in _WITHOUT_SCREEN or not system.startswith("linux"):
        return None
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return None
    return (
        "There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): "
        "log in to a desktop, or use the commands that need none (annotator --help)."
    )
