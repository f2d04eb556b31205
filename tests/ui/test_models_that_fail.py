"""What goes wrong with models is told in the window in a sentence, and nothing is lost by it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.policy import Policy
from annotator.presentation import learning
from annotator.services import learners, models
from annotator.services.project import Project
from tests.services.test_training import fill
from tests.support.hands import Hands
from tests.support.material import make_project

TEXT = "Lena Holm said the harbour would stay shut.\n"


def put_model(made_with: str) -> Path:
    """Put a model without any pipeline among the kept ones."""
    folder = models.models_folder() / "harbour"
    folder.mkdir(parents=True)
    card = {
        "name": "harbour", "version": "1", "about": "Made for this test.", "layers": ["actor"],
        "spacy": made_with, "results": [],
    }  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("made_with", "told"),
    [
        ("2.1.0", "was made with spaCy 2.1.0"),
        (version("spacy"), "is damaged or made by another version"),
    ],
)
def test_rules_go_on_where_a_model_cannot_be_used(
    open_window: Callable[..., Hands], qtbot: QtBot, made_with: str, told: str
) -> None:
    folder = put_model(made_with)
    hands = open_window(TEXT)
    hands.desk.reader.ghosts.policy = Policy(kept_back=0)
    hands.press("F7")
    qtbot.waitUntil(lambda: told in str(hands.desk.messages.last), timeout=60_000)
    assert [item.fragments[0].slice for item in hands.desk.reader.ghosts.by_id.values()] == [
        "Lena Holm"
    ]
    assert folder.is_dir()


@pytest.fixture
def learner(open_window: Callable[..., Hands], tmp_path: Path) -> Hands:
    """A window on a project with enough to learn from."""
    with make_project(tmp_path) as project:
        fill(project, 6)
        path = project.path
    return open_window(path=path)


def kept(hands: Hands) -> int:
    """Return how many marks the project holds."""
    project = hands.desk.project
    assert isinstance(project, Project)
    return int(project.db.execute("SELECT count(*) FROM mark").fetchone()[0])


def test_a_training_that_is_killed_is_told(
    learner: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    popen = subprocess.Popen

    def dying(*arguments: Any, **options: Any) -> subprocess.Popen[str]:
        process = popen(*arguments, **options)
        process.kill()
        return process

    before = kept(learner)
    monkeypatch.setattr(learners.subprocess, "Popen", dying)
    learning.learn(learner.desk, steps=5)
    qtbot.waitUntil(
        lambda: "ended before it was done" in str(learner.desk.messages.last), timeout=60_000
    )
    assert list(models.models_folder().iterdir()) == []
    assert kept(learner) == before


def test_a_disk_that_is_full_while_learning_is_told(
    learner: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit on the size of files, of the learning process alone, stands for the full disk."""
    resource = pytest.importorskip("resource", reason="no limits on files here")
    popen = subprocess.Popen

    def cramped(*arguments: Any, **options: Any) -> subprocess.Popen[str]:
        process = popen(*arguments, **options)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (100_000, 100_000))
        return process

    if not hasattr(resource, "prlimit"):
        pytest.skip("the limits of another process cannot be set here")
    before = kept(learner)
    monkeypatch.setattr(learners.subprocess, "Popen", cramped)
    learning.learn(learner.desk, steps=1)
    qtbot.waitUntil(
        lambda: "could not be written" in str(learner.desk.messages.last), timeout=60_000
    )
    assert "make room and train again" in str(learner.desk.messages.last)
    assert list(models.models_folder().iterdir()) == []
    assert kept(learner) == before


def test_no_place_for_models_is_told(learner: Hands, qtbot: QtBot) -> None:
    models.models_folder().parent.mkdir(parents=True, exist_ok=True)
    models.models_folder().write_text("in the way", encoding="utf-8")
    learning.learn(learner.desk, steps=1)
    qtbot.waitUntil(
        lambda: "choose another folder" in str(learner.desk.messages.last), timeout=60_000
    )
