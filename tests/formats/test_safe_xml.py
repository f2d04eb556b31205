"""XML piece by piece is the XML as a whole, and as safe."""

from __future__ import annotations

import io
import random
from xml.etree.ElementTree import Element, tostring

import pytest

from annotator.domain.errors import BadInput
from annotator.formats.safe_xml import MAX_DEPTH, Pieces, local, parse

SPACE = "urn:example"


def made(chance: random.Random, depth: int = 0) -> Element:
    element = Element(f"{{{SPACE}}}{chance.choice('abc')}", {"n": str(chance.randrange(9))})
    element.text = chance.choice(["", "words & <more>", "😀"])
    for _ in range(chance.randrange(4) if depth < 5 else 0):
        child = made(chance, depth + 1)
        child.tail = chance.choice(["", "tail"])
        element.append(child)
    return element


def outermost(element: Element, name: str) -> list[Element]:
    if local(element) == name:
        return [element]
    return [found for child in element for found in outermost(child, name)]


@pytest.mark.parametrize("seed", range(40))
def test_pieces_are_the_outermost_elements_of_a_name(seed: int, monkeypatch) -> None:
    monkeypatch.setattr("annotator.formats.safe_xml._CHUNK", 7)
    raw = tostring(made(random.Random(seed)), encoding="utf-8")
    whole = parse(raw)
    pieces = Pieces(io.BytesIO(raw), frozenset("b"))
    found = list(pieces)
    assert pieces.root == whole.attrib
    wanted = outermost(whole, "b")
    for element in wanted:
        element.tail = None
    assert [tostring(one) for one in found] == [tostring(one) for one in wanted]


@pytest.mark.parametrize(
    "raw",
    [
        b"<a><b></a>",
        b"<a><b/>",
        b"",
        b"<!DOCTYPE a [<!ENTITY x 'y'>]><a><b>&x;</b></a>",
        b"<a>" * (MAX_DEPTH + 1),
        b"<a><b>" + b"<c>" * MAX_DEPTH,
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"\xff\xfe",
    ],
)
def test_what_no_whole_may_hold_no_piece_may(raw: bytes) -> None:
    with pytest.raises(BadInput):
        list(Pieces(io.BytesIO(raw), frozenset("b")))
    with pytest.raises(BadInput):
        parse(raw)
