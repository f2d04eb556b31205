"""From articles to training data and back: every record comes out as it went in, the same bytes every time.

Always with our own seeds; with double-coded real articles too where ANNOTATOR_SHARED names the folder
that holds ``seeds/`` and ``gold/``.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotator.app.command_line import run
from annotator.domain.text import decode
from annotator.settings.places import seeds_folder

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", "nowhere"))

Record = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """Articles, and files with marks in them.

    Attributes:
        marks: what is imported beside the articles; None where they lie among them.
        samples: the files in which the marks are looked up again.
    """

    articles: Path
    marks: Path | None
    samples: tuple[Path, ...]

    def records(self) -> list[Record]:
        """Return every coded article of the sample files."""
        found: list[Record] = []
        for path in self.samples:
            data = json.loads(path.read_text(encoding="utf-8"))
            found += data if isinstance(data, list) else [data]
        return found

    def text(self, record: Record) -> str:
        """Return the text that a coded article is about."""
        name = record["doc"] if record["doc"].endswith(".txt") else f"{record['doc']}.txt"
        return decode((self.articles / name).read_bytes()).text


OURS = Material(seeds_folder(), None, (seeds_folder() / "sample-marks.json",))
MATERIALS = {"ours": OURS} | {
    person: Material(
        SHARED / "seeds", SHARED / "gold" / person, tuple((SHARED / "gold" / person).glob("*.json"))
    )
    for person in ("annotator_a", "annotator_b")
    if (SHARED / "gold" / person).is_dir()
}


@dataclass(frozen=True)
class Journey:
    """What one journey started from and what it left."""

    material: Material
    folder: Path

    @property
    def lines(self) -> list[Record]:
        """The lines of the first export."""
        text = (self.folder / "out.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n")[:-1]]

    def line(self, record: Record) -> Record:
        """Return the line that a coded article of the sample files came out as."""
        (found,) = (
            line
            for line in self.lines
            if line["text_sha256"] == record["text_sha256"] and line["annotator"] == "A"
        )
        return found


@pytest.fixture(scope="module", params=MATERIALS)
def journey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Go from articles to training data by the command line, as the README has it."""
    material = MATERIALS[request.param]
    folder = tmp_path_factory.mktemp("journey")
    project = str(folder / "study")
    sources = [str(path) for path in (material.articles, material.marks) if path]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_HOME", str(folder / "home"))
        assert run(["new", project]) == 0
        assert run(["import", project, *sources, "--annotator", "A"]) == 0
        assert run(["check", project]) == 0
        assert run(["export", project, str(folder / "out.jsonl")]) == 0
    return Journey(material, folder)


def test_there_is_something_to_compare(journey: Journey) -> None:
    records = journey.material.records()
    assert len(records) >= 3
    assert sum(len(record["claims"]) for record in records) >= 20
    assert len(journey.lines) == len(list(journey.material.articles.glob("*.txt")))


def test_the_text_comes_out_as_it_is(journey: Journey) -> None:
    for record in journey.material.records():
        line = journey.line(record)
        assert line["text"] == journey.material.text(record)
        assert line["format"] == "annotator/1"
        assert line["offset_unit"] == "codepoint"


def test_every_record_comes_out_with_offsets_types_sources_cues_holders_and_targets(
    journey: Journey,
) -> None:
    for record in journey.material.records():
        line = journey.line(record)
        assert Counter(map(seen, told_by_sample(record))) == Counter(map(seen, told_by_us(line)))


def test_every_slice_is_the_text_at_its_place(journey: Journey) -> None:
    for line in journey.lines:
        for key in ("actors", "claims", "sentiments", "other"):
            for mark in line[key]:
                parts = mark["fragments"]
                assert " … ".join(line["text"][start:end] for start, end in parts) == mark["text"]
                assert (parts[0][0], parts[-1][1]) == (mark["start"], mark["end"])


def test_links_lead_to_marks_of_the_same_line(journey: Journey) -> None:
    for line in journey.lines:
        actors = {mark["id"] for mark in line["actors"]}
        claims = {mark["id"] for mark in line["claims"]}
        entities = {entity["id"] for entity in line["entities"]}
        ids = [
            mark["id"] for key in ("actors", "claims", "sentiments", "other") for mark in line[key]
        ]
        assert len(set(ids)) == len(ids)
        for actor in line["actors"]:
            assert actor["entity"] is None or actor["entity"] in entities
        for claim in line["claims"]:
            assert set(claim["sources"]) <= actors
            assert (claim["source_voice"] == "author") == (not claim["sources"])
        for sentiment in line["sentiments"]:
            assert sentiment["holder"] in actors | {None}
            assert (sentiment["holder_voice"] == "author") == (sentiment["holder"] is None)
            assert sentiment["target"] in actors | claims | {None}


