"""A whole project made from a damaged one; the damaged file is not touched.

Every record is there twice: in its table and in the journal. What the table has is taken if it
keeps the rules, else what the journal has; what neither gives whole is written into a file that a
person can read. Nothing is dropped without being named there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.codebook import Codebook
from annotator.domain.identity import Clock, IdMaker
from annotator.store import durable, header
from annotator.store.choosing import Choosing, Lost
from annotator.store.rebuild import rebuild
from annotator.store.recovery import log_of
from annotator.store.refusals import Damaged
from annotator.store.salvage import UNREADABLE, Salvage, salvage


@dataclass
class Repaired:
    """What a repair made.

    Attributes:
        path: the whole project.
        kept: how many records of each kind are in it.
        from_journal: how many of them came from the journal.
        notes: one sentence for each thing a person should know.
        lost: what is not in it, or differs from what the journal has.
    """

    path: Path
    kept: Counter[str] = field(default_factory=Counter)
    from_journal: int = 0
    notes: list[str] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)


def repair(
    project: Path,
    target: Path,
    *,
    codebook: Codebook,
    texts: Callable[[str], str | None],
    clock: Clock,
    new_id: IdMaker,
) -> Repaired:
    """Make a whole project at ``target`` from what can be read of a damaged one.

    Args:
        codebook: stands in if no version of the project's own can be read.
        texts: asked for a text by its SHA-256 when the file's own is damaged.

    Raises:
        Damaged: too little can be read; nothing is made.
    """
    found = _salvage(project)
    choosing = Choosing(found, texts, codebook, clock)
    chosen = choosing.all()
    if not chosen["article"] and (
        found.records.get("article") or not found.records.get("codebook")
    ):
        raise Damaged(f"No article of {project.name} can be read: open a backup of it.")
    report = Repaired(target, notes=[*found.gaps, *choosing.notes], lost=choosing.lost)
    report.kept.update({kind: len(rows) for kind, rows in chosen.items()})
    report.from_journal = choosing.from_journal
    draft = target.with_name(f".{target.name}.{new_id()}.new")
    try:
        if not rebuild(draft, found, chosen, choosing.bodies, clock, new_id):
            report.notes.append(
                "The history before the repair can be read, but no longer be undone."
            )
        durable.flush(draft)
        durable.link_or_copy(draft, target)
    finally:
        for end in ("", "-wal", "-journal"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)
    return report


def _salvage(project: Path) -> Salvage:
    """Read a copy of the file with its log; where that gives nothing, without the log."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        scratch = Path(folder) / "project"
        for with_log in (True, False):
            shutil.copyfile(project, scratch)
            _lengthen(scratch)
            if with_log and log_of(project).exists():
                shutil.copyfile(log_of(project), log_of(scratch))
            try:
                found = salvage(scratch)
            except UNREADABLE:
                found = Salvage()
            if any(found.records.values()):
                return found
            for leftover in Path(folder).iterdir():
                leftover.unlink()
    raise Damaged(f"Nothing can be read of {project.name} any more: open a backup of it.")


def _lengthen(scratch: Path) -> None:
    """Fill a copy that was cut short up with zeros; SQLite reads nothing at all of a shorter one."""
    wanted = header.read(scratch).said_size
    # What a damaged header claims is believed only within reason.
    if scratch.stat().st_size < wanted <= scratch.stat().st_size * 100:
        with scratch.open("r+b") as file:
            file.truncate(wanted)
