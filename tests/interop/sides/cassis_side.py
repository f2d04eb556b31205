"""Runs beside dkpro-cassis: loads XMI or JSON and prints the words of every mark by its id.

``python cassis_side.py FOLDER``, as the export wrote it.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import cassis


def main(folder: Path) -> None:
    """Load each file and write it out again, which checks its references."""
    warnings.simplefilter("ignore")
    types = folder / "TypeSystem.xml"
    system = cassis.load_typesystem(types.read_text(encoding="utf-8")) if types.exists() else None
    found: list[list[str]] = []
    relations = 0
    for file in sorted([*folder.rglob("*.xmi"), *folder.glob("*/*.json")]):
        with file.open("rb") as opened:
            if file.suffix == ".xmi":
                cas = cassis.load_cas_from_xmi(opened, typesystem=system)
                cas.to_xmi()
            else:
                cas = cassis.load_cas_from_json(opened)
                cas.to_json()
        for type in cas.typesystem.get_types():
            if not type.name.startswith("annotator."):
                continue
            for each in cas.select(type.name):
                if type.name.startswith("annotator.link"):
                    relations += each.Governor is not None and each.Dependent is not None
                else:
                    found.append([each.markId.partition("#")[0], each.get_covered_text()])
    print(json.dumps({"marks": found, "relations": relations}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
