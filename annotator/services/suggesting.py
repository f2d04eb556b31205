"""Suggestions into the project: proposed marks, kept apart from marks until somebody accepts them.

Working them out needs no project, so a thread can do it (``Task`` in, ``Found`` out);
keeping them is one short, undoable step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.domain import anatomy
from annotator.domain.actor import Actor
from annotator.domain.errors import Problem, Refused
from annotator.domain.fragment import place
from annotator.domain.identity import Id, derived_id
from annotator.domain.link import Voice
from annotator.domain.mark import Suggester, Value
from annotator.domain.slices import BATCH, MANY, SAVING, Slices, batches, sliced, whole
from annotator.domain.step import Outcome
from annotator.domain.suggestion import Decision, Suggestion
from annotator.services import models, recognising
from annotator.services.project import Project
from annotator.services.suggesters import is_about_attribution, suggesters
from annotator.services.wording import counted
from annotator.settings.places import resources_folder
from annotator.store import articles, suggestions
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.step_writer import Writer

if TYPE_CHECKING:
    from annotator.assist.gazetteer import Entry, Gazetteer
    from annotator.assist.proposal import Proposal, Proposes, Request

Tell = Callable[[int, int], bool]
"""Told how many articles are read and how many there are; returns False to stop."""


@dataclass(frozen=True, slots=True)
class Task:
    """One article for a suggester to read: values only.

    Attributes:
        as_written: whether its study asks for sources as they are written.
    """

    article: Id
    request: Request
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a suggester found in one article."""

    article: Id
    maker: Suggester
    proposals: tuple[Proposal, ...]


@dataclass(slots=True)
class Report:
    """What a run of suggesters did.

    Attributes:
        added: new suggestions by layer.
        known: proposed again; what was answered before is not asked again.
        removed: waiting ones that their suggester no longer proposes.
    """

    articles: int = 0
    added: dict[str, int] = field(default_factory=dict)
    known: int = 0
    removed: int = 0

    def as_data(self) -> dict[str, object]:
        """Return the report as plain data."""
        return asdict(self)

    def in_words(self) -> list[str]:
        """Return the report in sentences."""
        by_layer = ", ".join(f"{count:,} {layer}" for layer, count in sorted(self.added.items()))
        return [
            f"Read {counted(self.articles, 'article')}: "
            f"{counted(sum(self.added.values()), 'new suggestion')}"
            + (f" ({by_layer})." if by_layer else "."),
            f"{self.known:,} were there before; {self.removed:,} were withdrawn.",
        ]


def suggest(
    project: Project,
    names: Sequence[str] = (),
    wanted: Sequence[Id] = (),
    tell: Tell | None = None,
) -> Report:
    """Let suggesters read articles (none named: all) and keep what they propose, in one step.

    Raises:
        NotFound: no such suggester or article.
        Problem: ``tell`` said to stop; nothing was kept then.
    """
    chosen = suggesters(names, project.codebook)
    todo = list(wanted) or [article.id for article in articles.all(project.db)]
    report = Report(articles=len(todo))
    names_of_actors = _names(project)
    with project.step(f"Suggest in {counted(len(todo), 'article')}", bulk=True) as ticket:
        for done, id in enumerate(todo):
            if tell is not None and not tell(done, len(todo)):
                raise Problem("Suggesting was stopped; nothing was kept.")
            task = _task(project, id, names_of_actors)
            for suggester in chosen:
                whole(_keep(project, ticket.write, work_out(suggester, task), report))
    return report


@sliced
def task_for(project: Project, article: Id) -> Slices[Task]:
    """Return what a suggester needs of an article: of the actor book, only what may stand in it.

    Raises:
        NotFound: there is no article of that id.
    """
    from annotator.assist.gazetteer import Gazetteer, may_stand_in, words_of

    text = project.text(project.article(article))
    yield
    words = words_of(text)
    entries = yield from recognising.book.slices(project)
    there: list[Actor] = []
    for first in range(0, len(entries), MANY):
        yield
        some = entries[first : first + MANY]
        there += [item for item in some if any(may_stand_in(words, name) for name in item.names)]
    return _task(project, article, Gazetteer(map(_entry, there)))


def work_out(suggester: Proposes, task: Task) -> Found:
    """Let a suggester read an article; touches no project, so any thread may do it."""
    return Found(task.article, suggester.maker, tuple(suggester.propose(task.request)))


