"""Several annotators at work in one project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.services import marking, reading, states
from annotator.services import project as projects
from annotator.services.project import Project

Wanted = tuple[str, str] | tuple[str, str, dict[str, Value]]
"""A layer, the words to mark (their first occurrence), and values."""


def code(
    path: Path, name: str, wanted: Iterable[Wanted], *, article: int = 0, finish: bool = True
) -> None:
    """Let somebody mark words of an article and, if asked, call it done."""
    with projects.open_existing(path, name) as project:
        mark_words(project, wanted, article=article)
        if finish:
            states.finish(project, article_id(project, article))


def mark_words(project: Project, wanted: Iterable[Wanted], *, article: int = 0) -> list[Id]:
    """Mark words of an article as the annotator of an open project; return the ids."""
    id = article_id(project, article)
    text = project.text(project.article(id))
    made: list[Id] = []
    for layer, words, *values in wanted:
        start = text.index(words)
        outcome = marking.mark(project, id, [(start, start + len(words))], layer)
        mark = outcome.changes[0].after
        made.append(mark.id)  # type: ignore[union-attr]
        for name, value in values[0].items() if values else ():
            marking.set_attribute(project, made[-1], name, value)
    return made


def article_id(project: Project, number: int = 0) -> Id:
    """Return the id of an article by its place in the list."""
    return reading.list_articles(project)[number].article.id
