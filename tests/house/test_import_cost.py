"""Starting must not pay for what is needed later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from tests.support.material import STORY, add_article

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
    annotator.ui.menus, annotator.ui.help""".replace("\n", "")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        # Asking for help or a version touches no project.
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


SHOWN = """
import sys
from pathlib import Path
from annotator.app import on_first_use
on_first_use.install()
from PySide6 import QtWidgets
from annotator.app.window import make_application
from annotator.presentation.memory import Memory
from annotator.ui.main_window import MainWindow

application = make_application()
window = MainWindow(Memory(None), bare=True)
window.show()
window.build()
window.start(Path(sys.argv[1]))
assert window.page.page.text
window.page.grab(), window.page.verticalScrollBar().grab()
unread = on_first_use.Unread
print(*(name for name, module in sys.modules.items() if type(module) is not unread))
print(*(f"QtWidgets.{name}" for name in vars(QtWidgets)))
window.close()
"""

NOT_FOR_AN_ARTICLE = {
    # Only where tables are made or changed, drives are listed by a program, or processes are begun.
    *("sqlite_utils", "annotator.store.migrations", "subprocess", "multiprocessing", "socket", "pickle"),
    # Acts, and windows that nobody asked for yet.
    *(f"annotator.services.{name}" for name in ("marking", "linking", "training", "searching")),
    *(f"annotator.ui.{name}" for name in ("palette", "chooser", "find_bar", "publishing")),
    *("annotator.ui.manual_window", "annotator.ui.inspector.mark_card", "annotator.store.step_writer"),
    # Records that no article is shown with, and rows of other lists.
    *(f"annotator.domain.{name}" for name in ("adjudication", "coded", "mark_query")),
    *("annotator.services.spreading", "annotator.ui.two_lines"),
    # Hundreds of names, read when its first row of the list is painted.
    "QtWidgets.QStyle",
}  # fmt: skip


def test_what_is_not_needed_for_an_article_is_not_read_before_it(tmp_path: Path) -> None:
    with projects.create(tmp_path / "study", default_codebook(), "Amal") as project:
        add_article(project, STORY)
        path = project.path
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, str(path)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert sorted((HEAVY | LATER | NOT_FOR_AN_ARTICLE) & set(done.stdout.split())) == []


def test_reading_ahead_does_not_load_heavy_libraries() -> None:
    program = (
        "import sys; from annotator.app import on_first_use; on_first_use.install();"
        "from annotator.app.reading_ahead import ROOMS; print(len(list(on_first_use.read_all(ROOMS))));"
        f"print(*sorted({HEAVY | {'numpy', 'markdown'}!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    count, *heavy = done.stdout.split()
    assert int(count) > 100
    assert heavy == []
