"""The processes in which the layers of a model are learned, side by side.

What they tell comes in over one queue; when one fails, or somebody has them stopped, all end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import Problem

if TYPE_CHECKING:
    from annotator.assist.job import Job

AT_ONCE = 4
"""Layers that are learned at the same time, since each keeps all articles in memory."""

_Line = tuple["_Learner", dict[str, Any] | None]


@dataclass(slots=True, eq=False)
class _Learner:
    """The process that learns one layer, and what it reported of it in the end."""

    process: subprocess.Popen[str]
    complaints: Path
    learned: dict[str, Any] | None = None
    reader: Thread = field(init=False)


def run(job: Job, folder: Path, tell: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    """Learn every layer of a job and return what is reported of each, in order.

    ``tell`` gets every word on how far a layer is, and returns False to stop; files that the
    processes need are written to ``folder``.

    Raises:
        Problem: a process failed, or all were stopped.
        OSError: something could not be written.
    """
    lines: SimpleQueue[_Line] = SimpleQueue()
    learners: list[_Learner] = []
    waiting = list(range(len(job.courses)))
    with ExitStack() as ending:
        running = 0
        while waiting or running:
            while waiting and running < AT_ONCE:
                learners.append(_begin(job, waiting.pop(0), folder, lines, ending))
                running += 1
            learner, news = lines.get()
            if news is None:
                running -= 1
                _ended(learner)
            elif "unwritten" in news:
                raise OSError(0, news["unwritten"])
            elif "learned" in news:
                (learner.learned,) = news["learned"]
            elif not tell(news):
                raise Problem("The training was stopped; nothing was kept.")
    return [learner.learned for learner in learners if learner.learned is not None]


def _begin(
    job: Job, number: int, folder: Path, lines: SimpleQueue[_Line], ending: ExitStack
) -> _Learner:
    """Start learning one layer; whatever happens, its process and its thread are ended."""
    from annotator.assist.job import write_job

    path = folder / f"job{number}.json"
    write_job(replace(job, courses=(job.courses[number],)), path)
    command = [sys.executable, "-m", "annotator.assist.learning", str(path)]
    complaints = path.with_suffix(".txt")
    with complaints.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
        )
    learner = _Learner(process, complaints)
    learner.reader = Thread(target=_listen, args=(learner, lines), name="training", daemon=True)
    learner.reader.start()
    ending.callback(_end, learner)
    return learner


def _listen(learner: _Learner, lines: SimpleQueue[_Line]) -> None:
    """Hand on what a process tells; None when it has ended."""
    for line in learner.process.stdout or ():
        if line.startswith("{"):
            lines.put((learner, json.loads(line)))
    lines.put((learner, None))


def _end(learner: _Learner) -> None:
    learner.process.kill()
    learner.process.wait()
    learner.reader.join()
    if learner.process.stdout is not None:
        learner.process.stdout.close()


def _ended(learner: _Learner) -> None:
    """Raise a Problem if a process ended before it was done."""
    if learner.process.wait() == 0 and learner.learned is not None:
        return
    said = learner.complaints.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise Problem(
        "The training process ended before it was done"
        + (f" ({said[-1][:120]})" if said else "")
        + ": nothing was kept; try again."
    )
