"""Looking things up for the screen; nothing in here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.article import Annotator, Article, Verdict
from annotator.domain.slices import Slices, sliced
from annotator.services import duplicate_groups
from annotator.store import actors, annotators, articles, links, marks, states

if TYPE_CHECKING:
    from annotator.domain.actor import Actor
    from annotator.domain.identity import Id
    from annotator.domain.link import Link, Tie
    from annotator.domain.mark import Mark, Place
    from annotator.domain.on_demand import OnDemand
    from annotator.services.project import Project

LISTED_AT_ONCE = 25
"""So many articles of the list are read before events may pass; of a file nobody read yet it takes long."""

LOOKED_AT_FIRST, LOOKED_AT_ONCE = 25, 1_000
"""So many articles are looked at in one go for one that is open: few at first, then more."""


class Listed(NamedTuple):
    """One article in the list: how far the annotator is, and how much is marked.

    Attributes:
        copies: how many other articles are copies of it.
    """

    article: Article
    verdicts: dict[str, Verdict]
    counts: dict[str, int]
    copies: int = 0


class Opened(NamedTuple):
    """An article with everything the annotator made in it.

    Attributes:
        records: their marks by id, in reading order, each made when it is asked for.
        places: where these lie, in the same order.
        linked: their links by id, oldest first, each made when it is asked for.
        ties: what these tie, in the same order.
    """

    article: Article
    text: str
    records: OnDemand[Id, Mark]
    places: list[Place]
    linked: OnDemand[Id, Link]
    ties: list[Tie]
    verdicts: dict[str, Verdict]

    @property
    def marks(self) -> list[Mark]:
        """The annotator's marks in reading order."""
        return list(self.records.values())

    @property
    def links(self) -> list[Link]:
        """The annotator's links, oldest first."""
        return list(self.linked.values())


def listed(project: Project) -> Iterator[list[Listed]]:
    """Yield all articles in order, some at a time, with the annotator's verdicts and counts.

    First come empty lists, while copies are counted. Each turn reads what is in the file then; who
    lets acts pass between the turns begins anew after one that touched the list.
    """
    groups: Counter[str] = Counter()
    for some_groups in articles.duplicate_counts(project.db):
        groups.update(some_groups)
        yield []
    last: Article | None = None
    while some := articles.after(project.db, last, LISTED_AT_ONCE):
        yield _listed(project, some, groups)
        last = some[-1]


def listed_from(project: Project, place: int, most: int) -> list[Listed]:
    """Return the articles from a place in the order of the project on, as ``listed`` does."""
    some = articles.from_place(project.db, place, most)
    named = {article.duplicate_group for article in some if article.duplicate_group}
    return _listed(project, some, articles.group_sizes(project.db, named) if named else {})


def place_of(project: Project, article: Id) -> int | None:
    """Return how many articles come before one in the order of the project; None if it is not there."""
    found = articles.TABLE.get(project.db, article)
    return articles.place_of(project.db, found) if found else None


def _listed(project: Project, some: list[Article], groups: Mapping[str, int]) -> list[Listed]:
    db, me = project.db, project.annotator.id
    ids = [article.id for article in some]
    verdicts, counts = states.of_articles(db, ids, me), marks.counts_of(db, ids, me)
    return [
        Listed(
            article,
            verdicts.get(article.id, {}),
            counts.get(article.id, {}),
            max(groups.get(article.duplicate_group or "", 0) - 1, 0),
        )
        for article in some
    ]


def list_articles(project: Project) -> list[Listed]:
    """Return every article in order, with the annotator's verdicts and counts."""
    return [item for some in listed(project) for item in some]


def count_articles(project: Project) -> int:
    """Return how many articles there are."""
    return articles.count(project.db)


def is_small(project: Project, most: int) -> bool:
    """Tell whether there are at most so many marks, whoever made them."""
    return marks.are_few(project.db, most)


def has_article(project: Project, article: Id) -> bool:
    """Tell whether the project has this article."""
    return articles.TABLE.row(project.db, article) is not None


def first_article(project: Project) -> Id | None:
    """Return the first article of the project, if it has any."""
    first = articles.after(project.db, None, 1)
    return first[0].id if first else None


@sliced
def first_open(
    project: Project, layers: Collection[str], start: Id | None = None, *, forward: bool = True
) -> Slices[Id | None]:
    """Return the first article that lacks the annotator's verdict on one of these layers, if any.

    Args:
        start: look only after this article, or, if not ``forward``, before it, the nearest first.
    """
    db, me = project.db, project.annotator.id
    first = articles.TABLE.get(db, start) if start else None
    place = (first.position, first.id) if first else None
    # It is mostly near: more are looked at only as it turns out to be far.
    most = min(LOOKED_AT_FIRST, LOOKED_AT_ONCE)
    while some := states.given_beside(db, me, layers, place, most, forward=forward):
        most = min(most * 4, LOOKED_AT_ONCE)
        for position, article, given in some:
            if given < len(layers):
                return article
            place = position, article
        yield
    return None


def copies(project: Project, article: Article) -> list[Article]:
    """Return the other articles of its group, the likely original first."""
    if not article.duplicate_group:
        return []
    return [one for one in duplicate_groups.members(project, article) if one.id != article.id]


def verdicts(project: Project, article: Id) -> dict[str, Verdict]:
    """Return the annotator's verdicts on the layers of one article."""
    return states.of_article(project.db, article, project.annotator.id)


def open_article(project: Project, article: Id) -> Opened:
    """Return an article with its text and the annotator's marks and links."""
    found = project.article(article)
    me = project.annotator.id
    records, places = marks.read_of_article(project.db, article, me)
    linked, ties = links.read_of_article(project.db, article, me)
    return Opened(
        article=found,
        text=project.text(found),
        records=records,
        places=places,
        linked=linked,
        ties=ties,
        verdicts=states.of_article(project.db, article, me),
    )


def actor(project: Project, id: Id) -> Actor | None:
    """Return an entry of the actor book, or None."""
    return actors.TABLE.get(project.db, id)


def any_mark(project: Project, mark: Id) -> Mark | None:
    """Return a mark, whoever made it, or None."""
    return marks.TABLE.get(project.db, mark)


def people(project: Project) -> list[Annotator]:
    """Return the annotators of the project."""
    return annotators.all(project.db)
