"""However many open a project at the same moment, one gets it and nothing in it is made anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annotator.services import checking, marking, reading
from annotator.services import project as projects
from annotator.store import schema
from tests.support.checkout import ROOT
from tests.support.material import STORY, make_project

OPEN_AND_MARK = """
import sys
from pathlib import Path
from annotator.domain.errors import Problem
from annotator.services import marking, project, reading
from annotator.store.lock import HeldElsewhere

sys.stdin.readline()
try:
    with project.open_existing(Path(sys.argv[1]), sys.argv[2]) as opened:
        article = reading.list_articles(opened)[0].article.id
        marking.mark(opened, article, [(0, 4)], "actor")
    print("marked")
except HeldElsewhere:
    print("held")
except Problem as problem:
    print("held" if "held by another" in str(problem) else problem)
"""


def test_of_many_that_open_at_once_each_marks_or_is_told(tmp_path: Path) -> None:  # G3
    with make_project(tmp_path, STORY) as project:
        path = project.path
    running = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AND_MARK, str(path), f"Person {number}"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(6)
    ]
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = []
    for process in running:
        out, err = process.communicate(timeout=60)
        assert err == ""
        told.append(out.strip())
    assert set(told) <= {"marked", "held"}
    assert "marked" in told
    with projects.open_existing(path, "Amal") as project:
        made = sum(person.name != "Amal" for person in reading.people(project))
        assert made == told.count("marked")
        assert [listed.article.length for listed in reading.list_articles(project)] == [len(STORY)]
        assert checking.problems(project) == []
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_opening_never_makes_anything_anew(tmp_path: Path) -> None:  # G2
    with make_project(tmp_path, STORY) as project:
        article = reading.list_articles(project)[0].article.id
        marking.mark(project, article, [(0, 4)], "actor")
        path, id, steps = project.path, project.file.id, len(project.file.journal.history())
    before = path.read_bytes()
    for name in ("Amal", "Bea", None):
        with projects.open_existing(path, name) as project:
            assert project.file.id == id
            assert len(project.file.journal.history()) == steps
            assert schema.describe(project.db).keys() >= {"table mark", "trigger text_is_frozen"}
    assert path.read_bytes() == before
