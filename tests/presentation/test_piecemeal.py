"""Readings go on piece by piece, a newer one in the place of an older, and end whatever happens."""

from __future__ import annotations

import pytest

from annotator.domain.slices import Slices
from annotator.presentation.piecemeal import WHOLE, Piecemeal


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


def told(to: int) -> Slices[int]:
    for piece in range(to):
        yield piece + 1, to, ""
    return to


def test_what_is_halted_waits_where_it_is_and_the_others_go_on() -> None:
    readings, found, begun = Piecemeal(), list[int](), list[None]()
    readings.begin("one", told(3), found.append, at_once=False)
    readings.begin("other", told(2), found.append, at_once=False)
    readings.begun.connect(begun.append)
    readings.go_on()
    readings.halt("one", "nobody")
    assert (readings.is_halted("one"), readings.is_halted("nobody")) == (True, False)
    while readings.go_on():
        pass
    assert (found, readings.reads("one"), readings.reached("one")) == ([2], True, (1, 3))
    readings.read_on("one")
    assert begun, "somebody has to call for its pieces again"
    while readings.go_on():
        pass
    assert (found, readings.is_halted("one"), readings.reached("one")) == ([2, 3], False, (0, 0))


def test_what_is_read_anew_in_place_of_what_was_halted_waits_too() -> None:
    readings, found = Piecemeal(), list[int]()
    readings.begin("one", told(3), found.append, at_once=False)
    readings.go_on()
    readings.halt("one")
    readings.begin("one", told(2), found.append, at_once=False)
    assert not readings.go_on()
    assert readings.reached("one") == (0, 0)
    readings.stop("one")
    readings.begin("one", told(2), found.append, at_once=False)
    assert readings.go_on(), "it was given up, and somebody wants it now"
    readings.halt("one")
    readings.begin("one", told(1), found.append, at_once=True)
    assert (found, readings.is_halted("one")) == ([1], False), "what is little waits for nobody"


def test_who_shows_how_far_it_is_hears_of_every_turn() -> None:
    readings, heard = Piecemeal(), list[tuple[bool, bool]]()
    readings.turned.connect(
        lambda _: heard.append((readings.reads("one"), readings.is_halted("one")))
    )
    readings.begin("one", told(1), lambda _: None, at_once=False)
    readings.halt("one")
    readings.read_on("one")
    while readings.go_on():
        pass
    assert heard == [(True, False), (True, True), (True, False), (False, False)]
    readings.begin("one", broken(), lambda _: None, at_once=False)
    readings.go_on()
    with pytest.raises(OSError, match="disk"):
        readings.go_on()
    assert heard[-1] == (False, False)


def test_what_is_through_says_so_before_it_is_given() -> None:
    def through() -> Slices[str]:
        yield 1, 2, "things"
        yield WHOLE
        return "all"

    readings, found = Piecemeal(), list[str]()
    readings.begin("one", through(), found.append, at_once=False)
    seen = []
    while readings.go_on():
        seen.append((readings.is_through, readings.reached("one"), list(found)))
    assert seen == [(False, (1, 2), []), (True, (1, 2), [])]
    assert found == ["all"]
    assert not readings.is_through
