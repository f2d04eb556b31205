"""The processes in which the recognisers of a model are taught, side by side.

What they tell comes in over one queue; when one fails, or somebody has them stopped, all end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import Problem

if TYPE_CHECKING:
    from annotator.assist.job import Job, Learned

AT_ONCE = 4
"""Recognisers that are taught at the same time, since each keeps all articles in memory."""

_SMALL = 600
"""In steps of all recognisers; so little is done in one process, since to start one takes longer."""

_POLL_SECONDS = 0.05

_News = dict[str, Any]

_Line = tuple["_Learner", _News | None]


@dataclass(slots=True, eq=False)
class _Learner:
    """A process, and what it reported of each of its errands."""

    process: subprocess.Popen[str]
    errands: int
    complaints: Path
    done: list[Any] = field(default_factory=list)
    reader: Thread = field(init=False)


def run(job: Job, folder: Path, tell: Callable[[_News | None], bool]) -> list[Learned]:
    """Learn every layer of a job and return what came of each, in order.

    ``tell`` gets every word on how far a recogniser is, None where there is none for a while, and
    returns False to stop; files that the processes need are written to ``folder``.

    Raises:
        Problem: a process failed, or all were stopped.
        OSError: something could not be written.
    """
    from annotator.assist.errands import write_job, write_task
    from annotator.assist.job import learned_from, taught_from
    from annotator.assist.tasks import plan

    tasks = plan(job)
    errands = [str(folder / f"task{number}.json") for number in range(len(tasks))]

    def breathe() -> None:
        stop_unless(tell(None))

    for planned, place in zip(tasks, errands, strict=True):
        write_task(planned.task, Path(place), breathe)
    small = sum(planned.task.steps for planned in tasks) <= _SMALL
    processes = [errands] if small else [[errand] for errand in errands]
    reports = [taught_from(item) for item in _all(processes, folder, tell)]
    path = folder / "job.json"
    write_job(
        job, [(x.part, taught) for x, taught in zip(tasks, reports, strict=True)], path, breathe
    )
    (learned,) = _all([["--judge", str(path)]], folder, tell)
    return [learned_from(item) for item in learned]


def stop_unless(is_wanted: bool) -> None:
    """Raise a Problem if the training is wanted no more."""
    if not is_wanted:
        raise Problem("The training was stopped; nothing was kept.")


def _all(
    commands: list[list[str]], folder: Path, tell: Callable[[_News | None], bool]
) -> list[Any]:
    """Run processes, some at a time, and return what is reported of each errand, in order."""
    lines: SimpleQueue[_Line] = SimpleQueue()
    learners: list[_Learner] = []
    waiting = list(commands)
    with ExitStack() as ending:
        running = 0
        while waiting or running:
            while waiting and running < AT_ONCE:
                complaints = folder / f"complaints{len(learners)}.txt"
                learners.append(_begin(waiting.pop(0), complaints, lines, ending))
                running += 1
            try:
                learner, news = lines.get(timeout=_POLL_SECONDS)
            except Empty:
                stop_unless(tell(None))
                continue
            if news is None:
                running -= 1
                _ended(learner)
            elif "unwritten" in news:
                raise OSError(0, news["unwritten"])
            elif "done" in news:
                learner.done.append(news["done"])
            else:
                stop_unless(tell(news))
    return [item for learner in learners for item in learner.done]


def _begin(
    words: list[str], complaints: Path, lines: SimpleQueue[_Line], ending: ExitStack
) -> _Learner:
    """Start a process; whatever happens, it and the thread that listens to it are ended."""
    command = [sys.executable, "-m", "annotator.assist.learning", *words]
    with complaints.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8"
        )
    errands = sum(not word.startswith("-") for word in words)
    learner = _Learner(process, errands, complaints)
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
    if learner.process.wait() == 0 and len(learner.done) == learner.errands:
        return
    said = learner.complaints.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise Problem(
        "The training process ended before it was done"
        + (f" ({said[-1][:120]})" if said else "")
        + ": nothing was kept; try again."
    )
