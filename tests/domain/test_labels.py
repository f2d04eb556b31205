"""What items of the codebook are called within a sentence."""

from __future__ import annotations

import pytest

from annotator.domain import labels
from annotator.domain.attribute import Attribute, Code, Kind
from annotator.services.codebooks import default_codebook


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Armed group", "armed group"),
        ("Armed Group", "armed group"),
        ("EU accession", "EU accession"),
        ("NGO", "NGO"),
        ("X", "x"),
        ("الفاعل", "الفاعل"),
        ("", ""),
    ],
)
def test_a_label_loses_its_capitals_but_an_abbreviation_keeps_them(label: str, shown: str) -> None:
    assert labels.in_sentence(label) == shown


def test_what_the_codebook_does_not_know_is_called_by_its_name() -> None:
    book = default_codebook()
    assert labels.layer(book, "actor") == "actor"
    assert labels.layer(book, "place") == "place"
    assert labels.attribute(book, "actor", "type") == "type"
    assert labels.attribute(book, "actor", "age") == "age"
    assert labels.attribute(book, "place", "age") == "age"


def test_values_are_called_by_their_labels() -> None:
    type = default_codebook().layer("actor").attribute("type")
    topics = Attribute("topics", Kind.SEVERAL, (Code("syria", "War in Syria"), Code("other")))
    size = Attribute("size", Kind.SCALE, (Code("1", "Weak"), Code("2")))
    assert labels.value(type, "armed_group") == "armed group"
    assert labels.value(topics, ("syria", "other")) == "War in Syria, other"
    assert [labels.value(size, point) for point in (1, 2)] == ["weak", "2"]
    assert labels.value(Attribute("named", Kind.YES_NO), value=True) == "yes"
    assert labels.value(Attribute("about", Kind.TEXT), "A Line") == "A Line"
    assert labels.value(None, "as_it_is") == "as_it_is"
