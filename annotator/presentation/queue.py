"""Which articles the list shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Any

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


def stages(*, is_finished: bool, is_touched: bool, is_empty: bool) -> tuple[Stage, ...]:
    """Return every stage an article is at; articles that are as far share them.

    Open ones have a layer without a verdict; begun ones are open and have a mark or a
    verdict; where every layer has nothing found, the article is empty, and finished too.

    Args:
        is_finished: whether every layer has a verdict.
        is_touched: whether there is a mark or a verdict.
        is_empty: whether every layer has nothing found.
    """
    return _STAGES[is_finished, is_touched and not is_finished, is_empty]


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


_STAGES = {
    (is_finished, is_begun, is_empty): tuple(
        stage
        for stage, is_there in (
            (Stage.ALL, True),
            (Stage.OPEN, not is_finished),
            (Stage.BEGUN, is_begun),
            (Stage.FINISHED, is_finished),
            (Stage.EMPTY, is_empty),
        )
        if is_there
    )
    for is_finished, is_begun, is_empty in product((False, True), repeat=3)
}
