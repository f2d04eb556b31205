"""Readings go on piece by piece, a newer one in the place of an older, and end whatever happens."""

from __future__ import annotations

import pytest

from annotator.domain.slices import Slices
from annotator.presentation.piecemeal import Piecemeal


def counted(to: int) -> Slices[int]:
    for _ in range(to):
        yield
    return to


def broken() -> Slices[int]:
    yield
    raise OSError("the disk went away")


def test_a_reading_gives_what_it_found_when_all_is_read() -> None:
    readings, found = Piecemeal(), list[int]()
    readings.begin("one", counted(2), found.append, at_once=False)
    assert readings.reads("one")
    while readings.go_on():
        assert found == []
    assert found == [2]
    assert not readings.reads("one")


def test_the_reading_begun_first_goes_on_first() -> None:
    readings, told, begun = Piecemeal(), list[str](), list[None]()

    def pieces_of(name: str, pieces: int) -> Slices[str]:
        for piece in range(pieces):
            told.append(f"{name} {piece}")
            yield
        return name

    readings.begun.connect(begun.append)
    readings.begin("little", pieces_of("little", 1), told.append, at_once=True)
    assert (told, begun, readings.go_on()) == (["little 0", "little"], [], False)
    for name in ("one", "stopped", "other"):
        readings.begin(name, pieces_of(name, 1), told.append, at_once=False)
    readings.stop("stopped")
    while readings.go_on():
        pass
    assert told[2:] == ["one 0", "one", "other 0", "other"]
    assert len(begun) == 3


def test_a_newer_reading_takes_the_place_of_an_older() -> None:
    readings, found = Piecemeal(), list[int]()
    readings.begin("one", counted(5), found.append, at_once=False)
    readings.go_on()
    readings.begin("one", counted(1), found.append, at_once=False)
    while readings.go_on():
        pass
    assert found == [1]


def test_a_reading_that_fails_has_ended() -> None:
    readings, found = Piecemeal(), list[int]()
    readings.begin("broken", broken(), found.append, at_once=False)
    readings.go_on()
    with pytest.raises(OSError, match="disk"):
        readings.go_on()
    assert not readings.reads("broken")
    assert not readings.go_on()
