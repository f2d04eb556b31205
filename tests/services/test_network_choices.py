"""Choices of a network given as words become an order, and are told as the same words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.events import Duplicates
from annotator.analysis.networks import Combine
from annotator.analysis.normalising import Norm
from annotator.analysis.windows import Unit
from annotator.domain.errors import BadInput
from annotator.domain.mark import View
from annotator.domain.network import Kind
from annotator.services.codebooks import default_codebook
from annotator.services.network_choices import filters, qualifiers, with_choice, with_layer
from annotator.services.network_gathering import Order, filters_told

NAMES = st.text("abcdé .-", min_size=1).map(str.strip).filter(bool)
FILTERS = st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=3).map(tuple)), max_size=3)


@given(FILTERS.map(tuple))
def test_filters_are_read_as_they_are_told(chosen) -> None:
    assert filters(filters_told(chosen)) == chosen


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("rows", "publisher", Order(rows="publisher")),
        ("columns", "kind", Order(columns="kind")),
        ("qualifier", "kind", Order(qualifier="kind")),
        ("combine", "subtract", Order(combine=Combine.SUBTRACT)),
        ("norm", "activity", Order(norm=Norm.ACTIVITY)),
        ("duplicates", "week", Order(duplicates=Duplicates.WEEK)),
        ("since", "2024-02-01", Order(since=date(2024, 2, 1))),
        ("until", " ", Order()),
        ("unit", "months", Order(unit=Unit.MONTHS)),
        ("unit", "", Order()),
        ("size", "4", Order(size=4)),
        ("only", "topics=dues, night", Order(only=(("topics", ("dues", "night")),))),
        ("without", "", Order()),
        ("whose", "gold:", Order(view=View.GOLD)),
        ("whose", "annotator:Bea: B.", Order(annotator="Bea: B.")),
        ("isolates", "yes", Order(isolates=True)),
        ("linked_only", "yes", Order(linked_only=True)),
        ("voices", "yes", Order(voices=True)),
        ("middle", "yes", Order(middle=True)),
        ("weighted", "", Order()),
    ],
)
def test_each_choice_changes_what_it_names(name: str, value: str, expected: Order) -> None:
    assert with_choice(Order(), name, value) == expected


def test_another_kind_brings_its_usual_choices() -> None:
    order = Order(rows="publisher", combine=Combine.COMBINE, norm=Norm.ACTIVITY, isolates=True)
    assert with_choice(order, "kind", "one-mode") == Order(kind=Kind.ONE_MODE, isolates=True)


def test_another_layer_is_counted_by_what_it_has() -> None:
    book = default_codebook()
    order = with_layer(Order(), book, "actor")
    assert (order.rows, order.columns, order.combine) == ("type", "named", Combine.IGNORE)
    assert with_layer(Order(), book, "sentiment").combine is None
    assert qualifiers(book.layer("claim")) == ["mode", "stance", "kind"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("since", "May", "“May” is no day"),
        ("only", "topics", "“topics” is no filter"),
        ("only", "topics=", "is no filter"),
        ("without", "topics=dues; night", "“night” is no filter"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, value: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        with_choice(Order(), name, value)


def test_a_range_that_ends_before_it_begins_is_told() -> None:
    with pytest.raises(BadInput, match="before it begins"):
        with_choice(Order(since=date(2024, 5, 1)), "until", "2024-04-01")
