"""Generators that return something, run to their end."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

R = TypeVar("R")


def drained(steps: Generator[Any, None, R]) -> R:
    """Run to the end and return what is returned there."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: R = end.value
            return found
