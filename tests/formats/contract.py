"""What every format is held to: projects made by chance, written, read and compared record by record."""

from __future__ import annotations

import io
import os
import random
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.article import Meta, Verdict
from annotator.domain.codebook import (
    Attribute,
    Code,
    Codebook,
    Kind,
    Layer,
    LinkType,
    Shape,
)
from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import Problem, Refused
from annotator.domain.fragment import agree, place
from annotator.domain.identity import derived_id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, Origin, Provenance, Value, View
from annotator.domain.text import decode
from annotator.formats.base import FolderWriter, ReadContext, Source, TextWriter, WriteContext
from annotator.formats.labels import first_choice
from annotator.formats.registry import belongs_beside, reader_for
from annotator.formats.safe_zip import pack
from annotator.formats.txt import decode_file
from annotator.services.codebooks import default_codebook
from annotator.services.sources import collect
from annotator.store import foreign_file
from tests.support.draining import drained

NOW = "2026-11-21T08:00:00.000Z"

ODD = [
    "B-NOTBIO!", "I-X", "O", "a b", "x#y", "p|q", "NOTSTACKED[0]", "*", "_", "a->b", "t\tt", "n\nn", "😀", "a:b",
    "_x0041_", "é", "e\u0301", "<b>&amp;", '"', "=1+1", "ß\\", "سلام", "-1", "%41", "a;b,c", "T1", "__x", "1st",
]  # fmt: skip

SIGNS = [
    "a", "word", "one two", " ", "  ", "é", "e\u0301", "😀", "👩🏽\u200d🚀", "🇩🇪", "“so”", "\u00a0", "\u2028", "\n", "\n\n",
    "سلام", "שלום", "B-X", "#", "|", "\t", "He said: no.", ". ", "\x0c", "\u200b", "_", "-DOCSTART-", "don’t", "𝔘nit",
    "<p>", "&amp;", "=cmd()", "\\", "word-word", "3.5", "\ufeff", "\u0085", "\x1c", '"', ";",
]  # fmt: skip

PEOPLE = ["Amal", "Béa Ö", "../x", "CON", "a\tb", "amal", "=SUM(A1)"]


def odd_codebook() -> Codebook:
    """Return the default codebook with layers, attributes, values and links of the oddest names."""
    book = default_codebook()
    codes = tuple(Code(name) for name in ODD)
    layers = tuple(
        Layer(
            name,
            name,
            "",
            Shape.DASHED,
            ("#444444", "#bbbbbb"),
            (
                Attribute(ODD[(number + 1) % len(ODD)], Kind.CHOICE, codes),
                Attribute(ODD[(number + 2) % len(ODD)], Kind.SEVERAL, codes),
                Attribute(ODD[(number + 3) % len(ODD)], Kind.TEXT),
                Attribute(ODD[(number + 4) % len(ODD)], Kind.YES_NO),
            ),
        )
        for number, name in enumerate(ODD)
    )
    links = tuple(
        LinkType(
            ODD[(number + 5) % len(ODD)],
            name,
            (name, "actor"),
            several=True,
            voices=number % 2 == 0,
        )
        for number, name in enumerate(ODD)
    )
    return replace(book, layers=(*book.layers, *layers), links=(*book.links, *links))


@dataclass(frozen=True)
class Wish:
    """What kind of project is wanted."""

    odd: bool = True
    articles: int = 3
    marks: int = 12


