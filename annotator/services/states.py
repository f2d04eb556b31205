"""Saying how far one is with an article: open, done, or nothing found."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import State, Verdict
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import counted, layer_called, quoted
from annotator.store import marks
from annotator.store import states as kept


def set_verdict(project: Project, article: Id, layers: Sequence[str], verdict: Verdict) -> Outcome:
    """Set the annotator's verdict on layers of an article, in one step.

    Raises:
        Refused: “nothing found” for a layer that has marks.
    """
    found = project.article(article)
    own = marks.of_article(project.db, article, project.annotator.id)
    for layer in layers:
        project.codebook.layer(layer)
        count = sum(mark.layer == layer for mark in own)
        if verdict is Verdict.NOTHING_FOUND and count:
            raise Refused(
                f"There {'is' if count == 1 else 'are'} {counted(count, layer_called(project, layer))} in this article: "
                "delete them, or call it done instead."
            )
    before = kept.of_article(project.db, article, project.annotator.id)
    now = project.file.clock()
    told = ", ".join(layer_called(project, layer) for layer in layers)
    with project.step(f"{_said(verdict)}: {told} in {quoted(found.title)}", article) as ticket:
        for layer in layers:
            if before.get(layer, Verdict.OPEN) is not verdict:
                ticket.write.put(State(article, project.annotator.id, layer, verdict, now))
    return ticket.outcome


def finish(project: Project, article: Id, remark: str = "") -> Outcome:
    """Call every open layer done: layers with marks “done”, layers without “nothing found”.

    A remark becomes part of the step's name, and so of the history.
    """
    found = project.article(article)
    own = {mark.layer for mark in marks.of_article(project.db, article, project.annotator.id)}
    before = kept.of_article(project.db, article, project.annotator.id)
    now = project.file.clock()
    said = _said(Verdict.DONE if own or remark else Verdict.NOTHING_FOUND)
    title = f"{said}: {quoted(found.title)}" + (f" ({remark})" if remark else "")
    with project.step(title, article) as ticket:
        for layer in project.codebook.open_layers:
            if before.get(layer.name, Verdict.OPEN) is Verdict.OPEN:
                verdict = Verdict.DONE if layer.name in own else Verdict.NOTHING_FOUND
                ticket.write.put(State(article, project.annotator.id, layer.name, verdict, now))
    return ticket.outcome


def _said(verdict: Verdict) -> str:
    return {
        Verdict.OPEN: "Open again",
        Verdict.DONE: "Done",
        Verdict.NOTHING_FOUND: "Nothing found",
    }[verdict]
