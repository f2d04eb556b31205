"""Hugging Face datasets: spans with offsets, and tokens with a tag column for each layer, as JSONL.

``spans`` loses nothing; ``tokens`` is for token classification and holds what tags can hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.domain.codebook import Codebook
from annotator.domain.coded import CodedArticle
from annotator.domain.mark import reading_order
from annotator.domain.segments import tokens
from annotator.formats.base import WriteContext, title_of
from annotator.formats.conll import fitting, tokens_within
from annotator.formats.flat import full_text, sorted_links, text_of, texts_of
from annotator.formats.names import identifier

Json = dict[str, Any]

HEAD = ("id", "annotator", "view", "split", "text_sha256", "title", "url", "language")
"""What both kinds of row begin with."""

_CARD = """---
configs:
- config_name: spans
  data_files: spans.{suffix}
  default: true
- config_name: tokens
  data_files: tokens.{suffix}
---

# {name}

`spans.{suffix}`: one line for each article and annotator. Offsets count Unicode code points of `text`
from 0, the end not included. A span with several `fragments` is one mark with gaps; `start` and
`end` are its outer bounds. `links` join spans by their ids, or lead to a voice.

`tokens.{suffix}`: the same articles as tokens with IOB2 tags, one column for each layer: {columns}.
"""


class HuggingFaceWriter:
    """Writes two JSONL files and a card that names them."""

    name = "hf"
    suffix = ".zip"
    about = "Hugging Face datasets: spans, and tokens with tags"
    tells_view = True
    needs_text = False
    packed = False
    cannot_carry = ("entries of the actor book beyond their names", "notes, states")

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write both files line by line."""
        columns = tag_columns(context.codebook)
        (folder / "README.md").write_bytes(card(context.codebook, "jsonl").encode())
        with (
            (folder / "spans.jsonl").open("w", encoding="utf-8", newline="\n") as spans,
            (folder / "tokens.jsonl").open("w", encoding="utf-8", newline="\n") as words,
        ):
            for coded in articles:
                spans.write(json.dumps(span_row(coded, context), ensure_ascii=False) + "\n")
                if not context.without_text:
                    line = token_row(coded, columns, context)
                    words.write(json.dumps(line, ensure_ascii=False) + "\n")


def tag_columns(codebook: Codebook) -> dict[str, str]:
    """Return the column of tags of each layer, by the layer’s name."""
    return {layer.name: f"{identifier(layer.name)}_tags" for layer in codebook.layers}


def card(codebook: Codebook, suffix: str) -> str:
    """Return the card that names the files and says what is in them."""
    columns = ", ".join(tag_columns(codebook).values())
    return _CARD.format(name=codebook.name, columns=columns, suffix=suffix)


def span_row(coded: CodedArticle, context: WriteContext) -> Json:
    """Return an article with its marks and links."""
    names = {actor.id: actor.name for actor in coded.actors}
    return {
        **_head(coded),
        "text": text_of(coded, context),
        "spans": [
            {
                "id": mark.id,
                "start": mark.start,
                "end": mark.end,
                "label": mark.layer,
                "text": mark.text,
                "fragments": [list(part.extent) for part in mark.fragments],
                "attributes": [
                    {"name": name, "value": text}
                    for name, value in mark.attributes.items()
                    for text in texts_of(value)
                ],
                "actor": names.get(mark.actor or ""),
            }
            for mark in sorted(coded.marks, key=reading_order)
        ],
        "links": [
            {
                "type": link.type,
                "start": link.start,
                "end": link.end,
                "voice": link.voice.value if link.voice else None,
            }
            for link in sorted_links(coded)
        ],
    }


def token_row(coded: CodedArticle, columns: dict[str, str], context: WriteContext) -> Json:
    """Return an article as tokens with IOB2 tags for each layer; what does not fit is told."""
    text = full_text(coded)
    words = list(tokens(text, 0, len(text)))
    aside = WriteContext(context.codebook, context.codebook_version)
    tags: dict[str, list[str]] = {}
    for layer, column in columns.items():
        own = [mark for mark in sorted(coded.marks, key=reading_order) if mark.layer == layer]
        tags[column] = ["O"] * len(words)
        for extent, label in fitting(coded, own, set(words), aside):
            for place, number in enumerate(range(*tokens_within(words, extent))):
                tags[column][number] = f"{'I' if place else 'B'}-{label}"
    unfit = sum(loss.kind in ("mark", "split") for loss in aside.losses)
    if unfit:
        what = "marks are in spans as they are, but tokens with tags cannot hold them so"
        context.lose(title_of(coded), what, unfit)
    return {**_head(coded), "tokens": [text[slice(*word)] for word in words], **tags}


def _head(coded: CodedArticle) -> Json:
    meta = coded.meta
    said = (coded.id, coded.annotator, coded.view, coded.split, coded.text_sha256)
    return dict(zip(HEAD, (*said, meta.title, meta.url, meta.language), strict=True))
