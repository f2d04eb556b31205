"""Starting must not pay for what is needed later."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ["spacy", "thinc", "numpy", "networkx", "pip"]


@pytest.mark.parametrize("module", ["annotator.app", "annotator.ui", "annotator.services"])
def test_importing_does_not_load_heavy_libraries(module: str) -> None:
    program = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == []
