"""The columns of the mark table: what their cells show, and what a value typed into one means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.codebook import ACTOR, CLAIM, SENTIMENT, Attribute, Codebook, Kind
from annotator.domain.mark import Value
from annotator.domain.mark_query import VALUE
from annotator.presentation.shortening import begun
from annotator.services.mark_table import MarkRow


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its sort name, its heading, and the attribute it edits, if it does."""

    id: str
    title: str
    attribute: Attribute | None = None


def columns(codebook: Codebook, layers: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the columns for marks of these layers (none: of all)."""
    kinds = [layer for layer in codebook.layers if not layers or layer.name in layers]
    names = {layer.name for layer in kinds}
    voices = [
        codebook.link_called(layer, link)
        for layer, link in ((CLAIM, "source"), (SENTIMENT, "holder"))
        if layer in names
    ]
    attributes: dict[str, Attribute] = {}
    for layer in kinds:
        for attribute in layer.attributes:
            if not attribute.retired:
                attributes.setdefault(attribute.name, attribute)
    return (
        Column("words", "Words"),
        *([Column("layer", "Layer")] if len(kinds) > 1 else []),
        *([Column("actor", "Actor")] if ACTOR in names else []),
        *([Column("by", begun(" or ".join(voices)))] if voices else []),
        *(
            Column(f"{VALUE}{item.name}", item.label or item.name, item)
            for item in attributes.values()
        ),
        Column("article", "Article"),
        Column("place", "At"),
        Column("annotator", "Annotator"),
        Column("state", "State"),
        Column("origin", "Origin"),
        Column("modified", "Changed"),
        Column("note", "Note"),
    )


def cell(row: MarkRow, column: Column, codebook: Codebook | None) -> str:
    """Return what the cell of a mark shows in a column."""
    if column.attribute:
        return shown_value(column.attribute, row.values.get(column.attribute.name))
    return {
        "place": f"{row.start:,}",
        "words": row.words,
        "layer": _layer_label(codebook, row.layer),
        "article": row.title,
        "actor": row.actor,
        "by": row.by,
        "annotator": row.annotator_name,
        "state": row.verdict.value,
        "origin": row.origin.value,
        "modified": row.modified[:16].replace("T", " "),
        "note": " ".join(row.note.split()),
    }[column.id]


def shown_value(attribute: Attribute, value: Value | None) -> str:
    """Return a value as people read it: labels for codes, yes and no, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_label(attribute, item) for item in value)
    return _label(attribute, str(value))


def read_value(attribute: Attribute, text: str) -> Value | None:
    """Return the value that a text typed into a cell means; empty means none.

    Labels are taken for the codes they stand for; whether the codebook allows the value
    is seen when it is set.
    """
    words = text.strip()
    if not words:
        return None
    if attribute.kind is Kind.YES_NO:
        return {"yes": True, "no": False}.get(words.casefold(), words)
    if attribute.kind is Kind.SEVERAL:
        return tuple(_code(attribute, part.strip()) for part in words.split(",") if part.strip())
    code = _code(attribute, words)
    return int(code) if attribute.kind is Kind.SCALE and code.isdecimal() else code


def _layer_label(codebook: Codebook | None, layer: str) -> str:
    return codebook.layer(layer).label if codebook and codebook.has_layer(layer) else layer


def _label(attribute: Attribute, name: str) -> str:
    code = attribute.code(name)
    return (code.label or code.name) if code else name


def _code(attribute: Attribute, words: str) -> str:
    for code in attribute.codes:
        if words.casefold() in (code.name.casefold(), code.label.casefold()):
            return code.name
    return words
