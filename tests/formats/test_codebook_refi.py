"""Codebooks as REFI-QDA: ours come back whole, those of other programs become layers, attributes and values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.codebook import Kind
from annotator.domain.codebook_json import to_json
from annotator.domain.errors import BadInput
from annotator.formats import codebook_refi
from annotator.services import codebooks
from tests.formats.contract import odd_codebook

OTHERS = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another 22.1">
 <Codes>
  <Code guid="0e5f9c1b-0000-4000-8000-000000000001" name="Frames" isCodable="true" color="#FF0000">
   <Description>How it is told.</Description>
   <Code guid="0e5f9c1b-0000-4000-8000-000000000002" name="Conflict" isCodable="true">
    <Code guid="0e5f9c1b-0000-4000-8000-000000000003" name="War" isCodable="true"/>
   </Code>
   <Code guid="0e5f9c1b-0000-4000-8000-000000000004" name="Tone" isCodable="false">
    <Code guid="0e5f9c1b-0000-4000-8000-000000000005" name="calm" isCodable="true"/>
    <Code guid="0e5f9c1b-0000-4000-8000-000000000006" name="calm" isCodable="true"/>
   </Code>
  </Code>
  <Code guid="0e5f9c1b-0000-4000-8000-000000000007" name="Frames" isCodable="true"/>
 </Codes>
</CodeBook>"""


@pytest.mark.parametrize("name", sorted(codebooks.ready()))
def test_ready_codebooks_come_back_whole(name: str, tmp_path: Path) -> None:
    book = codebooks.ready()[name]
    codebooks.save(book, tmp_path / "book.qdc")
    assert to_json(codebooks.load(tmp_path / "book.qdc")) == to_json(book)


def test_the_oddest_names_come_back_whole() -> None:
    book = odd_codebook()
    assert to_json(codebook_refi.read(codebook_refi.write(book).encode(), "x")) == to_json(book)


def test_codes_of_others_become_layers_attributes_and_values() -> None:
    book = codebook_refi.read(OTHERS.encode(), "frames")
    assert book.name == "frames"
    assert [layer.name for layer in book.layers] == ["Frames", "Frames 2"]
    frames = book.layers[0]
    assert frames.definition.text == "How it is told."
    loose, tone = frames.attributes
    assert [(code.name, code.parent) for code in loose.codes] == [
        ("Conflict", ""),
        ("War", "Conflict"),
    ]
    assert (tone.name, tone.kind) == ("Tone", Kind.SEVERAL)
    assert [code.name for code in tone.codes] == ["calm", "calm 2"]


def test_codes_changed_elsewhere_count_more_than_what_we_wrote() -> None:
    book = codebooks.default_codebook()
    said = codebook_refi.write(book).replace('name="organisation"', 'name="body"')
    read = codebook_refi.read(said.encode(), "changed")
    kinds = next(item for item in read.layer("actor").attributes if item.name == "type")
    assert "body" in {code.name for code in kinds.codes}
    kept = replace(book, description="x" * 10)
    assert codebook_refi.read(codebook_refi.write(kept).encode(), "x").description == "x" * 10


@pytest.mark.parametrize(
    "said",
    [
        "<a/>",
        "<CodeBook><Codes/></CodeBook>",
        "<CodeBook",
        '<CodeBook><Codes><Code name=" "/></Codes></CodeBook>',
        '<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>',
    ],
)
def test_what_is_no_codebook_is_refused(said: str, tmp_path: Path) -> None:
    file = tmp_path / "book.qdc"
    file.write_text(said, encoding="utf-8")
    with pytest.raises(BadInput, match=r"^book\.qdc "):
        codebooks.load(file)
