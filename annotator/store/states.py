"""States of articles in the project file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from annotator.domain.article import State, Verdict
from annotator.domain.identity import Id
from annotator.store.connection import Database
from annotator.store.rows import Row, Table

Place: TypeAlias = tuple[int, Id]
"""Where an article stands in the order of the project: its position, and its id among those of the same."""

START: Final[Place] = (-1, "")
END: Final[Place] = (2**63 - 1, "")
"""No article stands so far in front, or so far back."""


def _encode(record: State) -> Row:
    return record.article, record.annotator, record.layer, record.verdict.value, record.at


def _decode(row: Row) -> State:
    article, annotator, layer, verdict, at = map(str, row)
    return State(article, annotator, layer, Verdict(verdict), at)


TABLE = Table("state", ("article", "annotator", "layer", "verdict", "at"), _encode, _decode, keys=3)


def of_annotator(db: Database, annotator: Id) -> dict[Id, dict[str, Verdict]]:
    """Return the verdicts of one annotator by article and layer; what is absent is open."""
    found: dict[Id, dict[str, Verdict]] = {}
    for state in TABLE.select(db, "WHERE annotator = ?", (annotator,)):
        found.setdefault(state.article, {})[state.layer] = state.verdict
    return found


def finished(db: Database, annotator: Id, layers: Sequence[str], articles: Sequence[Id]) -> set[Id]:
    """Return on which of some articles an annotator has a verdict about every one of these layers."""
    sql = """SELECT article FROM state WHERE article IN (SELECT value FROM json_each(?))
        AND annotator = ? AND verdict <> 'open'
        AND layer IN (SELECT value FROM json_each(?)) GROUP BY article HAVING count(*) = ?"""
    cells = (json.dumps(list(articles)), annotator, json.dumps(list(layers)), len(layers))
    return {article for (article,) in db.execute(sql, cells)}


def of_articles(
    db: Database, articles: Iterable[Id], annotator: Id
) -> dict[Id, dict[str, Verdict]]:
    """Return the verdicts of one annotator on some articles, by article and layer."""
    found: dict[Id, dict[str, Verdict]] = {}
    where = "WHERE article IN (SELECT value FROM json_each(?)) AND annotator = ?"
    for state in TABLE.select(db, where, (json.dumps(list(articles)), annotator)):
        found.setdefault(state.article, {})[state.layer] = state.verdict
    return found


def given_beside(
    db: Database,
    annotator: Id,
    layers: Iterable[str],
    place: Place | None,
    most: int,
    *,
    forward: bool,
) -> list[tuple[int, Id, int]]:
    """Return on how many of these layers an annotator gave a verdict other than “open”, article by article.

    Args:
        place: begin after it, or, if not ``forward``, before it; with None all are looked at.
        most: so many articles are looked at.

    Returns:
        position, id and number of verdicts, the nearest article first.
    """
    beyond, turn, end = (">", "ASC", START) if forward else ("<", "DESC", END)
    sql = f"""SELECT position, id, (
            SELECT count(*) FROM state WHERE article = id AND annotator = ? AND verdict <> 'open'
            AND layer IN (SELECT value FROM json_each(?))
        ) FROM article WHERE (position, id) {beyond} (?, ?)
        ORDER BY position {turn}, id {turn} LIMIT ?"""
    cells = (annotator, json.dumps(list(layers)), *(place or end), most)
    return db.execute(sql, cells).fetchall()


def of_article(db: Database, article: Id, annotator: Id) -> dict[str, Verdict]:
    """Return the verdicts of one annotator on one article by layer; what is absent is open."""
    states = TABLE.select(db, "WHERE article = ? AND annotator = ?", (article, annotator))
    return {state.layer: state.verdict for state in states}


def all_of_article(db: Database, article: Id) -> list[State]:
    """Return everybody's verdicts on one article, open ones too."""
    return list(TABLE.select(db, "WHERE article = ? ORDER BY annotator, layer", (article,)))


def done_by_several(db: Database, articles: Iterable[Id], *, with_marks: bool = False) -> list[Id]:
    """Return which of some articles two or more annotators have a verdict on other than “open”, in their order.

    Args:
        with_marks: count also who marked anything.
    """
    named = list(articles)
    some = "article IN (SELECT value FROM json_each(?1))"
    who = f"SELECT article, annotator FROM state WHERE verdict <> 'open' AND {some}"
    if with_marks:
        who += f" UNION SELECT article, annotator FROM mark WHERE view = 'annotator' AND {some}"
    sql = f"SELECT article FROM ({who}) GROUP BY article HAVING count(DISTINCT annotator) > 1"
    found = {id for (id,) in db.execute(sql, (json.dumps(named),))}
    return [id for id in named if id in found]


def first_verdict(db: Database, state: State) -> Verdict:
    """Return what was said first; “open” if the article was dealt out before anything was done."""
    row = db.execute(
        "SELECT after FROM change WHERE kind = 'state' AND record = ? AND after IS NOT NULL "
        "ORDER BY step, number LIMIT 1",
        (state.id,),
    ).fetchone()
    return _decode(TABLE.from_json(row[0])).verdict if row else state.verdict


def in_export_order(db: Database, annotator: Id | None) -> Iterator[State]:
    """Yield states by article and annotator."""
    where, parameters = ("WHERE annotator = ?", (annotator,)) if annotator else ("", ())
    yield from TABLE.select(db, f"{where} ORDER BY article, annotator, layer", parameters)


def given(db: Database, annotator: Id | None) -> Iterator[tuple[Id, str, str]]:
    """Yield article, layer and verdict wherever one other than “open” was given, by one annotator or by anybody."""
    sql = """
        SELECT article, layer, verdict FROM state
        WHERE verdict <> 'open' AND annotator = coalesce(?, annotator)
    """
    yield from db.execute(sql, (annotator,))
