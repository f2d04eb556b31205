"""While nobody works, the rest of the program is read; never while something goes on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pkgutil import iter_modules

import pytest
from pytestqt.qtbot import QtBot

import annotator
from annotator.app import on_first_use, reading_ahead
from annotator.app.reading_ahead import ReadingAhead
from annotator.app.window import make_application


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read, in a program of three modules; nobody has to wait for a rest."""
    found: list[str] = []

    def read_all(packages: object) -> Iterator[str]:
        assert packages == reading_ahead.ROOMS
        for name in ("one", "two", "three"):
            found.append(name)
            yield name

    monkeypatch.setattr(on_first_use, "read_all", read_all)
    monkeypatch.setattr(reading_ahead, "RESTING_MILLISECONDS", 0)
    monkeypatch.setattr(reading_ahead, "BETWEEN_MILLISECONDS", 0)
    return found


def test_one_module_after_the_other_is_read_until_all_are(qtbot: QtBot, read: list[str]) -> None:
    ahead = ReadingAhead(make_application())
    assert read == []
    ahead.soon()
    qtbot.waitUntil(lambda: read == ["one", "two", "three"])
    qtbot.waitUntil(lambda: not ahead._timer.isActive())
    ahead.soon()
    assert not ahead._timer.isActive()
    ahead.deleteLater()


def test_nothing_is_read_while_something_goes_on(qtbot: QtBot, read: list[str]) -> None:
    asked = count()
    ahead = ReadingAhead(make_application(), lambda: next(asked) < 5)
    ahead.soon()
    qtbot.waitUntil(lambda: bool(read))
    assert next(asked) > 5
    ahead.stop()
    ahead.deleteLater()


def test_nothing_is_read_any_more_when_the_window_is_closed(qtbot: QtBot, read: list[str]) -> None:
    ahead = ReadingAhead(make_application())
    ahead.soon()
    ahead.stop()
    ahead.soon()
    qtbot.wait(5)
    assert read == []
    ahead.deleteLater()


def test_every_room_is_read_but_the_one_that_starts_the_program() -> None:
    packages = {one.name for one in iter_modules(annotator.__path__) if one.ispkg}
    assert {room.removeprefix("annotator.") for room in reading_ahead.ROOMS} == packages - {"app"}
