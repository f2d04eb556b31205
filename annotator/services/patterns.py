"""Regular expressions over many texts, in a process of their own that can be stopped.

A pattern such as ``(a+)+$`` may never come to its end on a text, and Python cannot be interrupted
in it. So the texts go to ``python -m annotator.services.patterns``, which is ended when it has not
finished one text within some seconds. Both sides send lines of JSON.
"""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

from annotator.domain import own_process
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent

SILENT_SECONDS = 5.0
"""One text takes a good pattern some milliseconds, the largest one less than a second."""

MOST = 1_000
"""So many places of one text are told."""

_FLAGS = re.IGNORECASE | re.MULTILINE
_POLL_SECONDS = 0.01


class Stuck(Exception):
    """A pattern did not come to its end on a text."""


class PatternProcess:
    """Finds the places of one pattern in texts; ends with the ``with`` block.

    Raises:
        BadInput: the pattern is no regular expression; the sentence says where.
    """

    def __init__(self, pattern: str, silent_seconds: float = SILENT_SECONDS) -> None:
        try:
            re.compile(pattern, _FLAGS)
        except (re.error, RecursionError, OverflowError) as error:
            raise BadInput(f"“{pattern}” is no regular expression: {error}.") from None
        self._pattern = pattern
        self._silent_seconds = silent_seconds
        self._said: queue.SimpleQueue[list[Extent] | None] = queue.SimpleQueue()

    def __enter__(self) -> PatternProcess:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "annotator.services.patterns"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=own_process.environment(),
        )
        self._listener = threading.Thread(
            target=_listen,
            args=(self._process.stdout, self._said),
            name="annotator-pattern",
            daemon=True,
        )
        self._listener.start()
        self._send(self._pattern)
        self._is_ready = False
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def find(self, texts: Sequence[str]) -> Iterator[list[Extent] | None]:
        """Yield the places in each text, in order; None whenever there is nothing yet.

        Raises:
            Stuck: the pattern does not come to its end on the text whose places would be next.
        """
        if not self._is_ready:
            # Starting a process on a busy machine takes what it takes.
            yield from self._next(None)
            self._is_ready = True
        self._send(texts)
        for _ in texts:
            yield from self._next(self._silent_seconds)

    def _next(self, seconds: float | None) -> Iterator[list[Extent] | None]:
        silent = 0.0
        while True:
            try:
                found = self._said.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                silent += _POLL_SECONDS
                if seconds is not None and silent > seconds:
                    raise Stuck from None
                yield None
                continue
            if found is None:
                raise Stuck
            if seconds is not None:
                yield found
            return

    def _send(self, message: str | Sequence[str]) -> None:
        if self._process.stdin:
            # A process that has just died is noticed by the listener.
            with suppress(OSError):
                self._process.stdin.write(json.dumps(message).encode() + b"\n")
                self._process.stdin.flush()


def _listen(pipe: BinaryIO, said: queue.SimpleQueue[list[Extent] | None]) -> None:
    """Pass on what the process says; None when it says no more."""
    with suppress(OSError, ValueError):
        for line in pipe:
            said.put([(start, end) for start, end in json.loads(line)])
    said.put(None)


# In the process


def main() -> None:
    """Read a pattern, then lists of texts; answer with the places in each text."""
    pattern = re.compile(json.loads(sys.stdin.buffer.readline()), _FLAGS)
    _say([])
    for line in sys.stdin.buffer:
        for text in json.loads(line):
            _say(_places(pattern, text))


def _places(pattern: re.Pattern[str], text: str) -> list[Extent]:
    found = []
    for match in pattern.finditer(text):
        if match.start() < match.end():
            found.append(match.span())
        if len(found) >= MOST:
            break
    return found


def _say(places: list[Extent]) -> None:
    sys.stdout.write(json.dumps(places) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
