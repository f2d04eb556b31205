"""Prints worked out at once are those that are worked out one by one."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import prints, shingles
from tests.bench.corpus import text_of

words = st.sampled_from(["ka", "ren", "tömi", "سلام", "2026", "😀", "l’or", "東京", "\n"])


@given(st.lists(words, max_size=160), st.integers(0, 12))
def test_both_ways_give_the_same(found: list[str], repeated: int) -> None:
    text = " ".join(found * (1 + repeated))
    assert prints.at_once(text) == prints.one_by_one(text)


@pytest.mark.parametrize(
    "length", range(shingles.SHORT, shingles.SHORT + shingles.WORDS + shingles.WINDOW + 2)
)
def test_both_ways_give_the_same_where_a_text_is_no_longer_short(length: int) -> None:
    text = " ".join(f"word{number * number % 97}" for number in range(length))
    assert prints.at_once(text) == prints.one_by_one(text)


def test_both_ways_give_the_same_of_long_texts() -> None:
    chance = random.Random(4)
    for size in (500, 5_000, 50_000):
        text = text_of(chance, size)
        found = prints.at_once(text)
        assert found == prints.one_by_one(text)
        assert list(found) == sorted(set(found))


def test_one_by_one_needs_no_library() -> None:
    code = "import sys; from annotator.analysis import prints; prints.one_by_one('a ' * 900); assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
