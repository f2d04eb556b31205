"""CoNLL-2003 columns, one file for each layer: a token a line, its tag last, a blank line after a sentence.

Tags cannot hold two marks on one token, nor half a token, nor gaps: what does not fit is
told. ``-DOCSTART-`` lines name the text by its hash and the annotator, for reading it again.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import Extent
from annotator.domain.mark import Mark, reading_order
from annotator.domain.segments import paragraphs, sentences, tokens
from annotator.formats.base import WriteContext
from annotator.formats.conll_tags import DOCUMENT
from annotator.formats.flat import full_text, lose_all_but_label, lose_links
from annotator.formats.folder import NAME, SideCar
from annotator.formats.labels import label_of
from annotator.formats.names import FileNames, word

NOTHING = "-X-"


class Scheme(StrEnum):
    """How the tokens of a mark are tagged."""

    IOB2 = "conll"
    BILOU = "bilou"


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
