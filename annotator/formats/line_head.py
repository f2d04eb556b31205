"""What a line of our JSONL says of the article itself: everything before its records."""

from __future__ import annotations

from typing import Any

from annotator.domain.article import Meta, Verdict
from annotator.domain.cells import CodedCells, quoted
from annotator.formats.base import WriteContext
from annotator.formats.json_text import as_json, encode

FORMAT = "annotator/1"
META = ("title", "author", "publisher", "url", "published", "language", "licence", "source_file")


class LineHead:
    """Writes how lines begin, for one codebook; keys come in the one order of our format."""

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._layers = [(layer.name, quoted(layer.name)) for layer in context.codebook.open_layers]

    def write(self, coded: CodedCells) -> tuple[str, bytes, str]:
        """Return what stands before the text, the text as JSON in UTF-8, and what stands after it."""
        article, json = coded.article, as_json
        verdict = article.states.get
        states = ", ".join(
            [f"{name}: {quoted(verdict(layer, Verdict.OPEN))}" for layer, name in self._layers]
        )
        before = f'{{"format": "{FORMAT}", "id": {json(article.id)}, "text": '
        after = (
            f', "text_sha256": {json(article.text_sha256)}, "offset_unit": "codepoint", '
            f'"meta": {_meta(article.meta)}, "split": {json(article.split)}, '
            f'"duplicate_group": {json(article.duplicate_group)}, "view": {quoted(article.view)}, '
            f'"annotator": {json(article.annotator)}, '
            f'"codebook_version": {self._context.codebook_version}, "states": {{{states}}}, '
        )
        return before, self._text(coded), after

    def _text(self, coded: CodedCells) -> bytes:
        text = coded.article.text
        if self._context.without_text or text is None:
            return b"null"
        return coded.body or quoted(text.text).encode()


def _meta(meta: Meta) -> str:
    known: list[Any] = [getattr(meta, name) for name in META]
    extra = encode(dict(sorted(meta.extra.items()))) if meta.extra else "{}"
    return _META % (*map(as_json, known), extra)


_META = "{" + "".join([f'"{name}": %s, ' for name in META]) + '"extra": %s}'
