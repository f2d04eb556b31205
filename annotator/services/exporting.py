"""Exporting: written beside the target and moved into place, with a report of what could not be carried."""

from __future__ import annotations

import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.coded import ANNOTATOR, GOLD, SUGGESTIONS
from annotator.domain.errors import BadInput, NotFound, Refused
from annotator.domain.identity import Id
from annotator.formats.base import FolderWriter, TextWriter, WriteContext
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.remarks import Remarks
from annotator.formats.safe_zip import files_in, pack
from annotator.services import two_hands
from annotator.services.aside import Aside
from annotator.services.outgoing import Chosen, Counter, Outgoing, Stopped, Tell
from annotator.services.project import Project
from annotator.services.saying import lines
from annotator.services.wording import counted, quoted
from annotator.services.writing import spare_projects
from annotator.store import actors, annotators, articles, codebooks, snapshot
from annotator.store.connection import Database

__all__ = [
    "Order",
    "Report",
    "Stopped",
    "Tell",
    "Told",
    "export",
    "export_aside",
    "export_from",
    "people",
]

VIEWS = (ANNOTATOR, GOLD, SUGGESTIONS)

BY_SPLIT = ("spacy",)
"""Formats that go out as files to train and to test on."""

MANY_LOSSES = 100
"""The same loss in so many places is said once, with the first of them; a report in a file has them all."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, and how."""

    out: Path
    format: str = "jsonl"
    view: str = ANNOTATOR
    annotator: str | None = None
    without_text: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What an export wrote, and what the format could not carry.

    Attributes:
        lines: the coded articles: each article once for each annotator.
        articles: how many articles those are.
    """

    lines: int
    articles: int
    marks: int
    losses: Remarks

    def in_words(self) -> list[str]:
        """Return what was written, and how much was left out."""
        wrote = f"Wrote {counted(self.marks, 'mark')} in {counted(self.articles, 'article')}"
        if self.lines != self.articles:
            wrote += f": {self.lines:,} codings, one for each annotator of an article"
        lines = [f"{wrote}."]
        if self.losses:
            lines.append(f"The format could not carry {counted(self.losses.lost, 'thing')}.")
        return lines

    def details(self) -> list[str]:
        """Return a line for each loss; what is said of very many places, in one line."""
        return list(lines(self.losses, MANY_LOSSES))

    def as_data(self) -> dict[str, object]:
        """Return what JSON tells of it; the losses are still as they are."""
        return {
            "lines": self.lines,
            "articles": self.articles,
            "marks": self.marks,
            "losses": self.losses,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an export; worked out beside a window, for there may be very many losses.

    Attributes:
        words: what was written.
        details: a line for each loss.
    """

    words: list[str]
    details: list[str]


def people(project: Project) -> list[str]:
    """Return the names of those whose marks can be exported."""
    return [person.name for person in annotators.all(project.db)]


def export(project: Project, order: Order, tell: Tell | None = None) -> Report:
    """Export an open project; raises like ``export_from``."""
    spare_projects(order.out, project.path)
    return export_from(project.db, project.path, order, tell)


def export_aside(project: Project, order: Order) -> Aside[Told]:
    """Return the work that exports a copy of the project; raises like ``export_from``."""
    spare_projects(order.out, project.path)
    return Aside(project, export_copy, order)


def export_copy(copy: Path, order: Order, tell: Tell) -> Told:
    """Export a copy of a project, which is gone then; raises like ``export_from``."""
    with snapshot.reading(copy) as db:
        report = export_from(db, copy, order, tell)
    return Told(report.in_words(), report.details())


