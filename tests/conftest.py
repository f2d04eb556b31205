"""Every test runs offscreen, in a home of its own, and under the guards of tests/support.

Nothing here imports Qt or the program, so that a test of the domain loads neither through it.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as annotator.app does

pytest_plugins = [
    "tests.support.own_home",
    "tests.support.no_network",
    "tests.support.quiet_logs",
    "tests.support.nothing_left_behind",
    "tests.support.property_profiles",
]
