"""Going from article to article, and saying how far one is."""

from __future__ import annotations

from annotator.domain.article import Verdict
from annotator.presentation.commands.command import Command, has_article, has_project


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "article.next",
            "Next open article",
            "Article",
            lambda desk: desk.go(forward=True),
            ("]", "Ctrl+PgDown"),
            has_project,
        ),
        Command(
            "article.previous",
            "Previous open article",
            "Article",
            lambda desk: desk.go(forward=False),
            ("[", "Ctrl+PgUp"),
            has_project,
        ),
        Command(
            "article.done",
            "Done with this article, on to the next",
            "Article",
            lambda desk: desk.finish(),
            ("D",),
            has_article,
        ),
        Command(
            "article.nothing",
            "Nothing found in this article, on to the next",
            "Article",
            lambda desk: desk.nothing_found(),
            ("X",),
            has_article,
        ),
        Command(
            "article.reopen",
            "Open this article again",
            "Article",
            lambda desk: desk.set_verdicts(Verdict.OPEN),
            ("Shift+D",),
            has_article,
        ),
        Command(
            "article.note",
            "Write a note on the article",
            "Article",
            lambda desk: desk.focus.emit("article-note"),
            ("Shift+N",),
            has_article,
        ),
    )
