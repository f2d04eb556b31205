"""WebAnno TSV 3.3, for INCEpTION and WebAnno: a token a line, a column for each feature of each layer.

Offsets are UTF-16 units although the file is UTF-8. Every annotation has an id of its own,
so that stacked, overlapping and long ones stay apart; a part of a token has a line of its
own below it. A relation stands at the line of its dependent and names the governor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import Extent
from annotator.domain.segments import paragraphs, sentences, tokens
from annotator.domain.text import trim
from annotator.formats.base import WriteContext
from annotator.formats.flat import Stretch, Tie, flatten, full_text
from annotator.formats.names import identifier
from annotator.formats.offsets import Ruler, Unit
from annotator.formats.uima import (
    ANNOTATION,
    LINK,
    MARK_ID,
    OURS,
    STRING,
    feature_name,
    types_of,
    write_each,
)
from annotator.formats.uima_xmi import TYPES, type_system
from annotator.formats.webanno_cells import NONE, cell, text_line

HEADER = "#FORMAT=WebAnno TSV 3.3"
RELATION = f"{OURS}Relation"
LABEL = "label"


class WebAnnoWriter:
    """Writes a folder for each annotator, and the type system that INCEpTION asks for."""

    name = "webanno"
    suffix = ".zip"
    about = "WebAnno TSV 3.3 (INCEpTION): a token a line, with marks, values and links in columns"
    tells_view = True
    needs_text = True
    packed = False
    cannot_carry = (
        "marks that begin or end with blank space",
        "a mark of several fragments as one: it becomes several, tied by “_fragment”",
        "notes, and who or what suggested a mark",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write a file for each article and annotator."""
        layers = {
            name: features
            for name, features in types_of(context.codebook).items()
            if name.startswith(OURS) and not name.startswith(LINK)
        }
        relation = {LABEL: STRING, "Governor": ANNOTATION, "Dependent": ANNOTATION}
        (folder / TYPES).write_bytes(type_system({**layers, RELATION: relation}).encode())

        def write(coded: CodedArticle) -> str:
            return "".join(_Sheet(coded, layers, context).lines())

        write_each(articles, folder, ".tsv", context, write)


class _Sheet:
    """One file: units (tokens and parts of tokens) with the annotations that lie on each."""

    def __init__(
        self, coded: CodedArticle, layers: dict[str, dict[str, str]], context: WriteContext
    ) -> None:
        self._text = full_text(coded)
        self._ruler = Ruler(self._text, Unit.UTF16)
        self._layers = layers
        flat = flatten(coded, context)
        self._values = flat.values
        unfit = {
            mark.id
            for mark in coded.marks
            for part in mark.fragments
            if trim(self._text, *part.extent) != part.extent
        }
        for mark in coded.marks:
            if mark.id in unfit:
                context.lose_mark(coded, mark, "begins or ends with blank space")
        for link in coded.links:
            if link.start in unfit or link.end in unfit:
                context.lose_link(coded, link, "joins a mark that was left out")
        self._stretches = [item for item in flat.stretches if item.mark.id not in unfit]
        self._number = {item.id: number for number, item in enumerate(self._stretches, start=1)}
        self._on: dict[Extent, list[Stretch]] = {}
        self._first: dict[str, str] = {}
        self._ties: dict[str, list[Tie]] = {}
        for tie in flat.ties:
            if tie.start in self._number and tie.end in self._number:
                self._ties.setdefault(tie.end, []).append(tie)

    def lines(self) -> Iterator[str]:
        yield HEADER + "\n"
        for name, features in self._layers.items():
            yield "|".join((f"#T_SP={name}", *features)) + "\n"
        yield f"#T_RL={RELATION}|{LABEL}|BT_{ANNOTATION}\n\n\n"
        found = [
            sentence
            for paragraph in paragraphs(self._text)
            for sentence in sentences(self._text, *paragraph)
        ]
        rows = [list(self._units(number, *extent)) for number, extent in enumerate(found, start=1)]
        for units in rows:
            for address, extent in units:
                for stretch in self._on.get(extent, ()):
                    self._first.setdefault(stretch.id, address)
        for (start, end), units in zip(found, rows, strict=True):
            yield f"#Text={text_line(self._text[start:end])}\n"
            for address, extent in units:
                yield self._row(address, extent)
            yield "\n"

    def _units(self, sentence: int, start: int, end: int) -> Iterator[tuple[str, Extent]]:
        """Yield the tokens of a sentence and below each the parts of it that marks cover."""
        here = [item for item in self._stretches if item.part.start < end and item.part.end > start]
        begun = 0
        running: list[Stretch] = []
        for number, token in enumerate(tokens(self._text, start, end), start=1):
            parts: dict[Extent, list[Stretch]] = {}
            running = [item for item in running if item.part.end > token[0]]
            while begun < len(here) and here[begun].part.start < token[1]:
                running.append(here[begun])
                begun += 1
            for item in running:
                covered = (max(item.part.start, token[0]), min(item.part.end, token[1]))
                if covered[0] < covered[1]:
                    parts.setdefault(covered, []).append(item)
            address = f"{sentence}-{number}"
            self._on[token] = parts.pop(token, [])
            yield address, token
            for place, (extent, items) in enumerate(sorted(parts.items()), start=1):
                self._on[extent] = items
                yield f"{address}.{place}", extent

    def _row(self, address: str, extent: Extent) -> str:
        items = self._on.get(extent, [])
        begin, end = (self._ruler.from_points(point) for point in extent)
        cells = [address, f"{begin}-{end}", self._text[slice(*extent)]]
        for name, features in self._layers.items():
            own = [item for item in items if OURS + identifier(item.mark.layer) == name]
            cells += [
                cell((self._said(item, key), self._number[item.id]) for item in own)
                for key in features
            ]
        ties = [
            tie
            for item in items
            if self._first[item.id] == address
            for tie in self._ties.get(item.id, ())
        ]
        cells.append(cell(([tie.type], number) for number, tie in enumerate(ties, start=1)))
        governors = [
            f"{self._first[tie.start]}[{self._number[tie.start]}_{self._number[tie.end]}]"
            for tie in ties
        ]
        cells.append("|".join(governors) or NONE)
        return "\t".join(cells) + "\t\n"

    def _said(self, item: Stretch, feature: str) -> list[str]:
        if feature == MARK_ID:
            return [item.id]
        if item.number:
            return []
        for name, texts in self._values[item.mark.id].items():
            if feature in (name, feature_name(name)):
                return texts
        return []
