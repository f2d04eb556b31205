"""Notes on articles, for everybody who works on the project."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.identity import Id
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import quoted


def set_note(project: Project, article: Id, note: str) -> Outcome:
    """Write a note on an article."""
    old = project.article(article)
    with project.step(f"Note on {quoted(old.title)}", article) as ticket:
        ticket.write.put(replace(old, note=note.strip()))
    return ticket.outcome
