"""Small files beside their target first, then moved over it, so that a reader never meets half of one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from annotator.domain.errors import BadInput, Refused
from annotator.domain.suffix import SUFFIX


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when the block ends well.

    Raises:
        BadInput: it cannot be written there; what was there before is untouched.
        Refused: it is a project.
    """
    with _draft(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        yield file


def spare_projects(path: Path, opened: Path | None = None) -> None:
    """Raise Refused if a file to be written would take the place of a project.

    The file itself is not looked into: reading a project that this process has open would
    drop its locks.
    """
    if path.suffix.lower() == SUFFIX or (opened and path.exists() and path.samefile(opened)):
        raise Refused(f"{path.name} is a project, and nothing takes its place: name another file.")


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all; raises like ``replacing``."""
    with replacing(path) as file:
        file.write(text)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises like ``replacing``."""
    with _draft(path) as draft:
        draft.write_bytes(content)


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    spare_projects(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(16)}.new")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise BadInput(
            f"{path.name} could not be written ({error.strerror}): choose another place or make room. "
            "What was there before is untouched."
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()
