"""Every format from one project file into another, by the services that the window and the command line use."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.domain.coded import SUGGESTIONS
from annotator.domain.errors import BadInput, Refused
from annotator.formats.base import FolderWriter
from annotator.formats.registry import READERS, WRITERS
from annotator.services import checking, exporting, importing
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.exporting import Order
from annotator.services.project import Project
from tests.formats.contract import bytes_of
from tests.formats.test_jsonl_round_trip import work
from tests.support.material import STORY, add_article

READ = {reader.name for reader in READERS} | {"bilou"}
all_writers = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
both = pytest.mark.parametrize(
    "writer", [writer for writer in WRITERS if writer.name in READ], ids=lambda writer: writer.name
)
TEXTS = (STORY, "😀 Kyiv said no.\n\nسلام قال محمد.\n", "Nobody worked on this one.")


@pytest.fixture
def coded(tmp_path: Path):
    """Yield a project that two people worked on."""
    project = projects.create(tmp_path / "coded", default_codebook(), "Amal")
    for text in TEXTS:
        add_article(project, text, text[:10].strip())
    work(project, random.Random(3))
    path = project.path
    project.close()
    with projects.open_existing(path, "Béa Ö") as project:
        work(project, random.Random(4))
        yield project


def target(project: Project, name: str, suffix: str) -> Path:
    return project.path.parent / f"{name}{suffix}"


@both
def test_from_project_to_project(writer, coded: Project, tmp_path: Path) -> None:  # F1, F8
    out = target(coded, "out", writer.suffix)
    losses = exporting.export(coded, Order(out, writer.name)).losses
    with projects.create(tmp_path / "other", default_codebook(), "Somebody") as other:
        report = importing.import_all(other, [out])
        assert report.refused == []
        assert checking.problems(other) == []
        assert report.added.articles == len(TEXTS)
        assert importing.import_all(other, [out]).added.in_words() == ""
        if not losses:
            again = target(other, "again", writer.suffix)
            exporting.export(other, Order(again, writer.name))
            assert _unpacked(again) == _unpacked(out)


@all_writers
def test_nothing_half_done_is_left(writer, coded: Project) -> None:
    folder = coded.path.parent
    before = {path.name for path in folder.iterdir()}
    calls = 0

    def stop(done: int, total: int) -> bool:
        nonlocal calls
        calls += 1
        return calls < 2

    with pytest.raises(exporting.Stopped):
        exporting.export(coded, Order(target(coded, "out", writer.suffix), writer.name), stop)
    assert {path.name for path in folder.iterdir()} == before
    out = target(coded, "out", writer.suffix)
    report = exporting.export(coded, Order(out, writer.name))
    assert {path.name for path in folder.iterdir()} == before | {out.name}
    first = out.read_bytes()
    exporting.export(coded, Order(out, writer.name))
    assert out.read_bytes() == first
    strict = target(coded, "strict", writer.suffix)
    if report.losses:
        with pytest.raises(Refused, match="Nothing was written"):
            exporting.export(coded, Order(strict, writer.name, strict=True))
        assert not strict.exists()
    else:
        exporting.export(coded, Order(strict, writer.name, strict=True))
    with pytest.raises(BadInput, match="could not be written"):
        exporting.export(coded, Order(folder / "nowhere" / "out", writer.name))


@all_writers
def test_suggestions_and_missing_texts_are_told_or_refused(writer, coded: Project) -> None:
    out = target(coded, "out", writer.suffix)
    if writer.tells_view:
        exporting.export(coded, Order(out, writer.name, view=SUGGESTIONS))
    else:
        with pytest.raises(Refused, match="suggestions"):
            exporting.export(coded, Order(out, writer.name, view=SUGGESTIONS))
    bare = target(coded, "bare", writer.suffix)
    if writer.needs_text:
        with pytest.raises(Refused, match="without the texts"):
            exporting.export(coded, Order(bare, writer.name, without_text=True))
        return
    exporting.export(coded, Order(bare, writer.name, without_text=True))
    for raw in _unpacked(bare).values():
        assert b"Nobody worked on this one." not in raw


def test_a_folder_that_holds_something_is_never_overwritten(coded: Project) -> None:
    writer = next(
        writer for writer in WRITERS if isinstance(writer, FolderWriter) and not writer.packed
    )
    out = target(coded, "mine", "")
    out.mkdir()
    exporting.export(coded, Order(out, writer.name))
    kept = bytes_of(out)
    with pytest.raises(Refused, match="there already"):
        exporting.export(coded, Order(out, writer.name))
    assert bytes_of(out) == kept


def _unpacked(path: Path) -> dict[str, bytes]:
    import zipfile

    if not zipfile.is_zipfile(path):
        return bytes_of(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
