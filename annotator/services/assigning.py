"""Who codes what: dealing articles out, and handing each annotator a file of their own.

An article is assigned to somebody when there is a verdict of theirs on it, be it “open”. What
they hand in comes back by ``merging``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.article import Annotator, Article, State, Verdict
from annotator.domain.errors import BadInput, Refused
from annotator.domain.identity import Id, derived_id
from annotator.domain.mark import View
from annotator.domain.step import Outcome, Record
from annotator.domain.suggestion import Decision
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import (
    actors,
    annotators,
    articles,
    codebooks,
    links,
    marks,
    replica,
    states,
    suggestions,
)
from annotator.store.journal import Writer
from annotator.store.project_file import SUFFIX

SEED = 20260101

STRATA = ("publisher", "month")

Tell = Callable[[int, int, str], object]


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


def deal(project: Project, wish: Wish) -> Assignment:
    """Return who gets which articles; nothing is written. The same seed deals the same.

    Raises:
        Refused: nobody to deal to, or nothing left to deal.
        BadInput: an overlap that is no share, or an unknown stratum.
    """
    names = tuple(dict.fromkeys(name.strip() for name in wish.annotators if name.strip()))
    if not names:
        raise Refused("Nobody is named: say who is to get the articles.")
    if not 0 <= wish.overlap <= 1:
        raise BadInput(f"An overlap of {wish.overlap} is no share: give a number from 0 to 1.")
    if wish.strata and wish.strata not in STRATA:
        raise BadInput(f"“{wish.strata}” is no stratum: choose {' or '.join(STRATA)}.")
    free = [
        article
        for article in articles.all(project.db)
        if wish.again or not _is_assigned(project, article)
    ]
    if not free:
        raise Refused("Every article is assigned already: import more, or deal them out again.")
    dealt = _shuffled(free, wish)[: wish.count]
    shared = _evenly(dealt, round(wish.overlap * len(dealt)))
    alone = [article.id for article in dealt if article.id not in shared]
    place = {article.id: number for number, article in enumerate(free)}
    return Assignment(
        tuple(sorted(shared, key=place.__getitem__)),
        {
            name: tuple(sorted({*shared, *alone[number :: len(names)]}, key=place.__getitem__))
            for number, name in enumerate(names)
        },
    )


def assign(project: Project, assignment: Assignment) -> Outcome:
    """Write down who is to code what, as one step; who has begun keeps their verdicts."""
    with project.step(_step_name(assignment)) as ticket:
        _write_down(project, ticket.write, assignment)
    return ticket.outcome


def give(
    project: Project,
    assignment: Assignment,
    folder: Path,
    *,
    blind: bool = True,
    tell: Tell | None = None,
) -> list[Path]:
    """Write the assignment down and hand the files out: both, or neither; raises like ``hand_out``."""
    with project.step(_step_name(assignment)) as ticket:
        _write_down(project, ticket.write, assignment)
        return hand_out(project, assignment, folder, blind=blind, tell=tell)


def hand_out(
    project: Project,
    assignment: Assignment,
    folder: Path,
    *,
    blind: bool = True,
    tell: Tell | None = None,
) -> list[Path]:
    """Write a project file for each annotator with their articles; return the paths.

    Args:
        blind: whether each sees only what they marked themselves; else all marks, and gold.

    Raises:
        Refused: one of the files is there already; none is written then.
        BadInput: the folder cannot be written to.
    """
    paths = _paths(folder, project.path.stem, assignment.by_name)
    there = [path.name for path in paths.values() if path.exists()]
    if there:
        raise Refused(f"{there[0]} is there already: choose another folder, or move it away.")
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, path) in enumerate(paths.items()):
            if tell:
                tell(number, len(paths), name)
            chosen = _with_replaced(project, assignment.by_name[name])
            made.append(path)
            replica.make(
                path,
                project.file.id,
                [replace(book, annotator=None) for book in codebooks.versions(project.db)],
                _texts(project, chosen),
                _records(project, name, chosen, blind=blind),
                clock=project.file.clock,
                new_id=project.file.new_id,
            )
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BadInput(
                f"{folder} cannot be written to ({error.strerror}): choose another folder."
            ) from error
        raise
    return made


def _step_name(assignment: Assignment) -> str:
    total = len({id for ids in assignment.by_name.values() for id in ids})
    return f"Assign {counted(total, 'article')} to {', '.join(assignment.by_name)}"


def _write_down(project: Project, write: Writer, assignment: Assignment) -> None:
    now = project.file.clock()
    for who, ids in assignment.by_name.items():
        person = _person(project, who)
        write.put(person)
        for id in ids:
            known = states.of_article(project.db, project.article(id).id, person.id)
            for layer in project.codebook.open_layers:
                if layer.name not in known:
                    write.put(State(id, person.id, layer.name, Verdict.OPEN, now))


def _is_assigned(project: Project, article: Article) -> bool:
    return bool(states.all_of_article(project.db, article.id))


def _shuffled(free: Iterable[Article], wish: Wish) -> list[Article]:
    """Return the articles in the order they are dealt: strata in turn, by chance within each."""
    chance = random.Random(wish.seed)  # noqa: S311  (dealing, not secrets)
    strata: dict[str, list[Article]] = {}
    for article in sorted(free, key=lambda article: article.id):
        strata.setdefault(_stratum(article, wish.strata), []).append(article)
    placed: list[tuple[float, float, Article]] = []
    for name in sorted(strata):
        members = chance.sample(strata[name], len(strata[name]))
        placed += [
            ((number + 0.5) / len(members), chance.random(), article)
            for number, article in enumerate(members)
        ]
    return [article for *_, article in sorted(placed, key=lambda item: item[:2])]


def _stratum(article: Article, strata: str) -> str:
    if strata == "publisher":
        return article.meta.publisher or ""
    return (article.meta.published or "")[:7] if strata else ""


def _evenly(dealt: Sequence[Article], wanted: int) -> set[Id]:
    """Return so many of the articles, spread over the order they are dealt in, and so over strata."""
    return {dealt[number * len(dealt) // wanted].id for number in range(wanted)}


def _person(project: Project, name: str) -> Annotator:
    if name == project.annotator.name:
        return project.annotator
    return annotators.named(project.db, name) or Annotator(
        derived_id("annotator", project.file.id, name), name, project.file.clock()
    )


def _with_replaced(project: Project, ids: Iterable[Id]) -> list[Article]:
    """Return the articles with those they are corrected versions of."""
    chosen: dict[Id, Article] = {}
    waiting = list(ids)
    while waiting:
        article = project.article(waiting.pop())
        if article.id not in chosen:
            chosen[article.id] = article
            waiting += [article.replaces] if article.replaces else []
    return list(chosen.values())


def _texts(project: Project, chosen: Iterable[Article]) -> Iterator[tuple[str, str]]:
    for article in chosen:
        yield article.text_sha256, project.text(article)


def _records(
    project: Project, name: str, chosen: Sequence[Article], *, blind: bool
) -> Iterator[Record]:
    person = _person(project, name)
    yield person
    if not blind:
        yield from (other for other in annotators.all(project.db) if other.id != person.id)
    yield from chosen
    yield from actors.TABLE.select(project.db)
    who = person.id if blind else None
    for article in chosen:
        views = (View.ANNOTATOR,) if blind else tuple(View)
        for view in views:
            yield from marks.of_article(project.db, article.id, who, view)
            yield from links.of_article(project.db, article.id, who, view)
        yield from (
            state
            for state in states.all_of_article(project.db, article.id)
            if not blind or state.annotator == person.id
        )
        yield from (
            item
            for item in suggestions.of_article(project.db, article.id)
            if item.decision is Decision.WAITING
        )


def _paths(folder: Path, stem: str, names: Iterable[str]) -> dict[str, Path]:
    """Return a file for each name; signs that some system forbids in file names become “_”."""
    paths: dict[str, Path] = {}
    for name in names:
        plain = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in name)
        path = folder / f"{stem}-{plain.strip('. ') or 'annotator'}{SUFFIX}"
        while path in paths.values():
            path = path.with_name(f"{path.stem}_{SUFFIX}")
        paths[name] = path
    return paths
