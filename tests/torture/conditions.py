"""A full disk, a read-only place, a file that goes, a clock that goes back: one sentence, and all earlier work."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator.domain.errors import Problem
from annotator.domain.identity import system_clock
from annotator.services import backups, checking, history, marking, reading
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import restore
from annotator.store.recovery import log_of
from tests.support.damage import words_of, worked_on
from tests.torture.tally import Tally

NOBODY = 65534


def run(folder: Path, tries: int) -> Tally:
    """Bring each condition about, so many times in all."""
    tally = Tally("conditions")
    folder.mkdir()
    number = 0
    while tally.tries < tries:
        for condition in CONDITIONS:
            place = folder / str(number)
            number += 1
            _one(condition, worked_on(place), number, tally)
            shutil.rmtree(place, ignore_errors=True)
    return tally


def _one(condition: Callable[..., str], path: Path, number: int, tally: Tally) -> None:
    tally.tries += 1
    name = condition.__name__.lstrip("_").replace("_", " ")
    with projects.open_existing(path, "Amal") as project:
        words = words_of(project)
    try:
        said = condition(path, number)
    except AssertionError as error:
        tally.fault(f"{name}: {error}")
        return
    except Exception as error:  # noqa: BLE001  (that is what is looked for)
        tally.fault(f"{name}: {type(error).__name__}: {error}")
        return
    if said and not said.endswith("."):
        tally.fault(f"{name}: no sentence: {said}")
    try:
        with projects.open_existing(path, "Amal") as project:
            found = checking.problems(project)
            if found or not words <= words_of(project):
                tally.fault(f"{name}: earlier work is not intact {found[:1]}")
    except Problem as problem:
        tally.fault(f"{name}: {problem}")
    tally.ends[name] += 1


def _act_until_refused(project: Project) -> str:
    """Mark until that is refused, and return the sentence."""
    article = reading.list_articles(project)[0].article
    text = project.text(article)
    for place in range(3000):
        start = place % (len(text) - 9)
        try:
            marking.mark(project, article.id, [(start, start + 9)], "actor")
        except Problem as problem:
            if "blank" in str(problem):
                continue
            return str(problem)
    raise AssertionError("nothing was refused")


def disk_full_by_pages(path: Path, number: int) -> str:
    with projects.open_existing(path, "Amal") as project:
        pages = project.db.execute("PRAGMA page_count").fetchone()[0]
        project.db.execute(f"PRAGMA max_page_count={pages + number % 7}")
        said = _act_until_refused(project)
        assert checking.problems(project) == []
        return said


def disk_full_by_size(path: Path, number: int) -> str:
    limit = path.stat().st_size + 50_000 * (number % 5)

    def work() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        project = projects.open_existing(path, "Amal")
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        said = _act_until_refused(project)
        with suppress(Problem):
            project.close()
        return said

    return _aside(work)


def no_room_for_a_backup(path: Path, number: int) -> str:
    def work() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with projects.open_existing(path, "Amal") as project:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096 * (1 + number % 9),) * 2)
            try:
                backups.make(project)
            except Problem as problem:
                assert backups.of_project(project) == []
                return str(problem)
        raise AssertionError("a backup was made without room")

    return _aside(work)


def read_only_file(path: Path, number: int) -> str:
    return _as_nobody(path, lambda: path.chmod(0o444), lambda: path.chmod(0o666))


def read_only_folder(path: Path, number: int) -> str:
    return _as_nobody(path, lambda: path.parent.chmod(0o555), lambda: path.parent.chmod(0o777))


def deleted_while_open(path: Path, number: int) -> str:
    return _gone(path, path.unlink)


def replaced_while_open(path: Path, number: int) -> str:
    other = path.with_name("other")
    shutil.copyfile(path, other)
    return _gone(path, lambda: other.replace(path))


def held_by_a_living_process(path: Path, number: int) -> str:
    with _holding(path):
        return _refusal(lambda: projects.open_existing(path, "Noor"))


def held_by_a_dead_process(path: Path, number: int) -> str:
    with _holding(path):
        pass
    projects.open_existing(path, "Noor").close()
    return ""


def clock_going_back(path: Path, number: int) -> str:
    now = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    ticks = iter(range(10_000))

    def clock() -> str:
        return (now - timedelta(hours=next(ticks))).isoformat(timespec="milliseconds")

    with projects.open_existing(path, "Amal", clock=clock) as project:
        article = reading.list_articles(project)[0].article
        for start in (0, 5, 12):
            marking.mark(project, article.id, [(start, start + 5)], "actor")
        names = [entry.step.number for entry in history.entries(project)]
        assert names == sorted(names, reverse=True)
        for _ in range(3):
            history.undo(project)
        for _ in range(3):
            history.redo(project)
        first = backups.make(project)
        assert first
        marking.mark(project, article.id, [(0, 11)], "claim")
        assert backups.make(project)
        assert first in backups.of_project(project), "a backup from the future went"
    return ""


def copied_without_its_log(path: Path, number: int) -> str:
    with projects.open_existing(path, "Amal") as project:
        article = reading.list_articles(project)[0].article
        marking.mark(project, article.id, [(0, 4)], "actor")
        project.file.settle()
        raw = path.read_bytes()
    path.write_bytes(raw)
    with projects.open_existing(path, "Amal") as copy:
        assert history.next_undo(copy)
        assert history.next_undo(copy).name.startswith("Mark actor")  # type: ignore[union-attr]
    return ""


def stale_log_beside_a_restored_backup(path: Path, number: int) -> str:
    with projects.open_existing(path, "Amal") as project:
        backup = backups.make(project)
        assert backup
        article = reading.list_articles(project)[0].article
        marking.mark(project, article.id, [(0, 4)], "actor")
        log = log_of(path).read_bytes()
    log_of(path).write_bytes(log)
    aside = restore.restore(path, backup.path, "Amal", system_clock())
    assert aside
    assert (aside / log_of(path).name).read_bytes() == log
    assert not log_of(path).exists()
    # And once more by hand, as a file manager does it.
    log_of(path).write_bytes(log)
    shutil.copyfile(backup.path, path)
    return ""


CONDITIONS = (
    disk_full_by_pages,
    disk_full_by_size,
    no_room_for_a_backup,
    read_only_file,
    read_only_folder,
    deleted_while_open,
    replaced_while_open,
    held_by_a_living_process,
    held_by_a_dead_process,
    clock_going_back,
    copied_without_its_log,
    stale_log_beside_a_restored_backup,
)


def _gone(path: Path, act: Callable[[], Any]) -> str:
    """Let the file go while it is open; a backup made then brings everything back."""
    kept = path.with_name("kept")
    shutil.copyfile(path, kept)
    with projects.open_existing(path, "Amal") as project:
        article = reading.list_articles(project)[0].article
        marking.mark(project, article.id, [(0, 4)], "actor")
        words = words_of(project)
        act()
        said = _refusal(lambda: marking.mark(project, article.id, [(5, 11)], "actor"))
        backup = backups.make(project)
        assert backup
    backups.put_back(path, backup.path)
    with projects.open_existing(path, "Amal") as project:
        assert words_of(project) == words
    return said


def _refusal(work: Callable[[], Any]) -> str:
    try:
        found = work()
    except Problem as problem:
        return str(problem)
    if isinstance(found, Project):
        found.close()
    raise AssertionError("it was not refused")


def _as_nobody(path: Path, before: Callable[[], Any], after: Callable[[], Any]) -> str:
    def work() -> str:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        return _refusal(lambda: projects.open_existing(path, "Amal"))

    before()
    try:
        return _aside(work)
    finally:
        after()


@contextmanager
def _holding(path: Path) -> Any:
    """Hold a project in another process, which is killed at the end."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            projects.open_existing(path, "Amal")
            os.write(there, b"x")
            signal.pause()
        finally:
            os._exit(0)
    os.close(there)
    try:
        os.read(here, 1)
        yield
    finally:
        os.close(here)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _aside(work: Callable[[], str]) -> str:
    """Run something in a process of its own and return what it says."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(here)
        try:
            said = work()
        except BaseException as error:  # noqa: BLE001  (a child never returns)
            said = f"!{type(error).__name__}: {error}"
        with suppress(OSError):
            os.write(there, said.encode())
        os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as pipe:
        found = pipe.read().decode()
    os.waitpid(child, 0)
    if found.startswith("!") or not found:
        raise AssertionError(found or "the process said nothing")
    return found
