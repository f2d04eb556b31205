"""Whether file permissions hold for whoever runs the tests; for root they usually do not."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest


def _hold() -> bool:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(0)
        return not os.access(file.name, os.R_OK)


needs_permissions = pytest.mark.skipif(
    not _hold(), reason="this user may read and write everything"
)
