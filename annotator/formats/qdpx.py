"""REFI-QDA project exchange (``.qdpx``): what ATLAS.ti, MAXQDA, NVivo, QualCoder and others give each other.

Positions are code points and half-open. A mark is a selection with a coding for its layer
and one for each coded value; free values stand in its description. A coding keeps its
annotator. Sources are written first and the head of the file afterwards, because users and
cases have to stand before them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from annotator.domain.codebook import Codebook, Kind
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id, derived_id
from annotator.formats.base import WriteContext, title_of
from annotator.formats.codebook_refi import code_guid, codes
from annotator.formats.flat import ENTITY, Flat, Stretch, by_article, flatten, full_text
from annotator.formats.foreign import head_of
from annotator.formats.in_order import InOrder
from annotator.formats.qdpx_reader import HEAD, NAMESPACE, PROJECT, SUFFIX
from annotator.formats.safe_xml import tag, without_controls
from annotator.formats.safe_xml import text as escaped

_SHOWN = ("author", "publisher", "url", "published", "language")
"""Metadata that other programs show as variables of the source; all of it is in ``HEAD`` too."""


class QdpxWriter:
    """Writes one archive; marks are selections, layers and values are codes."""

    name = "refi"
    suffix = SUFFIX
    about = "REFI-QDA project: texts, selections, codes and links for ATLAS.ti, MAXQDA, NVivo, QualCoder"
    tells_view = False
    needs_text = True
    packed = True
    cannot_carry = (
        "a mark of several fragments as one: it becomes several selections, linked by “_fragment”",
        "aliases of actor book entries; notes, and who or what suggested a mark",
        "articles’ metadata as other programs know it, but for author, publisher, address, date and language",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write the texts and ``project.qde``."""
        (folder / "sources").mkdir()
        people: dict[str, Id] = {}
        cases = _Cases()
        sources, links = folder / "sources.part", folder / "links.part"
        with sources.open("wb") as body, links.open("wb") as tied:
            for first, coded in by_article(articles):
                _source(first, coded, folder, body, tied, people, cases, context)
        with (folder / PROJECT).open("wb") as out:
            _put(out, '<?xml version="1.0" encoding="utf-8"?>\n')
            name = without_controls(context.codebook.name)[0]
            _put(
                out,
                f"<{tag('Project', name=name, origin='annotator', xmlns=NAMESPACE)}>\n<Users>\n",
            )
            for person, guid in sorted(people.items()):
                _put(out, f"<{tag('User', guid=guid, name=person)}/>\n")
            _put(out, "</Users>\n<CodeBook><Codes>\n")
            _put(out, "".join(codes(context.codebook)))
            _put(out, "</Codes></CodeBook>\n<Variables>\n")
            for variable in (HEAD, *_SHOWN):
                guid = derived_id("variable", variable)
                _put(
                    out, f"<{tag('Variable', guid=guid, name=variable, typeOfVariable='Text')}/>\n"
                )
            _put(out, "</Variables>\n")
            for piece in cases.lines():
                _put(out, piece)
            _part(out, "Sources", sources)
            _part(out, "Links", links)
            _put(out, "</Project>\n")


class _Cases:
    """The entries of the actor book that were met, with the marks that stand for each: they may be very many."""

    def __init__(self) -> None:
        self._names: dict[Id, str] = {}
        self._marks: InOrder[tuple[Id, Id]] = InOrder(itemgetter(0))

    def add(self, actor: Id, name: str, mark: Id) -> None:
        """Take one more mark of an entry."""
        self._names.setdefault(actor, name)
        self._marks.add((actor, mark))

    def lines(self) -> Iterator[str]:
        """Yield the element of all of them, or nothing if there are none."""
        if not self._names:
            return
        yield "<Cases>\n"
        for guid, marks in groupby(self._marks, itemgetter(0)):
            yield f"<{tag('Case', guid=guid, name=without_controls(self._names[guid])[0])}>"
            yield from (f"<{tag('SelectionRef', targetGUID=mark)}/>" for _, mark in marks)
            yield "</Case>\n"
        yield "</Cases>\n"


