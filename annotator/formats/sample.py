"""The looser shape of sample files: one JSON object, or a list of them, for articles named by file or hash."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.text import MAX_ARTICLE_BYTES
from annotator.formats.base import ReadContext, Source
from annotator.formats.jsonl import read_object
from annotator.formats.strict_json import parse

MAX_BYTES = 4 * MAX_ARTICLE_BYTES
"""These files are read as a whole; larger collections come as JSONL."""


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
        with source.open() as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise BadInput(f"is larger than {MAX_BYTES / 1e6:.0f} MB: write it as JSONL")
        data = parse(raw)
        objects = data if isinstance(data, list) else [data]
        for number, item in enumerate(objects):
            where = source.name if len(objects) == 1 else f"{source.name}, object {number + 1}"
            try:
                if not isinstance(item, dict):
                    raise BadInput("is no object")
                name = item.get("doc")
                text = None
                if (
                    item.get("text") is None
                    and context.text_of(str(item.get("text_sha256"))) is None
                ):
                    text = context.text_named(str(name)) if name else None
                    if text is None:
                        raise BadInput(
                            f"is about “{name}”, which is neither in the project nor beside it: import the article first"
                        )
                yield read_object(item, where, context, text)
            except Problem as problem:
                yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))
