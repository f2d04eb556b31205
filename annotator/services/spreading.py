"""Marking the same words wherever they stand again: counted first, then one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.errors import Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Origin
from annotator.domain.slices import SAVING, Slices, sliced
from annotator.domain.step import Outcome
from annotator.services import marking
from annotator.services.occurrences import occurrences
from annotator.services.project import Project
from annotator.services.wording import counted, layer_called, quoted
from annotator.store import articles, marks
from annotator.store.connection import CAN_WAIT_ASIDE

MARKED_AT_ONCE = 20
"""So many places are marked in one slice."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the words of a mark stand again and are not marked on its layer yet, in code points."""

    here: tuple[Extent, ...] = ()
    elsewhere: Mapping[Id, tuple[Extent, ...]] = field(default_factory=dict)

    @property
    def count_elsewhere(self) -> int:
        """How many places there are in other articles."""
        return sum(len(extents) for extents in self.elsewhere.values())


@sliced
def places(
    project: Project, mark_id: Id, *, wide: bool, taken: Iterable[Extent] | None = None
) -> Slices[Places]:
    """Return where the words of a mark stand again in its article, and if ``wide`` in all others.

    A mark of several fragments has none: its words stand together only here.

    Args:
        taken: from where to where the annotator's marks on its layer of the article reach, where
            that is at hand; else it is read.
    """
    model = project.own_mark(mark_id)
    if len(model.fragments) > 1:
        return Places()
    text = project.text(project.article(model.article))
    here = _free(project, model, model.article, text, taken)
    elsewhere: dict[Id, tuple[Extent, ...]] = {}
    if wide:
        # The database sifts by the longest word, so that only few texts are read.
        sieve = max(model.text.split(), key=len)
        for some in articles.holding(project.db, sieve):
            for article, text in some:
                found = _free(project, model, article, text) if article != model.article else ()
                if found:
                    elsewhere[article] = found
            yield
    return Places(here, elsewhere)


@sliced
def spread(project: Project, mark_id: Id, *, wide: bool) -> Slices[Outcome]:
    """Mark every place where the words of a mark stand again, in one step.

    The new marks have its layer, its values and its entry of the actor book, and say that they
    were propagated.

    Raises:
        Refused: the words stand nowhere else, or are marked there already.
    """
    model = project.own_mark(mark_id)
    found = yield from places.slices(project, mark_id, wide=wide)
    by_article = {model.article: found.here, **found.elsewhere}
    count = len(found.here) + found.count_elsewhere
    where = "in the project" if wide else "in this article"
    if not count:
        raise Refused(f"There is no further {quoted(model.text)} {where} to mark.")
    values = {
        name: value for name, value in model.attributes.items() if name not in marking.TOLD_BY_WORDS
    }
    layer = layer_called(project, model.layer)
    name = f"Mark {quoted(model.text)} as {layer} {counted(count, 'time')}"
    with project.step(name, None if found.elsewhere else model.article) as ticket:
        for article, extents in by_article.items():
            text = project.text(project.article(article)) if extents else ""
            for number, extent in enumerate(extents, 1):
                made = marking.new_mark(
                    project, article, text, [extent], model.layer, values, Origin.PROPAGATED
                )
                ticket.write.put(replace(made, actor=model.actor))
                if number % MARKED_AT_ONCE == 0:
                    yield
            if extents:
                marking.reopen(project, ticket.write, article, model.layer)
                yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def _free(
    project: Project,
    model: Mark,
    article: Id,
    text: str,
    taken: Iterable[Extent] | None = None,
) -> tuple[Extent, ...]:
    found = occurrences(text, model.text)
    if not found:
        return ()
    if taken is None:
        taken = marks.extents_on(project.db, article, project.annotator.id, model.layer)
    known = set(taken)
    return tuple(extent for extent in found if extent not in known)
