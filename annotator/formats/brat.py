"""brat standoff: a text and a file of annotation lines beside it.

Offsets are code points of the text file as it stands, line ends included. Fragments are
brat's own; because an annotation line cannot hold a line end, a fragment that runs over one
is cut there, and a ``Fragments`` note keeps its true places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.codebook import Codebook
from annotator.domain.coded import SUGGESTIONS, CodedArticle, Read
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.domain.mark import Mark, reading_order
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.brat_lines import BratLines
from annotator.formats.flat import ENTITY, ENTITY_ID, FRAGMENT, VOICE, flatten, full_text
from annotator.formats.folder import NAME, SideCar, home_of
from annotator.formats.foreign import ForeignArticle
from annotator.formats.names import escaped
from annotator.formats.offsets import best_reading
from annotator.formats.txt import decode_file

_BREAK = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What some reader of the file would take for the end of a line or field."""


class BratReader:
    """Reads ``.ann`` files; the text is the ``.txt`` beside, or the one of this import named alike."""

    name = "brat"
    suffixes = (".ann",)
    about = "brat standoff: text and annotation files"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        home = home_of(source.path)
        if home and home.view == SUGGESTIONS:
            raise BadInput("holds suggestions, which are no marks until a person accepts them")
        with source.open() as file:
            raw = file.read()
        try:
            lines = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadInput(f"is not UTF-8 (byte {error.start})") from None
        article = ForeignArticle(source.name, None)
        parsed = BratLines(lines, article, context)
        texts, person = _texts(source, context)
        article.text, article.unit = best_reading(texts, parsed.quotes())
        parsed.check_words(article.text, article.unit)
        article.annotator = home.annotator if home else person
        if home:
            article.view, article.id = home.view, home.id
        if home and not home.annotator and not article.marks:
            article.annotator = None
        yield article.read(context)


class BratWriter:
    """Writes a folder for each annotator, with the configuration brat needs to show it."""

    name = "brat"
    suffix = ".zip"
    about = "brat standoff: text and annotation files, and brat's configuration"
    tells_view = True
    needs_text = True
    packed = False
    cannot_carry = ("notes, and who or what suggested a mark",)

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write one text and one annotation file for each article and annotator."""
        (folder / "annotation.conf").write_bytes(_annotation_conf(context.codebook).encode())
        (folder / "visual.conf").write_bytes(_visual_conf(context.codebook).encode())
        with (folder / NAME).open("w", encoding="utf-8", newline="\n") as side:
            side_car = SideCar(side, context)
            for coded in articles:
                file = folder / side_car.add(coded, ".ann")
                file.parent.mkdir(exist_ok=True)
                file.with_suffix(".txt").write_bytes(full_text(coded).encode())
                file.write_bytes("".join(_lines(coded, context)).encode())


def _lines(coded: CodedArticle, context: WriteContext) -> Iterator[str]:
    text = full_text(coded)
    flat = flatten(coded, context)
    number = {
        mark.id: f"T{place}"
        for place, mark in enumerate(sorted(coded.marks, key=reading_order), start=1)
    }
    attributes = notes = names = relations = 0
    for mark in sorted(coded.marks, key=reading_order):
        own = number[mark.id]
        pieces = _pieces(mark)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(text[start:end] for start, end in pieces)
        yield f"{own}\t{escaped(mark.layer)} {places}\t{words}\n"
        notes += 1
        yield f"#{notes}\tId {own}\t{mark.id}\n"
        true = [part.extent for part in mark.fragments]
        if pieces != true:
            notes += 1
            said = ";".join(f"{start} {end}" for start, end in true)
            yield f"#{notes}\tFragments {own}\t{said}\n"
        values = flat.values[mark.id]
        for name, texts in values.items():
            if name not in (ENTITY, ENTITY_ID):
                for said in texts:
                    attributes += 1
                    yield f"A{attributes}\t{escaped(name)} {own} {escaped(said)}\n"
        if ENTITY_ID in values:
            names += 1
            name = _BREAK.sub(" ", values[ENTITY][0])
            yield f"N{names}\tReference {own} actor:{values[ENTITY_ID][0]}\t{name}\n"
    for tie in flat.ties:
        if tie.type != FRAGMENT:
            relations += 1
            ends = f"Arg1:{number[tie.start]} Arg2:{number[tie.end]}"
            yield f"R{relations}\t{escaped(tie.type)} {ends}\n"


def _pieces(mark: Mark) -> list[Extent]:
    """Return the fragments cut where a line would break, blank pieces left out."""
    pieces: list[Extent] = []
    for part in mark.fragments:
        start = part.start
        for stop in (*(match.start() for match in _BREAK.finditer(part.slice)), len(part.slice)):
            end = part.start + stop
            said = part.slice[start - part.start : stop]
            if said.strip():
                lead = len(said) - len(said.lstrip())
                pieces.append((start + lead, start + len(said.rstrip())))
            start = end + 1
    return pieces or [(mark.start, mark.end)]


def _texts(source: Source, context: ReadContext) -> tuple[list[str], str | None]:
    """Return the readings of the text that belongs to an annotation file, and who the name says coded it."""
    beside = source.path.with_suffix(".txt")
    if beside.is_file():
        decoded = decode_file(Source(beside, beside.name), context.encoding)
        raw = beside.read_bytes().decode(decoded.encoding)
        return list(dict.fromkeys((raw, raw.removeprefix("\ufeff"), decoded.text))), None
    stem = source.path.stem
    parts = stem.split("_")
    for cut in range(len(parts), 0, -1):
        named = context.text_named("_".join(parts[:cut]) + ".txt")
        if named:
            return [named.text], "_".join(parts[cut:]) or None
    raise BadInput(f"is about a text “{stem}.txt”, which is not beside it: import both together")


def _annotation_conf(codebook: Codebook) -> str:
    lines = ["[entities]"]
    lines += [escaped(layer.name) for layer in codebook.layers]
    lines.append("\n[relations]")
    for link in codebook.links:
        ends = "|".join(escaped(end) for end in link.ends)
        lines.append(f"{escaped(link.name)}\tArg1:{escaped(link.start)}, Arg2:{ends}")
    lines += ["\n[events]", "\n[attributes]"]
    for layer in codebook.layers:
        for attribute in layer.attributes:
            codes = "|".join(escaped(code.name) for code in attribute.codes) or "yes|no"
            lines.append(f"{escaped(attribute.name)}\tArg:{escaped(layer.name)}, Value:{codes}")
        lines += [
            f"{escaped(link.name + VOICE)}\tArg:{escaped(layer.name)}, Value:author|unknown"
            for link in codebook.links_from(layer.name)
            if link.voices
        ]
    return "\n".join(lines) + "\n"


def _visual_conf(codebook: Codebook) -> str:
    lines = ["[labels]"]
    lines += [
        f"{escaped(layer.name)} | {_BREAK.sub(' ', layer.label).replace('|', '/')}"
        for layer in codebook.layers
    ]
    lines.append("\n[drawing]")
    lines += [
        f"{escaped(layer.name)}\tfgColor:black, bgColor:{layer.colour[1]}, borderColor:darken"
        for layer in codebook.layers
    ]
    return "\n".join(lines) + "\n"
