"""doccano's own habits: triples, entities, doubled and impossible places, the unit nobody names."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.services.codebooks import default_codebook
from tests.formats.contract import read


def taken(tmp_path: Path, *lines: dict[str, object], **options: object):
    file = tmp_path / "admin.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read(file, default_codebook(), **options)


def places(result) -> list[tuple[str, str]]:
    (coded,) = result.in_order()
    return [(mark.layer, mark.text) for mark in coded.marks]


def test_triples_and_objects_are_read(tmp_path: Path) -> None:
    line = {
        "id": 3,
        "text": "Kyiv condemned it.",
        "label": [[0, 4, "actor"], {"start_offset": 5, "end_offset": 14, "label": "cue"}],
        "Comments": [],
    }
    assert places(taken(tmp_path, line)) == [("actor", "Kyiv"), ("cue", "condemned")]


def test_relations_join_entities(tmp_path: Path) -> None:  # E7
    line = {
        "text": "Kyiv condemned it.",
        "entities": [
            {"id": 20, "start_offset": 0, "end_offset": 4, "label": "actor:government"},
            {"id": 21, "start_offset": 15, "end_offset": 17, "label": "claim"},
        ],
        "relations": [{"id": 5, "from_id": 21, "to_id": 20, "type": "source"}],
    }
    result = taken(tmp_path, line)
    (coded,) = result.in_order()
    assert len(coded.links) == 1
    assert result.remarks == []


def test_the_same_label_three_times_is_one_and_told(tmp_path: Path) -> None:  # D3
    line = {"text": "1 out of 10.", "label": [[9, 11, "actor"]] * 3}
    result = taken(tmp_path, line)
    assert places(result) == [("actor", "10")]
    assert [remark.lost for remark in result.remarks] == [2]


def test_an_empty_place_loses_itself_alone(tmp_path: Path) -> None:  # D14, F3
    line = {
        "text": "Peter Blackburn",
        "label": [[15, 15, "actor"], [0, 9999, "actor"], [0, 5, "actor"]],
    }
    result = taken(tmp_path, line)
    assert places(result) == [("actor", "Peter")]
    assert sum(remark.lost for remark in result.remarks) == 2
    assert all("line 1" in remark.where for remark in result.remarks)


def test_offsets_that_could_be_two_places_are_refused_until_said(tmp_path: Path) -> None:  # A7
    line = {"text": "\U0001f3f3\ufe0f\u200d\U0001f308 vote", "label": [[2, 6, "actor"]]}
    refused = taken(tmp_path, line)
    assert refused.coded == {}
    assert "--offsets" in refused.remarks[0].what
    assert places(taken(tmp_path, line, offset_unit="grapheme")) == [("actor", "vote")]


def test_metadata_named_id_harms_nothing(tmp_path: Path) -> None:
    line = {
        "id": "9223372036854775809",
        "text": "Kyiv.",
        "label": [[0, 4, "actor"]],
        "annotator": 7,
    }
    assert places(taken(tmp_path, line)) == [("actor", "Kyiv")]


def test_other_fields_are_kept_as_metadata(tmp_path: Path) -> None:
    line = {
        "id": 3, "text": "Kyiv condemned it.", "label": [[0, 4, "actor"]], "Comments": ["look"], "headline": "War",
        "meta": {"Zeitung": "Der Bote", "id": "x"}, "empty": None,
    }  # fmt: skip
    (coded,) = taken(tmp_path, line).in_order()
    assert (coded.meta.title, coded.meta.publisher) == ("War", "Der Bote")
    assert coded.meta.extra == {"id": "3", "meta.id": "x", "Comments": '["look"]'}
