"""Who has a project open: a lock file beside it, held by the operating system while we live."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, NamedTuple

from annotator.domain.errors import Problem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Holder(NamedTuple):
    """The program that has a project open."""

    name: str
    host: str
    process: int
    since: str


class HeldElsewhere(Problem):
    """The project is open in another window, or on another machine.

    Attributes:
        holder: who has it, as far as the lock file tells.
    """

    def __init__(self, message: str, holder: Holder | None) -> None:
        super().__init__(message)
        self.holder = holder


class ProjectLock:
    """Held from opening to closing; the operating system lets go of it if we die."""

    def __init__(self, path: Path, file: IO[str]) -> None:
        self._path = path
        self._file = file

    def release(self) -> None:
        """Let go, and take the lock file away."""
        if self._file.closed:
            return
        if sys.platform == "win32":
            self._file.close()
            self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            self._file.close()


def lock_path(project: Path) -> Path:
    """Return where the lock file of a project stands."""
    return project.with_name(f".{project.name}.lock")


def acquire(project: Path, name: str, now: str) -> ProjectLock:
    """Take the lock of a project.

    A lock left by a dead process of this machine is taken over at once; one of another
    machine never is, since this machine cannot know whether that one still works.

    Raises:
        HeldElsewhere: somebody has it; the sentence says who, where and since when.
        OSError: the folder cannot be written to.
    """
    path = lock_path(project)
    while True:
        file = path.open("a+", encoding="utf-8", errors="replace")
        if not _lock_now(file):
            holder = _read(file)
            file.close()
            raise _held(project, holder, alive=True)
        if _is_still(path, file):
            break
        file.close()
    holder = _read(file)
    if holder and holder.host != _machine():
        file.close()
        raise _held(project, holder, alive=False)
    lock = ProjectLock(path, file)
    try:
        _write(file, Holder(name, _machine(), os.getpid(), now))
    except BaseException:
        lock.release()
        raise
    return lock


def _machine() -> str:
    """Return the name of this machine, as ``platform.node`` does."""
    if sys.platform == "win32":
        import platform

        return platform.node()
    # Reading that module takes longer than taking the lock.
    return os.uname().nodename


def _lock_now(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0x7FFF0000)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(path: Path, file: IO[str]) -> bool:
    """Tell whether the file we locked is the one at the path (another may just have removed it)."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _read(file: IO[str]) -> Holder | None:
    try:
        file.seek(0)
        found = json.loads(file.read())
        return Holder(
            str(found["name"]), str(found["host"]), int(found["process"]), str(found["since"])
        )
    except (ValueError, TypeError, KeyError, OSError):
        return None


def _write(file: IO[str], holder: Holder) -> None:
    file.seek(0)
    file.truncate()
    json.dump(holder._asdict(), file, ensure_ascii=False)
    file.flush()


def _held(project: Path, holder: Holder | None, *, alive: bool) -> HeldElsewhere:
    if holder is None:
        return HeldElsewhere(
            f"{project.name} is open in another window: close it there first.", None
        )
    since = holder.since[:16].replace("T", " ")
    if alive and holder.host == _machine():
        where = (
            "in another window on this machine"
            if holder.process != os.getpid()
            else "in this window already"
        )
        message = f"{project.name} is open {where} ({holder.name}, since {since} UTC): close it there first."
    else:
        message = (
            f"{project.name} is open on the machine {holder.host} ({holder.name}, since {since} UTC): close it "
            f"there first, or, if that machine stopped while it was open, delete {lock_path(project).name} beside it."
        )
    return HeldElsewhere(message, holder)
