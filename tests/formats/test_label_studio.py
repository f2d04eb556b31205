"""Label Studio's own habits: UTF-16 units, several results for one region, skipped work, predictions."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

from annotator.formats.label_studio import LabelStudioWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import make, odd_codebook, read, write

TEXT = "\U0001f4a9This is an annotation."


def region(start: int, end: int, label: str, id: str = "a1", **value: object) -> dict[str, object]:
    return {
        "id": id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": start, "end": end, "labels": [label], **value},
    }


def taken(tmp_path: Path, *results: object, **annotation: object):
    task = {
        "id": 7,
        "annotations": [{"id": 91, "completed_by": 2, "result": list(results), **annotation}],
        "data": {"text": TEXT},
    }
    file = tmp_path / "export.json"
    file.write_text(json.dumps([task]), encoding="utf-8")
    return read(file, default_codebook())


def marks(result) -> list[tuple[str, str]]:
    return [(mark.layer, mark.text) for coded in result.in_order() for mark in coded.marks]


def test_offsets_are_utf16_units(tmp_path: Path) -> None:  # A1
    result = taken(tmp_path, region(13, 23, "actor"))
    assert marks(result) == [("actor", "annotation")]
    assert [coded.annotator for coded in result.in_order()] == ["2"]


def test_code_points_show_by_the_words(tmp_path: Path) -> None:
    assert marks(taken(tmp_path, region(12, 22, "actor", text="annotation"))) == [
        ("actor", "annotation")
    ]


def test_words_that_stand_elsewhere_are_refused(tmp_path: Path) -> None:
    result = taken(
        tmp_path, region(13, 23, "actor", text="annotation"), region(2, 6, "cue", "b", text="else")
    )
    assert marks(result) == [("actor", "annotation")]
    assert sum(remark.lost for remark in result.remarks) == 1


def test_values_and_relations_follow_their_region(tmp_path: Path) -> None:
    value = {
        "id": "a1", "from_name": "type", "to_name": "text", "type": "choices",
        "value": {"start": 13, "end": 23, "choices": ["person"]},
    }  # fmt: skip
    tie = {
        "from_id": "a1",
        "to_id": "b2",
        "type": "relation",
        "direction": "left",
        "labels": ["source"],
    }
    result = taken(tmp_path, tie, value, region(13, 23, "actor"), region(2, 6, "claim", "b2"))
    (coded,) = result.in_order()
    assert {mark.layer: dict(mark.attributes) for mark in coded.marks} == {
        "actor": {"type": "person"},
        "claim": {},
    }
    assert [link.type for link in coded.links] == ["source"]


def test_skipped_work_and_odd_results_are_told(tmp_path: Path) -> None:  # F6, F10
    skipped = taken(tmp_path, region(13, 23, "actor"), was_cancelled=True)
    assert sum(remark.lost for remark in skipped.remarks) == 1
    assert all(not coded.marks for coded in skipped.coded.values())
    odd = taken(
        tmp_path,
        {**region(2, 6, "x"), "value": {"start": 2, "end": 6}},
        {"type": "brush", "value": {}},
    )
    assert sum(remark.lost for remark in odd.remarks) == 2


def test_the_configuration_names_every_control_that_tasks_use(tmp_path: Path) -> None:  # F5
    config = fromstring(_config(tmp_path, 3))
    controls = {element.get("name") for element in config.iter()}
    labels = {element.get("value") for element in config.iter("Label")}
    assert {layer.name for layer in odd_codebook().layers} <= labels
    for seed in range(10):
        book, coded = make(seed)
        write(LabelStudioWriter(), coded, book, tmp_path / f"t{seed}")
        tasks = json.loads((tmp_path / f"t{seed}" / "tasks.json").read_text(encoding="utf-8"))
        for task in tasks:
            for annotation in task["annotations"]:
                for item in annotation["result"]:
                    if item["type"] != "relation":
                        assert item["from_name"] in controls
                        assert set(item["value"].get("labels", [])) <= labels


def _config(tmp_path: Path, seed: int) -> str:
    book, coded = make(seed)
    write(LabelStudioWriter(), coded, book, tmp_path / "config")
    return (tmp_path / "config" / "labeling-config.xml").read_text(encoding="utf-8")


def test_the_other_fields_of_a_task_are_kept_as_metadata(tmp_path: Path) -> None:
    task = {
        "id": 7,
        "annotations": [{"completed_by": 2, "result": [region(13, 23, "actor")]}],
        "meta": {"wave": 2},
        "data": {"body": TEXT, "title": "Strike", "source": "The Daily", "image": "/data/a.png", "model": "x" * 3000},
    }  # fmt: skip
    file = tmp_path / "export.json"
    file.write_text(json.dumps([task]), encoding="utf-8")
    result = read(file, default_codebook())
    (coded,) = result.in_order()
    assert coded.text
    assert coded.text.text == TEXT
    assert (coded.meta.title, coded.meta.publisher) == ("Strike", "The Daily")
    assert coded.meta.extra == {"id": "7", "wave": "2", "image": "/data/a.png"}
    assert ["“model” is too long" in remark.what for remark in result.remarks if remark.lost] == [
        True
    ]


def test_the_short_form_is_read_with_its_regions(tmp_path: Path) -> None:
    task = {
        "text": TEXT, "title": "Strike", "id": 3, "annotator": 4, "annotation_id": 5, "lead_time": 1.5,
        "ner": [{"start": 13, "end": 23, "text": "annotation", "labels": ["actor"]}],
    }  # fmt: skip
    file = tmp_path / "min.json"
    file.write_text(json.dumps([task, {**task, "annotator": 6, "ner": []}]), encoding="utf-8")
    result = read(file, default_codebook())
    assert marks(result) == [("actor", "annotation")]
    assert {coded.annotator for coded in result.coded.values()} == {"4", "6"}
    assert {coded.meta.title for coded in result.in_order()} == {"Strike"}


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    task = {"data": {"image": "https://example.org/a.png"}, "annotations": []}
    file = tmp_path / "export.json"
    file.write_text(json.dumps([task]), encoding="utf-8")
    result = read(file, default_codebook())
    assert not result.coded
    assert "no text" in result.remarks[0].what
