"""Articles are divided in proportion, the same way every time, and nothing leaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.splits import Item, Leak, divide, split_named
from annotator.domain.errors import Refused
from annotator.domain.splits import SPLITS, Method, Wish


def items(count: int) -> list[Item]:
    return [
        Item(f"id{n:03}", f"paper {n % 4}", f"2026-{1 + n // 28:02}-{1 + n % 28:02}")
        for n in range(count)
    ]


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    cut = sorted(draw(st.tuples(st.integers(0, 10), st.integers(0, 10))))
    shares = (cut[0] / 10, (cut[1] - cut[0]) / 10, 1 - cut[1] / 10)
    return Wish(
        draw(st.sampled_from([Method.RANDOM, Method.TIME])),
        shares,
        draw(st.integers(0, 99)),
        draw(st.sampled_from(["", "publisher", "month"])),
    )


numbers = st.integers(0, 39)


@given(wishes(), st.lists(st.tuples(numbers, numbers), max_size=30), st.randoms())
def test_what_belongs_together_stays_together(
    wish: Wish, pairs: list[tuple[int, int]], chance: object
) -> None:
    every = items(40)
    tied = [(f"id{a:03}", f"id{b:03}") for a, b in pairs]
    found = divide(every, tied, wish)
    assert set(found.of) == {item.id for item in every}
    for one, other in tied:
        assert found.of[one] == found.of[other]
    shuffled = list(every)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert divide(shuffled, reversed(tied), wish).of == found.of


@given(wishes())
def test_shares_are_kept_to_within_one_article(wish: Wish) -> None:
    counts = Counter(divide(items(100), (), wish).of.values())
    for name, share in zip(SPLITS, wish.shares, strict=True):
        assert abs(counts[name] - 100 * share) <= 2


def test_every_publisher_is_dealt_in_proportion() -> None:
    every = items(400)
    found = divide(every, (), Wish()).of
    for paper in {item.publisher for item in every}:
        own = Counter(found[item.id] for item in every if item.publisher == paper)
        assert abs(own["train"] - 80) <= 2
        assert abs(own["test"] - 10) <= 2


def test_by_time_the_latest_are_the_test() -> None:
    every = items(100)
    found = divide(every, [("id000", "id099")], Wish(Method.TIME)).of
    days = {name: [item.published for item in every if found[item.id] == name and item.id != "id000"] for name in SPLITS}  # fmt: skip
    assert max(days["train"]) <= min(days["dev"]) <= max(days["dev"]) <= min(days["test"])
    assert found["id000"] == found["id099"] == "test"


def test_by_publisher_none_is_in_two_splits() -> None:
    every = items(100)
    found = divide(every, (), Wish(Method.PUBLISHER, (0.5, 0.25, 0.25))).of
    for paper in {item.publisher for item in every}:
        assert len({found[item.id] for item in every if item.publisher == paper}) == 1
    assert Counter(found.values()) == {"train": 50, "dev": 25, "test": 25}
    with pytest.raises(Refused, match="copies tie them"):
        divide(every, [(f"id00{n}", f"id00{n + 1}") for n in range(4)], Wish(Method.PUBLISHER))


def test_articles_keep_their_split_and_new_ones_are_added() -> None:
    before = divide(items(50), (), Wish()).of
    later = [replace(item, kept=before.get(item.id)) for item in items(80)]
    after = divide(later, (), Wish(seed=7)).of
    assert {id: after[id] for id in before} == before
    assert set(Counter(after.values())) == set(SPLITS)
    by_paper = divide(later, (), Wish(Method.PUBLISHER)).of
    assert {id: by_paper[id] for id in before} == before


def test_a_leak_is_refused_with_its_articles() -> None:
    every = items(10)
    every[2] = replace(every[2], kept="train", ties=("text x",))
    every[7] = replace(every[7], kept="test", ties=("text x",))
    with pytest.raises(Leak) as raised:
        divide(every, (), Wish())
    assert raised.value.articles == {"id002": "train", "id007": "test"}


def test_names_of_splits_are_understood() -> None:
    assert [split_named(name) for name in ("Validation", "test", "fold 1", None)] == [
        "dev", "test", None, None,
    ]  # fmt: skip
    with pytest.raises(Refused, match="add up to 1"):
        Wish(shares=(0.5, 0.2, 0.2))
