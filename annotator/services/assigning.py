"""Who codes what: dealing articles out, and handing each annotator a file of their own.

An article is assigned to somebody when there is a verdict of theirs on it, be it “open”. What
they hand in comes back by ``merging``.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.domain.article import Annotator, State, Verdict
from annotator.domain.errors import BadInput, Refused
from annotator.domain.identity import Id, derived_id
from annotator.domain.slices import Slices, sliced
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import annotators, articles, states
from annotator.store.articles import ToDeal
from annotator.store.step_writer import Writer

SEED = 20260101

STRATA = ("publisher", "month")


@dataclass(frozen=True, slots=True)
class Wish:
    """How articles are to be dealt out.

    Attributes:
        annotators: names; those the project does not have yet are made.
        overlap: share of the articles that everybody gets, from 0 to 1; the others go to one each.
        strata: ``publisher`` or ``month`` of publication, to be dealt evenly; empty for neither.
        count: at most so many articles; None for all.
        again: also articles that somebody has been assigned already.
    """

    annotators: tuple[str, ...]
    overlap: float = 0.2
    seed: int = SEED
    strata: str = ""
    count: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who gets which articles.

    Attributes:
        shared: ids of the articles that everybody gets.
        by_name: ids of all articles of each annotator, in the order of the project.
    """

    shared: tuple[Id, ...]
    by_name: Mapping[str, tuple[Id, ...]] = field(hash=False)

    def in_words(self) -> list[str]:
        """Return a line for each annotator."""
        return [
            f"{name}: {counted(len(ids), 'article')}, {len(self.shared)} of them for everybody"
            for name, ids in self.by_name.items()
        ]


class Shares(NamedTuple):
    """How many articles would be dealt out: in all, to everybody, and to each annotator."""

    total: int
    shared: int
    by_name: Mapping[str, int]


def count_free(project: Project, *, again: bool) -> int:
    """Return how many articles can be dealt out: those nobody has, or all of them."""
    return articles.count_to_deal(project.db, again=again)


def shares(free: int, wish: Wish) -> Shares:
    """Return how many articles ``deal`` would give to whom where so many can be dealt out; raises like it."""
    names = _names(wish)
    _refuse_none(free)
    total = free if wish.count is None else min(free, wish.count)
    shared = _shared(total, wish)
    alone = range(total - shared)
    return Shares(
        total,
        shared,
        {name: shared + len(alone[number :: len(names)]) for number, name in enumerate(names)},
    )


@sliced
def deal(project: Project, wish: Wish) -> Slices[Assignment]:
    """Return who gets which articles; nothing is written. The same seed deals the same.

    Raises:
        Refused: nobody to deal to, or nothing left to deal.
        BadInput: an overlap that is no share, or an unknown stratum.
    """
    names = _names(wish)
    free: list[ToDeal] = []
    for some in articles.to_deal(project.db, again=wish.again):
        free += some
        yield
    _refuse_none(len(free))
    place = {article.id: number for number, article in enumerate(sorted(free))}
    yield
    chosen = (yield from _shuffled(free, wish))[: wish.count]
    shared = _evenly(chosen, _shared(len(chosen), wish))
    alone = [article.id for article in chosen if article.id not in shared]
    by_name: dict[str, tuple[Id, ...]] = {}
    for number, name in enumerate(names):
        ids = {*shared, *alone[number :: len(names)]}
        by_name[name] = tuple(sorted(ids, key=place.__getitem__))
        yield
    return Assignment(tuple(sorted(shared, key=place.__getitem__)), by_name)


def assign(project: Project, assignment: Assignment) -> Outcome:
    """Write down who is to code what, as one step; who has begun keeps their verdicts."""
    with project.step(step_name(assignment)) as ticket:
        for _ in write_down(project, ticket.write, assignment):
            pass
    return ticket.outcome


def step_name(assignment: Assignment) -> str:
    """Return what the step in the history is called."""
    total = len({id for ids in assignment.by_name.values() for id in ids})
    return f"Assign {counted(total, 'article')} to {', '.join(assignment.by_name)}"


def write_down(project: Project, write: Writer, assignment: Assignment) -> Iterator[None]:
    """Write down who is to code what, within a step, article by article."""
    now = project.file.clock()
    for who, ids in assignment.by_name.items():
        person = person_of(project, who)
        write.put(person)
        for id in ids:
            known = states.of_article(project.db, project.article(id).id, person.id)
            for layer in project.codebook.open_layers:
                if layer.name not in known:
                    write.put(State(id, person.id, layer.name, Verdict.OPEN, now))
            yield


def _names(wish: Wish) -> tuple[str, ...]:
    """Return who is to get articles; raises like ``deal`` where the wish makes no sense."""
    names = tuple(dict.fromkeys(name.strip() for name in wish.annotators if name.strip()))
    if not names:
        raise Refused("Nobody is named: say who is to get the articles.")
    if not 0 <= wish.overlap <= 1:
        raise BadInput(f"An overlap of {wish.overlap} is no share: give a number from 0 to 1.")
    if wish.strata and wish.strata not in STRATA:
        raise BadInput(f"“{wish.strata}” is no stratum: choose {' or '.join(STRATA)}.")
    return names


def _refuse_none(free: int) -> None:
    if not free:
        raise Refused("Every article is assigned already: import more, or deal them out again.")


def _shared(total: int, wish: Wish) -> int:
    """Return how many of so many articles everybody gets."""
    return round(wish.overlap * total)


def _shuffled(free: Iterable[ToDeal], wish: Wish) -> Slices[list[ToDeal]]:
    """Return the articles in the order they are dealt: strata in turn, by chance within each."""
    chance = random.Random(wish.seed)  # noqa: S311  (dealing, not secrets)
    strata: dict[str, list[ToDeal]] = {}
    for article in sorted(free, key=lambda article: article.id):
        strata.setdefault(_stratum(article, wish.strata), []).append(article)
    yield
    placed: list[tuple[float, float, ToDeal]] = []
    for name in sorted(strata):
        members = chance.sample(strata[name], len(strata[name]))
        yield
        placed += [
            ((number + 0.5) / len(members), chance.random(), article)
            for number, article in enumerate(members)
        ]
        yield
    return [article for *_, article in sorted(placed, key=lambda item: item[:2])]


def _stratum(article: ToDeal, strata: str) -> str:
    if strata == "publisher":
        return article.publisher or ""
    return (article.published or "")[:7] if strata else ""


def _evenly(dealt: Sequence[ToDeal], wanted: int) -> set[Id]:
    """Return so many of the articles, spread over the order they are dealt in, and so over strata."""
    return {dealt[number * len(dealt) // wanted].id for number in range(wanted)}


def person_of(project: Project, name: str) -> Annotator:
    """Return the annotator of a name; a new one where the project has none yet."""
    if name == project.annotator.name:
        return project.annotator
    return annotators.named(project.db, name) or Annotator(
        derived_id("annotator", project.file.id, name), name, project.file.clock()
    )
