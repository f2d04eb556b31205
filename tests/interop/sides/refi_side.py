"""Runs beside pyrefiqda: loads REFI-QDA archives and codebooks and prints what it finds.

``python refi_side.py FILE…``
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import pyrefiqda


def main(files: list[Path]) -> None:
    """Load each project; the words of a selection are looked up in its text."""
    found = []
    for file in files:
        folder = Path(tempfile.mkdtemp())
        project = pyrefiqda.RefiProject.load(file, extract_dir=folder)
        for source in project.sources.text_source if project.sources else []:
            name = source.plain_text_path.removeprefix("internal://")
            text = (folder / "sources" / name).read_bytes().decode()
            found += [
                [each.guid, text[each.start_position : each.end_position], len(each.coding)]
                for each in source.plain_text_selection
            ]
    print(json.dumps(found))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
