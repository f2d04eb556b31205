"""``annotator duplicates`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.app.command_line import run
from tests.support.material import STORY, make_project
from tests.support.team import mark_words


def test_copies_are_shown_then_grouped_then_given_the_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with make_project(tmp_path, STORY, "ALMAR (AP) - " + STORY) as project:
        mark_words(project, [("actor", "Amal Haddad")])
        path = str(project.path)
    assert run(["duplicates", path]) == 0
    said = capsys.readouterr().out
    assert "1 group of copies with 2 articles; 0 pairs to look at." in said
    assert "Not grouped yet: 1 group; --group does it." in said
    assert run(["duplicates", path, "--any-date", "--group", "--propagate", "Amal"]) == 0
    assert "Copied 1 mark and 0 links to 1 article." in capsys.readouterr().out
    assert run(["duplicates", path, "--days", "3", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["groups"][0]) == 2
    assert (data["doubtful"], data["grouped"], data["propagated"]) == ([], 0, None)
    assert run(["undo", path, "2"]) == 0
    capsys.readouterr()
    assert run(["duplicates", path]) == 0
    assert "Not grouped yet" in capsys.readouterr().out