def make(seed: int, shape: Wish = Wish()) -> tuple[Codebook, list[CodedArticle]]:
    """Return a codebook and coded articles in export order, the same for the same seed."""
    chance = random.Random(seed)
    book = odd_codebook() if shape.odd else default_codebook()
    found: dict[str, list[CodedArticle]] = {}
    for _ in range(chance.randint(1, shape.articles)):
        body = "".join(chance.choices(SIGNS, k=chance.randint(1, 40)))
        try:
            text = decode(body.encode())
        except Problem:
            continue
        id = derived_id("article", text.text_sha256, str(seed))
        meta = Meta(
            title=chance.choice([None, "A title", "Ünï\ttitle=\n😀", "=1+1"]),
            url=chance.choice([None, "https://example.org/a?b=1&c=<d>"]),
            source_file=chance.choice([None, "story.txt", "../a b.txt"]),
            extra={"k\n": "v😀"} if chance.random() < 0.3 else {},
        )
        base = CodedArticle(
            text.text_sha256, meta, id=id, text=text, split=chance.choice([None, "train"])
        )
        people = chance.sample(PEOPLE, k=chance.choice([0, 1, 1, 2, 3]))
        found[id] = [_coded(base, person, book, chance, shape) for person in sorted(people)]
        found[id] = found[id] or [base]
    return book, [coded for id in sorted(found) for coded in found[id]]


def _coded(
    base: CodedArticle, person: str, book: Codebook, chance: random.Random, shape: Wish
) -> CodedArticle:
    assert base.text
    assert base.id
    text = base.text.text
    annotator = derived_id("annotator", person)
    made = Provenance(annotator, NOW, NOW, Origin.MANUAL, 1)
    actors = [
        Actor(derived_id("actor", name), name, "person", aliases=("x",))
        for name in ("Amal Haddad", "ISIS", "=😀\t\n")
    ]
    marks: list[Mark] = []
    layers = [layer.name for layer in book.layers]
    own = [*chance.choices(layers, k=4), "actor", "claim", "sentiment", "cue"]
    for number in range(chance.randrange(shape.marks)):
        extents = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            start = chance.randrange(len(text))
            extents.append((start, min(len(text), start + chance.choice((1, 2, 5, 12)))))
        if chance.random() < 0.2 and marks:
            extents = [part.extent for part in chance.choice(marks).fragments]
        try:
            fragments = place(text, extents)
        except Refused:
            continue
        layer = book.layer(chance.choice(own))
        marks.append(
            Mark(
                derived_id(base.id, person, str(number)),
                base.id,
                View.ANNOTATOR,
                layer.name,
                fragments,
                made,
                _values(layer, book, chance),
                chance.choice(actors).id
                if layer.name == "actor" and chance.random() < 0.5
                else None,
            )
        )
    links: dict[str, Link] = {}
    for kind in book.links:
        for start in marks:
            ends = [end for end in marks if end.layer in kind.ends and end.id != start.id]
            if start.layer != kind.start:
                continue
            if kind.voices and chance.random() < 0.4:
                voice = chance.choice(list(Voice))
                id = link_id(start.id, kind.name, voice.value)
                links[id] = Link(
                    id, base.id, View.ANNOTATOR, kind.name, start.id, made, voice=voice
                )
            elif ends and chance.random() < 0.7:
                for end in chance.sample(ends, k=min(len(ends), 2 if kind.several else 1)):
                    id = link_id(start.id, kind.name, end.id)
                    links[id] = Link(
                        id, base.id, View.ANNOTATOR, kind.name, start.id, made, end=end.id
                    )
    used = {mark.actor for mark in marks}
    states = {
        layer: chance.choice([Verdict.DONE, Verdict.NOTHING_FOUND])
        for layer in chance.sample(layers[:4], k=chance.randint(0, 2))
    }
    if not marks and not states:
        states = {"actor": Verdict.NOTHING_FOUND}
    return replace(
        base,
        annotator=person,
        codebook_version=1,
        marks=tuple(marks),
        links=tuple(links.values()),
        actors=tuple(
            sorted((actor for actor in actors if actor.id in used), key=lambda actor: actor.id)
        ),
        states=states,
    )


