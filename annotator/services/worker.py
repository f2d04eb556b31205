"""Reading foreign files in a process of their own, with bounds on memory and time.

A parser of somebody else's format meets files from anywhere. What hangs it, fills the memory or
crashes the interpreter ends that process and becomes one sentence in the report; the project and
the window never notice. Our own formats are simple: the importing process reads them itself, but for
large files of our lines, which are read here while it writes.

The process is ``python -m annotator.services.worker``; parent and child send each other pickled
messages through its standard input and output, both being this very program.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from annotator.domain import own_process
from annotator.domain.coded import Read
from annotator.domain.errors import BadInput, DoubtfulEncoding, Problem
from annotator.formats.base import ReadContext, Source

MEMORY_BYTES = 3 * 1024**3
"""A file of 20 MB, the most an article may have, needs less than a tenth of this in any format."""

SILENT_SECONDS = 120
"""A parser that says nothing for so long has lost its way: whole corpora give their first article sooner."""

START_SECONDS = 120
"""A machine that is very busy may need long to start a process."""

MOST_WAITING = 64
"""So many messages wait here at most; then the process waits, so that memory does not grow."""

OWN = frozenset(("txt", "annotator", "jsonl", "sample"))
"""Formats that need no bounds, and are read in the importing process unless a file is large."""

_POLL_SECONDS = 0.005
"""A window that reads beside its other work waits for so long at most."""


class Worker:
    """The process that reads; it starts with the first file and ends with the import."""

    def __init__(
        self, command: list[str] | None = None, silent_seconds: float = SILENT_SECONDS
    ) -> None:
        self._command = command or [sys.executable, "-m", "annotator.services.worker"]
        self._silent_seconds = silent_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._said: queue.Queue[Any] = queue.Queue(MOST_WAITING)
        self._listener: threading.Thread | None = None
        self._is_up = False

    def read(self, reader: str, source: Source, context: ReadContext) -> Iterator[Read | None]:
        """Yield what a reader finds in a file; None whenever there is nothing yet.

        Raises:
            BadInput: the reader refused the file, or the process died or was silent too long.
        """
        process = self._running()
        plain = {
            field.name: getattr(context, field.name)
            for field in fields(context)
            if not callable(getattr(context, field.name))
        }
        self._send(process, (reader, source, plain, context.rows_of is not None))
        silent = 0.0
        while True:
            try:
                message = self._said.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                silent += _POLL_SECONDS
                if silent > (self._silent_seconds if self._is_up else START_SECONDS):
                    self.close()
                    raise BadInput(
                        f"took longer than {self._silent_seconds:.0f} seconds to read and was left out: "
                        "it may be damaged, or made to do harm"
                    ) from None
                yield None
                continue
            silent = 0.0
            match message:
                case None:
                    self.close()
                    raise BadInput(
                        "could not be read to its end and was left out: reading it needed too much "
                        "memory or stopped the reader"
                    )
                case ("up",):
                    self._is_up = True
                case ("read", read):
                    yield read
                case ("ask", name, arguments):
                    self._send(process, _answer(context, name, arguments))
                case ("doubt", sentence, candidates):
                    raise DoubtfulEncoding(sentence, candidates)
                case ("problem", sentence):
                    raise BadInput(sentence)
                case ("end",):
                    return

    def close(self) -> None:
        """End the process."""
        if self._process is None or self._listener is None:
            return
        self._process.kill()
        self._process.wait()
        while self._listener.is_alive():
            # It may wait for room for what nobody wants any more.
            with suppress(queue.Empty):
                self._said.get(timeout=_POLL_SECONDS)
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process = self._listener = None
        self._is_up = False
        self._said = queue.Queue(MOST_WAITING)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  (our own program, no shell)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=own_process.environment(),
            )
            self._listener = threading.Thread(
                target=_listen,
                args=(self._process.stdout, self._said),
                name="annotator-reading",
                daemon=True,
            )
            self._listener.start()
        return self._process

    def _send(self, process: subprocess.Popen[bytes], message: Any) -> None:
        if process.stdin:
            # A process that has just died is noticed by the listener.
            with suppress(OSError):
                pickle.dump(message, process.stdin)
                process.stdin.flush()


def _listen(pipe: BinaryIO, said: queue.Queue[Any]) -> None:
    """Pass on what the process says; None when it says no more."""
    try:
        while True:
            said.put(pickle.load(pipe))  # noqa: S301  (said by our own program)
    except (EOFError, OSError, pickle.UnpicklingError, ValueError):
        said.put(None)


def _answer(context: ReadContext, name: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "answer", getattr(context, name)(*arguments)
    except Problem as problem:
        return "problem", str(problem)


# In the process


def main() -> None:
    """Read the files that are named on standard input until there are no more."""
    _bound_memory()
    out = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not come between the messages.
    os.dup2(2, 1)
    pickle.dump(("up",), out)
    out.flush()
    while True:
        try:
            reader, source, plain, has_rows = pickle.load(sys.stdin.buffer)  # noqa: S301
        except EOFError:
            return
        _serve(reader, source, plain, out, has_rows=has_rows)


def _serve(
    reader: str, source: Source, plain: dict[str, Any], out: BinaryIO, *, has_rows: bool
) -> None:
    from annotator.formats.registry import reader_named

    def say(*message: Any) -> None:
        pickle.dump(message, out)
        out.flush()

    def ask(name: str, *arguments: Any) -> Any:
        say("ask", name, arguments)
        kind, found = pickle.load(sys.stdin.buffer)  # noqa: S301  (said by our own program)
        if kind == "problem":
            raise BadInput(str(found))
        return found

    context = ReadContext(
        **{name: value for name, value in plain.items() if name != "rows_of"},
        annotator_id=cache(lambda name: str(ask("annotator_id", name))),
        text_of=lambda sha256: ask("text_of", sha256),
        text_named=lambda name: ask("text_named", name),
    )
    if has_rows:
        # The file of a stranger: what it holds is read here, where there are bounds.
        context = replace(context, rows_of=_rows_of)
    try:
        for read in reader_named(reader).read(source, context):
            say("read", read)
    except DoubtfulEncoding as doubt:
        say("doubt", str(doubt), doubt.candidates)
        return
    except Problem as problem:
        say("problem", str(problem))
        return
    except OSError as error:
        say("problem", f"cannot be read ({error.strerror})")
        return
    say("end")


def _rows_of(path: Path, table: str) -> Iterator[Mapping[str, Any]]:
    from annotator.store import foreign_file

    return foreign_file.rows(path, table)


def _bound_memory() -> None:
    if sys.platform == "win32":
        # Windows has no such bound for a process; there the bound on time has to do.
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()
