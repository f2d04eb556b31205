"""What can be said of a project before it is opened: it is seen while the program is still read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.store import codebooks, connection

if TYPE_CHECKING:
    from annotator.domain.codebook import Layer

MOST_LAYERS = 40
"""A stranger's file may claim any number of them; no bar has room for more."""


def layers(path: Path) -> tuple[Layer, ...]:
    """Return the layers that stand in a project file, as long as they can be told.

    The file is looked at and nothing else: what is newer in the log beside it is not seen, and
    whatever is wrong with it is told by who opens it, when there is a window to tell it in.
    """
    try:
        # What is no plain file, such as a pipe, would be waited for.
        if not path.is_file():
            return ()
        db = connection.look(path)
        try:
            return codebooks.latest(db).codebook.open_layers[:MOST_LAYERS]
        finally:
            db.conn.close()
    except Exception:  # noqa: BLE001  (a damaged or hostile file, or none: it is opened in a moment)
        return ()
