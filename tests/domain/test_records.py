"""Records are what the dataclasses of Python are, to whoever uses them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.records import record


class Words:
    """What both kinds are made of."""

    start: int
    end: int
    word: str = "no"
    notes: list[str] = dataclasses.field(default_factory=list, compare=False)
    weight: float = dataclasses.field(default=1.0, repr=False)
    seen: tuple[int, ...] = dataclasses.field(default=(), hash=False)
    length: int = dataclasses.field(default=0, init=False)
    origin: str = dataclasses.field(default="rules", kw_only=True)

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("backwards")
        object.__setattr__(self, "length", self.end - self.start)


def made_by(decorator: Any) -> Any:
    """Return the class as a decorator makes it; both have one name, as their words have it."""
    return decorator(type("Words", (), {**vars(Words)}))


Plain = made_by(dataclasses.dataclass(frozen=True, slots=True, order=True))
Record = made_by(record(frozen=True, slots=True, order=True))


@record(frozen=True, slots=True)
class Pair:
    """A record that can be sent to another process."""

    left: int
    right: str = ""


@record(frozen=True, slots=True)
class One:
    """A record of one field."""

    only: object


@record(frozen=True, slots=True)
class Own:
    """A record with words of its own for itself."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own) and self.name.casefold() == other.name.casefold()

    def __hash__(self) -> int:
        return hash(self.name.casefold())


@record(frozen=True, slots=True)
class Longer(Pair):
    """A record that adds a field to another."""

    more: int = 7


values = st.fixed_dictionaries(
    {"start": st.integers(0, 3), "end": st.integers(3, 5)},
    optional={
        "word": st.sampled_from(["no", "yes"]),
        "notes": st.lists(st.just("note"), max_size=1),
        "weight": st.sampled_from([1.0, 2.0]),
        "seen": st.sampled_from([(), (1,)]),
        "origin": st.sampled_from(["rules", "hand"]),
    },
)


@given(values, values)
def test_records_compare_and_read_as_dataclasses_do(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    plain, other_plain = Plain(**one), Plain(**two)
    ours, other = Record(**one), Record(**two)
    assert repr(ours) == repr(plain)
    assert dataclasses.asdict(ours) == dataclasses.asdict(plain)
    assert (ours == other) is (plain == other_plain)
    assert (hash(ours) == hash(other)) is (hash(plain) == hash(other_plain))
    assert (ours < other) is (plain < other_plain)
    assert (ours >= other) is (plain >= other_plain)
    changed = dataclasses.replace(ours, word="changed")
    assert (changed.word, changed.length) == ("changed", ours.length)
    assert copy.deepcopy(ours) == ours


@pytest.mark.parametrize("kind", [Plain, Record])
def test_values_are_asked_for_by_place_and_name(kind: Any) -> None:
    made = kind(1, 4, "word", origin="hand")
    assert (made.start, made.end, made.word, made.length, made.origin) == (1, 4, "word", 3, "hand")
    assert kind(1, 1).notes is not kind(1, 1).notes
    match made:
        case kind(start, end, word):
            assert (start, end, word) == (1, 4, "word")
    with pytest.raises(ValueError, match="backwards"):
        kind(4, 1)
    for wrong in ((), (1,), (1, 2, "", [], 1.0, (), 3)):
        with pytest.raises(TypeError):
            kind(*wrong)
    with pytest.raises(TypeError):
        kind(1, 2, length=3)


@pytest.mark.parametrize("kind", [Plain, Record])
def test_nothing_in_a_record_can_be_changed(kind: Any) -> None:
    made = kind(1, 4)
    with pytest.raises(dataclasses.FrozenInstanceError, match="assign to field 'word'"):
        made.word = "other"
    with pytest.raises(dataclasses.FrozenInstanceError, match="delete field 'word'"):
        del made.word
    assert not hasattr(made, "__dict__")
    assert made == kind(1, 4)


@pytest.mark.parametrize("made", [Pair(1, "a"), One((1, 2)), Longer(1, "a", 3)])
def test_a_record_comes_back_from_another_process_as_it_was(made: object) -> None:
    assert pickle.loads(pickle.dumps(made)) == made
    assert len({made, copy.copy(made)}) == 1


def test_records_of_different_kinds_are_never_equal() -> None:
    assert Pair(1) != Longer(1)
    assert One(1) != 1
    with pytest.raises(TypeError):
        assert Record(1, 2) < Plain(1, 2)


def test_what_a_class_says_itself_is_kept() -> None:
    assert repr(Own("Amal")) == "<Amal>"
    assert len({Own("Amal"), Own("AMAL")}) == 1


def test_a_record_that_holds_itself_can_be_shown() -> None:
    holds: list[object] = []
    made = One(holds)
    holds.append(made)
    assert repr(made) == "One(only=[...])"
