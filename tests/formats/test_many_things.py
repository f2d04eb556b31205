"""What is known of very many files: names seen, values by name, things in order; as sets, dictionaries and sorting do."""

from __future__ import annotations

import errno
import gc
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import in_order, spare_table
from annotator.formats.in_order import InOrder
from annotator.formats.kept import Kept
from annotator.formats.names import FileNames
from annotator.formats.seen import Seen
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
        patch.setattr(in_order, "MOST_HEAPS", 3)
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


def test_memory_does_not_grow_with_their_number() -> None:
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
    assert each < 2, each


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux what is open")
def test_a_table_is_in_a_file_without_a_name_for_as_long_as_its_owner() -> None:
    before = _nameless()
    known = Seen()
    for number in range(MANY):
        known.add(f"some folder/another folder/and the name of article {number}")
    (file,) = _nameless() - before
    assert file.stat().st_size > 1024 * spare_table.CACHE_KILOBYTES / 2
    del known
    gc.collect()
    assert _nameless() == before


def _nameless() -> set[Path]:
    """Return the open files that are gone from their folder."""
    return {file for file in Path("/proc/self/fd").iterdir() if " (deleted)" in _leads_to(file)}


def _leads_to(file: Path) -> str:
    with suppress(OSError):
        return str(file.readlink())
    return ""


def _fill_seen() -> None:
    known = Seen()
    for number in range(FEW):
        known.add(f"the name of article {number}")


def _fill_kept() -> None:
    kept: Kept[int] = Kept()
    for number in range(FEW):
        kept.put(f"the name of article {number}", number)


@pytest.mark.parametrize("fill", [_fill_seen, _fill_kept])
def test_a_full_disk_is_told_as_by_any_file(
    fill: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = (*spare_table.SETTINGS, "PRAGMA max_page_count = 9")
    monkeypatch.setattr(spare_table, "SETTINGS", small)
    with pytest.raises(OSError, match="No space left") as told:
        fill()
    assert told.value.errno == errno.ENOSPC


def test_names_may_be_looked_up_in_another_thread() -> None:
    kept: Kept[int] = Kept()
    kept.put("a", 1)
    with ThreadPoolExecutor(1) as other:
        assert other.submit(kept.last, "a").result() == 1


def test_names_are_gone_through_while_values_are_looked_up() -> None:
    kept: Kept[int] = Kept()
    for number in range(9):
        kept.put(str(number), number)
    assert [(name, kept.of(name)) for name in kept] == [(str(n), [n]) for n in range(9)]
