"""Small files beside their target first, then moved over it, so that a reader never meets half of one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from annotator.domain.errors import BadInput


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file that takes the place of ``path`` when the block ends well.

    Raises:
        BadInput: it cannot be written there; what was there before is untouched.
    """
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}.new")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise BadInput(
            f"{path.name} could not be written ({error.strerror}): choose another place or make room. "
            "What was there before is untouched."
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all; raises like ``replacing``."""
    with replacing(path) as file:
        file.write(text)
