"""Writing our lines with two processes, each of which takes one part of the articles.

A line is about one article, and lines come by the id of theirs: so the lines of the first articles
and those of the last ones can be written at the same time and put together.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from annotator.formats.base import WriteContext
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.remarks import Remarks
from annotator.services import beside
from annotator.services.outgoing import Chosen, Counter, Outgoing, Tell
from annotator.store import articles, codebooks, connection, stillness
from annotator.store.connection import Database

MANY = 2_000
"""Fewer articles are written before another process has started."""

OWN_SHARE = 0.55
"""So much this process writes itself: the other one has to start first."""

AT_ONCE_BYTES = 262_144
"""So much is handed to the system at a time: lines are long, and few calls take half the time."""

_POLL_SECONDS = 0.02


def write(
    db: Database,
    path: Path,
    chosen: Chosen,
    draft: Path,
    context: WriteContext,
    counter: Counter,
) -> None:
    """Write the lines of a project; what they cannot carry is told in the order of the lines.

    Args:
        path: where the database is. Nobody else may write to it meanwhile.

    Raises:
        Stopped: the counter said so.
        OSError: the draft cannot be written.
    """
    with draft.open("wb", buffering=AT_ONCE_BYTES) as out:
        count = articles.count(db)
        if count < MANY or (os.cpu_count() or 1) < 2 or not stillness.settled(db):
            _lines(db, chosen, out, context, counter)
            return
        middle = articles.id_at(db, round(count * OWN_SHARE))
        first, last = (replace(chosen, between=part) for part in (("", middle), (middle, None)))
        second = _Second(path, last, context.without_text, draft, counter)
        try:
            _lines(db, first, out, context, counter)
            if not second.has_written():
                _lines(db, last, out, context, counter)
                return
            second.append_to(out, context)
        finally:
            second.end()


Written = tuple[int, int, int, Remarks]
"""How many lines, articles and marks, and what was lost."""


class _Second:
    """The other process, and the file that it writes."""

    def __init__(
        self, path: Path, chosen: Chosen, without_text: bool, draft: Path, counter: Counter
    ) -> None:
        self._file = draft.with_name(f"{draft.name}.rest")
        self._counter = counter
        self._stop = threading.Event()
        self._found: Written | None = None
        self._thread = threading.Thread(
            target=self._run, args=(path, chosen, without_text, self._file), name="other half"
        )
        self._thread.start()

    def has_written(self) -> bool:
        """Wait for the other one; tell whether it wrote its part.

        If not, whoever writes that part meets what was in its way, too, and tells it.

        Raises:
            Stopped: the counter said so.
        """
        while self._thread.is_alive():
            self._thread.join(_POLL_SECONDS)
            self._counter.tell()
        self._counter.elsewhere = 0
        if self._found is None:
            self._file.unlink(missing_ok=True)
        return self._found is not None

    def append_to(self, out: BinaryIO, context: WriteContext) -> None:
        """Put its lines behind those that are there, and take over what it counted."""
        if self._found is None:
            raise ValueError("it has written nothing")
        with self._file.open("rb") as rest:
            shutil.copyfileobj(rest, out, AT_ONCE_BYTES)
        lines, whole, marks, losses = self._found
        self._counter.lines += lines
        self._counter.articles += whole
        self._counter.marks += marks
        own = context.losses
        own += losses

    def end(self) -> None:
        """Leave neither the process nor its file behind."""
        self._stop.set()
        self._thread.join()
        self._file.unlink(missing_ok=True)

    def _run(self, *about: object) -> None:
        with suppress(Exception):  # see has_written
            self._found = beside.call(write_part, *about, tell=self._heard)

    def _heard(self, done: int, _total: int) -> bool:
        self._counter.elsewhere = done
        return not self._stop.is_set()


def _lines(
    db: Database,
    chosen: Chosen,
    out: BinaryIO,
    context: WriteContext,
    counter: Counter,
) -> None:
    JsonlWriter().write_cells(Outgoing(db, chosen, counter).cells(), out, context)


# In the other process


def write_part(path: Path, chosen: Chosen, without_text: bool, target: Path, tell: Tell) -> Written:
    """Write the lines of some articles into a file of their own; without all of them there is no file."""
    db = connection.look(path)
    try:
        version = codebooks.latest(db)
        context = WriteContext(version.codebook, version.version, without_text)
        counter = Counter(articles.count(db), tell)
        with target.open("wb", buffering=AT_ONCE_BYTES) as out:
            _lines(db, chosen, out, context, counter)
        return counter.lines, counter.articles, counter.marks, context.losses
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        db.close()
