"""The extent of a mark: half-open, in code points, and always with the words it covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import Refused
from annotator.domain.fragment import (
    JOIN,
    Fragment,
    agree,
    check_order,
    cut,
    joined_text,
    place,
)
from annotator.domain.text import is_visible

ANY_SIGN = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(" \n\u00a0\u200b\u200d\u2028e\u0301😀🏽🇩سא"),
)
texts = st.text(ANY_SIGN, min_size=1, max_size=40)


@st.composite
def selections(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """Return a text and some stretches of it, in any order, overlapping or not."""
    text = draw(texts)
    offsets = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(offsets, offsets), min_size=1, max_size=5))
    return text, [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


@given(text=texts, data=st.data())
def test_a_cut_is_the_slice_of_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = cut(text, start, end)
    assert part == Fragment(start, end, text[start:end])
    assert part.extent == (start, end)
    assert agree([part], text)


@given(selection=selections())
def test_a_placed_mark_covers_what_is_visible_of_the_selection(
    selection: tuple[str, list[tuple[int, int]]],
) -> None:
    text, extents = selection
    selected = {offset for start, end in extents for offset in range(start, end)}
    visible = {offset for offset in selected if is_visible(text[offset])}
    try:
        parts = place(text, extents)
    except Refused:
        assert not visible
        return
    covered = {offset for part in parts for offset in range(part.start, part.end)}
    assert visible <= covered <= selected
    assert agree(parts, text)
    check_order(parts)
    for part in parts:
        assert is_visible(part.slice[0])
        assert is_visible(part.slice[-1])
    assert place(text, [part.extent for part in parts]) == parts


@given(selection=selections())
def test_the_order_of_selecting_does_not_matter(
    selection: tuple[str, list[tuple[int, int]]],
) -> None:
    text, extents = selection
    try:
        parts = place(text, extents)
    except Refused:
        with pytest.raises(Refused):
            place(text, extents[::-1])
        return
    assert place(text, extents[::-1]) == parts


def test_the_end_is_not_covered() -> None:
    text = "Mary."
    assert cut(text, 0, 4).slice == "Mary"
    assert cut(text, 4, 5).slice == "."
    assert [part.slice for part in place(text, [(0, 4)])] == ["Mary"]


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-1, 2), (0, 0), (5, 5)])
def test_what_covers_nothing_is_refused(start: int, end: int) -> None:  # D13
    for act in (lambda: cut("words", start, end), lambda: place("words", [(start, end)])):
        with pytest.raises(Refused, match="covers nothing"):
            act()
    with pytest.raises(Refused, match="covers nothing"):
        Fragment(start, end, "")


def test_what_lies_outside_is_refused() -> None:
    with pytest.raises(Refused, match="ends at 6, but the text has only 5"):
        cut("words", 0, 6)
    with pytest.raises(Refused, match="ends at 9"):
        place("words", [(0, 2), (3, 9)])


def test_a_slice_of_another_length_is_refused() -> None:
    with pytest.raises(Refused, match="from 0 to 3 came with 2 characters"):
        Fragment(0, 3, "ab")


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u00a0", "\u200b\u2060", "\ufeff"])
def test_only_blank_space_is_refused(blank: str) -> None:  # D11
    with pytest.raises(Refused, match="Only blank space"):
        place(f"a{blank}b", [(1, 1 + len(blank))])


def test_selected_words_lose_the_space_around_them() -> None:  # B17
    text = "He met Frankie James, Mary \u200b."
    start = text.index(" Frankie")
    assert [part.slice for part in place(text, [(start, start + 14)])] == ["Frankie James"]
    start = text.index("Mary")
    assert [part.slice for part in place(text, [(start, start + 6)])] == ["Mary"]


def test_space_within_is_kept() -> None:
    text = "a\u00a0\u2028 b"
    assert place(text, [(0, 5)])[0].slice == text


def test_overlapping_and_touching_selections_are_joined() -> None:
    text = "one two three four"
    assert [part.extent for part in place(text, [(4, 7), (0, 5)])] == [(0, 7)]
    assert [part.extent for part in place(text, [(0, 2), (2, 3)])] == [(0, 3)]
    assert [part.extent for part in place(text, [(3, 7), (0, 3)])] == [(0, 7)]
    assert [part.extent for part in place(text, [(0, 3), (4, 7)])] == [(0, 3), (4, 7)]
    assert [part.extent for part in place(text, [(14, 18), (0, 13), (4, 7)])] == [(0, 13), (14, 18)]


def test_the_fragments_of_one_mark_may_touch_but_not_overlap() -> None:
    text = "one two"
    check_order((cut(text, 0, 3), cut(text, 3, 7)))
    with pytest.raises(Refused, match="overlap"):
        check_order((cut(text, 0, 4), cut(text, 3, 7)))
    with pytest.raises(Refused, match="overlap"):
        check_order((cut(text, 4, 7), cut(text, 0, 3)))
    with pytest.raises(Refused, match="at least one fragment"):
        check_order(())


def test_fragments_are_shown_with_a_sign_between_them() -> None:
    text = "“We go,” he said, “now.”"
    parts = place(text, [(1, 6), (19, 22)])
    assert joined_text(parts) == "We go … now"
    assert joined_text(parts[:1]) == "We go"
    assert JOIN.strip() == "…"


def test_damage_is_seen() -> None:
    part = cut("one two", 0, 3)
    assert not agree([part], "One two")
    assert not agree([part], "on")
    assert agree([], "anything")


def test_offsets_after_signs_outside_the_basic_plane() -> None:  # A4, A5
    text = "@k \U0001f602\U0001f602 yes the boro \U0001f680 rocket"
    start = text.index("rocket")
    (part,) = place(text, [(start, len(text))])
    assert (part.start, part.end, part.slice) == (start, len(text), "rocket")