def test_the_same_export_twice_is_the_same_bytes(journey: Journey) -> None:
    again = journey.folder / "again.jsonl"
    assert run(["export", str(journey.folder / "study"), str(again)]) == 0
    assert again.read_bytes() == (journey.folder / "out.jsonl").read_bytes()


def test_out_into_a_new_project_and_out_again_is_the_same_bytes(journey: Journey) -> None:
    other = str(journey.folder / "other")
    second = journey.folder / "second.jsonl"
    assert run(["new", other, "--annotator", "Somebody"]) == 0
    assert run(["import", other, str(journey.folder / "out.jsonl")]) == 0
    assert run(["check", other]) == 0
    assert run(["export", other, str(second)]) == 0
    assert second.read_bytes() == (journey.folder / "out.jsonl").read_bytes()


def test_importing_again_adds_nothing_and_undo_takes_all_back(
    journey: Journey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(tmp_path / "study")
    sources = [str(path) for path in (journey.material.articles, journey.material.marks) if path]
    run(["new", project])
    before = (tmp_path / "study.annotator").stat().st_size
    for expected in ("Added ", "Added nothing."):
        capsys.readouterr()
        assert run(["import", project, *sources, "--annotator", "A"]) == 0
        assert capsys.readouterr().out.startswith(expected)
    assert before < (tmp_path / "study.annotator").stat().st_size
    assert run(["undo", project]) == 0
    assert run(["check", project]) == 0
    capsys.readouterr()
    assert run(["stats", project, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["actors"]) == (0, 0)


# What a record says, whatever its ids are


def seen(record: Record) -> str:
    """Return a record as something that can be counted."""
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


def told_by_sample(record: Record) -> list[Record]:
    """Return what a coded article of the sample files says."""
    entities = {item["id"]: [item["name"], item["type"]] for item in record["entities"]}
    actors = {
        item["id"]: {
            **_extent(item, "actor"),
            "type": item["type"],
            "named": item["named"],
            "entity": entities[item["entity"]],
        }
        for item in record["actors"]
    }
    claims = {item["id"]: item for item in record["claims"]}
    return [
        *actors.values(),
        *(
            {
                **_extent(item, "claim"),
                "mode": item["mode"],
                "stance": item["stance"],
                "cue": item["cue"],
                "source": "author" if item["source"] is None else actors[item["source"]],
            }
            for item in claims.values()
        ),
        *(
            {
                **_extent(item, "sentiment"),
                "polarity": item["polarity"],
                "intensity": item["intensity"],
                "holder": "author" if item["holder"] is None else actors[item["holder"]],
                "target": _target(item["target"], actors, claims),
            }
            for item in record["sentiments"]
        ),
        *_cues(record),
    ]


def told_by_us(line: Record) -> list[Record]:
    """Return what a line of an export says, in the same words."""
    entities = {item["id"]: [item["name"], item["type"]] for item in line["entities"]}
    actors = {
        item["id"]: {
            **_extent(item, "actor"),
            "type": item["type"],
            "named": item["named"],
            "entity": entities[item["entity"]],
        }
        for item in line["actors"]
    }
    claims = {item["id"]: item for item in line["claims"]}
    told: list[Record] = list(actors.values())
    for item in claims.values():
        assert len(item["sources"]) <= 1
        source = actors[item["sources"][0]] if item["sources"] else item["source_voice"]
        told.append(
            {
                **_extent(item, "claim"),
                "mode": item["mode"],
                "stance": item["stance"],
                "cue": item["cue"],
                "source": source,
            }
        )
    for item in line["sentiments"]:
        holder = actors[item["holder"]] if item["holder"] else item["holder_voice"]
        told.append(
            {
                **_extent(item, "sentiment"),
                "polarity": item["polarity"],
                "intensity": item["intensity"],
                "holder": holder,
                "target": _target(item["target"], actors, claims),
            }
        )
    told += [_extent(item, item["layer"]) for item in line["other"]]
    return told


def _extent(item: Record, layer: str) -> Record:
    extents = item.get("fragments") or [[item["start"], item["end"]]]
    return {"layer": layer, "extents": extents, "text": item["text"]}


def _target(id: str | None, actors: dict[str, Record], claims: dict[str, Record]) -> Any:
    if id is None:
        return None
    return actors[id] if id in actors else _extent(claims[id], "claim")


def _cues(record: Record) -> list[Record]:
    """Return the cue marks that the claims name; one that several claims share is one mark."""
    found = {
        (item["cue"]["start"], item["cue"]["end"]): _extent(item["cue"], "cue")
        for item in record["claims"]
        if item["cue"]
    }
    return list(found.values())
