"""How long the window waits at most while suggesters read or learn beside it, or a project is counted.

``python -m tests.bench.pauses`` looks at suggesting and learning; with the path of a large project at
the agreement, an export and a check of a copy of it. A pause is what ``turns`` says it is.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from annotator.domain.article import Verdict
from annotator.domain.mark import View
from annotator.presentation import learning, suggesting
from annotator.presentation.agreement_table import AgreementTable
from annotator.presentation.transfer import ExportWish, run_export
from annotator.services import marking, states
from annotator.services import project as projects
from annotator.store import articles, marks
from annotator.ui.main_window import MainWindow
from tests.bench import turns
from tests.bench.bars import Bar
from tests.bench.measuring import Row, row, table
from tests.support.material import make_project

SPEECH = (
    "“The pier stays shut until the lamp is mended,” said Lena Holm, who leads the pilots. "
    "Piet Maas called the offer a disgrace, and the port authority denied that it had known.\n\n"
)
DONE_ARTICLES = 8
LONGEST = Bar(median=50)


def run(folder: Path) -> list[Row]:
    """Return the longest pause beside suggesters that read and learn."""
    with make_project(folder, SPEECH * 40, *([SPEECH] * DONE_ARTICLES), name="pauses") as project:
        for article in articles.all(project.db)[1:]:
            for start in (SPEECH.index("Lena Holm"), SPEECH.index("Piet Maas")):
                place = [(start, start + 9)]
                marking.mark(project, article.id, place, "actor", {"type": "person"})
            states.set_verdict(project, article.id, ["actor"], Verdict.DONE)
        path = project.path
    with turns.window() as window:
        _open(window, path)
        return [
            row("suggesting beside the reading: longest pause",
                _longest(window, lambda: suggesting.suggest_here(window.desk)), bar=LONGEST),
            row("learning beside the reading: longest pause",
                _longest(window, lambda: learning.learn(window.desk, steps=20)), bar=LONGEST),
        ]  # fmt: skip


def large(project: Path, folder: Path) -> list[Row]:
    """Return the same for what is found out from a copy of a large project."""
    path = Path(shutil.copyfile(project, folder / "large.annotator"))
    with projects.open_existing(path, "B01") as second:
        # Agreement needs two annotators, whatever they did.
        first = next(iter(articles.TABLE.select(second.db)))
        states.set_verdict(second, first.id, ["actor"], Verdict.DONE)
    turns.settle_disk()
    with turns.window() as window:
        _open(window, path)
        desk = window.desk
        table_ = AgreementTable(desk)
        table_.order = replace(table_.order, draws=100, unfinished=True)
        out = ExportWish(folder / "large.jsonl", "jsonl")
        assert desk.project is not None
        name = f"{marks.count(desk.project.db, View.ANNOTATOR):,} marks"
        rows = [
            row(f"agreement, {name}: longest pause", _longest(window, table_.measure), bar=LONGEST),
            row(f"export, {name}: longest pause",
                _longest(window, lambda: run_export(desk, desk.project, out)), bar=LONGEST),
            row(f"check, {name}: longest pause", _longest(window, desk.check), bar=LONGEST),
        ]  # fmt: skip
        if table_.found is None or not out.path.exists():
            raise RuntimeError("nothing was measured, or nothing exported")
        return rows


def _open(window: MainWindow, path: Path) -> None:
    """Open a project, and let the window come to rest: opening is measured elsewhere."""
    window.start(path)
    window.page.setFocus()
    turns.until(lambda: not window.desk.library.is_being_read)
    turns.rested(0.5)


def _longest(window: MainWindow, begin: Callable[[], None]) -> list[float]:
    """Return the longest pause from the start of a job until shortly after its end."""
    found: list[float] = []
    watching = turns.Turns(lambda turn: found.append(turn.pause))
    begin()
    turns.until(lambda: window._job is None)
    turns.rested(0.3)
    watching.stop()
    return [max(found)]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, nargs="?")
    parser.add_argument("--json", type=Path, help="write rows for the table of all measurements")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as made:
        os.environ["ANNOTATOR_HOME"] = made
        rows = large(chosen.project, Path(made)) if chosen.project else run(Path(made))
    if chosen.json:
        chosen.json.write_text(json.dumps([one.as_data() for one in rows]), encoding="utf-8")
    print(table(rows))


if __name__ == "__main__":
    main()
