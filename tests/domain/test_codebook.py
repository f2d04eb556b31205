"""The codebook: what it refuses, and that its JSON says all of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

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
from annotator.domain.codebook_json import FORMAT, from_json, to_json
from annotator.domain.errors import BadInput, Refused
from annotator.services.codebooks import default_codebook

# Any codebook there can be

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
names = st.text(st.sampled_from("abé ß😀س#→|[0]_-"), min_size=1, max_size=6).filter(str.strip)
colours = st.tuples(
    st.sampled_from(["#000000", "#8a5a00"]), st.sampled_from(["#ffffff", "#e6a83c"])
)
definitions = st.builds(
    Definition,
    words,
    st.lists(words, max_size=2).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)
codes = st.builds(Code, names, words, words, st.none() | colours, words, definitions, st.booleans())


def different(
    items: st.SearchStrategy[Any], least: int = 0, most: int = 3
) -> st.SearchStrategy[Any]:
    """Return tuples of items of which no two have one name."""
    return st.lists(items, min_size=least, max_size=most, unique_by=lambda item: item.name).map(
        tuple
    )


@st.composite
def attributes(draw: st.DrawFn) -> Attribute:
    """Return an attribute of any kind."""
    kind = draw(st.sampled_from(Kind))
    needs_codes = kind in (Kind.CHOICE, Kind.SCALE)
    return Attribute(
        draw(names), kind, draw(different(codes, least=int(needs_codes))), draw(words), draw(st.booleans()),
        draw(st.none() | words | st.booleans() | st.integers(0, 5) | st.tuples(words)),
        draw(definitions), draw(st.booleans()),
    )  # fmt: skip


layers = st.builds(
    Layer, names, words.filter(bool), words, st.sampled_from(Shape), colours, different(attributes()), definitions, st.booleans()
)  # fmt: skip


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Return a codebook with links between its layers."""
    own = draw(different(layers))
    links: tuple[LinkType, ...] = ()
    if own:
        known = st.sampled_from([layer.name for layer in own])
        found = st.builds(
            LinkType, names, known, st.lists(known, max_size=2).map(tuple), words, words, st.booleans(), st.booleans(),
            st.booleans(), definitions, st.booleans(),
        )  # fmt: skip
        links = tuple(draw(st.lists(found, max_size=3, unique_by=lambda link: link.id)))
    return Codebook(draw(words), own, links, draw(words))


@given(book=codebooks())
def test_a_codebook_out_and_in_again_is_the_same(book: Codebook) -> None:
    raw = json.dumps(to_json(book), ensure_ascii=False)
    assert from_json(json.loads(raw)) == book
    assert json.dumps(to_json(from_json(json.loads(raw))), ensure_ascii=False) == raw


def test_the_default_codebook_is_the_one_of_the_manual() -> None:
    book = default_codebook()
    assert from_json(to_json(book)) == book
    allowed = {
        (layer.name, attribute.name): [code.name for code in attribute.codes]
        for layer in book.layers
        for attribute in layer.attributes
    }
    assert allowed["actor", "type"] == [
        "person", "organisation", "armed_group", "government", "media", "group",
    ]  # fmt: skip
    assert allowed["claim", "mode"] == ["direct", "mixed", "reported", "author"]
    assert allowed["claim", "stance"] == ["support", "oppose", "neutral", "none"]
    assert allowed["sentiment", "polarity"] == ["negative", "positive", "mixed"]
    assert allowed["sentiment", "intensity"] == ["1", "2", "3"]
    assert {link.id for link in book.links} == {
        "claim→source", "claim→cue", "claim→addressee", "claim→about", "claim→inside",
        "sentiment→holder", "sentiment→target",
    }  # fmt: skip
    for layer in book.layers:
        assert layer.definition.text
        assert layer.definition.examples
        assert layer.definition.counter_examples


# What is no codebook


def data(**changes: object) -> Any:
    """Return the JSON of the default codebook, changed."""
    return {**json.loads(json.dumps(to_json(default_codebook()))), **changes}


def layer(**changes: object) -> dict[str, object]:
    """Return the JSON of a layer, changed."""
    return {"name": "place", "shape": "box", "colour": ["#000000", "#ffffff"], **changes}


