"""Two texts beside each other."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.differences import Alignment

texts = st.lists(
    st.sampled_from(["ka", "ren", " ", "\n", ", ", "“", "so", "😀", "é"]), max_size=30
).map("".join)


@given(texts, texts)
def test_stretches_cover_every_word_once_and_in_order(one: str, other: str) -> None:
    found = Alignment(one, other).stretches()
    for side, text in (("one", one), ("other", other)):
        extents = [getattr(stretch, side) for stretch in found]
        shown = "".join(text[start:end] for start, end in extents)
        assert shown.split() == "".join(shown).split()
        assert "".join(shown.split()) == "".join(text.split())
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(extents))
    for stretch in found:
        if stretch.is_same:
            assert "".join(one[slice(*stretch.one)].split()) == "".join(
                other[slice(*stretch.other)].split()
            )


@given(texts, texts, st.data())
def test_what_is_moved_says_the_same(one: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(one)))
    end = data.draw(st.integers(start, len(one)))
    if one[start:end].strip() == one[start:end] != "":
        moved = Alignment(one, other).moved((start, end), 1)
        assert moved is None or other[slice(*moved)] == one[start:end]


def test_words_are_found_in_their_own_place() -> None:
    one = "The port is shut. The mayor of the port said so on Monday."
    other = "Harbour news\n\nThe mayor of the port  said so on Monday. The port is open."
    alignment = Alignment(one, other)
    start = one.index("the port said")
    assert alignment.moved((start, start + 8), 5) == (27, 35)
    assert other[27:35] == "the port"
    assert alignment.moved((start, start + 13), 5) is None, "two blanks there"
    assert alignment.moved((0, 8), 5) is None


def test_a_text_is_itself() -> None:
    text = "We will not go back."
    (only,) = Alignment(text, text).stretches()
    assert only.is_same
    assert only.one == only.other == (0, len(text))
    assert Alignment("", "").stretches() == []
