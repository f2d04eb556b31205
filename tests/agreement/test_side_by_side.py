"""Counting in several processes: the same figures, and nothing left behind."""

from __future__ import annotations

import os
from multiprocessing import active_children

import pytest

from annotator.agreement.measure import Measure, Tally, tally_all
from annotator.agreement.side_by_side import tallier
from annotator.agreement.table import layer_measures, table
from annotator.agreement.units import Document
from annotator.agreement.values import Coefficient
from tests.agreement.shapes import document

PROJECT = [
    document(
        90, f"d{number:02}",
        A=[(0, 5, "x"), (10, 11 + number % 7, "y"), (30, 40, "xyz"[number % 3])],
        B=[(number % 3, 5, "x"), (10, 15, "y"), (33, 39 + number % 5, "z")],
        C=[(0, 5, "x")] if number % 2 else [],
    )
    for number in range(21)
]  # fmt: skip


class Enough(Exception):
    """The test wants to stop."""


def test_one_process_and_two_find_the_same_and_leave_nothing_behind() -> None:
    expected = table(PROJECT, draws=20)
    with tallier(2) as spread:
        assert table(PROJECT, draws=20, tallier=spread) == expected
        parts = spread(layer_measures(), PROJECT, None)
        for one, other in zip(parts, tally_all(layer_measures(), PROJECT), strict=True):
            assert one.total() == other.total()
        assert len(active_children()) == 2
    assert active_children() == []


def test_cancelling_ends_the_processes() -> None:
    def stop(_: float) -> None:
        raise Enough

    with pytest.raises(Enough), tallier(2) as spread:
        spread(layer_measures(), PROJECT, stop)
    assert active_children() == []


def _dies_elsewhere(one: Document) -> Tally:
    if os.environ.get("COUNTS_HERE") != str(os.getpid()):
        os._exit(3)
    return {"length": one.length}


def _nothing(_: Tally) -> Coefficient:
    return Coefficient("lengths", None)


def test_what_processes_cannot_do_is_counted_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTS_HERE", str(os.getpid()))
    heard: list[float] = []
    with tallier(2) as spread:
        (found,) = spread([Measure("lengths", _dies_elsewhere, _nothing)], PROJECT, heard.append)
    assert found.total() == {"length": 90 * len(PROJECT)}
    assert heard
    assert active_children() == []
