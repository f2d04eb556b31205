"""Parts of an article: nothing is suggested in bylines and boilerplate, and a search can keep to one part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import Refused
from annotator.services import exporting, importing, searching, suggesting
from annotator.services.project import Project
from annotator.store import articles, suggestions
from tests.support import article_files as files
from tests.support.material import make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """One article of Nexis, with all its header lines."""
    with make_project(tmp_path) as made:
        path = tmp_path / "export.docx"
        path.write_bytes(files.docx(files.nexis("en", 1)))
        importing.import_all(made, [path])
        yield made


def words(project: Project, typed: str) -> list[str]:
    """Return what is found, with the word before it."""
    lines = searching.search_words(project, typed).lines
    return [" ".join([*line.left.split()[-1:], line.words]) for line in lines]


def test_nothing_is_suggested_in_bylines_and_boilerplate(project: Project) -> None:
    suggesting.suggest(project)
    (article,) = articles.all(project.db)
    text = project.text(article)
    found = {
        text[item.fragments[0].start : item.fragments[-1].end]
        for item in suggestions.of_article(project.db, article.id)
    }
    assert "Amal Haddad" in found
    assert "Ingrid Solheim" in found
    # Without the parts, the same names would be proposed.
    request = suggesting.task_for(project, article.id).request
    proposed = {
        text[start:end]
        for suggester in suggesting.suggesters(())
        for proposal in suggester.propose(request)
        for start, end in proposal.extents
    }
    assert {"Ana Ruiz", "VELDHAVEN"} & proposed
    assert not {"Ana Ruiz", "VELDHAVEN"} & found


def test_a_search_keeps_to_one_part(project: Project) -> None:
    assert words(project, "strike in:headline") == ["Harbour strike"]
    assert words(project, "strike in:body") == ["the strike"]
    assert words(project, "ruiz in:body") == []
    assert words(project, "ruiz in:byline") == ["Ana Ruiz"]
    assert words(project, "14 in:dateline") == ["VELDHAVEN, 14"]
    assert len(words(project, "strike in:body in:headline")) == 2
    assert searching.articles_with(project, "ports in:boilerplate")
    assert searching.articles_with(project, "ports in:body") == []
    (article,) = articles.all(project.db)
    assert len(searching.places_in(project, article.id, "strike in:headline")) == 1
    for typed in ("strike in:poem", "in:body"):
        with pytest.raises(Refused):
            searching.search_words(project, typed)


def test_parts_go_out_and_come_in_with_the_article(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    exporting.export(project, exporting.Order(out))
    folder = tmp_path / "other"
    folder.mkdir()
    with make_project(folder) as other:
        importing.import_all(other, [out])
        (here,), (there,) = articles.all(project.db), articles.all(other.db)
        assert there.meta == here.meta
        assert "zones" in there.meta.extra
