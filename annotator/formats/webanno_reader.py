"""Reading WebAnno TSV 3: tokens, parts of tokens, stacked and long annotations, relations, slots and chains.

What fills a slot of an annotation becomes a link by the name of its role. Each element of a
chain becomes a mark by its label, with a link to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from annotator.domain.coded import SUGGESTIONS, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.text import MAX_ARTICLE_BYTES
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import raw_of
from annotator.formats.flat import ENTITY, ENTITY_ID
from annotator.formats.folder import home_of
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.names import unescaped
from annotator.formats.offsets import Unit, fitting
from annotator.formats.uima import MARK_ID, OURS, attribute_name
from annotator.formats.webanno_cells import (
    chained,
    ends,
    fillers,
    roles,
    stacked,
    text_of_line,
)
from annotator.formats.webanno_header import HeaderLayer, Shape, layer_of

MAX_BYTES = 30 * MAX_ARTICLE_BYTES
_UNIT = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(\d{1,9})-(\d{1,9})\t")

_OLDER = re.compile(rb"^\s*(?:#[^\n]*\r?\n\s*)+1-1\t", re.MULTILINE)
"""How files of versions 1 and 2 begin: remarks, and then the first token of the first sentence."""


class WebAnnoReader:
    """Reads one article from a file; the text is known from beside, or put together from the sentences."""

    name = "webanno"
    suffixes = (".tsv",)
    about = "WebAnno TSV 3 (INCEpTION)"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take files that say so in their first line, and those of older versions by their lines."""
        start = head.removeprefix(b"\xef\xbb\xbf")
        return start.startswith(b"#FORMAT=WebAnno TSV 3") or _OLDER.search(start) is not None

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        if not source.head().removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT="):
            raise BadInput(
                "is WebAnno TSV 1 or 2, which is no longer written: open it in WebAnno or INCEpTION "
                "and export it as WebAnno TSV 3"
            )
        home = home_of(source.path)
        if home and home.view == SUGGESTIONS:
            raise BadInput("holds suggestions, which are no marks until a person accepts them")
        try:
            lines = raw_of(source, MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n").split("\n")
        except UnicodeDecodeError as error:
            raise BadInput(f"is not UTF-8 (byte {error.start})") from None
        sheet = _Sheet(lines, source.name)
        article = ForeignArticle(source.name, sheet.text(), Unit.UTF16, remarks=sheet.remarks)
        if home:
            article.annotator, article.view, article.id = home.annotator, home.view, home.id
            known = context.text_of(home.sha256)
            if known is not None and fitting(known, Unit.UTF16, sheet.tokens) == len(sheet.tokens):
                article.text = known
        sheet.fill(article)
        if home and not home.annotator and not article.marks:
            article.annotator = None
        yield article.read(context)


Key = tuple[str, str]
"""An annotation of the file: its layer, and its id or else where it stands."""


@dataclass(slots=True)
class _Mark:
    layer: str
    units: list[tuple[int, int]] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _End:
    """What a relation or slot leads to: an annotation by its id, else the one that begins at a unit."""

    address: str
    id: int
    layer: str


class _Sheet:
    def __init__(self, lines: list[str], where: str) -> None:
        self._where = where
        self._layers: list[HeaderLayer] = []
        self._width = 3
        self.remarks: list[Remark] = []
        self.tokens: list[tuple[int, int, str]] = []
        self._sentences: list[list[str]] = []
        self._marks: dict[Key, _Mark] = {}
        self._ties: list[tuple[str, Key | _End, Key | _End]] = []
        self._slots: set[tuple[Key, str]] = set()
        self._chains: dict[tuple[str, int], dict[int, tuple[Key, str]]] = {}
        self._starts: list[tuple[int, str]] = []
        self._fresh = False
        for number, line in enumerate(lines, start=1):
            self._line(line, f"{where}, line {number}")
        self._link_chains()

    def text(self) -> str:
        """Return the text put together: sentences at their places, blank space between them."""
        made: list[str] = []
        length = 0
        for (begin, form), parts in zip(self._starts, self._sentences, strict=False):
            sentence = "\n".join(parts)
            lead = _units(sentence[: max(0, sentence.find(form))])
            gap = begin - lead - length
            if gap < 0 or gap > MAX_ARTICLE_BYTES:
                raise BadInput(
                    "has sentences that overlap or lie far apart: its offsets are damaged"
                )
            blank = " " * (gap - 1) + "\n" if gap and made else " " * gap
            made += [blank, sentence]
            length += gap + _units(sentence)
        return "".join(made)

    def fill(self, article: ForeignArticle) -> None:
        """Give the article its marks and links."""
        ids: dict[Key, str] = {}
        for key, mark in self._marks.items():
            ours = mark.layer.startswith(OURS)
            name = _short(mark.layer)
            own = mark.values.pop(MARK_ID, None)
            ids[key] = own[0] if own else f"{key[0]}-{key[1]}"
            values = {
                feature if feature in (ENTITY, ENTITY_ID) else attribute_name(feature): said
                for feature, said in mark.values.items()
            }
            label = name
            if not ours and "value" in values:
                label = values.pop("value")[0]
            extent = (min(begin for begin, _ in mark.units), max(end for _, end in mark.units))
            layer = name if ours else None
            article.marks.append(ForeignMark(ids[key], label, [extent], layer=layer, values=values))
        by_name: dict[str, list[Key]] = {}
        for key in ids:
            by_name.setdefault(key[1], []).append(key)

        def id_of(end: Key | _End) -> str:
            if not isinstance(end, _End):
                return ids[end]
            alike = by_name.get(str(end.id) if end.id else f"{end.address}#0", [])
            best = min(alike, key=lambda key: key[0] != end.layer, default=None)
            return ids[best] if best else f"unit {end.address}"

        for label, start, end in self._ties:
            article.links.append(ForeignLink(label, id_of(start), id_of(end)))

    # Lines

    def _line(self, line: str, where: str) -> None:
        layer = layer_of(line, self._width)
        if layer:
            self._layers.append(layer)
            self._width += layer.width
        elif line.startswith("#Text="):
            if not self._fresh:
                self._sentences.append([])
            self._sentences[-1].append(text_of_line(line.removeprefix("#Text=")))
            self._fresh = True
        elif line and not line.startswith("#"):
            self._unit(line, where)

    def _unit(self, line: str, where: str) -> None:
        found = _UNIT.match(line)
        cells = line.split("\t")
        if cells[-1] == "":
            cells.pop()
        if not found or len(cells) != self._width:
            what = f"is no unit with {self._width} columns; it was left out"
            self.remarks.append(Remark(where, what))
            return
        address, unit = found[1], (int(found[2]), int(found[3]))
        if "." not in address:
            self.tokens.append((*unit, cells[2]))
            if self._fresh:
                self._starts.append((unit[0], cells[2]))
        self._fresh = False
        for layer in self._layers:
            columns = cells[layer.columns]
            if layer.shape is Shape.SPAN:
                self._spans(layer, columns, address, unit)
            elif layer.shape is Shape.RELATION:
                self._relations(layer, columns, address, where)
            else:
                self._chain(layer, columns, unit)

    def _spans(
        self, layer: HeaderLayer, columns: list[str], address: str, unit: tuple[int, int]
    ) -> None:
        values = {name: list(stacked(columns[at])) for name, at in layer.features.items()}
        slots = [
            (slot, list(roles(columns[slot.column])), list(fillers(columns[slot.column + 1])))
            for slot in layer.slots
        ]
        ids = [[id for _, id in said] for said in values.values()]
        ids += [[id for _, id in named] for _, named, _ in slots]
        ids += [[None] * len(filling) for _, _, filling in slots]
        for place, known in enumerate(zip_longest(*ids)):
            id = next((one for one in known if one), None)
            key = (layer.name, str(id) if id else f"{address}#{place}")
            mark = self._mark(key, unit)
            for feature, said in values.items():
                if feature and place < len(said) and said[place][0]:
                    mark.values.setdefault(feature, said[place][0])
            for slot, named, filling in slots:
                if place >= len(filling) or (key, slot.name) in self._slots:
                    continue
                self._slots.add((key, slot.name))
                own = named[place][0] if place < len(named) else []
                for role, (start, filler) in zip_longest(
                    own[: len(filling[place])], filling[place]
                ):
                    self._ties.append((role or slot.name, key, _End(start, filler, slot.ends)))

    def _relations(self, layer: HeaderLayer, columns: list[str], address: str, where: str) -> None:
        said = {name: list(stacked(columns[at])) for name, at in layer.features.items()}
        for place, (start, governor, dependent) in enumerate(ends(columns[-1])):
            named = {
                name: texts[place][0][0]
                for name, texts in said.items()
                if place < len(texts) and texts[place][0]
            }
            label = next(iter(named.values()), _short(layer.name))
            self._ties.append(
                (
                    label,
                    _End(start, governor, layer.ends),
                    _End(address, dependent, layer.ends),
                )
            )
            more = [f"{name} “{value}”" for name, value in named.items()][1:]
            if more:
                what = f"the {label} link has {', '.join(more)}, and links have no values here"
                self.remarks.append(Remark(where, what, len(more), "value"))

    def _chain(self, layer: HeaderLayer, columns: list[str], unit: tuple[int, int]) -> None:
        labels = [texts for texts, _ in stacked(columns[-1])]
        for place, (tie, chain, number) in enumerate(chained(columns[0])):
            key = (layer.name, f"{chain}-{number}")
            mark = self._mark(key, unit)
            if place < len(labels) and labels[place]:
                mark.values["value"] = labels[place]
            elements = self._chains.setdefault((layer.name, chain), {})
            elements[number] = (key, tie or _short(layer.name))

    def _link_chains(self) -> None:
        """Tie each element of a chain to the next one."""
        for elements in self._chains.values():
            in_order = [elements[number] for number in sorted(elements)]
            self._ties += [
                (tie, key, following) for (key, tie), (following, _) in pairwise(in_order)
            ]

    def _mark(self, key: Key, unit: tuple[int, int]) -> _Mark:
        mark = self._marks.setdefault(key, _Mark(key[0]))
        if unit not in mark.units:
            mark.units.append(unit)
        return mark


def _short(layer: str) -> str:
    """Return the name of a layer without its package."""
    return unescaped(layer.rpartition(".")[2])


def _units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) + sum(sign > "\uffff" for sign in text)
