"""What a release would hold: splits, counts and warnings, worked out before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from annotator.analysis.copies import Pair
from annotator.analysis.splits import Division
from annotator.domain.article import Article
from annotator.domain.codebook import CodebookVersion
from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import Id, derived_id
from annotator.domain.mark import Origin
from annotator.domain.release import About, Release, Texts, version_of
from annotator.domain.splits import SPLITS, Wish
from annotator.formats.release.changelog import ARTICLE, expected_version
from annotator.services.disagreements import Case
from annotator.services.release_division import division_of, groups_of, nearest_across
from annotator.services.release_material import cases, pieces
from annotator.services.release_tally import Tally
from annotator.services.wording import counted
from annotator.store import annotators, articles, codebooks, releases
from annotator.store.connection import Database

DRAWS = 200
"""Resamplings for the intervals of agreement in a release."""

Tell = Callable[[int, int], bool]
"""Told how much is done and how much there is; returns False to stop."""


class Stopped(Problem):
    """The release was cancelled; nothing was written."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which release is wanted.

    Attributes:
        votes: whether what most annotators said stands for a decision where there is none.
    """

    about: About
    version: str
    texts: Texts = Texts.WITH
    wish: Wish = field(default_factory=Wish)
    draws: int = DRAWS
    votes: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of a project beside its database.

    Attributes:
        id: of the project, from which ids and pseudonyms of releases are derived; it is in none.
        person: who makes the release.
        now: ISO moment.
        pairs: articles that share words, found by ``duplicates.find`` whatever their dates.
    """

    id: Id
    person: Id
    now: str
    pairs: tuple[Pair, ...] = ()

    def renamed(self, id: Id) -> Id:
        """Return the id that a record has in every release of this project."""
        return derived_id("release", self.id, id)


@dataclass(frozen=True)
class Plan:
    """What a release would hold.

    Attributes:
        release: what the project will remember of it.
        earlier: releases before it, the lowest version first.
        notes: what deserves a look before it is made.
        groups: the name of the group of copies of each article that is in one.
        nearest, loose: see ``Facts``.
    """

    order: Order
    known: Known
    release: Release
    earlier: tuple[Release, ...]
    codebook: CodebookVersion
    articles: Mapping[Id, Article]
    names: Mapping[str, str]
    cases: tuple[Case, ...]
    undecided: frozenset[Id]
    groups: Mapping[Id, str]
    split_counts: Mapping[str, int]
    origins: Mapping[str, int]
    per_article: Mapping[int, int]
    annotations: int
    suggesters: tuple[tuple[str, str], ...]
    nearest: float | None
    loose: frozenset[str]
    notes: tuple[str, ...]

    @property
    def voted(self) -> dict[Id, list[Case]] | None:
        """The cases that are decided by what most said; None if none is to be."""
        return by_article(self.cases) if self.order.votes else None

    @property
    def outline(self) -> Plan:
        """The plan without the articles and what was said about each: all that is shown of it."""
        known = replace(self.known, pairs=())
        return replace(self, known=known, articles={}, cases=(), undecided=frozenset())

    @property
    def folder(self) -> str:
        """The name of the folder it is written to."""
        return f"{self.order.about.name}-{self.order.version}"

    def in_words(self) -> list[str]:
        """Return what it holds, in sentences."""
        splits = ", ".join(f"{count:,} {name}" for name, count in self.split_counts.items())
        total = sum(self.split_counts.values())
        people = counted(len(self.release.people), "annotator")
        codings = counted(self.annotations, "coding")
        lines = [f"{self.folder}: {counted(total, 'article')} ({splits}); {codings} by {people}."]
        marks = [
            f"{count:,} {layer}" for layer, count in self.release.counts.items() if layer != ARTICLE
        ]
        lines.append(f"Marks in the splits: {', '.join(marks) or 'none'}.")
        return [*lines, *self.notes]  # fmt: skip


