"""Lines as we write them are read the short way, and give exactly what the careful way gives."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.coded import Read
from annotator.domain.mark import View
from annotator.formats.base import ReadContext
from annotator.formats.jsonl import read_line
from annotator.formats.plain_records import PlainRecords
from annotator.services import exporting
from annotator.services import project as projects
from annotator.store import links, marks
from tests.formats.test_jsonl_round_trip import wider_codebook, work
from tests.support.material import STORY, add_article

Json = dict[str, Any]

NOW = "2026-05-04T10:00:00.000Z"
ODD_VALUES = (
    None, True, False, 0, 1, -1, 5, 10**9, 1.5, "", " ", "x", "author", "unknown", "person", "actor", "cue", [], [[]],
    [[0, 1]], [[0, 4], [2, 6]], [[0, 1], [3, 4]], [[True, 2]], ["00"], {}, {"type": "where"}, {"name": "r"},
    {"start": 0, "end": 4, "text": "Port"}, [{"type": "cue", "end": None, "voice": "author"}],
)  # fmt: skip


def context() -> ReadContext:
    return ReadContext(
        wider_codebook(), 1, NOW, lambda name: f"id of {name}", lambda _: None, lambda _: None
    )


def careful(line: Json) -> Read:
    return read_line(json.dumps(line).encode(), "line 1", context())


def short(line: Json) -> Read:
    return read_line(json.dumps(line).encode(), "line 1", context(), PlainRecords(context()))


def told(read: Read) -> tuple[object, ...]:
    """Return all that was read, whichever way."""
    if read.cells is None:
        coded = read.coded
        if coded is None:
            return (read.remarks,)
        made = {marks.TABLE.encode(mark) for mark in coded.marks}
        tied = {links.TABLE.encode(link) for link in coded.links}
    else:
        coded = read.cells.article
        own = str(coded.id), f"id of {coded.annotator}", View(coded.view)
        entries = {actor.id: actor.id for actor in coded.actors}
        rows = marks.rows_of(read.cells.marks, *own, NOW, 1, entries)
        made, tied = set(rows), set(links.rows_of(read.cells.links, rows))
        assert len(made) == len(rows)
        assert len(tied) == len(read.cells.links)
    head = coded.id, coded.text, coded.meta, coded.view, coded.annotator, dict(coded.states)
    return *head, set(coded.actors), made, tied, sorted(map(str, read.remarks))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """Lines of projects that were coded by chance, with everything a codebook may add."""
    folder = tmp_path_factory.mktemp("plain")
    found: list[Json] = []
    for seed in range(3):
        with projects.create(folder / f"p{seed}", wider_codebook(), "Amal") as project:
            add_article(project, STORY, "One")
            add_article(project, "سلام 😀 said “so”\u00a0and e\u0301 left. " * 3, "Two")
            work(project, random.Random(seed))
            out = folder / f"{seed}.jsonl"
            exporting.export(project, exporting.Order(out))
        found += map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return [line for line in found if line["annotator"]]


def test_what_we_write_is_read_the_short_way(lines: list[Json]) -> None:
    ways = [short(line) for line in lines]
    plain = [read for read in ways if read.cells]
    assert len(plain) >= len(lines) // 2
    assert any(read.cells and read.cells.links for read in plain)
    for line, read in zip(lines, ways, strict=True):
        assert told(read) == told(careful(line))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inside in items:
        yield (*path, key)
        if isinstance(inside, (dict, list)):
            yield from places(inside, (*path, key))


def spoilt(line: Json, chance: random.Random) -> Json:
    """Return a line with one thing in it gone, doubled or made into something else."""
    changed = deepcopy(line)
    records = [path for path in places(changed) if path[0] not in ("text", "text_sha256", "meta")]
    *way, last = chance.choice(records)
    inside: Any = changed
    for key in way:
        inside = inside[key]
    match chance.randrange(4):
        case 0 if isinstance(inside, dict):
            del inside[last]
        case 1 if isinstance(inside, list):
            inside.append(deepcopy(inside[last]))
        case 2:
            ids = [mark["id"] for key in ("actors", "claims", "other") for mark in line[key]]
            inside[last] = chance.choice([*ids, "x"])
        case _:
            inside[last] = deepcopy(chance.choice(ODD_VALUES))
    return changed


@given(seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_whatever_is_wrong_with_a_line_both_ways_say_the_same(lines: list[Json], seed: int) -> None:
    chance = random.Random(seed)
    line = spoilt(chance.choice(lines), chance)
    assert told(short(line)) == told(careful(line))


def test_a_cue_that_looks_like_another_is_tied_by_its_link(lines: list[Json]) -> None:
    line = deepcopy(next(line for line in lines if line["claims"]))
    place = {"start": 0, "end": 4, "text": line["text"][:4]}
    cues = [
        {**place, "id": id, "fragments": [[0, 4]], "layer": "cue", "origin": "manual",
         "suggester": None, "attributes": {}, "links": []}
        for id in ("0" * 8 + "-0000-4000-8000-" + "0" * 11 + "1", "0" * 8 + "-0000-4000-8000-" + "0" * 11 + "2")
    ]  # fmt: skip
    line["other"] += cues
    for claim in line["claims"]:
        claim["cue"] = place
    assert told(short(line)) == told(careful(line))
    line["claims"][0]["links"] = [{"type": "cue", "end": cues[1]["id"], "voice": None}]
    assert told(short(line)) == told(careful(line))
