"""Adjudication: out of what several annotators marked, the adjudicator makes the gold view.

Gold marks are marks of their own in the view ``gold``; nobody's own marks are touched. Every decision
is one undoable step, is kept with its reason, and outlives later merges: a decision is about the
marks it names, so what comes in afterwards opens only the cases it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Literal

from annotator.domain.adjudication import Adjudication, Choice, adjudication_id, gold_id
from annotator.domain.errors import Refused
from annotator.domain.fragment import Extent, Fragment, place
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Origin, Value, View
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.services import actor_book, gold_links, judging
from annotator.services.disagreements import Case
from annotator.services.judging import Judged
from annotator.services.project import Project
from annotator.services.wording import counted, layer_called, named, quoted
from annotator.store import links, marks
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.step_writer import Writer


class Own(Enum):
    """Whom an accepted mark stands for where nobody says otherwise: the same as for its annotator."""

    OWN = "own"


def accept(
    project: Project,
    case: Case,
    chosen: Sequence[Id],
    *,
    reason: str = "",
    extents: Sequence[Extent] = (),
    attributes: Mapping[str, Value] | None = None,
    actor: Id | Literal[Own.OWN] | None = Own.OWN,
) -> Outcome:
    """Accept one mark of a case as gold, or several as gold marks of their own.

    Args:
        chosen: ids of the accepted marks.
        extents: other bounds for the one mark that was chosen.
        attributes: values that take the place of its own.
        actor: the entry of the actor book that it stands for, or nobody (None), instead of its own.
            Of an entry that was merged into another meanwhile it is that one.

    Raises:
        Refused: nothing chosen, several chosen to be edited, a mark that is not of this case, an
            actor for a mark that is no mention, or an article that somebody else adjudicates.
        NotFound: the entry was taken out of the book.
    """
    own = {mark.id: mark for mark in case.marks.values()}
    if not chosen or not set(chosen) <= own.keys():
        raise Refused("Choose one of the marks of this case to accept.")
    edited = bool(extents or attributes or actor is not Own.OWN)
    if edited and len(chosen) > 1:
        raise Refused("Only one mark can be edited while it is accepted: choose one.")
    if not isinstance(actor, Own | None):
        actor_book.refuse_unless_mention(project, own[chosen[0]])
        actor = actor_book.entry_in_use(project, actor).id
    choice = Choice.EDITED if edited else Choice.SEVERAL if len(chosen) > 1 else Choice.ACCEPTED
    text = project.text(project.article(case.article))
    golds = [
        _gold(
            project,
            own[id],
            place(text, extents) if extents else own[id].fragments,
            {**own[id].attributes, **(attributes or {})},
            own[id].actor if actor is Own.OWN else actor,
            edited=edited,
        )
        for id in chosen
    ]
    _refuse_anothers(project, case.article)
    before = judging.decisions_in(project, case.article)
    with project.step(f"Gold, {choice.value}: {named(project, golds[0])}", case.article) as ticket:
        decision = _decide(project, ticket.write, case, choice, chosen, golds, reason, before)
        _link(project, ticket.write, case.article, {decision.id})
    return ticket.outcome


def leave_out(project: Project, case: Case, *, reason: str = "") -> Outcome:
    """Decide that nothing is to be marked here."""
    words = quoted(next(iter(case.marks.values())).text)
    _refuse_anothers(project, case.article)
    before = judging.decisions_in(project, case.article)
    with project.step(
        f"Gold, left out: {layer_called(project, case.layer)} {words}", case.article
    ) as ticket:
        _decide(project, ticket.write, case, Choice.LEFT_OUT, (), [], reason, before)
    return ticket.outcome


def add(
    project: Project,
    article: Id,
    layer: str,
    extents: Sequence[Extent],
    *,
    attributes: Mapping[str, Value] | None = None,
    reason: str = "",
) -> Outcome:
    """Make a gold mark that no annotator had made."""
    _refuse_anothers(project, article)
    text = project.text(project.article(article))
    mark = Mark(
        project.file.new_id(),
        article,
        View.GOLD,
        layer,
        place(text, extents),
        project.provenance(),
        project.codebook.check_attributes(layer, attributes or {}),
    )
    decision = Adjudication(
        project.file.new_id(), article, layer, Choice.NEW, (), (), (mark.id,),
        project.annotator.id, project.file.clock(), reason.strip(),
    )  # fmt: skip
    with project.step(f"Gold, new: {named(project, mark)}", article) as ticket:
        ticket.write.put(mark)
        ticket.write.put(decision)
    return ticket.outcome


@sliced
def accept_agreed(project: Project, found: Sequence[Judged]) -> Slices[Outcome]:
    """Accept every open case in which all agree, in one step; show ``agreed`` first.

    Of marks that are alike the one made first is copied. Slice by slice for a window.
    """
    agreed: dict[Id, list[Case]] = {}
    for some in batches(found):
        for item in judging.agreed(some):
            agreed.setdefault(item.case.article, []).append(item.case)
        yield
    for article in agreed:
        _refuse_anothers(project, article)
        yield
    total, done = sum(map(len, agreed.values())), 0
    with project.step(f"Gold, agreed by all: {counted(total, 'mark')}") as ticket:
        for article, cases in agreed.items():
            before = judging.decisions_in(project, article)
            decisions: set[Id] = set()
            for case in cases:
                yield done, total, ""
                decisions.add(_agree(project, ticket.write, case, before).id)
                done += 1
            for link in gold_links.due(project, article, decisions):
                ticket.write.put(link)
                yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def reopen(project: Project, decision: Adjudication) -> Outcome:
    """Take a decision back, with its gold marks and their links; undo works as well."""
    with project.step(
        f"Gold, open again: {layer_called(project, decision.layer)}", decision.article
    ) as ticket:
        _withdraw(project, ticket.write, decision)
    return ticket.outcome


def _gold(
    project: Project,
    mark: Mark,
    fragments: tuple[Fragment, ...],
    attributes: Mapping[str, Value],
    actor: Id | None,
    *,
    edited: bool,
) -> Mark:
    return Mark(
        gold_id(mark.id),
        mark.article,
        View.GOLD,
        mark.layer,
        fragments,
        project.provenance(Origin.EDITED if edited else Origin.MANUAL),
        project.codebook.check_attributes(mark.layer, attributes),
        actor_book.standing_for(project, actor).id if actor else None,
    )


def _agree(
    project: Project, write: Writer, case: Case, before: Mapping[Id, Adjudication]
) -> Adjudication:
    first = min(case.marks.values(), key=lambda mark: (mark.made.created, mark.id))
    gold = _gold(project, first, first.fragments, first.attributes, first.actor, edited=False)
    return _decide(project, write, case, Choice.AGREED, (first.id,), [gold], "", before)


def _decide(
    project: Project,
    write: Writer,
    case: Case,
    choice: Choice,
    chosen: Sequence[Id],
    golds: Sequence[Mark],
    reason: str,
    before: Mapping[Id, Adjudication],
) -> Adjudication:
    """Write a decision in the place of those there were ``before`` about any of its marks."""
    for old in {before[mark].id: before[mark] for mark in case.mark_ids if mark in before}.values():
        _withdraw(project, write, old)
    decision = Adjudication(
        adjudication_id(case.mark_ids),
        case.article,
        case.layer,
        choice,
        case.mark_ids,
        tuple(sorted(chosen)),
        tuple(sorted(mark.id for mark in golds)),
        project.annotator.id,
        project.file.clock(),
        reason.strip(),
    )
    for mark in golds:
        write.put(mark)
    write.put(decision)
    return decision


def _link(project: Project, write: Writer, article: Id, decisions: set[Id]) -> None:
    for link in list(gold_links.due(project, article, decisions)):
        write.put(link)


def _withdraw(project: Project, write: Writer, decision: Adjudication) -> None:
    for id in decision.gold:
        mark = marks.TABLE.get(project.db, id)
        if mark:
            for link in links.of_mark(project.db, id):
                write.remove(link)
            write.remove(mark)
    write.remove(decision)


def _refuse_anothers(project: Project, article: Id) -> None:
    """Keep two people from deciding in one article, unless a merge brought both together already."""
    whose = marks.annotators_in(project.db, article, View.GOLD)
    if whose and project.annotator.id not in whose:
        raise Refused(
            "Somebody else adjudicates this article: go on under their name, or take another article."
        )