def work_out_apart(task: Task, go_on: Callable[[], bool]) -> tuple[list[Found], list[str]]:
    """Let the rules and the models trained here read an article, in a process of their own.

    Returns what they found, and in sentences which models could not be asked.

    Raises:
        Problem: ``go_on`` said to stop, or the process failed.
    """
    from annotator.assist.apart import Errand, run

    folders = tuple(str(model.folder) for model in models.kept())
    errand = Errand(task.request, str(resources_folder() / "lexicons"), folders, task.as_written)
    answers, troubles = run(errand, go_on)
    return [Found(task.article, maker, found) for maker, found in answers], troubles


@sliced
def keep(project: Project, found: Iterable[Found]) -> Slices[Outcome]:
    """Keep what suggesters found, in one step; slice by slice for a window."""
    report = Report()
    with project.step("Suggest") as ticket:
        for item in found:
            yield from _keep(project, ticket.write, item, report)
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def suggestion_id(article: Id, maker: str, layer: str, extents: Iterable[tuple[int, int]]) -> Id:
    """Return the one id of a suggestion, so that what was answered once is known for ever."""
    return derived_id("suggestion", article, maker, layer, json.dumps(list(extents)))


def _names(project: Project) -> Gazetteer:
    """Return the names of the actor book, arranged anew only after the book changed."""
    from annotator.assist.gazetteer import Gazetteer

    return project.kept(
        "gazetteer", "actor", lambda: Gazetteer(map(_entry, recognising.book(project)))
    )


def _entry(actor: Actor) -> Entry:
    from annotator.assist.gazetteer import Entry

    return Entry(actor.name, actor.type, actor.names)


def _task(project: Project, article: Id, names: Gazetteer) -> Task:
    from annotator.assist.proposal import Request

    found = project.article(article)
    request = Request(project.text(found), found.meta.language or "en", names)
    return Task(article, request, is_about_attribution(project.codebook))


def _keep(project: Project, write: Writer, found: Found, report: Report) -> Slices[None]:
    article = project.article(found.article)
    text = project.text(article)
    quiet = anatomy.quiet(anatomy.zones(article.meta, text))
    there = suggestions.of_article(project.db, found.article)
    by_place = {_place(item): item for item in there}
    now = project.file.clock()
    ids: dict[int, Id] = {}
    fresh: dict[Id, tuple[Proposal, Suggestion]] = {}
    still: set[Id] = set()
    for number, proposal in enumerate(found.proposals):
        if number % BATCH == 0:
            yield
        if not _has_layer(project, proposal.layer):
            continue
        if anatomy.lies_in(proposal.extents, quiet):
            continue
        fragments = place(text, proposal.extents)
        known = by_place.get((proposal.layer, tuple(part.extent for part in fragments)))
        if known is not None:
            ids[number] = known.id
            still.add(known.id)
            report.known += 1
            continue
        id = suggestion_id(
            found.article, found.maker.name, proposal.layer, (part.extent for part in fragments)
        )
        ids[number] = id
        fresh.setdefault(
            id,
            (
                proposal,
                Suggestion(
                    id=id,
                    article=found.article,
                    layer=proposal.layer,
                    fragments=fragments,
                    suggester=found.maker,
                    created=now,
                    attributes=_fitting(project, proposal),
                    reason=proposal.reason,
                    score=proposal.score,
                ),
            ),
        )
    for number, old in enumerate(there):
        if number % BATCH == 0:
            yield
        own = old.suggester.name == found.maker.name and old.decision is Decision.WAITING
        if own and old.id not in still:
            write.remove(old)
            report.removed += 1
    for some in batches(list(fresh.values())):
        yield
        write.add(_linked(made, proposal, ids) for proposal, made in some)
    for _, made in fresh.values():
        report.added[made.layer] = report.added.get(made.layer, 0) + 1


def _linked(made: Suggestion, proposal: Proposal, ids: dict[int, Id]) -> Suggestion:
    ends = [
        (type, str(end) if isinstance(end, Voice) else ids.get(end, ""))
        for type, end in proposal.links
    ]
    return replace(made, links=tuple((type, end) for type, end in ends if end))


def _place(item: Suggestion) -> tuple[str, tuple[tuple[int, int], ...]]:
    return item.layer, tuple(part.extent for part in item.fragments)


def _has_layer(project: Project, name: str) -> bool:
    return any(layer.name == name and not layer.retired for layer in project.codebook.layers)


def _fitting(project: Project, proposal: Proposal) -> dict[str, Value]:
    """Return the proposed values that the codebook of the project allows."""
    layer = project.codebook.layer(proposal.layer)
    values: dict[str, Value] = {}
    for name, value in proposal.attributes.items():
        attribute = layer.attribute(name)
        if attribute is None or attribute.retired:
            continue
        try:
            values[name] = attribute.check(value)
        except Refused:
            continue
    return values