def _put(out: BinaryIO, said: str) -> None:
    out.write(said.encode())


def _part(out: BinaryIO, name: str, part: Path) -> None:
    if part.stat().st_size:
        _put(out, f"<{name}>\n")
        with part.open("rb") as file:
            shutil.copyfileobj(file, out)
        _put(out, f"</{name}>\n")
    part.unlink()


def _source(
    first: CodedArticle,
    people: list[CodedArticle],
    folder: Path,
    body: BinaryIO,
    tied: BinaryIO,
    users: dict[str, Id],
    cases: _Cases,
    context: WriteContext,
) -> None:
    guid = first.id or derived_id("article", first.text_sha256)
    (folder / "sources" / f"{guid}.txt").write_bytes(full_text(first).encode())
    title = without_controls(title_of(first))[0]
    path = f"internal://{guid}.txt"
    _put(body, f"<{tag('TextSource', guid=guid, name=title, plainTextPath=path)}>\n")
    states = {coded.annotator: head_of(coded)["states"] for coded in people if coded.annotator}
    head = {**head_of(replace(first, annotator=None, states={})), "states": states}
    values: dict[str, str | None] = {HEAD: json.dumps(head, ensure_ascii=False)}
    values |= {name: getattr(first.meta, name) for name in _SHOWN}
    for coded in people:
        if not coded.annotator:
            continue
        user = users.setdefault(coded.annotator, derived_id("user", coded.annotator))
        flat = flatten(coded, context)
        for stretch in flat.stretches:
            _put(body, "".join(_selection(stretch, flat, user, context.codebook)))
            said = flat.values[stretch.mark.id]
            if stretch.mark.actor and not stretch.number:
                name = said[ENTITY][0] or "?"
                cases.add(stretch.mark.actor, name, stretch.mark.id)
        for tie in flat.ties:
            ends = {"originGUID": _guid(tie.start), "targetGUID": _guid(tie.end)}
            own = derived_id("qdpx link", tie.type, tie.start, tie.end)
            line = tag("Link", guid=own, name=tie.type, direction="OneWay", **ends)
            _put(tied, f"<{line}/>\n")
    for name, said_value in values.items():
        if said_value:
            variable = derived_id("variable", name)
            text = escaped(without_controls(said_value)[0])
            ref = tag("VariableRef", targetGUID=variable)
            _put(body, f"<VariableValue><{ref}/><TextValue>{text}</TextValue></VariableValue>\n")
    _put(body, "</TextSource>\n")


def _guid(id: str) -> Id:
    """Return the GUID of a stretch: that of its mark, and one of its own for further fragments."""
    return derived_id("fragment", id) if "#" in id else id


def _selection(stretch: Stretch, flat: Flat, user: Id, codebook: Codebook) -> Iterator[str]:
    mark, guid = stretch.mark, _guid(stretch.id)
    place = {"startPosition": str(stretch.part.start), "endPosition": str(stretch.part.end)}
    name = without_controls(stretch.part.slice)[0]
    yield f"<{tag('PlainTextSelection', guid=guid, name=name, creatingUser=user, **place)}>\n"
    own = [code_guid(mark.layer)]
    free: dict[str, list[str]] = {}
    layer = codebook.layer(mark.layer)
    for attribute, texts in flat.values[mark.id].items() if not stretch.number else ():
        known = layer.attribute(attribute)
        if known and (known.codes or known.kind is Kind.YES_NO):
            own += [code_guid(mark.layer, attribute, said) for said in texts]
        else:
            free[attribute] = texts
    if free:
        yield f"<Description>{escaped(json.dumps(free, ensure_ascii=False))}</Description>\n"
    for code in own:
        coding = tag("Coding", guid=derived_id("coding", guid, code), creatingUser=user)
        yield f"<{coding}><{tag('CodeRef', targetGUID=code)}/></Coding>\n"
    yield "</PlainTextSelection>\n"
