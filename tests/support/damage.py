"""Projects to damage, and what must still be true of them afterwards."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.link import Voice
from annotator.domain.mark import Mark
from annotator.services import actor_book, linking, marking
from annotator.services.project import Project
from annotator.store import marks
from tests.support.material import STORY, make_project


def worked_on(folder: Path, *, articles: int = 3, name: str = "study") -> Path:
    """Return a closed project with articles, marks of all layers, links, actors and an undone act."""
    texts = [
        f"{STORY}\nThis is report {number}. 🌾 Déjà vu, said nobody.\n"
        for number in range(articles)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    with make_project(folder, *texts, name=name) as project:
        for article in _articles(project):
            text = project.text(article)
            who = text.index("Amal Haddad")
            said = text.index("We will not")
            actor = _made(marking.mark(project, article.id, [(who, who + 11)], "actor"))
            claim = _made(marking.mark(project, article.id, [(said, said + 19)], "claim"))
            mood = text.index("an insult")
            sentiment = _made(marking.mark(project, article.id, [(mood, mood + 9)], "sentiment"))
            linking.tie(project, claim.id, "source", actor.id)
            linking.tie(project, sentiment.id, "holder", Voice.AUTHOR)
            marking.set_note(project, claim.id, "Check with Amal 🌾")
            actor_book.assign_best(project, actor.id)
            extra = _made(marking.mark(project, article.id, [(0, 4)], "cue"))
            marking.delete(project, [extra.id])
        return project.path


def words_of(project: Project) -> set[tuple[str, str]]:
    """Return id and words of every mark."""
    return {(mark.id, mark.text) for mark in marks.TABLE.select(project.db)}


def _articles(project: Project) -> list:
    from annotator.store import articles

    return articles.all(project.db)


def _made(outcome: object) -> Mark:
    return next(
        change.after
        for change in outcome.changes  # type: ignore[attr-defined]
        if isinstance(change.after, Mark)
    )
