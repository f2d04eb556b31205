"""Writing a small file of the data folder whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path


def keep(path: Path, data: object) -> None:
    """Write JSON beside a file and move it over it, so that nobody meets half of one; the folder is made.

    Raises:
        OSError: it cannot be written there; what was there before is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        draft.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
