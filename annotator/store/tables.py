"""sqlite-utils, which makes and changes tables: read from disk when that is to be done, without numpy."""

from __future__ import annotations

import sys


def _without_numpy() -> None:
    """Load sqlite-utils without the numpy it looks for, to take its numbers too.

    We hand it none, and loading numpy takes longer than making a project. Who asks for numpy
    later gets it as ever.
    """
    if "numpy" in sys.modules:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils  # noqa: F401
    finally:
        del sys.modules["numpy"]


_without_numpy()

from sqlite_utils import Database as Tables  # noqa: E402
from sqlite_utils import Migrations  # noqa: E402

__all__ = ["Migrations", "Tables"]
