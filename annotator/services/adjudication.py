"""Adjudication: out of what several annotators marked, the adjudicator makes the gold view.

Gold marks are marks of their own in the view ``gold``; nobody's own marks are touched. Every decision
is one undoable step, is kept with its reason, and outlives later merges: a decision is about the
marks it names, so what comes in afterwards opens only the cases it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.adjudication import Adjudication, Choice, adjudication_id, gold_id
from annotator.domain.errors import Refused
from annotator.domain.fragment import Extent, Fragment, place
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Origin, Value, View
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.services import comparing, disagreements, gold_links
from annotator.services.disagreements import Case
from annotator.services.project import Project
from annotator.services.wording import counted, named, quoted
from annotator.store import adjudications, links, marks
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.step_writer import Writer


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what was decided about it.

    Attributes:
        decision: that about all its marks; None while it is open.
        is_stale: whether one of the marks was changed after the decision.
    """

    case: Case
    decision: Adjudication | None
    is_stale: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it still has to be decided."""
        return self.decision is None


def judged(project: Project, *, unfinished: bool = False) -> list[Judged]:
    """Return every case of the project in reading order, decided or not."""
    material = comparing.read(project.db, unfinished=unfinished, with_tokens=False)
    decisions = _by_mark(adjudications.all(project.db))
    return [_judge(case, decisions) for case in disagreements.cases(material)]


def judged_in(project: Project, article: Id, *, unfinished: bool = False) -> list[Judged]:
    """Return the cases of one article in reading order, decided or not."""
    found = project.article(article)
    material = comparing.read_article(project.db, found, unfinished=unfinished)
    decisions = _by_mark(adjudications.of_article(project.db, article))
    return [_judge(case, decisions) for case in disagreements.cases(material)]


def agreed(found: Iterable[Judged]) -> list[Judged]:
    """Return the open cases in which everybody agrees: what ``accept_agreed`` would accept."""
    return [item for item in found if item.is_open and item.case.is_agreed]


def accept(
    project: Project,
    case: Case,
    chosen: Sequence[Id],
    *,
    reason: str = "",
    extents: Sequence[Extent] = (),
    attributes: Mapping[str, Value] | None = None,
) -> Outcome:
    """Accept one mark of a case as gold, or several as gold marks of their own.

    Args:
        chosen: ids of the accepted marks.
        extents: other bounds for the one mark that was chosen.
        attributes: values that take the place of its own.

    Raises:
        Refused: nothing chosen, several chosen to be edited, a mark that is not of this case, or an
            article that somebody else adjudicates.
    """
    own = {mark.id: mark for mark in case.marks.values()}
    if not chosen or not set(chosen) <= own.keys():
        raise Refused("Choose one of the marks of this case to accept.")
    edited = bool(extents or attributes)
    if edited and len(chosen) > 1:
        raise Refused("Only one mark can be edited while it is accepted: choose one.")
    choice = Choice.EDITED if edited else Choice.SEVERAL if len(chosen) > 1 else Choice.ACCEPTED
    text = project.text(project.article(case.article))
    golds = [
        _gold(
            project,
            own[id],
            place(text, extents) if extents else own[id].fragments,
            {**own[id].attributes, **(attributes or {})},
            edited=edited,
        )
        for id in chosen
    ]
    with project.step(f"Gold, {choice.value}: {named(golds[0])}", case.article) as ticket:
        decision = _decide(project, ticket.write, case, choice, chosen, golds, reason)
        _link(project, ticket.write, case.article, {decision.id})
    return ticket.outcome


def leave_out(project: Project, case: Case, *, reason: str = "") -> Outcome:
    """Decide that nothing is to be marked here."""
    words = quoted(next(iter(case.marks.values())).text)
    with project.step(f"Gold, left out: {case.layer} {words}", case.article) as ticket:
        _decide(project, ticket.write, case, Choice.LEFT_OUT, (), [], reason)
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
    with project.step(f"Gold, new: {named(mark)}", article) as ticket:
        ticket.write.put(mark)
        ticket.write.put(decision)
    return ticket.outcome


@sliced
def accept_agreed(
    project: Project, found: Sequence[Judged], after: list[Judged] | None = None
) -> Slices[Outcome]:
    """Accept every open case in which all agree, in one step; show ``agreed`` first.

    Of marks that are alike the one made first is copied. Slice by slice for a window.

    Args:
        after: takes the same cases as they stand afterwards, which reading them all anew
            would tell as well.
    """
    open_cases: list[Case] = []
    for some in batches(found):
        open_cases += [item.case for item in agreed(some)]
        yield
    for article in {case.article for case in open_cases}:
        _refuse_anothers(project, article)
        yield
    made: dict[Id, set[Id]] = {}
    with project.step(f"Gold, agreed by all: {counted(len(open_cases), 'mark')}") as ticket:
        for number, case in enumerate(open_cases):
            first = min(case.marks.values(), key=lambda mark: (mark.made.created, mark.id))
            gold = _gold(project, first, first.fragments, first.attributes, edited=False)
            write = ticket.write
            decision = _decide(project, write, case, Choice.AGREED, (first.id,), [gold], "")
            made.setdefault(case.article, set()).add(decision.id)
            yield number, len(open_cases), ""
        for article, decisions in made.items():
            for link in gold_links.due(project, article, decisions):
                ticket.write.put(link)
                yield
        if after is not None:
            yield from _judge_again(project, found, after)
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def reopen(project: Project, decision: Adjudication) -> Outcome:
    """Take a decision back, with its gold marks and their links; undo works as well."""
    with project.step(f"Gold, open again: {decision.layer}", decision.article) as ticket:
        _withdraw(project, ticket.write, decision)
    return ticket.outcome


def _judge_again(project: Project, found: Sequence[Judged], after: list[Judged]) -> Slices[None]:
    decided: list[Adjudication] = []
    for numbers in adjudications.TABLE.numbers(project.db, "1"):
        for some in batches(numbers):
            decided += adjudications.TABLE.numbered(project.db, some)
            yield
    decisions: dict[Id, Adjudication] = {}
    for few in batches(sorted(decided, key=lambda one: (one.at, one.id))):
        decisions |= _by_mark(few)
        yield
    for part in batches(found):
        after += [_judge(item.case, decisions) for item in part]
        yield


def _judge(case: Case, decisions: Mapping[Id, Adjudication]) -> Judged:
    decision, *others = (decisions.get(mark.id) for mark in case.marks.values())
    if decision is None or any(other is not decision for other in others):
        return Judged(case, None)
    changed = any(mark.made.modified > decision.at for mark in case.marks.values())
    return Judged(case, decision, changed)


def _by_mark(found: Iterable[Adjudication]) -> dict[Id, Adjudication]:
    return {mark: decision for decision in found for mark in decision.marks}


def _gold(
    project: Project,
    mark: Mark,
    fragments: tuple[Fragment, ...],
    attributes: Mapping[str, Value],
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
        mark.actor,
    )


def _decide(
    project: Project,
    write: Writer,
    case: Case,
    choice: Choice,
    chosen: Sequence[Id],
    golds: Sequence[Mark],
    reason: str,
) -> Adjudication:
    _refuse_anothers(project, case.article)
    about = set(case.mark_ids)
    for old in adjudications.of_article(project.db, case.article):
        if about & set(old.marks):
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
    whose = {mark.annotator for mark in marks.of_article(project.db, article, None, View.GOLD)}
    if whose and project.annotator.id not in whose:
        raise Refused(
            "Somebody else adjudicates this article: go on under their name, or take another article."
        )
