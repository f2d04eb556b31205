"""A signal: functions connected to it are called, in order, when it is emitted. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Signal(Generic[T]):
    """Announces that something changed, with one value."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], object]] = []

    def connect(self, listener: Callable[[T], object]) -> None:
        """Call ``listener`` with the value at each emit."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[T], object]) -> None:
        """Do not call ``listener`` any more; one that was never connected is no matter."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def emit(self, value: T) -> None:
        """Call everybody connected now; those who connect meanwhile wait for the next time."""
        for listener in tuple(self._listeners):
            listener(value)
