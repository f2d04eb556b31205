"""Killed at any moment of any work: what was told to be saved is there, and the project is whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from annotator.domain.errors import Problem
from annotator.domain.identity import derived_id, system_clock
from annotator.services import file_reading, history, importing, linking, marking, reading
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import indexes, migrations, restore, schema
from annotator.store.tables import Tables
from tests.bench import corpus
from tests.support.damage import worked_on
from tests.support.material import STORY
from tests.torture.looking import acts_of
from tests.torture.tally import Tally

Told = Callable[[int, str], None]


def marking_acts(path: Path, chance: random.Random, told: Told) -> None:
    """Mark, tie, delete and undo without end."""
    project = projects.open_existing(path, "Amal")
    articles = [item.article for item in reading.list_articles(project)]
    while True:
        article = chance.choice(articles)
        marks = [mark.id for mark in reading.open_article(project, article.id).marks]
        choice = chance.random() if marks else 0.0
        state = "done"
        try:
            if choice < 0.5:
                start = chance.randrange(article.length - 8)
                layer = chance.choice(("actor", "claim", "sentiment"))
                outcome = marking.mark(project, article.id, [(start, start + 8)], layer)
            elif choice < 0.6:
                outcome = linking.tie_to_nearest(project, chance.choice(marks), "source")
            elif choice < 0.8:
                outcome, state = history.undo(project), "undone"
            else:
                outcome = marking.delete(project, [chance.choice(marks)])
        except Problem:
            continue
        if outcome.step:
            told(outcome.step.number, state)


def importing_files(path: Path, chance: random.Random, told: Told) -> None:
    """Import folders of articles one after the other."""
    project = projects.open_existing(path, "Amal")
    number = 0
    while True:
        folder = path.parent / f"in-{number}"
        folder.mkdir(exist_ok=True)
        for file in range(12):
            text = f"Report {chance.random()}\n\n{STORY * 3}"
            (folder / f"{file}.txt").write_text(text, encoding="utf-8")
        importing.import_all(project, [folder])
        _tell_last(project, told)
        number += 1


def importing_lines(path: Path, chance: random.Random, told: Told) -> None:
    """Import files of our own lines as if they were large: another process reads, indexes come last."""
    file_reading.LARGE_BYTES = 1
    indexes.size = lambda _: 0
    project = projects.open_existing(path, "Amal")
    while True:
        source = path.parent / "lines.jsonl"
        kind = f"annotator of {chance.random()}"
        lines = [json.loads(line) for line in corpus.lines(25, 20, chance.randrange(2**32))]
        for number, line in enumerate(lines):
            line |= {"id": derived_id("torture", kind, str(number)), "annotator": kind}
            for mark in (*line["actors"], *line["claims"]):
                mark["id"] = derived_id(kind, mark["id"])
                mark["sources"] = [derived_id(kind, id) for id in mark.get("sources", ())]
        source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        importing.import_all(project, [source])
        _tell_last(project, told)


def bulk_acts(path: Path, chance: random.Random, told: Told) -> None:
    """Delete all of some hundred marks in one act, take that back, and so on."""
    project = projects.open_existing(path, "Amal")
    article = reading.list_articles(project)[0].article.id
    while True:
        marks = [mark.id for mark in reading.open_article(project, article).marks]
        marking.delete(project, marks)
        _tell_last(project, told)
        step = history.undo(project).step
        if step:
            told(step.number, "undone")


def restoring(path: Path, chance: random.Random, told: Told) -> None:
    """Put one and the same backup in the place of the project again and again."""
    backup = path.with_name("backup.annotator")
    while True:
        restore.restore(path, backup, "Amal", system_clock())
        for aside in path.parent.glob("* (set aside*"):
            shutil.rmtree(aside)


def updating(path: Path, chance: random.Random, told: Told) -> None:
    """Bring the file to a later schema, with many statements, and stop there."""
    _add_a_version()
    projects.open_existing(path, "Amal").close()


def run(name: str, work: Callable[..., None], kills: int, folder: Path, seconds: float) -> Tally:
    """Kill a piece of work so often, at random moments within ``seconds`` of its start."""
    tally = Tally(f"killed while {name}")
    folder.mkdir()
    path = worked_on(folder, articles=4)
    if work is bulk_acts:
        _mark_every_letter(path)
    shutil.copyfile(path, folder / "backup.annotator")
    fresh = path.read_bytes()
    chance = random.Random(name)
    for number in range(kills):
        if work is updating or number % 25 == 0:
            path.write_bytes(fresh)
        lines, was_killed = _killed(work, path, number, chance.random() * seconds)
        tally.tries += 1
        if not was_killed and work is not updating:
            tally.fault(f"{number}: it ended by itself")
        tally.acknowledged += len(lines)
        try:
            if work is updating:
                _add_a_version()
            states = acts_of(path)
        except Exception as error:  # noqa: BLE001  (that is what is looked for)
            tally.fault(f"{number}: {type(error).__name__}: {error}")
            path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
            path.write_bytes(fresh)
            continue
        lost = [line for line in lines if not _is_kept(line, lines, states)]
        tally.faults += [f"{number}: step {step} was {state}" for step, state in lost]
        tally.ends["opened whole"] += 1
    return tally


WORK: tuple[tuple[str, Callable[..., None], float], ...] = (
    ("marking", marking_acts, 0.12),
    ("importing", importing_files, 0.5),
    ("importing many lines", importing_lines, 3.0),
    ("bulk acts", bulk_acts, 0.5),
    ("restoring", restoring, 0.1),
    ("updating the schema", updating, 0.12),
)


def _mark_every_letter(path: Path) -> None:
    """Make the marks for acts on many of them."""
    with projects.open_existing(path, "Amal") as project:
        article = reading.list_articles(project)[0].article
        text = project.text(article)
        for place in range(len(text) - 1):
            if text[place].isalpha():
                marking.mark(project, article.id, [(place, place + 1)], "cue")


def _is_kept(told: tuple[int, str], lines: list[tuple[int, str]], states: dict[int, str]) -> bool:
    """Tell whether a step is as it was told, or as one further act that was not told made it."""
    step, state = told
    last = dict(lines)
    if state != last[step]:
        return True
    newest = max((number for number, one in last.items() if one == "done"), default=0)
    allowed = {"undone", "dropped"} if state == "undone" else {"done"}
    if state == "done" and step == newest:
        allowed.add("undone")
    return states.get(step) in allowed


def _killed(
    work: Callable[..., None], path: Path, seed: int, seconds: float
) -> tuple[list[tuple[int, str]], bool]:
    """Do the work in a process of its own, kill that; return what it told, and whether it was killed."""
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading_end)
        try:
            work(path, random.Random(seed), lambda step, state: _say(writing_end, step, state))
        except BaseException as error:  # noqa: BLE001  (a child never returns)
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(0)
    os.close(writing_end)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading_end, "rb") as pipe:
        raw = pipe.read()
    _, status = os.waitpid(child, 0)
    pairs = (line.split() for line in raw.decode().split("\n")[:-1])
    return [(int(step), state) for step, state in pairs], os.WIFSIGNALED(status)


def _say(pipe: int, step: int, state: str) -> None:
    """Tell what was saved; without somebody to tell it to, writing fails and the child ends."""
    os.write(pipe, f"{step} {state}\n".encode())


def _tell_last(project: Project, told: Told) -> None:
    step = history.next_undo(project)
    if step:
        told(step.number, "done")


def _add_a_version() -> None:
    """Pretend that there is a later schema."""
    if len(schema.RELEASES) > len(_RELEASED):
        return

    @migrations.ALL(name="later")
    def later(db: Tables) -> None:
        for number in range(40):
            db.execute(f"CREATE TABLE later_{number} (a INTEGER PRIMARY KEY, b TEXT) STRICT")
            db.execute(f"INSERT INTO later_{number} SELECT rowid, id FROM mark")

    schema.RELEASES = (*_RELEASED, "later")
    schema.SCHEMA_VERSION = len(schema.RELEASES)


_RELEASED = schema.RELEASES
