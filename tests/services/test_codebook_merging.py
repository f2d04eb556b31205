"""Codebooks that grew apart: joined item by item, the same from either side."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.codebook import Attribute, Code, Codebook, Kind, Layer
from annotator.domain.codebook_json import to_json
from annotator.services.codebook_merging import covers, join
from annotator.services.codebooks import default_codebook

BASE = default_codebook()

changes = st.lists(
    st.tuples(
        st.sampled_from(("label", "retire", "attribute", "code", "layer", "ends")),
        st.sampled_from(("actor", "claim", "cue", "sentiment")),
        st.sampled_from(("one", "two", "three")),
    ),
    max_size=4,
)


def changed(book: Codebook, how: list[tuple[str, str, str]]) -> Codebook:
    """Return a codebook after these changes."""
    for what, name, word in how:
        layer = book.layer(name)
        if what == "label":
            book = with_layer(book, replace(layer, label=word))
        elif what == "retire":
            book = with_layer(book, replace(layer, retired=True))
        elif what == "attribute" and not layer.attribute(word):
            added = Attribute(word, Kind.YES_NO)
            book = with_layer(book, replace(layer, attributes=(*layer.attributes, added)))
        elif what == "code" and layer.attributes and not layer.attributes[0].code(word):
            first = layer.attributes[0]
            first = replace(first, codes=(*first.codes, Code(word)))
            book = with_layer(book, replace(layer, attributes=(first, *layer.attributes[1:])))
        elif what == "layer" and not book.has_layer(word):
            book = replace(book, layers=(*book.layers, replace(layer, name=word, attributes=())))
        elif what == "ends":
            links = tuple(
                replace(link, ends=tuple(dict.fromkeys((*link.ends, name))))
                if link.name == "target"
                else link
                for link in book.links
            )
            book = replace(book, links=links)
    return book


def with_layer(book: Codebook, layer: Layer) -> Codebook:
    return replace(
        book, layers=tuple(layer if item.name == layer.name else item for item in book.layers)
    )


@given(changes, changes, st.booleans())
def test_it_does_not_matter_who_merges_whom(one: list, other: list, newer: bool) -> None:
    ours, theirs = changed(BASE, one), changed(BASE, other)
    there = join(BASE, ours, theirs, theirs_newer=newer)
    back = join(BASE, theirs, ours, theirs_newer=not newer)
    assert to_json(there.codebook) == to_json(back.codebook)
    assert there.conflicts == back.conflicts


@given(changes, changes)
def test_nothing_of_either_is_lost(one: list, other: list) -> None:
    ours, theirs = changed(BASE, one), changed(BASE, other)
    joined = join(BASE, ours, theirs, theirs_newer=True).codebook
    assert covers(joined, ours)
    assert covers(joined, theirs)


@given(changes)
def test_what_only_one_side_changed_is_taken(one: list) -> None:
    ours = changed(BASE, one)
    for joined in (
        join(BASE, ours, BASE, theirs_newer=True),
        join(BASE, BASE, ours, theirs_newer=False),
        join(BASE, ours, ours, theirs_newer=True),
    ):
        assert (joined.codebook, joined.conflicts) == (ours, [])


def test_without_a_common_beginning_everything_of_both_is_there() -> None:
    own = replace(BASE, name="own", layers=BASE.layers[:1], links=())
    joined = join(None, own, BASE, theirs_newer=True)
    assert covers(joined.codebook, BASE)
    assert joined.conflicts == ["name"]
    assert joined.codebook.name == BASE.name
