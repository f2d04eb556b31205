"""Answering suggestions: accepting makes a mark, rejecting is remembered; each is one undoable step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.domain.article import Verdict
from annotator.domain.codebook import ACTOR, CUE
from annotator.domain.errors import NotFound, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id, derived_id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, Origin, Value, View
from annotator.domain.policy import Policy
from annotator.domain.slices import SAVING, Slices, sliced
from annotator.domain.step import Outcome
from annotator.domain.suggestion import Decision, Suggestion
from annotator.domain.text import sha256_of
from annotator.services import marking, recognising
from annotator.services.consolidating import Taken, consolidated
from annotator.services.project import Project
from annotator.services.wording import counted, layer_called, quoted
from annotator.store import marks, states, suggestions
from annotator.store.connection import CAN_WAIT_ASIDE

if TYPE_CHECKING:
    from annotator.store.step_writer import Writer


@dataclass(slots=True)
class Tally:
    """How the suggestions of one suggester fared."""

    name: str
    version: str
    decisions: dict[str, int] = field(default_factory=dict)


def offered(
    project: Project,
    article: Id,
    policy: Policy | None = None,
    among: Mapping[Id, Mark] | None = None,
) -> list[Suggestion]:
    """Return the suggestions to show to the annotator, in reading order.

    Those that touch a mark of theirs on the same layer are left out: there is nothing missing.

    Args:
        among: their marks in the article, where they are at hand; else they are read.
    """
    chosen = policy or project.codebook.suggesting
    if is_kept_back(article, chosen.kept_back):
        return []
    waits = [
        item
        for item in suggestions.of_article(project.db, article)
        if item.decision is Decision.WAITING and item.layer != CUE
    ]
    if not waits:
        return []
    verdicts = states.of_article(project.db, article, project.annotator.id)
    own = (
        marks.of_article(project.db, article, project.annotator.id)
        if among is None
        else among.values()
    )
    taken = Taken(own)
    return [
        item
        for item in consolidated(waits)
        if (item.layer in chosen.first or verdicts.get(item.layer, Verdict.OPEN) != Verdict.OPEN)
        and not taken.touches(item)
    ]


def is_kept_back(article: Id, share: int) -> bool:
    """Tell whether an article is among the ``share`` of a hundred that is never pre-marked.

    It is the same for everybody; with a greater share, more are added to those there were.
    """
    return int(sha256_of(f"kept back {article}")[:8], 16) % 100 < share


def accept(
    project: Project,
    id: Id,
    *,
    extents: Iterable[Extent] | None = None,
    attributes: Mapping[str, Value] | None = None,
    shown: str | None = None,
) -> Outcome:
    """Make a mark of a suggestion, with other bounds or values if they are given.

    What it is tied to comes along: its cue, its source. Values given are set beside those
    that were suggested.

    Raises:
        NotFound: it is no longer there.
        Refused: it was answered already, or the codebook does not allow it.
    """
    item = waiting(project, id)
    recognising.index(project)  # arranged before the step begins, then at hand within it
    with project.step(
        f"Accept {layer_called(project, item.layer)} {quoted(_words(item))}", item.article
    ) as ticket:
        _accept(project, ticket.write, item, extents, attributes, shown)
    return ticket.outcome


@sliced
def accept_all(project: Project, ids: Sequence[Id], *, shown: str | None = None) -> Slices[Outcome]:
    """Accept many suggestions as they are, in one step (all mentions of one actor).

    Slice by slice for a window.
    """
    items = []
    for id in ids:
        items.append(waiting(project, id))
        yield
    if not items:
        return Outcome(None)
    article = items[0].article if len({item.article for item in items}) == 1 else None
    recognising.index(project)
    name = f"Accept {quoted(_words(items[0]))} {counted(len(items), 'time')}"
    with project.step(name, article) as ticket:
        for number, item in enumerate(items):
            _accept(project, ticket.write, item, None, None, shown)
            yield number, len(items), ""
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def reject(project: Project, id: Id, *, shown: str | None = None) -> Outcome:
    """Say no to a suggestion; the same one never comes again. Its cue goes with it."""
    item = waiting(project, id)
    with project.step(
        f"Reject {layer_called(project, item.layer)} {quoted(_words(item))}", item.article
    ) as ticket:
        _answer(project, ticket.write, item, Decision.REJECTED, shown)
        for type, end in item.links:
            other = suggestions.TABLE.get(project.db, end) if type == "cue" else None
            if other is not None and other.decision is Decision.WAITING:
                _answer(project, ticket.write, other, Decision.REJECTED, shown)
    return ticket.outcome


def same_words(project: Project, id: Id, *, wide: bool = False) -> list[Suggestion]:
    """Return the waiting suggestions of its layer with the same words: in its article, or in all."""
    item = waiting(project, id)
    words = _words(item).casefold()
    share = project.codebook.suggesting.kept_back
    found = (
        suggestions.waiting(project.db)
        if wide
        else suggestions.of_article(project.db, item.article)
    )
    return [
        other
        for other in found
        if other.decision is Decision.WAITING
        and other.layer == item.layer
        and _words(other).casefold() == words
        and (other.article == item.article or not is_kept_back(other.article, share))
    ]


def waiting(project: Project, id: Id) -> Suggestion:
    """Return a suggestion nobody has answered; raise NotFound or Refused otherwise."""
    found = suggestions.TABLE.get(project.db, id)
    if found is None:
        raise NotFound("This suggestion is no longer there.")
    if found.decision is not Decision.WAITING:
        raise Refused(f"This suggestion was {found.decision} already: undo that first.")
    return found


def known(project: Project, id: Id) -> Suggestion | None:
    """Return a suggestion, whatever was said to it, or None."""
    return suggestions.TABLE.get(project.db, id)


def tallies(project: Project) -> list[Tally]:
    """Return for each suggester how many wait, were accepted, edited and rejected."""
    found: dict[tuple[str, str], Tally] = {}
    for name, version, decision, count in suggestions.tallies(project.db):
        tally = found.setdefault((name, version), Tally(name, version))
        tally.decisions[decision] = count
    return list(found.values())


def _accept(
    project: Project,
    write: Writer,
    item: Suggestion,
    extents: Iterable[Extent] | None,
    attributes: Mapping[str, Value] | None,
    shown: str | None,
) -> Mark:
    places = [part.extent for part in item.fragments] if extents is None else list(extents)
    values = {**item.attributes, **(attributes or {})}
    text = project.text(project.article(item.article))
    draft = marking.new_mark(project, item.article, text, places, item.layer, values)
    changed = draft.fragments != item.fragments or dict(values) != dict(item.attributes)
    made = replace(
        draft,
        id=mark_of(item.id, project.annotator.id),
        made=project.provenance(Origin.EDITED if changed else Origin.SUGGESTED, item.suggester),
    )
    if item.layer == ACTOR:
        exact = [found for found in recognising.candidates(project, made) if found.score >= 97]
        made = replace(made, actor=exact[0].actor.id if exact else None)
    write.put(made)
    marking.reopen(project, write, item.article, item.layer)
    _answer(project, write, item, Decision.EDITED if changed else Decision.ACCEPTED, shown)
    for type, end in _ties(project, item):
        _tie(project, write, made, type, end, shown)
    return made


def _ties(project: Project, item: Suggestion) -> Sequence[tuple[str, str]]:
    """Return what it is tied to; for one without ties, what the rules tie to the same words."""
    if item.links:
        return item.links
    alike = [
        other
        for other in suggestions.of_article(project.db, item.article, _bounds(item))
        if other.links and other.layer == item.layer and other.decision is Decision.WAITING
    ]
    best = max(alike, key=lambda other: _shared(other, item), default=None)
    return best.links if best and _shared(best, item) else ()


def mark_of(suggestion: Id, annotator: Id) -> Id:
    """Return the id of the mark that a suggestion becomes for an annotator."""
    return derived_id("accepted", suggestion, annotator)


def _tie(
    project: Project, write: Writer, start: Mark, type: str, end: Id, shown: str | None
) -> None:
    voice = Voice(end) if end in set(Voice) else None
    target = None if voice else _end(project, write, start.article, end, shown)
    if voice is None and target is None:
        return
    try:
        project.codebook.check_link(type, start.layer, target.layer if target else None)
    except Refused:
        return
    write.put(
        Link(
            id=link_id(start.id, type, target.id if target else str(voice)),
            article=start.article,
            view=View.ANNOTATOR,
            type=type,
            start=start.id,
            made=start.made,
            end=target.id if target else None,
            voice=voice,
        )
    )


def _end(
    project: Project, write: Writer, article: Id, suggestion: Id, shown: str | None
) -> Mark | None:
    """Return the annotator's mark for the suggestion a link leads to, accepting it if it waits."""
    item = suggestions.TABLE.get(project.db, suggestion)
    if item is None or item.decision is Decision.REJECTED:
        return None
    made = marks.TABLE.get(project.db, mark_of(suggestion, project.annotator.id))
    if made is not None:
        return made
    own = marks.of_article(project.db, article, project.annotator.id)
    alike = [mark for mark in own if mark.layer == item.layer and _touch(mark, item)]
    if alike:
        return max(alike, key=lambda mark: _shared(mark, item))
    if item.decision is not Decision.WAITING:
        return None
    return _accept(project, write, item, None, None, shown)


def _answer(
    project: Project, write: Writer, item: Suggestion, decision: Decision, shown: str | None
) -> None:
    write.put(
        replace(
            item,
            decision=decision,
            annotator=project.annotator.id,
            shown=shown or item.shown,
            decided=project.file.clock(),
        )
    )


def _bounds(item: Suggestion) -> Extent:
    return item.fragments[0].start, item.fragments[-1].end


def _touch(mark: Mark, item: Suggestion) -> bool:
    return _shared(mark, item) > 0


def _shared(mark: Mark | Suggestion, item: Suggestion) -> int:
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in mark.fragments
        for b in item.fragments
    )


def _words(item: Suggestion) -> str:
    return " … ".join(part.slice for part in item.fragments)
