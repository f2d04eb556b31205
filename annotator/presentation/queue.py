"""Which articles the list shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from annotator.domain.article import Verdict

if TYPE_CHECKING:
    from annotator.presentation.article_row import ArticleRow


class Stage(StrEnum):
    """How far an article is, all layers together."""

    ALL = "all"
    OPEN = "open"
    BEGUN = "begun"
    FINISHED = "finished"
    EMPTY = "nothing found"


class Order(StrEnum):
    """In which order articles come."""

    GIVEN = "as given"
    DATE = "by date"
    PUBLISHER = "by publisher"
    TITLE = "by title"
    CHANCE = "by chance"
    TEACHING = "what teaches most"


def is_at(row: ArticleRow, stage: Stage) -> bool:
    """Tell whether an article is at a stage.

    Open ones have a layer without a verdict; begun ones are open and have a mark or a
    verdict; where every layer has nothing found, the article is empty, and finished too.
    """
    return _TESTS[stage](row)


def stages(row: ArticleRow) -> list[Stage]:
    """Return every stage an article is at."""
    return [stage for stage, test in _TESTS.items() if test(row)]


def ordered(
    rows: list[ArticleRow], order: Order, seed: str, turns: Mapping[str, int]
) -> list[ArticleRow]:
    """Return the rows in an order; the same seed gives the same chance.

    ``turns`` is where each article stands in the queue of what teaches most; those that are
    in it come first.
    """
    if order is Order.GIVEN:
        return rows
    from hashlib import sha256

    # Plain keys where one will do: ten thousand tuples would call in the garbage collector.
    keys: dict[Order, Callable[[ArticleRow], Any]] = {
        Order.DATE: lambda row: (not row.published, row.published),
        Order.PUBLISHER: lambda row: (not row.publisher, row.publisher.casefold(), row.published),
        Order.TITLE: lambda row: row.title.casefold(),
        Order.TEACHING: lambda row: turns.get(row.id, len(turns)),
        Order.CHANCE: lambda row: sha256(f"{seed} {row.id}".encode()).digest(),
    }
    return sorted(rows, key=keys[order])


def _is_begun(row: ArticleRow) -> bool:
    return not row.is_finished and any(
        sign.count or sign.verdict is not Verdict.OPEN for sign in row.signs
    )


_TESTS: dict[Stage, Callable[[ArticleRow], bool]] = {
    Stage.ALL: lambda row: True,
    Stage.OPEN: lambda row: not row.is_finished,
    Stage.BEGUN: _is_begun,
    Stage.FINISHED: lambda row: row.is_finished,
    Stage.EMPTY: lambda row: all(sign.verdict is Verdict.NOTHING_FOUND for sign in row.signs),
}
