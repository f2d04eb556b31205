"""An import for whose temporary files there is no room ends with a sentence, and the project stays as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import BadInput, Problem
from annotator.formats import spare_table
from annotator.services import checking, exporting, importing, reading
from annotator.services.project import Project
from tests.support.material import make_project

MANY = 1_500


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        yield made
        assert checking.problems(made) == []


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    small = (*spare_table.SETTINGS, "PRAGMA max_page_count = 9")
    monkeypatch.setattr(spare_table, "SETTINGS", small)


@pytest.mark.usefixtures("no_room")
def test_a_folder_of_very_many_files(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number}.txt").touch()
    said = r"Nothing was imported, .*\(No space left on device\): make room on the disk"
    with pytest.raises(Problem, match=said):
        importing.import_all(project, [folder])
    assert reading.list_articles(project) == []


@pytest.mark.usefixtures("no_room")
def test_an_archive_of_very_many_files_is_not_called_damaged(
    project: Project, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(MANY):
            archive.writestr(f"{number}.txt", "")
    report = importing.import_all(project, [tmp_path / "all.zip"])
    (told,) = report.refused
    assert told.what.startswith("could not be unpacked (No space left on device): make room")


def test_an_export_of_very_many_files(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Mia waits.")
    importing.import_all(project, [file])
    monkeypatch.setattr(
        spare_table, "SETTINGS", (*spare_table.SETTINGS, "PRAGMA max_page_count = 1")
    )
    with pytest.raises(BadInput, match=r"could not be written \(No space left on device\)"):
        exporting.export(project, exporting.Order(tmp_path / "out", "brat"))
    assert not (tmp_path / "out").exists()
