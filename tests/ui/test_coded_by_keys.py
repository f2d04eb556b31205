"""Articles coded from nothing by keys alone give the same JSONL as their records that are imported.

The coded seeds always; the double-coded real articles where ANNOTATOR_SHARED names their folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.services import checking, exporting, importing
from annotator.services import project as projects
from annotator.settings.places import seeds_folder
from tests.support import gesture_script
from tests.support.hands import Hands
from tests.support.material import make_project
from tests.support.replay import Record, Replay

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", "nowhere"))
REAL = sorted((SHARED / "gold").glob("annotator_?/*.json"))
SEEDS = {
    item["doc"]: item
    for item in json.loads((seeds_folder() / "sample-marks.json").read_text(encoding="utf-8"))
}
LIMITS = {
    "mark a span": gesture_script.SPAN,
    "change a value": gesture_script.ONE,
    "tie to the proposed one": gesture_script.TIE,
    "tie to the author": gesture_script.TIE,
    "tie to another one": gesture_script.TIE_OTHER,
    "tie to the entry that is guessed": gesture_script.ONE,
}


@pytest.mark.parametrize("name", [*list(SEEDS)[1:]])
def test_a_coded_seed_is_coded_by_keys(
    open_window: Callable[..., Hands], tmp_path: Path, name: str
) -> None:
    _same_by_keys(open_window, tmp_path, seeds_folder() / name, SEEDS[name])


@pytest.mark.skipif(not REAL, reason="ANNOTATOR_SHARED names no folder with double-coded articles")
@pytest.mark.parametrize("file", REAL, ids=[f"{one.parent.name}-{one.stem[:3]}" for one in REAL])
@pytest.mark.timeout(600)
def test_a_real_article_is_coded_by_keys(
    open_window: Callable[..., Hands], tmp_path: Path, file: Path
) -> None:
    coded = json.loads(file.read_text(encoding="utf-8"))
    _same_by_keys(open_window, tmp_path, SHARED / "seeds" / coded["doc"], coded)


def _same_by_keys(
    open_window: Callable[..., Hands], tmp_path: Path, article: Path, coded: Record
) -> None:
    records = tmp_path / "records.json"
    records.write_text(json.dumps(coded), encoding="utf-8")
    with make_project(tmp_path, name="imported") as imported:
        importing.import_all(imported, [article])
        importing.import_all(imported, [records])
        wanted = _exported(imported, tmp_path / "imported.jsonl")
    with make_project(tmp_path, name="by-keys") as empty:
        importing.import_all(empty, [article])
        path = empty.path
    hands = open_window(path=path)
    replay = Replay(hands)
    replay.code(coded)
    project = hands.desk.project
    assert project
    assert checking.problems(project) == []
    assert _exported(project, tmp_path / "by-keys.jsonl") == wanted
    assert replay.most
    for act, gestures in replay.most.items():
        assert gestures <= LIMITS[act], act
    ties = len(coded["claims"]) + 2 * len(coded["sentiments"])
    assert replay.walked <= ties / 10, "the nine likeliest marks are the right ones nearly always"


def _exported(project: projects.Project, out: Path) -> Any:
    """Return the line of the article as JSONL has it, but for what names and dates the making of marks."""
    exporting.export(project, exporting.Order(out))
    (line,) = out.read_text(encoding="utf-8").splitlines()
    data = json.loads(line)
    names = {entity["id"]: entity["name"] for entity in data["entities"]}
    marks = {
        mark["id"]: f"{kind} {mark['fragments']} {names.get(mark.get('entity'))}"
        for kind in ("actors", "claims", "sentiments", "other")
        for mark in data[kind]
    }
    known = {**names, **marks}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: plain(item)
                for key, item in value.items()
                if key not in ("origin", "suggester", "states", "aliases")
            }
        if isinstance(value, list):
            return sorted((plain(item) for item in value), key=repr)
        return known.get(value, value) if isinstance(value, str) else value

    data["id"] = data["codebook_version"] = None
    return plain(data)