NO_CODEBOOK = {
    "nothing": None,
    "a list": [],
    "no format": {"name": "x", "layers": []},
    "another format": data(format="annotator-codebook/2"),
    "no layers": {"format": FORMAT, "name": "x"},
    "layers that are a text": data(layers="actor"),
    "a layer that is a text": data(layers=["actor"]),
    "a layer without a shape": data(layers=[{"name": "x", "colour": ["#0", "#1"]}], links=[]),
    "an unknown shape": data(layers=[layer(shape="cloud")], links=[]),
    "one colour": data(layers=[layer(colour=["#000000"])], links=[]),
    "a name that is a number": data(layers=[layer(name=7)], links=[]),
    "an unknown kind": data(layers=[layer(attributes=[{"name": "a", "kind": "mood"}])], links=[]),
    "a choice of nothing": data(layers=[layer(attributes=[{"name": "a", "kind": "choice"}])], links=[]),
    "two layers of one name": data(layers=[layer(), layer()], links=[]),
    "a layer without a name": data(layers=[layer(name=" ")], links=[]),
    "a link to nowhere": data(links=[{"name": "source", "start": "claim", "ends": ["weather"]}]),
    "ends that are a text": data(links=[{"name": "source", "start": "claim", "ends": "actor"}]),
    "two links of one name": data(links=[{"name": "s", "start": "claim", "ends": []}] * 2),
    "examples that are a text": data(layers=[layer(definition={"examples": "one"})], links=[]),
    "a definition that is a text": data(layers=[layer(definition="one")], links=[]),
    "codes that are numbers": data(
        layers=[layer(attributes=[{"name": "a", "kind": "choice", "codes": [1]}])], links=[]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_CODEBOOK)
def test_what_is_no_codebook_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(BadInput, match=r"^is (not a|a damaged|a) codebook") as caught:
        from_json(NO_CODEBOOK[name])
    assert "\n" not in str(caught.value)


def test_optional_keys_may_be_missing() -> None:
    book = from_json({"format": FORMAT, "name": "x", "layers": [layer()]})
    assert book.layers == (Layer("place", "place", "", Shape.BOX, ("#000000", "#ffffff")),)


def test_two_layers_may_have_links_of_one_name() -> None:
    book = default_codebook()
    both = (*book.links, LinkType("source", "sentiment", ("actor",)))
    assert replace(book, links=both).link("sentiment", "source").ends == ("actor",)


# Values


def test_values_are_kept_in_the_order_of_the_codebook() -> None:
    book = default_codebook()
    given = {"topics": ("peace",), "stance": "none", "mode": "direct"}
    assert list(book.check_attributes("claim", given)) == ["mode", "stance", "topics"]
    with pytest.raises(Refused, match="no attribute “mood”"):
        book.check_attributes("claim", {"mood": "grim"})
    with pytest.raises(Refused, match="no layer “weather”"):
        book.check_attributes("weather", {})


# Links


def test_links_join_only_the_layers_they_may() -> None:
    book = default_codebook()
    assert book.check_link("source", "claim", "actor").several
    assert book.check_link("source", "claim", None).voices
    assert book.check_link("target", "sentiment", "claim").ends == ("actor", "claim")
    for type, start, end in (
        ("source", "claim", "claim"),
        ("source", "sentiment", "actor"),
        ("cue", "claim", None),
        ("target", "sentiment", "cue"),
        ("friend", "actor", "actor"),
    ):
        with pytest.raises(Refused):
            book.check_link(type, start, end)


def test_what_is_retired_stays_readable_but_is_not_offered() -> None:  # H1
    book = default_codebook()
    layers = tuple(replace(layer, retired=layer.name == "cue") for layer in book.layers)
    links = tuple(replace(link, retired=link.name == "cue") for link in book.links)
    changed = replace(book, layers=layers, links=links)
    assert changed.layer("cue").retired
    assert changed.check_link("cue", "claim", "cue").retired
    assert "cue" not in [layer.name for layer in changed.open_layers]
    assert "cue" not in [link.name for link in changed.links_from("claim")]
    assert from_json(to_json(changed)) == changed
