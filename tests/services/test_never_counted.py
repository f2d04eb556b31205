"""A suggestion is no mark: nothing that is written out or counted changes when there are some."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.article import Verdict
from annotator.domain.mark_query import MarkQuery
from annotator.formats.registry import WRITERS
from annotator.services import (
    agreement,
    comparing,
    completeness,
    disagreements,
    exporting,
    long_table,
    mark_table,
    marking,
    networks,
    opening,
    reading,
    states,
    statistics,
    suggesting,
)
from annotator.services.network_gathering import Order as NetworkOrder
from annotator.services.project import Project
from annotator.store import articles, suggestions
from tests.support.material import make_project

TEXT = (
    "Lena Holm said the harbour would stay shut. Piet Maas called it a disgraceful offer.\n\n"
    "“We will not go back,” said Amal Haddad.\n"
)
LAYERS = ("actor", "claim", "sentiment")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project that two people coded; nothing was suggested yet."""
    with make_project(tmp_path, TEXT, annotator="Amal") as first:
        path = first.path
        code(first, 9)
    with opening.open_project(path, "Bo") as second:
        code(second, 4)
        yield second


def code(project: Project, length: int) -> None:
    article = articles.all(project.db)[0].id
    actor = marking.mark(project, article, [(0, length)], "actor", {"type": "person"})
    assert actor.step
    marking.mark(project, article, [(15, 43)], "claim", {"mode": "reported"})
    states.set_verdict(project, article, LAYERS, Verdict.DONE)


def written(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder and in the archives in it, without what tells the time."""
    found: dict[str, bytes] = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        name = str(path.relative_to(folder))
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found |= {f"{name}/{item}": archive.read(item) for item in archive.namelist()}
        else:
            found[name] = path.read_bytes()
    return found


def exported(project: Project, folder: Path, format: str, view: str) -> dict[str, bytes]:
    folder.mkdir()
    writer = next(writer for writer in WRITERS if writer.name == format)
    out = folder / f"out{writer.suffix}"
    exporting.export(project, exporting.Order(out, format, view))
    return written(folder)


@pytest.mark.parametrize("view", ["annotator", "gold"])
@pytest.mark.parametrize("format", [writer.name for writer in WRITERS])
def test_no_export_tells_of_them(project: Project, tmp_path: Path, format: str, view: str) -> None:
    before = exported(project, tmp_path / "before", format, view)
    suggesting.suggest(project)
    assert suggestions.waiting(project.db)
    after = exported(project, tmp_path / "after", format, view)
    assert before.keys() == after.keys()
    for name, content in before.items():
        assert alike(content) == alike(after[name]), name


def alike(content: bytes) -> bytes:
    """Return a file without the moment at which it was written."""
    return re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[.0-9]*", b"now", content)


READERS: dict[str, Callable[[Project], Any]] = {
    "statistics": statistics.count,
    "agreement": lambda project: agreement.measure(project, agreement.Order(draws=0)).lines,
    "disagreements": lambda project: disagreements.cases(comparing.read(project.db)),
    "networks": lambda project: networks.build(project, NetworkOrder()),
    "table of marks": lambda project: list(mark_table.order(project, MarkQuery())),
    "list of articles": reading.list_articles,
    "what is missing": lambda project: completeness.gaps(project, articles.all(project.db)[0].id),
}


@pytest.mark.parametrize("name", READERS)
def test_no_reader_counts_them(project: Project, name: str) -> None:
    before = READERS[name](project)
    suggesting.suggest(project)
    assert suggestions.waiting(project.db)
    assert READERS[name](project) == before


def test_the_long_table_leaves_them_out(project: Project, tmp_path: Path) -> None:
    def table(name: str) -> str:
        long_table.write(project.db, agreement.Order(), tmp_path / name)
        return (tmp_path / name).read_text(encoding="utf-8")

    before = table("before.csv")
    suggesting.suggest(project)
    assert table("after.csv") == before
