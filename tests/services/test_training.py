"""Training: from done articles alone, the same from the same seed, and nothing left when it stops."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotator.app.command_line import run
from annotator.assist.job import Job
from annotator.domain.article import Verdict
from annotator.domain.errors import BadInput, NotFound, Problem, Refused
from annotator.services import (
    answering,
    aside,
    lessons,
    marking,
    models,
    states,
    suggesters,
    suggesting,
    training,
)
from annotator.services.project import Project
from annotator.services.training import News
from annotator.store import articles, suggestions
from tests.support.material import add_article, make_project

NAMES = ("Lena Holm", "Piet Maas", "Amal Haddad", "Ola Berg")
VERBS = ("met the dockers", "left the harbour", "praised the crew", "paid the bill")


def fill(project: Project, count: int) -> None:
    for number in range(count):
        parts = [
            f"{NAMES[(number + line) % 4]} {VERBS[(number * 3 + line) % 4]} on day {line}."
            for line in range(4)
        ]
        text = "\n".join(parts)
        article = add_article(project, text, f"Article {number}")
        for line in parts:
            start = text.index(line)
            name = next(name for name in NAMES if line.startswith(name))
            place = [(start, start + len(name))]
            marking.mark(project, article.id, place, "actor", {"type": "person"})
        states.set_verdict(project, article.id, ["actor"], Verdict.DONE)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        fill(made, 8)
        yield made


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """The processes that were begun."""
    found: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def remembered(*arguments: Any, **options: Any) -> subprocess.Popen[str]:
        found.append(popen(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    return found


def test_only_done_articles_are_learned_from(project: Project) -> None:
    open_one = add_article(project, "Lena Holm came.", "Open")
    marking.mark(project, open_one.id, [(0, 9)], "actor", {"type": "person"})
    (course,) = lessons.job_of(project.db, project.annotator.id, ["actor"]).courses
    used = {item.id for item in course.lessons}
    assert open_one.id not in used
    assert len(used) == 8
    assert set().union(*course.folds) < used
    assert course.lessons[0].spans[0][2] == "person"


def test_articles_to_try_on_were_never_premarked(project: Project) -> None:
    suggesting.suggest(project)
    first = articles.all(project.db)[0].id
    extra = add_article(project, "Then Lena Holm met Piet Maas.", "Premarked")
    suggesting.suggest(project, wanted=[extra.id])
    for item in suggestions.of_article(project.db, extra.id):
        if item.layer == "actor":
            answering.accept(project, item.id)
    states.set_verdict(project, extra.id, ["actor"], Verdict.DONE)
    for seed in range(20):
        (course,) = lessons.job_of(project.db, project.annotator.id, ["actor"], seed).courses
        assert extra.id not in set().union(*course.folds)
    assert first


@pytest.mark.parametrize(("articles", "shape"), [(5, [1, 1, 1]), (40, [8, 8, 8]), (900, [30, 30])])
def test_each_recogniser_leaves_out_others(articles: int, shape: list[int]) -> None:
    free = [str(number) for number in range(articles)]
    folds = lessons.folds(free, articles)
    assert [len(fold) for fold in folds] == shape
    assert len(set().union(*folds)) == sum(shape)
    assert set().union(*folds) == set(free[: sum(shape)])


def test_few_articles_that_nobody_premarked_are_shared_out() -> None:
    assert lessons.folds(["a", "b"], 40) == (("a",), ("b",), ())
    assert lessons.folds([], 40) == ()


def test_too_little_is_told(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        fill(project, 2)
        with pytest.raises(
            Refused, match=r"needs 10 marks in 5 done articles, actor has 8 marks in 2\.$"
        ):
            training.train(project, tmp_path / "model", ["actor"])
    assert not (tmp_path / "model").exists()


@dataclass(frozen=True)
class Trained:
    """A project, the job, and what came of it."""

    project: Path
    job: Job
    out: Path
    card: dict[str, Any]
    told: list[News]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("trained")
    told: list[News] = []

    def progress(news: News | None) -> bool:
        told.extend([news] if news else [])
        return True

    with make_project(folder) as project:
        fill(project, 8)
        job = training.prepare(project, folder / "harbour", ["actor"], seed=3, steps=12)
        place = project.path
    card = training.train_job(job, folder / "harbour", progress)
    return Trained(place, job, folder / "harbour", card, told)


def test_every_recogniser_tells_how_far_it_is(trained: Trained) -> None:
    for number in (1, 2, 3):
        own = [news for news in trained.told if news.layer == f"actor ({number} of 3)"]
        assert [news.step for news in own] == [0, 10, 12]
        assert {news.of for news in own} == {12}
        assert own[-1].score is not None


def test_a_model_is_a_folder_with_a_card(trained: Trained) -> None:
    assert [item["steps"] for item in trained.card["results"]] == [12]
    assert "| actor | 8 |" in (trained.out / "card.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in trained.out.iterdir()) == ["actor", "card.json", "card.md"]
    assert not [path for path in trained.out.rglob("*") if path.suffix in (".pkl", ".pickle")]
    assert sorted(path.name for path in (trained.out / "actor").iterdir()) == ["1", "2", "3"]


def test_the_same_seed_gives_the_same_model(trained: Trained, tmp_path: Path) -> None:
    again = training.train_job(trained.job, tmp_path / "again")
    for number in (1, 2, 3):
        weights = Path("actor") / str(number) / "ner" / "model"
        assert (tmp_path / "again" / weights).read_bytes() == (trained.out / weights).read_bytes()
    assert again["results"] == trained.card["results"]


def test_a_trained_model_suggests(trained: Trained, tmp_path: Path) -> None:
    out = models.models_folder() / "harbour"
    shutil.copytree(trained.out, out)
    with make_project(tmp_path, "Then Lena Holm met the dockers on day 2.") as project:
        report = suggesting.suggest(project, ["harbour"])
        fresh = articles.all(project.db)[0]
        found = suggestions.of_article(project.db, fresh.id)
        # So short a training may find nothing; whose suggestions they are is certain.
        assert {item.suggester.name for item in found} <= {"harbour"}
        assert report.articles == 1
        with pytest.raises(Refused, match="there already"):
            training.train(project, out, ["actor"])
    assert [row["name"] for row in models.comparison()] == ["harbour"]
    models.remove("harbour")
    assert models.kept() == []
    with pytest.raises(NotFound):
        models.remove("harbour")


def test_it_can_be_stopped_while_nothing_is_heard_of_a_recogniser(
    project: Project, tmp_path: Path, begun: list[subprocess.Popen[str]]
) -> None:
    def progress(news: News | None) -> bool:
        return news is not None or not begun

    with pytest.raises(Problem, match="stopped"):
        training.train(project, tmp_path / "models" / "one", ["actor"], progress=progress)
    assert begun
    assert list((tmp_path / "models").iterdir()) == []


def test_it_can_be_stopped_before_a_recogniser_has_begun(
    project: Project, tmp_path: Path, begun: list[subprocess.Popen[str]]
) -> None:
    with pytest.raises(Problem, match="stopped"):
        training.train(project, tmp_path / "models" / "one", ["actor"], progress=lambda _: False)
    assert begun == []
    assert list((tmp_path / "models").iterdir()) == []


def test_a_copy_is_learned_from_in_another_process(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "SMALL_BYTES", 0)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    card = training.train_aside(project, tmp_path / "one", steps=2)(tell)
    assert card["name"] == "one"
    assert [item["layer"] for item in card["results"]] == ["actor"]
    # The curve grows with the articles.
    assert [count for count, _ in card["results"][0]["curve"]] == [4, 8]
    assert card["results"][0]["curve"][-1][1] == card["results"][0]["exact_f1"]
    assert told[-1][0] == told[-1][1] > 0


def test_reading_what_is_to_be_learned_can_be_stopped(project: Project) -> None:
    asked: list[int] = []

    def tell(*_: int) -> bool:
        asked.append(1)
        return len(asked) < 3

    with pytest.raises(Problem, match="stopped"):
        lessons.job_of(project.db, project.annotator.id, tell=tell)
    assert len(asked) == 3


def test_a_process_that_dies_is_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "")
    job = training.prepare(project, tmp_path / "one", ["actor"], seed=0)
    with pytest.raises(Problem, match="ended before it was done"):
        training.train_job(replace(job, language="no such language"), tmp_path / "one")
    assert not (tmp_path / "one").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".training")]


def test_a_disk_that_is_full_is_told(project: Project, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the learning process cannot write."""
    resource = pytest.importorskip("resource", reason="no limits on files here")
    job = training.prepare(project, tmp_path / "models" / "one", ["actor"], seed=0, steps=1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(Problem, match=r"could not be written .*: make room"):
            training.train_job(job, tmp_path / "models" / "one")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_training_that_is_killed_leaves_nothing(
    project: Project, tmp_path: Path, begun: list[subprocess.Popen[str]]
) -> None:
    def kill(_: News | None) -> bool:
        if begun:
            begun[0].kill()
        return True

    folder = tmp_path / "models"
    with pytest.raises(Problem, match="ended before it was done"):
        training.train(project, folder / "one", ["actor"], steps=100, progress=kill)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("card.json", "{", "cannot be read"),
        ("card.json", "{}", "is no model"),
        ("other.json", "{}", "is no model"),
        ("meta.json", "[]", "cannot be read"),
    ],
)
def test_a_folder_that_is_no_model_is_told(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        suggesters.suggesters([str(tmp_path)])


@pytest.mark.parametrize(("made_with", "told"), [("2.1.0", "train it again"), (None, "damaged")])
def test_a_model_of_another_version_is_told(
    tmp_path: Path, made_with: str | None, told: str
) -> None:
    from importlib.metadata import version

    from annotator.assist.proposal import Request

    card = {
        "name": "old", "version": "1", "about": "Old.", "layers": ["actor"],
        "spacy": made_with or version("spacy"),
    }  # fmt: skip
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    (model,) = suggesters.suggesters([str(tmp_path)])
    with pytest.raises(BadInput, match=told):
        model.propose(Request("Lena Holm came.", "en"))


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with make_project(tmp_path) as project:
        fill(project, 6)
        place = str(project.path)
    assert run(["train", place, "--layer", "actor", "--steps", "2", "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["name"] == "study"
    assert run(["models"]) == 0
    assert capsys.readouterr().out.startswith("study ")
    assert run(["models", "--remove", "study", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": "study"}
    assert run(["models"]) == 0
    assert "No models yet" in capsys.readouterr().out
    assert run(["train", place, "--layer", "claim"]) == 1
    assert "claim has 0 marks" in capsys.readouterr().err
