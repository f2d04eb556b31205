"""Codebook versions: every change is a step, and nothing that was made is lost by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.codebook import Attribute, Code, Codebook, Kind, Layer
from annotator.domain.codebook_json import to_json
from annotator.domain.errors import BadInput, Refused
from annotator.services import checking, codebooks, history, marking, reading
from annotator.services import project as projects
from annotator.services.project import Project
from tests.support.material import STORY, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with a claim and a cue; it must be whole at the end."""
    with make_project(tmp_path, STORY) as made:
        article = reading.list_articles(made)[0].article.id
        marking.mark(made, article, [(0, 4)], "claim", {"stance": "oppose"})
        marking.mark(made, article, [(5, 11)], "cue")
        yield made
    with projects.open_existing(made.path) as again:
        assert checking.problems(again) == []


def changed(book: Codebook, name: str, **changes: object) -> Codebook:
    """Return the codebook with one layer changed."""
    return replace(
        book,
        layers=tuple(
            replace(layer, **changes) if layer.name == name else layer  # type: ignore[arg-type]
            for layer in book.layers
        ),
    )


def shown(project: Project) -> list[tuple[str, dict[str, object]]]:
    """Return layer and values of each mark."""
    article = reading.list_articles(project)[0].article.id
    return [
        (mark.layer, dict(mark.attributes)) for mark in reading.open_article(project, article).marks
    ]


def test_a_retired_layer_keeps_its_marks_and_can_come_back(project: Project) -> None:  # H1
    before = shown(project)
    codebooks.retire_layer(project, "cue")
    assert "cue" not in [layer.name for layer in project.codebook.open_layers]
    assert shown(project) == before
    codebooks.change(project, "Bring back cue", changed(project.codebook, "cue", retired=False))
    assert "cue" in [layer.name for layer in project.codebook.open_layers]
    assert shown(project) == before
    assert project.book.version == 3


def test_a_layer_of_a_name_that_is_taken_is_refused(project: Project) -> None:  # H1
    codebooks.retire_layer(project, "cue")
    again = next(layer for layer in project.codebook.layers if layer.name == "cue")
    with pytest.raises(Refused, match="layer “cue” twice"):
        replace(project.codebook, layers=(*project.codebook.layers, replace(again, retired=False)))


def test_a_retired_value_stays_on_marks_and_is_still_valid(project: Project) -> None:
    claim = project.codebook.layer("claim")
    stance = claim.attribute("stance")
    assert stance
    codes = tuple(replace(code, retired=code.name == "oppose") for code in stance.codes)
    attributes = tuple(
        replace(item, codes=codes) if item.name == "stance" else item for item in claim.attributes
    )
    codebooks.change(
        project, "Retire “oppose”", changed(project.codebook, "claim", attributes=attributes)
    )
    assert shown(project)[0][1]["stance"] == "oppose"
    article = reading.list_articles(project)[0].article.id
    mark = reading.open_article(project, article).marks[0]
    marking.set_note(project, mark.id, "still here")
    assert checking.problems(project) == []


def test_marks_know_the_version_they_were_made_under(project: Project) -> None:
    mood = Attribute("mood", Kind.CHOICE, (Code("grim"), Code("glad")))
    claim = project.codebook.layer("claim")
    codebooks.change(
        project,
        "Add mood",
        changed(project.codebook, "claim", attributes=(*claim.attributes, mood)),
    )
    article = reading.list_articles(project)[0].article.id
    marking.mark(project, article, [(0, 4)], "claim", {"mood": "grim"})
    versions = [mark.made.codebook_version for mark in reading.open_article(project, article).marks]
    assert sorted(versions) == [1, 1, 2]


def test_a_change_is_undone_and_redone(project: Project) -> None:
    before = project.codebook
    codebooks.retire_layer(project, "cue")
    after = project.codebook
    history.undo(project)
    assert project.codebook == before
    history.redo(project)
    assert project.codebook == after
    path = project.path
    project.close()
    with projects.open_existing(path) as again:
        assert again.codebook == after


def test_no_change_is_no_step(project: Project) -> None:
    before = history.next_undo(project)
    assert codebooks.change(project, "Nothing", project.codebook).step is None
    assert history.next_undo(project) == before
    assert project.book.version == 1


def test_a_codebook_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    own = Codebook("Own", (replace(codebooks.default_codebook().layers[0], name="Ünïcode #|"),))
    file.write_text(json.dumps(to_json(own), ensure_ascii=False), encoding="utf-8")
    with projects.create(tmp_path / "p", codebooks.load(file), "Amal") as project:
        assert project.codebook == own
        assert isinstance(project.codebook.layer("Ünïcode #|"), Layer)


BAD = {
    "missing": None,
    "no JSON": b"{",
    "no codebook": b"{}",
    "Latin-1": '{"format": "é"}'.encode("latin-1"),
    "nested": b"[" * 200_000,
    "empty": b"",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_codebook_gets_a_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / "book.json"
    content = BAD[name]
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput, match=r"^book\.json .*\.$"):
        codebooks.load(file)