def _values(layer: Layer, book: Codebook, chance: random.Random) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for attribute in layer.attributes:
        if chance.random() < 0.4:
            continue
        names = [code.name for code in attribute.codes] or ["peace", "trade; war"]
        match attribute.kind:
            case Kind.CHOICE:
                values[attribute.name] = chance.choice(names)
            case Kind.SEVERAL:
                values[attribute.name] = tuple(chance.sample(names, k=min(len(names), 2)))
            case Kind.TEXT:
                values[attribute.name] = chance.choice([*ODD, "some words", " edge "])
            case Kind.DATE:
                values[attribute.name] = "2026-11-21"
            case Kind.YES_NO:
                values[attribute.name] = chance.random() < 0.5
            case Kind.SCALE:
                values[attribute.name] = int(chance.choice(names))
    return book.check_attributes(layer.name, values)


# Out and in


def write(
    writer: TextWriter | FolderWriter,
    coded: Iterable[CodedArticle],
    book: Codebook,
    target: Path,
    **options: Any,
) -> list[Remark]:
    """Write to a file or folder and return the losses."""
    context = WriteContext(book, 1, **options)
    if isinstance(writer, TextWriter):
        out = io.StringIO(newline="")
        writer.write(coded, out, context)
        target.write_bytes(out.getvalue().encode("utf-8"))
    elif writer.packed:
        folder = target.with_name(target.name + ".d")
        folder.mkdir()
        writer.write_files(coded, folder, context)
        pack(folder, target)
    else:
        target.mkdir()
        writer.write_files(coded, target, context)
    return list(context.losses)


def bytes_of(target: Path) -> dict[str, bytes]:
    """Return what was written, by file."""
    if target.is_file():
        return {"": target.read_bytes()}
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


@dataclass
class Taken:
    """What came in, put together as a project would."""

    coded: dict[tuple[str, str | None], CodedArticle] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    book: dict[str, Actor] = field(default_factory=dict)

    def in_order(self) -> list[CodedArticle]:
        """Return the coded articles in export order, as a project gives them out again."""
        worked = {sha for (sha, _), coded in self.coded.items() if coded.marks or coded.states}
        kept: dict[tuple[str, str | None], CodedArticle] = {}
        for (sha, person), coded in self.coded.items():
            if coded.marks or coded.states:
                kept[sha, person] = coded
            elif sha not in worked:
                kept[sha, None] = replace(coded, annotator=None)
        found = [
            replace(
                coded,
                actors=tuple(
                    self.book[id]
                    for id in sorted({mark.actor for mark in coded.marks if mark.actor})
                ),
            )
            for coded in kept.values()
        ]
        return sorted(found, key=lambda coded: (coded.id or "", coded.annotator or ""))


def read(target: Path, book: Codebook, format: str | None = None, **options: Any) -> Taken:
    """Read a file or folder as an import does."""
    taken = Taken()
    texts: dict[str, Any] = {}
    with ExitStack() as stack:
        sources = list(drained(collect([target], stack, taken.remarks)))
        named = {source.path.name: source for source in sources}

        def text_named(name: str) -> Any:
            source = named.get(name)
            return decode_file(source, None) if source else None

        context = ReadContext(
            codebook=book,
            codebook_version=1,
            now=NOW,
            annotator_id=lambda name: derived_id("annotator", name),
            text_of=lambda sha: texts[sha].text if sha in texts else None,
            text_named=text_named,
            rows_of=foreign_file.rows,
            **{"annotator": "Somebody", **options},
        )
        for source in sources:
            if len(sources) > 1 and belongs_beside(source):
                continue
            try:
                for item in reader_for(source, format).read(source, context):
                    _take(item, taken, texts)
            except Problem as problem:
                taken.remarks.append(Remark(source.name, str(problem)))
    return taken


