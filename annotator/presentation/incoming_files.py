"""What becomes of each file of an import, in a row of the list and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from annotator.domain.coded import Remark
from annotator.services import saying
from annotator.services.import_report import FileReport
from annotator.services.wording import counted


class Fate(Enum):
    """What becomes of a file."""

    NEW = "new"
    THERE = "there already"
    REFUSED = "not taken"
    ASKS = "please choose"
    LEFT_OUT = "left out"


_URGENT = (Fate.ASKS, Fate.REFUSED)
"""Listed above files of which something comes in."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in the list.

    Attributes:
        brings: what comes in of it, in a few words.
    """

    name: str
    fate: Fate
    brings: str


def fate_of(file: FileReport) -> Fate:
    """Return what becomes of a file that is not left out."""
    if file.candidates or (file.look and "text" not in file.look.meaning):
        return Fate.ASKS
    if file.added.in_words():
        return Fate.NEW
    return Fate.THERE if file.there.in_words() else Fate.REFUSED


def urgency(file: FileReport) -> int:
    """Return what files are sorted by; it does not change when one is left out, so that no row jumps."""
    fate = fate_of(file)
    if fate in _URGENT:
        return _URGENT.index(fate)
    return len(_URGENT) + (not file.refused) + file.is_well


def said(file: FileReport, remarks: Iterable[Remark]) -> Iterator[str]:
    """Yield remarks as lines that do not name the file again."""
    return saying.lines(
        replace(with_way_on(one), where=one.where.removeprefix(file.name).lstrip(", "))
        for one in remarks
    )


def with_way_on(remark: Remark) -> Remark:
    """Return a remark that says where in the window of the import one does as it asks."""
    return replace(remark, what=f"{remark.what}, with the button below") if remark.label else remark


def brings(file: FileReport, fate: Fate) -> str:
    """Return what comes in of a file, or what it asks, in a few words."""
    if fate is Fate.LEFT_OUT:
        return "left out"
    if fate is Fate.ASKS:
        return "in which encoding?" if file.candidates else "which column is the text?"
    if fate is Fate.REFUSED and len(file.refused) == 1:
        return f"not taken: {file.refused[0].what}"
    parts = [file.added.in_words()] if file.added.in_words() else []
    if file.there.in_words():
        parts.append(f"{file.there.in_words()} there already")
    if file.refused:
        parts.append(f"{counted(file.lost, 'item')} not taken" if parts else "not taken")
    if file.notes:
        parts.append("worth a look")
    return "; ".join(parts) or "nothing to read"
