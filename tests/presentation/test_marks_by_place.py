"""A mark that is drawn when it is first needed is found, changed and taken like one that was drawn before."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.codebook import Shape
from annotator.domain.fragment import Extent
from annotator.presentation import page_marks
from annotator.presentation.page_layout import PageMark, chunks
from annotator.presentation.page_marks import Look, MarksByPlace, Tick, Undrawn

TEXT = "One line.\n\nA second line, longer than it.\nA third\n\nand a last one of some words."
NAMES = "abcdef"

pieces = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 30)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], len(TEXT)))
)
extents = st.one_of(
    pieces.map(lambda piece: (piece,)),
    st.tuples(pieces, pieces).map(sorted).filter(lambda two: two[0][1] <= two[1][0]).map(tuple),
)
layers = st.sampled_from(("actor", "claim"))


def drawn(id: str, layer: str, places: tuple[Extent, ...]) -> PageMark:
    return PageMark(id, layer, Shape.BOX, ("#000000", "#ffffff"), places)


def is_same(one: MarksByPlace, other: MarksByPlace, paragraphs: int) -> bool:
    order = [
        [
            kept.neighbour(id, caret, forward=forward)
            for id in (None, *NAMES)
            for caret in (0, 20, 60)
        ]
        for kept in (one, other)
        for forward in (True, False)
    ]
    return (
        order[:2] == order[2:]
        and all(one.at(offset) == other.at(offset) for offset in range(len(TEXT) + 1))
        and all(one.layout(number) == other.layout(number) for number in range(paragraphs))
        and dict(one.by_id) == dict(other.by_id)
    )


@given(
    marks=st.dictionaries(st.sampled_from(NAMES), st.tuples(layers, extents), max_size=6),
    acts=st.lists(
        st.tuples(st.sampled_from(NAMES), st.none() | st.tuples(layers, extents)), max_size=5
    ),
    asked=st.sets(st.sampled_from(NAMES)),
    hidden=st.booleans(),
    known=st.booleans(),
    long=st.sampled_from((3, 12, 1_000)),
)
def test_drawn_late_is_as_drawn_at_once(
    marks: dict[str, tuple[str, tuple[Extent, ...]]],
    acts: list[tuple[str, tuple[str, tuple[Extent, ...]] | None]],
    asked: set[str],
    hidden: bool,
    known: bool,
    long: int,
) -> None:
    with mock.patch.object(page_marks, "LONG", long):
        assert_drawn_late_is_as_drawn_at_once(marks, acts, asked, hidden=hidden, known=known)


def assert_drawn_late_is_as_drawn_at_once(
    marks: dict[str, tuple[str, tuple[Extent, ...]]],
    acts: list[tuple[str, tuple[str, tuple[Extent, ...]] | None]],
    asked: set[str],
    *,
    hidden: bool,
    known: bool,
) -> None:
    paragraphs = chunks(TEXT)
    ready = [drawn(id, *what) for id, what in marks.items()]
    at_once = MarksByPlace(paragraphs, ready)
    now = {mark.id: mark for mark in ready}
    places = sorted((m.start, -m.end, m.id, m.layer, len(m.extents) == 1) for m in ready)
    look = drawn("", "actor", ((0, 1),))
    looks: dict[str, Look] = {"actor": (look.shape, look.colour)} if known else {}
    late = MarksByPlace(paragraphs, (), Undrawn(places, lambda id: now[id], look=looks.get))
    for id in asked & set(marks):
        assert late.by_id[id] == at_once.by_id[id]
    for number in range(1, len(paragraphs), 2):
        assert late.layout(number) == at_once.layout(number)
    for id, what in acts:
        # As in the window: what a mark would be drawn from changes before the page is told.
        now.pop(id, None)
        if what:
            now[id] = drawn(id, *what)
            assert late.put(now[id]) == at_once.put(now[id])
        else:
            assert late.take(id) == at_once.take(id)
    if hidden:
        for kept in (at_once, late):
            kept.toggle("claim")
    for number, (first, last) in enumerate(paragraphs):
        lying = {
            mark.id
            for mark in now.values()
            if any(begin <= last and end > first for begin, end in mark.extents)
        }
        assert {mark.id for kept in (late, at_once) for mark in kept._marks_in(number)} == lying
        assert len(list(late._marks_in(number))) == len(lying)
    assert [late.tick(id) for id in NAMES] == [at_once.tick(id) for id in NAMES]
    assert is_same(late, at_once, len(paragraphs))


def test_what_is_far_from_what_is_asked_for_is_not_drawn() -> None:
    text = "\n".join(["word word word"] * 1_000)
    asked: list[str] = []

    def draw(id: str) -> PageMark:
        asked.append(id)
        return drawn(id, "actor", ((int(id) * 15, int(id) * 15 + 4),))

    places = [
        (number * 15, -number * 15 - 4, f"{number}", "actor", True) for number in range(1_000)
    ]
    kept = MarksByPlace(chunks(text), (), Undrawn(places, draw, look=lambda _: (Shape.BOX, None)))
    assert len(kept.by_id) == 1_000
    kept.layout(7)
    kept.at(15 * 8)
    assert kept.neighbour("7", 0, forward=True) == "8"
    assert sorted(asked) == ["7", "8"]
    assert kept.tick("20") == Tick(300, 304, (Shape.BOX, None))
    assert sorted(asked) == ["7", "8"]
