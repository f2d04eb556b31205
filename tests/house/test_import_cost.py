"""Starting must not pay for what is needed later."""

from __future__ import annotations

import subprocess
import sys

import pytest

ARTICLES = {"trafilatura", "lxml", "mammoth", "openpyxl", "pypdfium2", "striprtf", "dateparser"}
LATER = {
    "numpy",
    "annotator.formats.registry",
    "annotator.ui.figures.window",
    "annotator.ui.network.window",
    "annotator.ui.team.agreement_window",
    "annotator.agreement",
}
HEAVY = {"spacy", "thinc", "networkx", "pip", *ARTICLES}

PARTS = """annotator.presentation.safekeeping, annotator.presentation.desk, annotator.ui.page.view,
    annotator.ui.inspector.panel, annotator.ui.article_list, annotator.ui.tools,
    annotator.ui.menus, annotator.ui.manual_window, annotator.ui.publishing""".replace("\n", "")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        # Asking for help or a version touches no project, so not even sqlite-utils' numpy.
        ("annotator.app", HEAVY | {"numpy", "sqlite_utils", "PySide6"}),
        ("annotator.services", HEAVY | {"PySide6"}),
        ("annotator.presentation", HEAVY | {"PySide6"}),
        ("annotator.ui", HEAVY),
        # The frame of the window is painted before anything behind it is read.
        (
            "annotator.app.window",
            HEAVY | LATER | {"sqlite_utils", "annotator.presentation.desk", "annotator.store"},
        ),
        # Its parts are there before any format is read and any other window is opened.
        (PARTS, HEAVY | LATER | {"annotator.services.importing", "annotator.formats.safe_xml"}),
        ("annotator.formats.registry", HEAVY | {"markdown", "srsly"}),
    ],
)
def test_importing_does_not_load_heavy_libraries(module: str, heavy: set[str]) -> None:
    program = f"import sys, {module}; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == []
