"""A suggestion is no mark: nothing that is written out or counted changes when there are some."""

from __future__ import annotations

import importlib
import pkgutil
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import formats
from annotator.domain.article import Verdict
from annotator.domain.mark_query import MarkQuery
from annotator.domain.network import Kind
from annotator.domain.release import About
from annotator.formats.network_registry import NETWORK_WRITERS
from annotator.formats.registry import WRITERS
from annotator.services import (
    agreement,
    comparing,
    completeness,
    disagreements,
    exporting,
    figures,
    long_table,
    mark_table,
    marking,
    networks,
    opening,
    reading,
    releasing,
    reliability,
    searching,
    states,
    statistics,
    suggesting,
)
from annotator.services.network_choices import with_choice
from annotator.services.network_gathering import Order as NetworkOrder
from annotator.services.project import Project
from annotator.services.release_plan import Order as ReleaseOrder
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


Write = Callable[[Project, Path], object]
"""Writes something about a project into an empty folder."""


def export(format: str, suffix: str, view: str) -> Write:
    order = (format, view)
    return lambda project, folder: exporting.export(
        project, exporting.Order(folder / f"out{suffix}", *order)
    )


def network(format: str, suffix: str, kind: Kind) -> Write:
    order = with_choice(NetworkOrder(), "kind", kind)
    return lambda project, folder: networks.write(
        networks.build(project, order), folder / f"out{suffix}", format
    )


def reliability_report(project: Project, folder: Path) -> None:
    page = reliability.report(agreement.measure(project, agreement.Order(draws=0)), "The harbour")
    (folder / "out.md").write_text(reliability.as_markdown(page), encoding="utf-8")
    (folder / "out.html").write_text(reliability.as_html(page), encoding="utf-8")


RELEASE = ReleaseOrder(About("harbour", creators=("Us",)), "1.0.0", draws=0, votes=True)

EXPORTS: dict[str, Write] = {
    **{
        f"{writer.name}, {view}": export(writer.name, writer.suffix, view)
        for writer in WRITERS
        for view in ("annotator", "gold")
    },
    **{
        f"{kind} network as {writer.name}": network(writer.name, writer.suffix, kind)
        for writer in NETWORK_WRITERS
        for kind in Kind
    },
    "figures": lambda project, folder: figures.write_all(
        figures.build(project, figures.Order()), folder
    ),
    "long table": lambda project, folder: long_table.write(
        project.db, agreement.Order(), folder / "out.csv"
    ),
    "reliability report": reliability_report,
    "release": lambda project, folder: releasing.write_from(
        project.db, releasing.preview(project, RELEASE), folder
    ),
}


def test_no_registry_of_writers_is_forgotten() -> None:
    names = [item.name for item in pkgutil.walk_packages(formats.__path__, "annotator.formats.")]
    registries = {
        id(value)
        for module in map(importlib.import_module, names)
        for name, value in vars(module).items()
        if name.endswith("WRITERS")
    }
    assert registries == {id(WRITERS), id(NETWORK_WRITERS)}


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_tells_of_them(project: Project, tmp_path: Path, name: str) -> None:
    folders = tmp_path / "before", tmp_path / "after"
    for folder in folders:
        folder.mkdir()
        EXPORTS[name](project, folder)
        suggest(project)
    before, after = map(written, folders)
    assert before
    assert before.keys() == after.keys()
    for file, content in before.items():
        assert alike(content) == alike(after[file]), file


def suggest(project: Project) -> None:
    """Let the rules propose marks of every layer, and see that they did."""
    suggesting.suggest(project)
    assert {item.layer for item in suggestions.waiting(project.db)} >= set(LAYERS)


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
    "search for words": lambda project: searching.search_words(project, "harbour"),
    **{
        f"search for has:{layer}": lambda project, layer=layer: searching.search_words(
            project, f"has:{layer}"
        )
        for layer in LAYERS
    },
    "figures": lambda project: [
        {cell: list(ids) for cell, ids in figure.behind.items()}
        for figure in figures.build(project, figures.Order())
    ],
    "plan of a release": lambda project: releasing.preview(project, RELEASE).in_words(),
    "what is missing": lambda project: completeness.gaps(project, articles.all(project.db)[0].id),
}


@pytest.mark.parametrize("name", READERS)
def test_no_reader_counts_them(project: Project, name: str) -> None:
    before = READERS[name](project)
    suggest(project)
    assert READERS[name](project) == before
