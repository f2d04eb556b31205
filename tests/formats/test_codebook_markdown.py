"""A codebook goes out as Markdown and comes in again the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.codebook import (
    Attribute,
    Code,
    Codebook,
    Definition,
    Kind,
    Layer,
    LinkType,
    Shape,
)
from annotator.domain.codebook_json import from_json, to_json
from annotator.domain.errors import BadInput
from annotator.formats import codebook_markdown as markdown
from annotator.services.codebooks import default_codebook

prose = st.text(alphabet=" ab#-*\\\n:E“", max_size=40).map(lambda text: text.strip("\n"))
pieces = st.lists(prose.filter(bool), max_size=3).map(tuple)
definitions = st.builds(Definition, prose, pieces, pieces)
notes = prose.map(lambda text: " ".join(text.split()))


def test_the_default_codebook_comes_in_again_the_same() -> None:
    book = default_codebook()
    text = markdown.write(book)
    assert to_json(markdown.read(text)) == to_json(book)
    assert "#### Value: Person" in text
    assert "**Counter-examples**" in text


@given(definition=definitions, description=prose, note=notes)
def test_any_definition_survives(definition: Definition, description: str, note: str) -> None:
    code = Code("pay", "Pay", "1", ("#000000", "#ffffff"), "", definition)
    under = Code("night", parent="pay", retired=True, note=note)
    attribute = Attribute(
        "topics", Kind.SEVERAL, (code, under), "Topics", True, ("pay",), definition
    )
    yes_no = Attribute("sure", Kind.YES_NO, default=True, note=note)
    layer = Layer(
        "claim",
        "Claim",
        "c",
        Shape.BRACKETS,
        ("#000000", "#ffffff"),
        (attribute, yes_no),
        definition,
        note=note,
    )
    link = LinkType(
        "inside", "claim", ("claim",), "inside", "i", True, True, True, definition, True, note
    )
    book = Codebook("Mine", (layer,), (replace(link, label=""),), description)
    assert markdown.read(markdown.write(book)) == book
    assert from_json(to_json(book)) == book


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "first line"),
        ("Hello\n", "first line"),
        ("# Name\n\n### Layer: A\n", "line 3 should begin with ##"),
        ("# Name\n\n## Layer: A\n\n- key: a\n", "line 3, “A” does not say its 'shape'"),
        ("# Name\n\n### Attribute: B\n\n- kind: text\n", "stands in no layer"),
        ("# Name\n\n## Layer: A\n\n- shape: blob\n- colour: #0, #1\n", "damaged"),
        ("# Name\n\n## Link: L\n\n- from: a\n- to: b\n", "contradicts itself"),
    ],
)
def test_what_is_no_codebook_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        markdown.read(text)
