"""One project file: connection, schema, records, the journal and the check. Only this room speaks SQL."""

import sys


def _without_numpy() -> None:
    """Load sqlite-utils without the numpy it looks for, to take its numbers too.

    We hand it none, and loading numpy takes longer than all else that opens a project. Who asks
    for numpy later gets it as ever.
    """
    if "numpy" in sys.modules:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils  # noqa: F401
    finally:
        del sys.modules["numpy"]


_without_numpy()
