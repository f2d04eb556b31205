"""The looser shape of sample files: one JSON object, or a list of them, for articles named by file or hash."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.formats.base import ReadContext, Source
from annotator.formats.json_files import objects_of
from annotator.formats.jsonl import read_object


class SampleReader:
    """Reads ``doc``, ``entities``, ``actors``, ``claims`` and ``sentiments``.

    A claim without a source, and a sentiment without a holder, are the author's here.
    """

    name = "sample"
    suffixes = (".json",)
    about = "sample files: marks of one article, found by its hash or file name"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON files that name a document and its marks."""
        return source.path.suffix.lower() in self.suffixes and (
            b'"doc"' in head or b'"text_sha256"' in head
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each object."""
        objects = enumerate(objects_of(source), 1)
        first = list(islice(objects, 2))
        for number, item in chain(first, objects):
            where = source.name if len(first) == 1 else f"{source.name}, object {number}"
            try:
                yield _read(item, where, context)
            except Problem as problem:
                yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))


def _read(item: Any, where: str, context: ReadContext) -> Read:
    if not isinstance(item, dict):
        raise BadInput("is no object")
    name = item.get("doc")
    text = None
    if item.get("text") is None and context.text_of(str(item.get("text_sha256"))) is None:
        text = context.text_named(str(name)) if name else None
        if text is None:
            raise BadInput(
                f"is about “{name}”, which is neither in the project nor beside it: import the article first"
            )
    return read_object(item, where, context, text)
