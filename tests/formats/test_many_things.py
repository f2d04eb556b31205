"""What is known of very many files: names seen, values by name, things in order; as sets, dictionaries and sorting do."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import in_order, seen
from annotator.formats.in_order import InOrder
from annotator.formats.kept import Kept
from annotator.formats.names import FileNames
from annotator.formats.seen import Numbers, Seen
from annotator.formats.shared_strings import TextsAside

names = st.text(max_size=4) | st.sampled_from(["a", "A", "\ud800", "é"])
FEW, MANY = 2_000, 22_000


@given(st.lists(names))
def test_a_name_is_new_once(said: list[str]) -> None:
    known, there = Seen(), set[str]()
    for name in said:
        assert (name in known) == (name in there)
        assert known.add(name) == (name not in there)
        there.add(name)
    assert len(known) == len(there)


@given(st.lists(st.tuples(names, st.integers(0, 2**64 - 1))))
def test_a_name_has_the_number_it_was_given_last(said: list[tuple[str, int]]) -> None:
    numbers = Numbers()
    for name, number in said:
        numbers[name] = number
    for name, number in dict(said).items():
        assert numbers.get(name) == number
    assert numbers.get("none of them") is None


def test_a_hash_that_stands_across_two_others_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hash:
        def __init__(self, raw: bytes, digest_size: int) -> None:
            self._raw = raw

        def digest(self) -> bytes:
            return self._raw

    monkeypatch.setattr(seen, "blake2b", Hash)
    known = Seen()
    for name in ("aaaabbbb", "accccccc"):
        assert known.add(name)
    assert "abbbbacc" not in known
    assert known.add("abbbbacc")
    assert not known.add("accccccc")


@given(st.lists(st.tuples(names, st.integers())), st.lists(st.integers(0, 20)))
def test_values_are_kept_by_name_in_their_order(
    said: list[tuple[str, int]], looks: list[int]
) -> None:
    kept: Kept[int] = Kept()
    there: dict[str, list[int]] = {}
    for place, (name, value) in enumerate(said):
        kept.put(name, value)
        there.pop(name, None) if name not in there else None
        there.setdefault(name, []).append(value)
        if place in looks:
            assert kept.of(name) == there[name]
    for name, values in there.items():
        assert kept.of(name) == values
        assert kept.last(name) == values[-1]
    assert (len(kept), kept.count) == (len(there), len(said))
    last = {name: place for place, (name, _) in enumerate(said)}
    assert list(kept) == sorted(there, key=last.__getitem__)
    assert (kept.of("none of them"), kept.last("none of them")) == ([], None)


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=2))), st.integers(1, 7))
def test_things_come_in_order_as_often_as_one_likes(
    said: list[tuple[int, str]], at_hand: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_order, "AT_HAND", at_hand)
        patch.setattr(in_order, "BLOCK", 2)
        things: InOrder[tuple[int, str]] = InOrder(lambda thing: thing[0])
        for thing in said:
            things.add(thing)
    wanted = sorted(said, key=lambda thing: thing[0])
    assert list(things) == wanted
    assert list(zip(things, things, strict=True)) == list(zip(wanted, wanted, strict=True))
    assert len(things) == len(said)


@given(st.lists(names, max_size=9))
def test_texts_are_found_by_their_number(said: list[str]) -> None:
    texts = TextsAside()
    for text in said:
        texts.add(text)
    assert [texts[number] for number in range(len(said))] == said
    for number in (-1, len(said)):
        with pytest.raises(IndexError):
            texts[number]


def test_memory_holds_a_few_bytes_of_each() -> None:
    seen_names, kept, things, given_names = Seen(), Kept[str](), InOrder(str), FileNames()
    held = []
    tracemalloc.start()
    try:
        for number in range(MANY + 1):
            name = f"some folder/another folder/and the name of article {number}"
            seen_names.add(name)
            kept.put(name, name)
            things.add(name)
            given_names.new(str(number), name)
            if number in (FEW, MANY):
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    each = (held[1] - held[0]) / (MANY - FEW)
    assert each < 50, each
