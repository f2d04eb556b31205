"""Work in several processes: the same results in the same order, and nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from multiprocessing import active_children

import pytest

from annotator.agreement.side_by_side import AHEAD, crew
from annotator.agreement.table import Look, Tallied, counted, label_measures, layer_measures
from annotator.agreement.units import Document
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

LOOK = Look(tuple(layer_measures()), label_measures)


class Enough(Exception):
    """The test wants to stop."""


def _tallied(documents: list[Document]) -> Tallied:
    return LOOK.tallied(documents)


def _rows(parts: list[Tallied]) -> list[tuple[object, object]]:
    for part in parts[1:]:
        parts[0].add(part)
    return [(label, one.with_interval(20)) for label, one in counted(LOOK, parts[0])]


def test_one_process_and_two_find_the_same_and_leave_nothing_behind() -> None:
    expected = _rows([_tallied(PROJECT)])
    parts = [PROJECT[at : at + 4] for at in range(0, len(PROJECT), 4)]
    with crew(1) as here:
        assert _rows(list(here.each(_tallied, parts))) == expected
    with crew(2) as workers:
        assert _rows(list(workers.each(_tallied, parts))) == expected
        assert len(active_children()) == 2
    assert active_children() == []


def _twice(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("processes", [1, 2])
def test_pieces_are_taken_as_they_are_needed_and_results_keep_their_order(processes: int) -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    with crew(processes) as workers:
        results = workers.each(_twice, pieces())
        assert next(results) == 0
        assert len(taken) <= processes * AHEAD + 1
        assert list(results) == [2 * number for number in range(1, 40)]
    assert taken == list(range(40))


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("reason", [Enough, KeyboardInterrupt])
def test_whatever_stops_the_work_ends_the_processes(
    processes: int, reason: type[BaseException]
) -> None:
    def stop() -> None:
        raise reason

    with pytest.raises(reason), crew(processes) as workers:
        list(workers.each(_twice, range(9), stop))
    assert active_children() == []


def _fails(number: int) -> int:
    raise ValueError(f"{number} is wrong")


@pytest.mark.parametrize("processes", [1, 2])
def test_a_mistake_in_a_process_is_told_here(processes: int) -> None:
    with pytest.raises(ValueError, match="0 is wrong"), crew(processes) as workers:
        list(workers.each(_fails, range(9)))
    assert active_children() == []


def _dies_elsewhere(here: int, number: int) -> int:
    if os.getpid() != here:
        os._exit(3)
    return -number


def test_what_processes_cannot_do_is_done_here() -> None:
    asked: list[None] = []
    with crew(2) as workers:
        work = partial(_dies_elsewhere, os.getpid())
        found = list(workers.each(work, range(9), lambda: asked.append(None)))
    assert found == [-number for number in range(9)]
    assert asked
    assert active_children() == []
