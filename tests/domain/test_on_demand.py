"""Records made when they are asked for: one by one, or what was left for later at once."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from annotator.domain import on_demand
from annotator.domain.on_demand import OnDemand


class Source:
    """Counts how it is asked."""

    def __init__(self) -> None:
        self.singly: list[str] = []
        self.together: list[list[str]] = []

    def make(self, cell: str) -> str:
        if not any(cell in some for some in self.together):
            self.singly.append(cell)
        return cell.upper()

    def fetch(self, keys: Collection[str]) -> None:
        self.together.append(sorted(keys))


def records(source: Source) -> OnDemand[str, str]:
    return OnDemand({letter: letter for letter in "abcdef"}, source.make, source.fetch)


def test_a_record_is_made_once_and_none_before_it_is_asked_for() -> None:
    source = Source()
    found = records(source)
    assert list(found) == list("abcdef")
    assert found["b"] == found["b"] == "B"
    assert source.singly == ["b"]
    assert found.made == 1


def test_who_asks_for_many_reads_all_of_them_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_demand, "ONE_BY_ONE", 2)
    source = Source()
    found = records(source)
    assert list(found.values()) == list("ABCDEF")
    assert source.singly == ["a", "b", "c"]
    assert source.together == [["d", "e", "f"]]


def test_what_was_put_or_taken_meanwhile_stays_so_when_the_rest_is_read() -> None:
    source = Source()
    found = records(source)
    found["c"] = "other"
    del found["d"]
    found.read_rest()
    found.read_rest()
    assert source.together == [["a", "b", "e", "f"]]
    assert list(found.items()) == [
        (k, v) for k, v in zip("abcef", ["A", "B", "other", "E", "F"], strict=True)
    ]


def test_some_are_read_together_but_not_when_they_are_there_already() -> None:
    source = Source()
    found = records(source)
    found.read_some(["a", "b"])
    assert [found["a"], found["b"]] == ["A", "B"]
    found.read_some(["a", "b"])
    found.read_some([])
    found.read_some(["b", "c"])
    found.read_rest()
    found.read_some(["d"])
    assert source.together == [["a", "b"], ["b", "c"], ["c", "d", "e", "f"]]


def test_the_rest_is_read_bit_by_bit_without_what_is_there_or_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(on_demand, "TOGETHER", 2)
    source = Source()
    found = records(source)
    assert found.read_on()
    found["c"] = "other"
    del found["e"]
    assert found.read_on()
    assert found["f"] == "F"
    found.read_rest()
    assert not found.read_on()
    assert source.together == [["a", "b"], ["d"], []]
    assert source.singly == ["f"]
    assert list(found.values()) == ["A", "B", "other", "D", "F"]
