"""Which marks a query of the mark table means, as conditions of SQL."""

from __future__ import annotations

import json
from collections.abc import Callable

from annotator.domain.cells import compact
from annotator.domain.mark_query import PLACE, MarkQuery
from annotator.store import parts
from annotator.store.rows import Cell

VERDICT = """coalesce((SELECT verdict FROM state WHERE state.article = mark.article
    AND state.annotator = mark.annotator AND state.layer = mark.layer), 'open')"""

_CONDITIONS = {
    "view": "mark.view = ?",
    "article": "mark.article = ?",
    "annotator": "mark.annotator = ?",
    "verdict": f"{VERDICT} = ?",
    "origin": "mark.origin = ?",
    "actor": "mark.actor = ?",
    "source": """mark.id IN (SELECT link.start FROM mark AS who JOIN link ON link.end = who.id
        WHERE who.actor = ? AND link.type IN ('source', 'holder'))""",
    "before_version": "mark.codebook_version < ?",
}


def marks_for(query: MarkQuery) -> str:
    """Return the table of marks; reading it from end to end beats an index that leads to most of it."""
    quick = query.sort == PLACE and not is_choosy(query)
    return "mark" if is_narrow(query) or quick else "mark NOT INDEXED"


def is_narrow(query: MarkQuery) -> bool:
    """Tell whether an index leads to what a query is about, which is little of the whole."""
    return bool(query.article or query.actor or query.source)


def is_choosy(query: MarkQuery) -> bool:
    """Tell whether a query has conditions that only the rows themselves can answer."""
    return bool(
        query.values
        or query.text.strip()
        or query.part
        or query.verdict
        or query.origin
        or query.unlinked
        or query.before_version
    )


def condition_of(query: MarkQuery) -> tuple[str, tuple[Cell, ...]]:
    """Return the condition that a query stands for, and its parameters.

    One that asks for a part of the articles needs ``parts.read`` first.
    """
    conditions: list[str] = []
    parameters: list[Cell] = []

    def add(condition: str, *cells: Cell) -> None:
        conditions.append(condition)
        parameters.extend(cells)

    # SQLite asks in this order: what few marks meet goes first, so that the rest is seldom asked.
    for name, value in query.values:
        path = f'$."{name}"'
        if value is None:
            add("json_extract(mark.attributes, ?) IS NULL", path)
        else:
            _add_value(add, name, value)
    if query.text.strip():
        _add_text(add, query.text)
    for field, condition in _CONDITIONS.items():
        value = getattr(query, field)
        if value is not None:
            add(condition, value)
    if query.layers:
        add("mark.layer IN (SELECT value FROM json_each(?))", json.dumps(query.layers))
    if query.unlinked:
        add("mark.layer = 'actor' AND mark.actor IS NULL")
    if query.part:
        condition, cells = parts.condition(query.part)
        add(condition, *cells)
    return " AND ".join(conditions), tuple(parameters)


def _add_value(add: Callable[..., None], name: str, value: Cell) -> None:
    """Look for a value; as text, since reading the JSON of every mark takes three times as long.

    Within a string JSON escapes quotation marks, so that a name and its value in quotation marks
    stand nowhere but where they are meant.
    """
    if not isinstance(value, str):
        add("json_extract(mark.attributes, ?) = ?", f'$."{name}"', value)
        return
    key = compact(name)
    add(
        "(instr(mark.attributes, ?) OR (instr(mark.attributes, ?) "
        "AND ? IN (SELECT atom FROM json_each(mark.attributes, ?))))",
        f"{key}:{compact(value)}", f"{key}:[", value, f'$."{name}"',
    )  # fmt: skip


def _add_text(add: Callable[..., None], text: str) -> None:
    """Look for words in what a mark covers; the quick look at the whole column goes first."""
    cleaned = text.strip()
    # LIKE knows the two cases of ASCII letters itself.
    variants = (
        [cleaned]
        if cleaned.isascii()
        else list(dict.fromkeys((cleaned, cleaned.lower(), cleaned.upper(), cleaned.capitalize())))
    )
    coarse = " OR ".join(r"mark.fragments LIKE ? ESCAPE '!'" for _ in variants)
    fine = " OR ".join(r"json_extract(part.value, '$[2]') LIKE ? ESCAPE '!'" for _ in variants)
    quoted = [_pattern(json.dumps(item, ensure_ascii=False)[1:-1]) for item in variants]
    add(f"({coarse})", *quoted)
    add(
        f"EXISTS (SELECT 1 FROM json_each(mark.fragments) AS part WHERE {fine})",
        *(_pattern(item) for item in variants),
    )


def _pattern(text: str) -> str:
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
