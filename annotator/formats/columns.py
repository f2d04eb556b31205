"""What the columns of a table of articles mean: guessed by their names, or said by a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from annotator.domain.coded import TableLook
from annotator.domain.errors import BadInput
from annotator.formats.metadata import NAMES, key_of

TEXT = "text"
FIELDS = (TEXT, *NAMES)
"""What a column can be taken for."""

_TEXT_NAMES = (
    "text", "body", "content", "article", "fulltext", "full_text", "maintext", "main_text", "article_text",
    "article_body", "story", "inhalt", "volltext", "texte", "texto", "testo", "tekst", "contenu", "cuerpo",
    "content_text", "articlebody", "plain_text", "bodytext", "body_text", "fields.bodytext", "text_content",
    "document_text", "artikeltext", "artikel_text", "contenido", "conteudo", "contenuto", "inhoud", "brodtext",
    "message", "lead_paragraph",
)  # fmt: skip
_OF_MARKS = frozenset(("mark", "article", "view", "annotator", "start", "end"))
"""Columns of the tables of marks that our own export makes; each row has the words of a mark."""

_LOOK_ROWS = 5
_LOOK_LENGTH = 200
_TRIED = 40
"""So many names are listed where no text column was found."""


def meaning_of(columns: Sequence[str], said: Mapping[str, str]) -> dict[str, str]:
    """Return our field → column: what a person said, and for the rest what the names say.

    A field that was said to be ``""`` stays without a column.

    Raises:
        BadInput: a field or a column that does not exist.
    """
    for field, column in said.items():
        if field not in FIELDS:
            raise BadInput(
                f"was to have a column for “{field}”, which is no field of an article: choose "
                f"{', '.join(FIELDS)}"
            )
        if column and column not in columns:
            raise BadInput(f"has no column “{column}”: its columns are {_listed(columns)}")
    keys = {key_of(column): column for column in reversed(columns)}
    meaning = dict(said)
    taken = set(said.values())
    for field, names in ((TEXT, _TEXT_NAMES), *NAMES.items()):
        if field in meaning:
            continue
        found = next((keys[name] for name in names if keys.get(name, "") not in ("", *taken)), None)
        if found:
            meaning[field] = found
            taken.add(found)
    return {field: column for field, column in meaning.items() if column}


def key_of_columns(columns: Sequence[str]) -> str:
    """Return what names tables with these columns, in whatever order, so that a choice can be kept."""
    return json.dumps(sorted(columns), ensure_ascii=False)


def refuse_without_text(columns: Sequence[str], meaning: Mapping[str, str]) -> None:
    """Raise BadInput where no column is taken for the text, or the texts are those of marks."""
    if set(columns) >= _OF_MARKS:
        raise BadInput(
            "is a table of marks, not of articles: export the marks as jsonl and import that"
        )
    if TEXT not in meaning:
        raise BadInput(
            f"has no column that is surely the text: say which one it is with --columns text=NAME "
            f"(its columns are {_listed(columns)})"
        )


def look_at(
    columns: Sequence[str], rows: Iterable[Sequence[str]], meaning: Mapping[str, str]
) -> TableLook:
    """Return how a table looks."""
    cut = [
        tuple(cell[:_LOOK_LENGTH] for cell in row)
        for row, _ in zip(rows, range(_LOOK_ROWS), strict=False)
    ]
    return TableLook(tuple(columns), tuple(cut), dict(meaning), FIELDS)


def _listed(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - _TRIED} more" if len(columns) > _TRIED else ""
    return ", ".join(columns[:_TRIED]) + more