def plan_from(db: Database, order: Order, known: Known, tell: Tell | None = None) -> Plan:
    """Work out what a release would hold; nothing is written.

    Raises:
        Refused: nothing is finished, the version is taken by other content or too low, or copies
            would stand in different splits.
        Stopped: ``tell`` said so.
    """
    version_of(order.version)
    earlier = [
        one for one in releases.all(db) if version_of(one.version) < version_of(order.version)
    ]
    again = releases.TABLE.get(db, order.version)
    every = {article.id: article for article in articles.all(db)}
    people = {person.name: person.id for person in annotators.all(db)}
    found, undecided = cases(db)
    codebook = codebooks.latest(db)
    tally = Tally(people, every, codebook.codebook)
    voted = by_article(found) if order.votes else None
    for number, piece in enumerate(pieces(db, undecided, voted)):
        tally.add(piece)
        if tell and not tell(number, len(every)):
            raise Stopped("The release was cancelled; nothing was written.")
    if not tally.prints:
        raise Refused(
            "There is nothing to release: no layer of any article is called done or empty. Finish articles first."
        )
    last = again or (earlier[-1] if earlier else None)
    division = division_of([every[id] for id in tally.prints], order.wish, known.pairs, last)
    pseudonyms = _pseudonyms(tally.people, known.id, order.version)
    release = Release(
        order.version,
        known.person,
        known.now,
        again.day if again else known.now[:10],
        "",
        codebook.version,
        dict(sorted(division.of.items())),
        {people[name]: alias for name, alias in pseudonyms.items()},
        {ARTICLE: len(tally.prints), **{layer: tally.marks[layer] for layer in sorted(tally.marks)}},
        tally.prints,
    )  # fmt: skip
    release = _sealed(release, order)
    _refuse_other(again, release, order)
    return Plan(
        order,
        known,
        release,
        tuple(earlier),
        codebook,
        every,
        pseudonyms,
        tuple(found),
        frozenset(undecided),
        groups_of(division, every, known.pairs),
        {split: sum(division.of[id] == split for id in tally.final) for split in SPLITS},
        {origin.value: tally.origins[origin.value] for origin in Origin},
        dict(sorted(tally.per_article.items())),
        tally.annotations,
        tuple(sorted(tally.suggesters)),
        nearest_across(known.pairs, division.of),
        frozenset(tally.loose),
        _notes(tally, division, earlier, release, len(every)),
    )


def proposed_version(db: Database) -> str:
    """Return the version after the last release; the first is 1.0.0."""
    known = releases.all(db)
    if not known:
        return "1.0.0"
    major, minor, patch = version_of(known[-1].version)
    return f"{major}.{minor}.{patch + 1}"


def by_article(found: Iterable[Case]) -> dict[Id, list[Case]]:
    """Return cases by the article they are in."""
    home: dict[Id, list[Case]] = {}
    for case in found:
        home.setdefault(case.article, []).append(case)
    return home


def _pseudonyms(names: Iterable[str], project: Id, version: str) -> dict[str, str]:
    """Deal pseudonyms, anew for each version; without the project nobody can tell whose is whose."""
    dealt = sorted(names, key=lambda name: derived_id("pseudonym", project, version, name))
    return {name: f"A{number:02d}" for number, name in enumerate(dealt, 1)}


def _sealed(release: Release, order: Order) -> Release:
    """Return the release with the hash of all it holds and of how it was divided."""
    wish = order.wish
    body = json.dumps(
        [
            order.about.name, release.codebook, dict(release.splits), dict(release.people), dict(release.counts),
            {id: dict(found) for id, found in release.prints.items()},
            [wish.method.value, list(wish.shares), wish.seed, wish.strata],
        ],
        sort_keys=True,
    )  # fmt: skip
    return replace(release, digest=sha256(body.encode()).hexdigest())


def _refuse_other(again: Release | None, release: Release, order: Order) -> None:
    if again and again.digest != release.digest:
        raise Refused(
            f"Version {order.version} was released on {again.day} with other content or other settings, and a "
            "release never changes: give this one a higher version."
        )


def _notes(
    tally: Tally,
    division: Division,
    earlier: Sequence[Release],
    release: Release,
    total: int,
) -> tuple[str, ...]:
    notes = list(division.notes)
    waiting = len(tally.prints) - len(tally.final)
    if waiting:
        notes.append(
            f"{counted(waiting, 'article')} not adjudicated yet: in annotations.jsonl only."
        )
    if total > len(tally.prints):
        notes.append(
            f"{counted(total - len(tally.prints), 'article')} left out: nobody finished a layer."
        )
    if earlier:
        expected = expected_version(earlier[-1], release)
        if version_of(release.version) < expected:
            written = ".".join(map(str, expected))
            notes.append(
                f"By what changed since {earlier[-1].version}, this would be version {written}."
            )
    return tuple(notes)  # fmt: skip
