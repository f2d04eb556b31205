"""The sample project of the first start: made once from the seeds, with marks to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.services import checking, importing, marking, reading, sample
from annotator.services import project as projects
from annotator.settings.places import seeds_folder


def test_it_is_made_of_every_seed_with_marks(own_home: Path) -> None:
    path = sample.prepare("Amal")
    assert path.is_relative_to(own_home)
    with projects.open_existing(path, "Amal") as project:
        listed = reading.list_articles(project)
        assert len(listed) == len(list(seeds_folder().glob("*.txt"))) >= 10
        layers = {layer for item in listed for layer in item.counts}
        assert layers >= {"actor", "claim", "cue", "sentiment"}
        assert checking.problems(project) == []
        assert any(reading.open_article(project, item.article.id).links for item in listed)


def test_the_seeds_come_in_without_a_remark(tmp_path: Path) -> None:
    with projects.create(tmp_path / "p", sample.default_codebook(), "Amal") as project:
        report = importing.import_all(project, [seeds_folder()])
        told = [remark for remark in report.refused if not remark.where.endswith("README.md")]
        assert told == []
        assert report.notes == []


def test_it_is_made_once_and_work_in_it_stays(own_home: Path) -> None:
    path = sample.prepare("Amal")
    with projects.open_existing(path, "Amal") as project:
        article = reading.list_articles(project)[-1].article.id
        marking.mark(project, article, [(0, 4)], "actor")
        count = len(reading.open_article(project, article).marks)
    assert sample.prepare("Bea") == path
    with projects.open_existing(path, "Amal") as project:
        assert len(reading.open_article(project, article).marks) == count


def test_a_failure_while_making_leaves_nothing(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(importing, "import_all", fail)
    with pytest.raises(MemoryError):
        sample.prepare("Amal")
    assert not sample.sample_path().exists()
    assert list(sample.sample_path().parent.iterdir()) == []
    monkeypatch.undo()
