"""Reading columns of tokens and tags: ours with the text they belong to, and those of others.

``-DOCSTART-`` lines of ours name the text by its hash and the annotator, so that reading finds the
white space that the columns lost in ``articles.jsonl`` or in the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext, Source
from annotator.formats.conll_tags import (
    DOCUMENT,
    Tagged,
    is_comment,
    is_tag,
    looks_tagged,
    numbered,
    spans_of,
)
from annotator.formats.foreign import ForeignArticle, ForeignMark
from annotator.formats.names import unescaped

_HASH = re.compile(r"[0-9a-f]{64}")
MAX_LINE = 100_000
HEAD = 4096
"""So many bytes are looked at to tell what a file is; the last of their lines may be cut."""


class ConllReader:
    """Reads IOB1, IOB2, IOBES and BILOU tags in the last column; the token is the first."""

    name = "conll"
    suffixes = (".conll", ".iob", ".iob2", ".bio", ".bilou")
    about = "token columns with IOB or BILOU tags"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take these suffixes, and whatever begins with a document line, or with tokens and tags in columns."""
        start = head.removeprefix(b"\xef\xbb\xbf")
        if source.path.suffix.lower() in self.suffixes or start.startswith(DOCUMENT.encode()):
            return True
        lines = start.decode("utf-8", "replace").splitlines()
        return looks_tagged(lines if len(head) < HEAD else lines[:-1])

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each document."""
        document = _Document(source.name)
        with source.open() as file:
            for number, raw in enumerate(file, start=1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    raise BadInput(f"is not UTF-8 in line {number}") from None
                if len(line) > MAX_LINE:
                    raise BadInput(f"has a line {number} that is too long for a token and its tag")
                if line.startswith(DOCUMENT):
                    yield from document.end(context)
                    document = _Document(f"{source.name}, line {number}", line.split())
                else:
                    document.add(line, f"{source.name}, line {number}")
        yield from document.end(context)


class _Document:
    """Collects the lines of one document and makes an article of them."""

    def __init__(self, where: str, columns: list[str] | None = None) -> None:
        self._where = where
        said = (columns or [])[1:3]
        ours = len(said) == 2 and _HASH.fullmatch(said[0]) is not None
        self._sha256 = said[0] if ours else None
        self._person = unescaped(said[1]) if ours else None
        self._rows: list[list[list[str]]] = [[]]
        self._remarks: list[Remark] = []

    def add(self, line: str, where: str) -> None:
        columns = line.split()
        if not columns:
            if self._rows[-1]:
                self._rows.append([])
        elif len(columns) == 1:
            self._remarks.append(Remark(where, "has a token without a tag; it was read as O", 0))
            self._rows[-1].append([columns[0], "O"])
        elif not is_comment(columns):
            self._rows[-1].append(columns)

    def end(self, context: ReadContext) -> Iterator[Read]:
        layers = _layers([row for row in self._rows if row])
        rows = layers[0]
        if not rows and self._sha256 is None:
            return
        article = ForeignArticle(self._where, None, remarks=self._remarks)
        article.annotator, article.sha256 = self._person, self._sha256
        text = context.text_of(self._sha256) if self._sha256 else None
        try:
            places = _aligned(rows, text) if text is not None else _laid_out(rows)
        except BadInput as problem:
            lost = sum(len(list(spans_of(row))) for rows in layers for row in rows)
            yield Read(
                remarks=(*self._remarks, Remark(self._where, f"{problem}; it was left out", lost))
            )
            return
        if text is None:
            article.text = "\n".join(" ".join(token.form for token in row) for row in rows)
            article.sha256 = None
        for rows in layers:
            for row, here in zip(rows, places, strict=True):
                for first, last, label in spans_of(row):
                    extent = (here[first][0], here[last][1])
                    name = unescaped(label)
                    id = f"{extent[0]}-{extent[1]}-{name}"
                    article.marks.append(ForeignMark(id, name, [extent]))
        yield article.read(context)


def _layers(rows: list[list[list[str]]]) -> list[list[list[Tagged]]]:
    """Return the sentences with the tags of the last column.

    Where tokens are numbered, as in GermEval, the columns before it that hold tags are layers of
    their own; elsewhere those may be phrases (``B-NP``), which are no marks.
    """
    form, count = 0, 1
    if numbered(rows):
        form, every = 1, [columns for row in rows for columns in row]
        while all(len(columns) > count + 2 and is_tag(columns[-count - 1]) for columns in every):
            count += 1
    return [
        [[Tagged(columns[form], columns[-place]) for columns in row] for row in rows]
        for place in range(count, 0, -1)
    ]


def _aligned(rows: list[list[Tagged]], text: str) -> list[list[Extent]]:
    """Return where each token stands in the text."""
    position = 0
    places: list[list[Extent]] = []
    for row in rows:
        places.append(found_in(text, [token.form for token in row], position))
        position = places[-1][-1][1]
    return places


def found_in(text: str, forms: Iterable[str], position: int) -> list[Extent]:
    """Return where tokens stand in a text from a position on, nothing but blank space between them.

    Raises:
        BadInput: something else stands there.
    """
    places = []
    for form in forms:
        start = text.find(form, position)
        if start < 0 or text[position:start].strip():
            raise BadInput(f"has the token “{form[:40]}” where the text has another")
        position = start + len(form)
        places.append((start, position))
    return places


def _laid_out(rows: list[list[Tagged]]) -> list[list[Extent]]:
    """Return where each token stands when they are joined by spaces and line ends."""
    position = 0
    places: list[list[Extent]] = []
    for row in rows:
        here = []
        for token in row:
            here.append((position, position + len(token.form)))
            position += len(token.form) + 1
        places.append(here)
    return places
