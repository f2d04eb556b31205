"""CoNLL-2003 columns, one file for each layer: a token a line, its tag last, a blank line after a sentence.

Tags cannot hold two marks on one token, nor half a token, nor gaps: what does not fit is
told. ``-DOCSTART-`` lines name the text by its hash and the annotator, so that reading
finds the white space that the columns lost in ``articles.jsonl`` or in the project.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.domain.mark import Mark, reading_order
from annotator.domain.segments import paragraphs, sentences, tokens
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.conll_tags import (
    Tagged,
    is_comment,
    is_tag,
    looks_tagged,
    numbered,
    spans_of,
)
from annotator.formats.flat import full_text, lose_all_but_label, lose_links
from annotator.formats.folder import NAME, SideCar
from annotator.formats.foreign import ForeignArticle, ForeignMark
from annotator.formats.labels import label_of
from annotator.formats.names import FileNames, unescaped, word

DOCUMENT = "-DOCSTART-"
NOTHING = "-X-"
_HASH = re.compile(r"[0-9a-f]{64}")
MAX_LINE = 100_000
HEAD = 4096
"""So many bytes are looked at to tell what a file is; the last of their lines may be cut."""


class Scheme(StrEnum):
    """How the tokens of a mark are tagged."""

    IOB2 = "conll"
    BILOU = "bilou"


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


class ConllWriter:
    """Writes a file for each layer, and the articles themselves beside."""

    suffix = ".zip"
    tells_view = False
    needs_text = True
    packed = False
    cannot_carry = (
        "links",
        "values beside the label (actor:person, claim:direct, sentiment:negative)",
        "marks that overlap another of their layer, or begin or end inside a token",
        "a mark of several fragments as one",
        "ids of marks, entries of the actor book, notes",
    )

    def __init__(self, scheme: Scheme) -> None:
        self.name = scheme.value
        self._scheme = scheme
        kind = "IOB2" if scheme is Scheme.IOB2 else "BILOU"
        self.about = (
            f"CoNLL-2003 columns ({kind}): a token a line with its tag, one file for each layer"
        )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write all layers at once, article by article."""
        names = FileNames()
        with ExitStack() as stack:

            def opened(name: str) -> TextIO:
                file = (folder / name).open("w", encoding="utf-8", newline="\n")
                return stack.enter_context(file)

            side_car = SideCar(opened(NAME), context)
            files = {
                layer.name: opened(f"{names.of(layer.name, layer.name)}.conll")
                for layer in context.codebook.layers
            }
            for coded in articles:
                side_car.add(replace(coded, actors=()), "")
                if not coded.annotator:
                    continue
                lose_links(coded, context)
                for layer, file in files.items():
                    self._layer(coded, layer, file, context)

    def _layer(self, coded: CodedArticle, layer: str, file: TextIO, context: WriteContext) -> None:
        marks = [mark for mark in sorted(coded.marks, key=reading_order) if mark.layer == layer]
        words = [list(tokens(full_text(coded), *each)) for each in sentence_extents(coded, marks)]
        kept = fitting(coded, marks, {edge for row in words for edge in row}, context)
        tags = {}
        every = [token for row in words for token in row]
        for extent, label in kept:
            inside = every[slice(*tokens_within(every, extent))]
            for place, token in enumerate(inside):
                tags[token] = f"{self._letter(place, len(inside))}-{label}"
        file.write(f"{DOCUMENT} {coded.text_sha256} {word(coded.annotator or '')} O\n\n")
        text = full_text(coded)
        for row in words:
            for token in row:
                file.write(f"{text[slice(*token)]} {NOTHING} {NOTHING} {tags.get(token, 'O')}\n")
            if row:
                file.write("\n")

    def _letter(self, place: int, length: int) -> str:
        if self._scheme is Scheme.BILOU:
            if length == 1:
                return "U"
            if place == length - 1:
                return "L"
        return "B" if not place else "I"


def fitting(
    coded: CodedArticle, marks: list[Mark], edges: set[Extent], context: WriteContext
) -> list[tuple[Extent, str]]:
    """Return the stretches that tags can hold, with their labels; the first of two that overlap stays."""
    starts, ends = {start for start, _ in edges}, {end for _, end in edges}
    taken: list[tuple[Extent, str]] = []
    for mark in marks:
        parts = [part.extent for part in mark.fragments]
        if any(start not in starts or end not in ends for start, end in parts):
            context.lose_mark(coded, mark, "begins or ends inside a token")
        elif any(_meets(part, taken) for part in parts):
            context.lose_mark(coded, mark, "overlaps another mark of its layer")
        else:
            if len(parts) > 1:
                context.split_mark(coded, mark)
            lose_all_but_label(coded, context, mark)
            label = word(label_of(mark, context.codebook))
            for part in parts:
                insort(taken, (part, label))
    return taken


def tokens_within(tokens: list[Extent], extent: Extent) -> tuple[int, int]:
    """Return the first token of a stretch that begins and ends with tokens, and the one after its last."""
    first = bisect_left(tokens, (extent[0], 0))
    return first, bisect_left(tokens, (extent[1], 0), first)


def sentence_extents(coded: CodedArticle, marks: list[Mark]) -> Iterator[Extent]:
    """Yield sentences; those that a mark runs across are one, since no tag goes on after a blank line."""
    text = full_text(coded)
    waiting: Extent | None = None
    for start, end in paragraphs(text):
        for sentence in sentences(text, start, end):
            if waiting and any(
                part.start < waiting[1] and part.end > sentence[0]
                for mark in marks
                for part in mark.fragments
            ):
                waiting = (waiting[0], sentence[1])
            else:
                if waiting:
                    yield waiting
                waiting = sentence
    if waiting:
        yield waiting


def _meets(part: Extent, taken: list[tuple[Extent, str]]) -> bool:
    """Tell whether a stretch overlaps one of those taken, which are in order and apart."""
    place = bisect_left(taken, (part, ""))
    before, after = taken[place - 1 : place], taken[place : place + 1]
    return any(known[1] > part[0] for known, _ in before) or any(
        known[0] < part[1] for known, _ in after
    )


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
