"""Ids and the clock: sortable by time, unique however many are made at once."""

from __future__ import annotations

import re
import threading
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import identity
from annotator.domain.identity import derived_id, is_id, new_id, system_clock


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_ids_carry_the_time_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [0, 1_000_000, 1_700_000_000_000_000_000, (2**48 - 1) * 1_000_000]
    made = []
    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made.append(new_id())
    assert made == sorted(made)
    assert [int(id.replace("-", "")[:12], 16) for id in made] == [m // 1_000_000 for m in moments]


def test_many_ids_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:  # F7, G8
    monkeypatch.setattr(identity.time, "time_ns", lambda: 1_700_000_000_000_000_000)
    made = [new_id() for _ in range(100_000)]
    assert len(set(made)) == len(made)
    assert len({id[:13] for id in made}) == 1
    assert all(map(is_id, made))


def test_a_clock_that_goes_backwards_makes_no_id_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([5_000_000, 3_000_000, 5_000_000])
    monkeypatch.setattr(identity.time, "time_ns", lambda: next(moments))
    assert len({new_id() for _ in range(3)}) == 3


def test_ids_made_in_several_threads_differ() -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend(new_id() for _ in range(2_000)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == len(made) == 8_000


@given(parts=st.lists(st.text(max_size=8), min_size=1, max_size=4))
def test_a_derived_id_belongs_to_its_parts(parts: list[str]) -> None:
    assert derived_id(*parts) == derived_id(*parts)
    assert is_id(derived_id(*parts))
    assert derived_id(*parts) != derived_id(*parts, "x")


def test_derived_ids_are_the_same_on_every_machine() -> None:
    assert derived_id("mark", "a1") == "c7cb3c8c-8242-5b07-bc2f-6259b13bb31c"
    assert derived_id("ab", "c") != derived_id("a", "bc")


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "a1",
        "79D24001-8F7F-5FB2-8D04-3E5FD6A7D32D",
        "79d240018f7f5fb28d043e5fd6a7d32d",
        "{79d24001-8f7f-5fb2-8d04-3e5fd6a7d32d}",
        "79d24001-8f7f-5fb2-8d04-3e5fd6a7d32g",
        "79d240018-f7f-5fb2-8d04-3e5fd6a7d32d",
    ],
)
def test_anything_else_is_no_id(value: object) -> None:
    assert not is_id(value)


def test_the_clock_tells_utc_with_milliseconds() -> None:
    moment = system_clock()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment)
    assert system_clock() >= moment
