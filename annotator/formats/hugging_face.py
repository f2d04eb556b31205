"""Hugging Face datasets: spans with offsets, and tokens with a tag column for each layer, as JSONL.

``spans`` loses nothing; ``tokens`` is for token classification and holds what tags can hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.domain.coded import CodedArticle
from annotator.domain.mark import reading_order
from annotator.domain.segments import tokens
from annotator.formats.base import WriteContext, title_of
from annotator.formats.conll import fitting
from annotator.formats.flat import full_text, sorted_links, text_of, texts_of
from annotator.formats.names import identifier

Json = dict[str, Any]

CARD = """---
configs:
- config_name: spans
  data_files: spans.jsonl
  default: true
- config_name: tokens
  data_files: tokens.jsonl
---

# {name}

`spans.jsonl`: one line for each article and annotator. Offsets count Unicode code points of `text`
from 0, the end not included. A span with several `fragments` is one mark with gaps; `start` and
`end` are its outer bounds. `links` join spans by their ids, or lead to a voice.

`tokens.jsonl`: the same articles as tokens with IOB2 tags, one column for each layer: {columns}.
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
        columns = {
            layer.name: f"{identifier(layer.name)}_tags" for layer in context.codebook.layers
        }
        card = CARD.format(name=context.codebook.name, columns=", ".join(columns.values()))
        (folder / "README.md").write_bytes(card.encode())
        with (
            (folder / "spans.jsonl").open("w", encoding="utf-8", newline="\n") as spans,
            (folder / "tokens.jsonl").open("w", encoding="utf-8", newline="\n") as words,
        ):
            for coded in articles:
                spans.write(json.dumps(_spans(coded, context), ensure_ascii=False) + "\n")
                if not context.without_text:
                    line = _tokens(coded, columns, context)
                    words.write(json.dumps(line, ensure_ascii=False) + "\n")


def _head(coded: CodedArticle) -> Json:
    return {
        "id": coded.id,
        "annotator": coded.annotator,
        "view": coded.view,
        "split": coded.split,
        "text_sha256": coded.text_sha256,
        "title": coded.meta.title,
        "url": coded.meta.url,
        "language": coded.meta.language,
    }


def _spans(coded: CodedArticle, context: WriteContext) -> Json:
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


def _tokens(coded: CodedArticle, columns: dict[str, str], context: WriteContext) -> Json:
    text = full_text(coded)
    words = list(tokens(text, 0, len(text)))
    aside = WriteContext(context.codebook, context.codebook_version)
    tags: dict[str, list[str]] = {}
    for layer, column in columns.items():
        own = [mark for mark in sorted(coded.marks, key=reading_order) if mark.layer == layer]
        tags[column] = ["O"] * len(words)
        for (start, end), label in fitting(coded, own, set(words), aside):
            inside = [n for n, word in enumerate(words) if start <= word[0] and word[1] <= end]
            for place, number in enumerate(inside):
                tags[column][number] = f"{'I' if place else 'B'}-{label}"
    unfit = sum(loss.kind in ("mark", "split") for loss in aside.losses)
    if unfit:
        what = "marks are in spans.jsonl as they are, but tokens.jsonl cannot hold them so"
        context.lose(title_of(coded), what, unfit)
    return {**_head(coded), "tokens": [text[slice(*word)] for word in words], **tags}
