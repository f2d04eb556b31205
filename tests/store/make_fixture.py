"""Makes the project of the present version that later versions are tried on: run it once for each release.

``python -m tests.store.make_fixture`` writes ``tests/store/data/v<number>.annotator`` and what is in it
beside it; it never overwrites.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from annotator.services import project as projects
from annotator.store.schema import SCHEMA_VERSION
from tests.support.damage import words_of, worked_on

FOLDER = Path(__file__).with_name("data")


def main() -> None:
    """Write the fixture of this version."""
    target = FOLDER / f"v{SCHEMA_VERSION}.annotator"
    if target.exists():
        raise SystemExit(f"{target.name} is there already: a released version never changes.")
    with tempfile.TemporaryDirectory() as folder:
        path = worked_on(Path(folder), articles=2)
        with projects.open_existing(path) as project:
            words = sorted(words_of(project))
        FOLDER.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    body = json.dumps(words, ensure_ascii=False, indent=1)
    target.with_suffix(".json").write_text(body + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
