"""Reading WebAnno TSV 3: tokens, parts of tokens, stacked and long annotations, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.coded import SUGGESTIONS, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.text import MAX_ARTICLE_BYTES
from annotator.formats.base import ReadContext, Source
from annotator.formats.flat import ENTITY, ENTITY_ID
from annotator.formats.folder import home_of
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.names import unescaped
from annotator.formats.offsets import Unit, fitting
from annotator.formats.uima import MARK_ID, OURS, attribute_name
from annotator.formats.webanno_cells import ends, stacked, text_of_line

MAX_BYTES = 30 * MAX_ARTICLE_BYTES
_UNIT = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(\d{1,9})-(\d{1,9})\t")


class WebAnnoReader:
    """Reads one article from a file; the text is known from beside, or put together from the sentences."""

    name = "webanno"
    suffixes = (".tsv",)
    about = "WebAnno TSV 3 (INCEpTION)"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take files that say so in their first line."""
        return head.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV 3")

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        home = home_of(source.path)
        if home and home.view == SUGGESTIONS:
            raise BadInput("holds suggestions, which are no marks until a person accepts them")
        with source.open() as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise BadInput(f"is larger than {MAX_BYTES / 1e6:.0f} MB, which no article is")
        try:
            lines = raw.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
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


@dataclass(slots=True)
class _Layer:
    """A layer of the header and the columns of its features."""

    name: str
    features: list[str]
    first: int
    is_relation: bool

    @property
    def last(self) -> int:
        return self.first + len(self.features)


@dataclass(slots=True)
class _Mark:
    layer: str
    units: list[tuple[int, int]] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


class _Sheet:
    def __init__(self, lines: list[str], where: str) -> None:
        self._where = where
        self._layers: list[_Layer] = []
        self._width = 3
        self.remarks: list[Remark] = []
        self.tokens: list[tuple[int, int, str]] = []
        self._sentences: list[list[str]] = []
        self._marks: dict[tuple[str, str], _Mark] = {}
        self._by_id: dict[int, tuple[str, str]] = {}
        self._ties: list[tuple[str, tuple[str, int], tuple[str, int]]] = []
        self._starts: list[tuple[int, str]] = []
        self._fresh = False
        for number, line in enumerate(lines, start=1):
            self._line(line, f"{where}, line {number}")

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
        ids: dict[tuple[str, str], str] = {}
        for key, mark in self._marks.items():
            ours = mark.layer.startswith(OURS)
            name = unescaped(mark.layer.rpartition(".")[2])
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
        for label, start, end in self._ties:
            first, last = self._find(*start), self._find(*end)
            article.links.append(
                ForeignLink(
                    label,
                    ids[first] if first in ids else f"unit {start[0]}",
                    ids[last] if last in ids else f"unit {end[0]}",
                )
            )

    # Lines

    def _line(self, line: str, where: str) -> None:
        if line.startswith(("#T_SP=", "#T_RL=")):
            self._layer(line)
        elif line.startswith("#T_CH="):
            self._width += len(line.split("|")) - 1
            self.remarks.append(Remark(where, "names a layer of chains, which were left out"))
        elif line.startswith("#Text="):
            if not self._fresh:
                self._sentences.append([])
            self._sentences[-1].append(text_of_line(line.removeprefix("#Text=")))
            self._fresh = True
        elif line and not line.startswith("#"):
            self._unit(line, where)

    def _layer(self, line: str) -> None:
        name, *features = line.partition("=")[2].split("|")
        is_relation = line.startswith("#T_RL=")
        columns = features or [""]
        self._layers.append(_Layer(name, columns, self._width, is_relation))
        self._width += len(columns)

    def _unit(self, line: str, where: str) -> None:
        found = _UNIT.match(line)
        cells = line.split("\t")
        if cells[-1] == "":
            cells.pop()
        if not found or len(cells) != self._width:
            what = f"is no unit with {self._width} columns; it was left out"
            self.remarks.append(Remark(where, what))
            return
        address, begin, end = found[1], int(found[2]), int(found[3])
        if "." not in address:
            self.tokens.append((begin, end, cells[2]))
            if self._fresh:
                self._starts.append((begin, cells[2]))
        self._fresh = False
        for layer in self._layers:
            columns = cells[layer.first : layer.last]
            if layer.is_relation:
                self._relations(layer, columns, address)
            else:
                self._spans(layer, columns, address, (begin, end))

    def _spans(
        self, layer: _Layer, columns: list[str], address: str, unit: tuple[int, int]
    ) -> None:
        for feature, column in zip(layer.features, columns, strict=True):
            for place, (texts, id) in enumerate(stacked(column)):
                key = (layer.name, str(id) if id else f"{address}#{place}")
                mark = self._marks.setdefault(key, _Mark(layer.name))
                if unit not in mark.units:
                    mark.units.append(unit)
                if feature and texts:
                    mark.values.setdefault(feature, texts)
                if id:
                    self._by_id[id] = key

    def _relations(self, layer: _Layer, columns: list[str], address: str) -> None:
        said = [list(stacked(column)) for column in columns[:-1]]
        for place, (start, governor, dependent) in enumerate(ends(columns[-1])):
            named = [texts[place][0][0] for texts in said if place < len(texts) and texts[place][0]]
            label = named[0] if named else unescaped(layer.name.rpartition(".")[2])
            self._ties.append((label, (start, governor), (address, dependent)))

    def _find(self, address: str, id: int) -> tuple[str, str]:
        """Return the key of an annotation: by its id, else the one that alone begins at a unit."""
        if id:
            return self._by_id.get(id, ("", ""))
        own = f"{address}#0"
        return next((key for key in self._marks if key[1] == own), ("", ""))


def _units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) + sum(sign > "\uffff" for sign in text)
