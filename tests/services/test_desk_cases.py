"""Known failures of other tools at the coding desk, tried here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.codebook_edits import items, put
from annotator.domain.mark_query import MarkQuery
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.inspector import inspect
from annotator.presentation.library import Library
from annotator.services import (
    agreement,
    checking,
    codebook_editing,
    exporting,
    history,
    importing,
    mark_table,
    marking,
    reading,
    states,
)
from annotator.services import project as projects
from annotator.services.project import Project
from tests.support.material import STORY, make_project


@pytest.fixture
def project(tmp_path: Path):
    with make_project(tmp_path, STORY, "Second.\n", "Third.\n") as found:
        yield found


def articles(project: Project) -> list[str]:
    return [item.article.id for item in reading.list_articles(project)]


def retire_value(project: Project, words: str) -> None:
    """Take a value out of use."""
    path, thing = next(
        (path, thing) for path, thing in items(project.codebook) if path.code == words
    )
    codebook_editing.apply(project, put(project.codebook, path, replace(thing, retired=True)))


def exported(project: Project, out: Path) -> list[dict]:
    exporting.export(project, exporting.Order(out))
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_a_value_that_is_no_longer_offered_is_shown_counted_and_exported(
    project: Project, tmp_path: Path
) -> None:  # H2
    article = articles(project)[0]
    marking.mark(project, article, [(0, 4)], "actor", {"type": "media"})
    retire_value(project, "media")
    (mark,) = reading.open_article(project, article).marks
    shown = inspect(project, mark, ArticleRecords([mark]), [mark.id])
    choices = next(field for field in shown.fields if field.attribute == "type").choices
    assert [(choice.name, choice.chosen) for choice in choices if choice.chosen] == [
        ("media", True)
    ]
    found = mark_table.find(project, MarkQuery(values=(("type", "media"),)))
    assert found.count == 1
    assert exported(project, tmp_path / "out.jsonl")[0]["actors"][0]["type"] == "media"
    states.finish(project, article)
    path = _closed(project)
    with projects.open_existing(path, "Bea") as other:
        marking.mark(other, article, [(0, 4)], "actor", {"type": "person"})
        states.finish(other, article)
        found = agreement.measure(other, agreement.Order(draws=0))
    (exact,) = (
        line.coefficient.value
        for line in found.lines
        if (line.layer, line.about, line.label) == ("actor", "type", "")
        and line.coefficient.name == "span F1, exact"
    )
    assert exact == 0.0


def _closed(project: Project) -> Path:
    path = project.path
    project.close()
    return path


def test_a_page_is_reduced_to_text_once_and_marks_refer_to_that(tmp_path: Path) -> None:  # H7
    page = tmp_path / "page.html"
    words = (
        "The ferry company said on Monday that fares will rise, and islanders were angry about it."
    )
    page.write_text(
        "<html><head><title>Ferry fares</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Ferry fares</h1><p>{words}</p><p>Second <b>para</b>graph &amp; more: {words}</p>"
        "</article></body></html>",
        encoding="utf-8",
    )
    with make_project(tmp_path) as project:
        importing.import_all(project, [page])
        (article,) = articles(project)
        text = reading.open_article(project, article).text
        assert "<" not in text
        assert "paragraph & more" in text
        start = text.index("paragraph")
        marking.mark(project, article, [(start, start + 9)], "claim")
        again = importing.import_all(project, [page])
        assert again.added.articles == 0
        (mark,) = reading.open_article(project, article).marks
        assert text[mark.start : mark.end] == mark.text == "paragraph"


@pytest.mark.parametrize(
    "text", ["He [@came#Person*] home.", "A [$x#y*] b.", "{{x}} [[y]] <z>w</z>"]
)
def test_what_looks_like_markup_is_text(tmp_path: Path, text: str) -> None:  # H4
    file = tmp_path / "odd.txt"
    file.write_text(text, encoding="utf-8")
    with make_project(tmp_path) as project:
        importing.import_all(project, [file])
        (article,) = articles(project)
        opened = reading.open_article(project, article)
        assert opened.text == text
        assert opened.marks == []
        marking.mark(project, article, [(3, 9)], "actor")
        (line,) = exported(project, tmp_path / "out.jsonl")
        assert line["text"] == text
        assert [actor["text"] for actor in line["actors"]] == [text[3:9]]


def test_a_changed_answer_takes_the_place_of_the_old_one(
    project: Project, tmp_path: Path
) -> None:  # G10
    article = articles(project)[0]
    made = marking.mark(project, article, [(0, 4)], "sentiment").changes[0].after
    for answer in (3, 2):
        marking.set_attribute(project, made.id, "intensity", answer)
    (mark,) = reading.open_article(project, article).marks
    assert mark.attributes["intensity"] == 2
    (sentiment,) = exported(project, tmp_path / "out.jsonl")[0]["sentiments"]
    assert sentiment["intensity"] == 2
    steps = [entry.step.name for entry in history.entries(project, 3, made.id)]
    assert sum("intensity" in step for step in steps) == 2


def test_the_place_in_the_queue_is_told_by_what_is_stored(project: Project) -> None:  # G17
    first, second, third = articles(project)
    layers = [layer.name for layer in project.codebook.open_layers]
    states.set_verdict(project, first, layers, Verdict.NOTHING_FOUND)
    name, path = project.annotator.name, _closed(project)
    for _ in range(2):
        with projects.open_existing(path, name) as again:
            library = Library()
            library.show(again)
            assert [row.id for row in library.rows if not row.is_finished] == [second, third]
            library.set_current(first)
            assert library.neighbour(forward=True) == second
    with projects.open_existing(path, name) as again:
        history.undo(again)
        library = Library()
        library.show(again)
        assert [row.id for row in library.rows if not row.is_finished] == [first, second, third]
        assert checking.problems(again) == []
