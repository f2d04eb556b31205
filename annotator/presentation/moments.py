"""Moments as people read them: the records keep UTC, the screen shows the clock on the wall."""

from __future__ import annotations

from datetime import datetime


def told(moment: str) -> str:
    """Return a stored moment (ISO 8601, UTC) as date and time of day of this machine."""
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        # A moment that another program wrote otherwise is shown as it is.
        return moment
    return local.strftime("%Y-%m-%d %H:%M")
