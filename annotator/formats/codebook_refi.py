"""A codebook as REFI-QDA (``.qdc``), the form in which ATLAS.ti, MAXQDA, NVivo and QualCoder exchange codes.

There a code has a name, a colour, a description and codes below it, and nothing else: a
layer becomes a code, an attribute a folder below it, a value a code in the folder. What
more there is to a codebook (links, keys, kinds, examples) is carried as the description of
a set called “annotator”, which other programs keep or drop; as long as the codes are those
it was written with, it is what comes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.domain.codebook import (
    COLOURS,
    Attribute,
    Code,
    Codebook,
    Definition,
    Kind,
    Layer,
    Shape,
)
from annotator.domain.codebook_json import from_json, to_json
from annotator.domain.errors import BadInput, Problem
from annotator.domain.identity import Id, derived_id
from annotator.formats.safe_xml import local, parse, tag, without_controls
from annotator.formats.safe_xml import text as escaped

NAMESPACE = "urn:QDA-XML:codebook:1.0"
SUFFIX = ".qdc"
OURS = "annotator"
LOOSE = "code"
"""The attribute that holds codes which stand right below a layer."""

_YES_NO = ("yes", "no")
_Tree = list[tuple[str, "_Tree"]]


def code_guid(*path: str) -> Id:
    """Return the GUID of the code of a layer, of an attribute of it, or of a value."""
    return derived_id("code", *path)


def write(book: Codebook) -> str:
    """Return the codebook as XML."""
    whole = json.dumps(to_json(book), ensure_ascii=False)
    head = tag("CodeBook", xmlns=NAMESPACE, origin=OURS)
    kept = tag("Set", guid=derived_id("set", OURS), name=OURS)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{head}>\n<Codes>\n{"".join(codes(book))}</Codes>\n'
        f"<Sets>\n<{kept}><Description>{escaped(_plain(whole))}</Description></Set>\n</Sets>\n</CodeBook>\n"
    )


def read(raw: bytes, name: str) -> Codebook:
    """Return the codebook in a file; ``name`` is what it is called if the file does not say.

    Raises:
        BadInput: no XML of this kind, or no codes in it.
    """
    root = parse(raw)
    if local(root) != "CodeBook":
        raise BadInput("is no REFI-QDA codebook: its first element should be CodeBook")
    tops = [code for part in _children(root, "Codes") for code in _children(part, "Code")]
    if not tops:
        raise BadInput("has no codes in it")
    own = _own(root)
    if own is not None and _shape(_written(own)) == _shape(tops):
        return own
    layers: list[Layer] = []
    for code in tops:
        layers.append(_layer(code, {layer.name for layer in layers}, len(layers)))
    return Codebook(name, tuple(layers))


def codes(book: Codebook) -> Iterator[str]:
    """Yield the ``Code`` elements of a codebook."""
    for layer in book.layers:
        yield _opened(layer.name, code_guid(layer.name), codable=True, colour=layer.colour[0])
        yield _described(layer.definition)
        for attribute in layer.attributes:
            names = [code.name for code in attribute.codes]
            names = names or (list(_YES_NO) if attribute.kind is Kind.YES_NO else [])
            if not names:
                continue
            yield _opened(attribute.name, code_guid(layer.name, attribute.name), codable=False)
            yield _described(attribute.definition)
            for name in names:
                guid = code_guid(layer.name, attribute.name, name)
                known = attribute.code(name)
                yield _opened(name, guid, codable=True)
                yield _described(known.definition if known else Definition())
                yield "</Code>\n"
            yield "</Code>\n"
        yield "</Code>\n"


def _opened(name: str, guid: Id, *, codable: bool, colour: str | None = None) -> str:
    said = {"guid": guid, "name": _plain(name), "isCodable": "true" if codable else "false"}
    return f"<{tag('Code', **said, color=colour)}>\n"


def _described(definition: Definition) -> str:
    said = _plain(definition.text)
    return f"<Description>{escaped(said)}</Description>\n" if said else ""


def _plain(said: str) -> str:
    return without_controls(said)[0]


def _own(root: Element) -> Codebook | None:
    """Return the codebook that the set “annotator” holds, if there is one that can be read."""
    for sets in _children(root, "Sets"):
        for each in _children(sets, "Set"):
            if each.get("name") == OURS:
                try:
                    return from_json(json.loads(_description(each)))
                except (Problem, ValueError, RecursionError):
                    return None
    return None


def _written(book: Codebook) -> list[Element]:
    root = parse(write(book).encode())
    return [code for part in _children(root, "Codes") for code in _children(part, "Code")]


def _shape(tops: list[Element]) -> _Tree:
    """Return the names of codes and of those below them."""
    return [(code.get("name", ""), _shape(_children(code, "Code"))) for code in tops]


def _layer(code: Element, taken: set[str], number: int) -> Layer:
    """Return a code as a layer: folders below it are attributes, all other codes values of one."""
    name = _free(_name(code), taken)
    attributes: list[Attribute] = []
    loose: list[Code] = []
    for below in _children(code, "Code"):
        inside = _children(below, "Code")
        if inside and below.get("isCodable", "true").strip() in ("false", "0"):
            own = _free(_name(below), {known.name for known in attributes})
            attributes.append(_attribute(own, _values(inside, "", []), _definition(below)))
        else:
            _values([below], "", loose)
    if loose:
        own = _free(LOOSE, {known.name for known in attributes})
        attributes.insert(0, _attribute(own, loose, Definition()))
    light, dark = COLOURS[number % len(COLOURS)]
    return Layer(name, name, "", Shape.DASHED, (light, dark), tuple(attributes), _definition(code))


def _attribute(name: str, values: list[Code], definition: Definition) -> Attribute:
    names = {code.name for code in values}
    if names == set(_YES_NO):
        return Attribute(name, Kind.YES_NO, definition=definition)
    return Attribute(name, Kind.SEVERAL, tuple(values), definition=definition)


def _values(below: list[Element], parent: str, found: list[Code]) -> list[Code]:
    """Add codes and those below them, each with the one it stands under."""
    for code in below:
        name = _free(_name(code), {known.name for known in found})
        found.append(Code(name, parent=parent, definition=_definition(code)))
        _values(_children(code, "Code"), name, found)
    return found


def _name(code: Element) -> str:
    name = " ".join((code.get("name") or "").split())
    if not name:
        raise BadInput("has a code without a name")
    return name


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number if another of the same place has it."""
    own, number = name, 1
    while own in taken:
        number += 1
        own = f"{name} {number}"
    return own


def _definition(code: Element) -> Definition:
    return Definition(_description(code))


def _description(element: Element) -> str:
    return "".join(each.text or "" for each in _children(element, "Description")).strip()


def _children(element: Element, name: str) -> list[Element]:
    return [each for each in element if local(each) == name]