def _take(item: Read, taken: Taken, texts: dict[str, Any]) -> None:
    taken.remarks += item.remarks
    coded = item.coded
    if coded is None:
        return
    if coded.text:
        texts.setdefault(coded.text_sha256, coded.text)
    text = texts.get(coded.text_sha256)
    known = taken.coded.get((coded.text_sha256, coded.annotator))
    first = next((one for (sha, _), one in taken.coded.items() if sha == coded.text_sha256), coded)
    base = known or replace(coded, marks=(), links=(), actors=(), states={})
    marks = {mark.id: mark for mark in (*base.marks, *coded.marks)}
    links = {link.id: link for link in (*base.links, *coded.links)}
    for actor in coded.actors:
        taken.book.setdefault(actor.id, actor)
    taken.coded[coded.text_sha256, coded.annotator] = replace(
        base,
        id=first.id or coded.id,
        meta=first.meta,
        text=text,
        split=base.split or first.split,
        states={
            layer: verdict
            for layer, verdict in {**base.states, **coded.states}.items()
            if verdict is not Verdict.OPEN
        },
        marks=tuple(marks.values()),
        links=tuple(links.values()),
    )


# Comparing


def marks_of(coded: Iterable[CodedArticle], by_id: bool) -> Counter[Any]:
    """Return the marks, by id or by what can be seen of them."""
    return Counter(
        (mark.id if by_id else None, *seen_of(item, mark)) for item in coded for mark in item.marks
    )


def seen_of(item: CodedArticle, mark: Mark) -> tuple[Any, ...]:
    """Return whose mark it is, its layer and its place."""
    return (
        item.text_sha256,
        item.annotator,
        mark.layer,
        tuple(part.extent for part in mark.fragments),
    )


def links_of(coded: Iterable[CodedArticle], by_id: bool) -> Counter[Any]:
    """Return the links, by id or by what they join."""
    found: Counter[Any] = Counter()
    for item in coded:
        by = {mark.id: mark for mark in item.marks}
        for link in item.links:
            if by_id:
                found[link.id] += 1
            else:
                end = seen_of(item, by[link.end]) if link.end else link.voice
                found[link.type, seen_of(item, by[link.start]), end] += 1
    return found


def values_in(coded: Iterable[CodedArticle]) -> int:
    """Return how many values all marks have, the entry of the actor book counted as one."""
    return sum(
        len(mark.attributes) + (mark.actor is not None) for item in coded for mark in item.marks
    )


def slices_hold(coded: Iterable[CodedArticle]) -> bool:
    """Tell whether every fragment still covers its slice (I1)."""
    return all(
        agree(mark.fragments, item.text.text) for item in coded if item.text for mark in item.marks
    )


def without(
    coded: Iterable[CodedArticle], losses: list[Remark], book: Codebook
) -> list[CodedArticle]:
    """Return the articles without the marks and links that were told lost, and split where it was told."""
    split = {loss.record for loss in losses if loss.kind == "split"}
    marks = {loss.record for loss in losses if loss.kind == "mark"}
    links = {loss.record for loss in losses if loss.kind == "link"}
    return [
        replace(
            item,
            marks=tuple(
                piece
                for mark in item.marks
                if mark.id not in marks
                for piece in (_pieces(mark, book) if mark.id in split else [mark])
            ),
            links=tuple(link for link in item.links if link.id not in links),
        )
        for item in coded
    ]


def _pieces(mark: Mark, book: Codebook) -> list[Mark]:
    """Return a mark for each fragment; those after the first have the value of the label only."""
    first = first_choice(book.layer(mark.layer))
    label = {name: value for name, value in mark.attributes.items() if first and name == first.name}
    return [
        replace(mark, fragments=(part,))
        if not number
        else replace(mark, fragments=(part,), attributes=label, actor=None)
        for number, part in enumerate(mark.fragments)
    ]


def shared_folder() -> Path | None:
    """Return the folder with real material, if there is one."""
    named = os.environ.get("ANNOTATOR_SHARED")
    return Path(named) if named and Path(named).is_dir() else None


def source(path: Path) -> Source:
    """Return a file as an import names it."""
    return Source(path, path.name)
