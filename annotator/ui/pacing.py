"""When work that is done in slices goes on: after whatever else waits for its turn."""

from __future__ import annotations

NEXT_TURN_MILLISECONDS = 1
"""The interval of timers that drive slices.

One without any interval is due again before what came meanwhile: several slices would follow each
other before the window is painted or another timer has its turn. A slice takes longer than this
interval, so that nothing is lost by it.
"""
