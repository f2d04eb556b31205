"""Grouping pairs, and the window of days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.copies import joined, original, within
from annotator.domain.article import Article, Meta, TextSource

ids = st.lists(st.sampled_from("abcdefgh"), unique=True)
ties = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))


def article(id: str, published: str | None, length: int = 10) -> Article:
    return Article(
        id, Meta(published=published), id, length, TextSource("utf-8", "lf", False, id), "", 1
    )


@given(ties)
def test_groups_hold_what_is_tied_and_nothing_else(found: list[tuple[str, str]]) -> None:
    groups = joined("abcdefgh", found)
    home = {id: number for number, group in enumerate(groups) for id in group}
    assert len(home) == sum(map(len, groups))
    assert all(len(group) > 1 for group in groups)
    for one, other in found:
        assert one == other or home[one] == home[other]
    for group in groups:
        reached = {group[0]}
        for _ in group:
            reached |= {b for a, b in found if a in reached} | {a for a, b in found if b in reached}
        assert reached == set(group)


def test_copies_are_looked_for_within_days() -> None:
    monday, tuesday = article("a", "2026-05-04T23:00:00Z"), article("b", "2026-05-05")
    assert within(monday, tuesday, 1)
    assert not within(monday, tuesday, 0)
    assert not within(monday, article("c", "2026-05-12"), 7)
    assert within(monday, article("c", "2036-05-12"), None)
    assert within(monday, article("d", None), 0)
    assert within(monday, article("e", "in May"), 0)


def test_the_original_is_the_earliest_then_the_longest() -> None:
    late, short, long = (
        article("a", "2026-05-05", 99),
        article("b", "2026-05-04", 9),
        article("c", "2026-05-04", 20),
    )
    assert original([late, short, long]) is long
    assert original([article("x", None), late]) is late


@given(ties, st.lists(st.tuples(ids, ids)))
def test_nobody_meets_whom_they_were_told_apart_from(
    found: list[tuple[str, str]], others: list[tuple[list[str], list[str]]]
) -> None:
    apart = {frozenset((a[0], b[0])) for a, b in others if a and b and a[0] != b[0]}
    groups = joined("abcdefgh", found, apart)
    assert not any(pair <= set(group) for pair in apart for group in groups)
    if found and found[0][0] != found[0][1] and frozenset(found[0]) not in apart:
        assert any({*found[0]} <= set(group) for group in groups)
