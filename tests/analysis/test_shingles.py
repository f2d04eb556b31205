"""Shingles: the same everywhere, blind to case and boilerplate, and prints that copies share."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import shingles
from tests.bench.corpus import text_of
from tests.support.copying import EDITS

words = st.lists(st.sampled_from(["ka", "ren", "tömi", "سلام", "2026", "😀", "l’or"]), max_size=60)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert shingles.shingles("The night shift is paid at last.") == [
        510253575507469879,
        66405223567255568,
        496374099771791189,
    ]


@given(words)
def test_there_is_one_for_each_run_of_five_words(found: list[str]) -> None:
    text = " ".join(found)
    kept = shingles.words(text)
    runs = [tuple(kept[at : at + 5]) for at in range(max(1, len(kept) - 4))] if kept else []
    hashes = shingles.shingles(text)
    assert len(hashes) == len(runs)
    assert len(set(hashes)) == len(set(runs))


def test_case_form_and_spacing_make_no_difference() -> None:
    one = shingles.shingles("The ﬁrst Offer of the port was “an insult”, she said")
    other = shingles.shingles("the first offer\nof the   port was an insult she said")
    assert one == other


def test_lines_that_papers_add_are_left_out() -> None:
    body = "the union called the offer an insult on monday and went home"
    added = (
        f"By Rosa Lindqvist and Amal Haddad\nALMAR, 3 May (Reuters) - {body}\n"
        "Sign up for our newsletter here.\n© 2026 The Almar Courier\n"
    )
    assert shingles.shingles(added) == shingles.shingles(body)
    assert "by" in shingles.words("By the harbour stood a crane.")


def test_scripts_without_spaces_go_by_character() -> None:
    assert shingles.words("港は閉鎖 2026") == ["港", "は", "閉", "鎖", "2026"]


@given(words, words, words)
def test_a_long_common_passage_leaves_a_common_print(
    before: list[str], after: list[str], more: list[str]
) -> None:
    passage = [f"w{number}" for number in range(shingles.WORDS + shingles.WINDOW - 1)]
    one = shingles.prints(shingles.shingles(" ".join(before + passage + after)))
    other = shingles.prints(shingles.shingles(" ".join(more + passage)))
    assert one & other


@given(words)
def test_prints_are_shingles_and_few(found: list[str]) -> None:
    hashes = shingles.shingles(" ".join(found))
    prints = shingles.prints(hashes)
    assert prints <= set(hashes)
    assert bool(prints) == bool(hashes)


@pytest.mark.parametrize("kind", EDITS)
def test_copies_that_keep_half_contain_half(kind: str) -> None:
    chance = random.Random(5)
    for _ in range(20):
        text = text_of(chance, 2500)
        copy = EDITS[kind](text, chance)
        one, other = (frozenset(shingles.shingles(item)) for item in (text, copy))
        assert shingles.containment(one, other) >= 0.5
        assert shingles.containment(one, other) == shingles.containment(other, one)


def test_nothing_contains_nothing() -> None:
    assert shingles.containment(frozenset(), frozenset({1})) == 0
    assert shingles.shingles(" — ") == []
