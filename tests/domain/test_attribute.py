"""Attributes: which values each kind takes, and in which form they are stored."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.domain.attribute import Attribute, Code, Kind
from annotator.domain.errors import Refused

CHOICE = Attribute("type", Kind.CHOICE, (Code("person"), Code("group"), Code("old", retired=True)))
SCALE = Attribute("intensity", Kind.SCALE, (Code("1"), Code("2")))
SEVERAL = Attribute("topics", Kind.SEVERAL, (Code("peace"), Code("trade")))

ALLOWED = [
    (CHOICE, "person", "person"),
    (CHOICE, "old", "old"),
    (SCALE, 2, 2),
    (SEVERAL, ("trade", "peace", "trade"), ("trade", "peace")),
    (SEVERAL, (), ()),
    (Attribute("free", Kind.SEVERAL), ("anything",), ("anything",)),
    (Attribute("place", Kind.TEXT), "Basra", "Basra"),
    (Attribute("named", Kind.YES_NO), False, False),
    (Attribute("date", Kind.DATE), "2026", "2026"),
    (Attribute("date", Kind.DATE), "2026-11", "2026-11"),
    (Attribute("date", Kind.DATE), "2026-11-21", "2026-11-21"),
    (Attribute("date", Kind.DATE), "2026-11-21T10:00Z", "2026-11-21T10:00Z"),
]

REFUSED = [
    (CHOICE, "people"), (CHOICE, "Person"), (CHOICE, 1), (CHOICE, ("person",)), (CHOICE, ""),
    (SCALE, 3), (SCALE, "2"), (SCALE, True), (SCALE, 0),
    (SEVERAL, "peace"), (SEVERAL, ("war",)), (SEVERAL, (1,)),
    (Attribute("place", Kind.TEXT), ""), (Attribute("place", Kind.TEXT), 7),
    (Attribute("named", Kind.YES_NO), 1), (Attribute("named", Kind.YES_NO), "yes"),
    (Attribute("date", Kind.DATE), "21.11.2026"), (Attribute("date", Kind.DATE), "2026-11-21x"),
    (Attribute("date", Kind.DATE), "yesterday"), (Attribute("date", Kind.DATE), 2026),
    (Attribute("date", Kind.DATE), "2026-13-45"), (Attribute("date", Kind.DATE), "2026-02-30"),
]  # fmt: skip


@pytest.mark.parametrize(("attribute", "value", "stored"), ALLOWED)
def test_a_value_that_is_allowed_is_stored(attribute: Attribute, value: Any, stored: Any) -> None:
    assert attribute.check(value) == stored


@pytest.mark.parametrize(("attribute", "value"), REFUSED)
def test_a_value_that_is_not_allowed_is_refused(attribute: Attribute, value: Any) -> None:
    with pytest.raises(Refused, match=f"(?i){attribute.name}"):
        attribute.check(value)


def test_the_sentence_names_what_may_be_chosen() -> None:
    with pytest.raises(Refused, match=r"“people” is no value of type: choose person, group\."):
        CHOICE.check("people")


def test_a_sentence_begins_with_what_the_attribute_is_called() -> None:
    with pytest.raises(Refused, match=r"^Date takes a date such as 2026-11-21, not “May”\.$"):
        Attribute("date", Kind.DATE).check("May")
    with pytest.raises(Refused, match=r"^Said on takes a date"):
        Attribute("date", Kind.DATE, label="Said on").check("May")


def test_an_attribute_of_choices_needs_some() -> None:
    for kind in (Kind.CHOICE, Kind.SCALE):
        with pytest.raises(Refused, match="at least one value"):
            Attribute("type", kind)
    assert Attribute("topics", Kind.SEVERAL).codes == ()