def export_from(db: Database, path: Path, order: Order, tell: Tell | None = None) -> Report:
    """Export from any open project database, which is at ``path`` and nobody else writes to.

    Raises:
        NotFound: no annotator of that name.
        Refused: ``strict`` and something was lost, or the target is a project; nothing is
            written then.
        Stopped: ``tell`` said so.
        BadInput: the target cannot be written to.
    """
    from annotator.formats.registry import writer_named

    spare_projects(order.out)
    if order.view not in VIEWS:
        raise BadInput(f"“{order.view}” is no view: choose {', '.join(VIEWS)}")
    writer = writer_named(order.format)
    if order.view == SUGGESTIONS and not writer.tells_view:
        raise Refused(f"{order.format} cannot tell suggestions from marks: export them as jsonl.")
    if order.without_text and writer.needs_text:
        raise Refused(
            f"{order.format} cannot be written without the texts: export without them as jsonl."
        )
    if order.format in BY_SPLIT:
        _refuse_leak(db)
    version = codebooks.latest(db)
    book = {actor.id: actor for actor in actors.TABLE.select(db)}
    context = WriteContext(version.codebook, version.version, order.without_text, book=book)
    person = _person(db, order.annotator)
    counter = Counter(articles.count(db), tell)
    if order.format == "jsonl":
        counter.tell()
        _lose_unmentioned(db, context)
        counter.tell()
    draft = order.out.with_name(f".{order.out.name}.{uuid.uuid4().hex}.new")
    try:
        chosen = Chosen(order.view, person)
        if isinstance(writer, JsonlWriter):
            two_hands.write(db, path, chosen, draft, context, counter)
            _sync(draft)
            made = draft
        else:
            made = _write(writer, Outgoing(db, chosen, counter), draft, order, context)
        if order.strict and context.losses:
            raise Refused(
                f"Nothing was written: the format cannot carry {counted(len(context.losses), 'thing')}, "
                f"first {context.losses[0].where}: {context.losses[0].what}."
            )
        _move(made, order.out)
    except OSError as error:
        raise BadInput(
            f"{order.out.name} could not be written ({error.strerror}): choose another place or make room. "
            "What was there before is untouched."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        for left in (draft, _packed(draft)):
            with suppress(OSError):
                left.unlink()
    return Report(counter.lines, counter.articles, counter.marks, context.losses)


def _write(
    writer: TextWriter | FolderWriter,
    coded: Outgoing,
    draft: Path,
    order: Order,
    context: WriteContext,
) -> Path:
    """Write beside the target; return the file or folder that is to be moved there."""
    if isinstance(writer, TextWriter):
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            writer.write(coded.articles(), file, context)
        _sync(draft)
        return draft
    draft.mkdir()
    writer.write_files(coded.articles(), draft, context)
    if writer.packed or order.out.suffix.lower() in (".zip", writer.suffix):
        pack(draft, _packed(draft))
        _sync(_packed(draft))
        return _packed(draft)
    if order.out.exists() and (not order.out.is_dir() or any(order.out.iterdir())):
        raise Refused(
            f"{order.out.name} is there already and {order.format} writes a folder: "
            f"name a new one, or a file ending in .zip."
        )
    for written in files_in(draft):
        _sync(written)
    return draft


def _move(made: Path, out: Path) -> None:
    if made.is_dir() and out.is_dir():
        out.rmdir()
    made.replace(out)
    _sync_folder(out.parent)


def _packed(draft: Path) -> Path:
    return draft.with_name(f"{draft.name}.zip")


def _sync(file: Path) -> None:
    """Make the contents of a written file durable."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _person(db: Database, name: str | None) -> Id | None:
    if name is None:
        return None
    found = annotators.named(db, name)
    if found is None:
        known = ", ".join(person.name for person in annotators.all(db)) or "nobody yet"
        raise NotFound(f"The project has no annotator “{name}”: it has {known}.")
    return found.id


def _refuse_leak(db: Database) -> None:
    """Raise Refused if copies of one article would be both trained and tested on."""
    split = [one for one in articles.leaking(db) if one.split]
    if split:
        listed = ", ".join(f"{quoted(one.title)} in {one.split}" for one in split[:4])
        raise Refused(
            f"Nothing was written: articles that are copies of each other stand in different splits ({listed}). "
            "Give them one split, or say that they are no copies."
        )


def _lose_unmentioned(db: Database, context: WriteContext) -> None:
    for actor in actors.unmentioned(db):
        context.lose(f"actor {actor.name}", "is mentioned by no mark")


def _sync_folder(folder: Path) -> None:
    """Make the move itself durable, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
