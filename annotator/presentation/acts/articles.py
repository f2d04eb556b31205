"""Going from article to article, and saying how far one is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from annotator.domain.article import Verdict
from annotator.domain.identity import Id
from annotator.domain.step import Outcome
from annotator.presentation import finishing
from annotator.presentation.acts.base import Acting
from annotator.services import article_notes, states
from annotator.services.project import Project

LOOKING = "Looking for an open article …"
FOUND = "Found an open article."


class ArticleActs(Acting):
    """Goes on, and gives verdicts."""

    def go(self, *, forward: bool) -> None:
        """Open the next or previous article that is not finished, or say that there is none."""
        self._go_on((forward,), "No further open article " + ("below." if forward else "above."))

    def finish(self) -> None:
        """Call the article done and go on: layers without marks are “nothing found”."""
        finishing.finish(self)

    def nothing_found(self) -> None:
        """Say that the article has nothing to mark, and go on."""
        layers = [layer.name for layer in self._open.codebook.open_layers] if self.project else []
        self.conclude(
            lambda project, article: states.set_verdict(
                project, article, layers, Verdict.NOTHING_FOUND
            )
        )

    def set_verdicts(self, verdict: Verdict, layers: Iterable[str] | None = None) -> None:
        """Set the verdict on layers of the open article (None: on all)."""
        article = self.reader.article
        if self.project and article:
            names = list(layers or (layer.name for layer in self.project.codebook.open_layers))
            self._act(lambda project: states.set_verdict(project, article.id, names, verdict))

    def set_article_note(self, article: Id, note: str) -> None:
        """Write a note on an article."""
        self._act(lambda project: article_notes.set_note(project, article, note))

    def conclude(self, work: Callable[[Project, Id], Outcome]) -> None:
        """Give the open article its verdict, and go on to the next open one."""
        article = self.reader.article
        if article is None:
            return
        outcome = self._act(lambda project: work(project, article.id))
        if outcome is not None:
            self._go_on(
                (True, False),
                "That was the last open article among those the filter shows."
                if self.library.choice.filter
                else "That was the last open article: all have a verdict.",
                undoable=True,
            )

    def _go_on(self, ways: Sequence[bool], no_more: str, *, undoable: bool = False) -> None:
        """Open the nearest open article, found at once or, amid many finished ones, a little later."""

        def found(article: Id | None) -> None:
            if article is None:
                self.messages.done(no_more, undoable=undoable)
                return
            self.open_article(article)
            if self.messages.last and self.messages.last.text == LOOKING:
                self.messages.done(FOUND, undoable=undoable)

        self.library.seek(ways, found)
        if self.library.is_seeking:
            self.messages.done(LOOKING, undoable=undoable)
