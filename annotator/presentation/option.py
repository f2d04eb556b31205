"""A choice among a few."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list: what it stands for and how it is shown."""

    name: str
    label: str
