"""Prodigy's own habits: last tokens, inclusive ends, answers, sessions."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.formats.prodigy import ProdigyWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import NOW, Wish, make, read, write

TEXT = "The Kyiv 😀 council condemned the attack."
TOKENS = [
    {"text": word, "start": TEXT.index(word), "end": TEXT.index(word) + len(word), "id": number}
    for number, word in enumerate(
        ["The", "Kyiv", "😀", "council", "condemned", "the", "attack", "."]
    )
]


def task(**changes: object) -> dict[str, object]:
    base: dict[str, object] = {
        "text": TEXT,
        "tokens": TOKENS,
        "spans": [
            {"start": 4, "end": 18, "token_start": 1, "token_end": 3, "label": "ORG"},
            {"start": 19, "end": 28, "token_start": 4, "token_end": 4, "label": "cue"},
            {"start": 29, "end": 39, "token_start": 5, "token_end": 6, "label": "CLAIM"},
        ],
        "relations": [
            {"head": 6, "child": 3, "label": "source"},
            {"head": 6, "child": 4, "label": "cue"},
        ],
        "answer": "accept",
        "_session_id": "press-bea",
        "_task_hash": 7,
    }
    return {**base, **changes}


def taken(tmp_path: Path, *tasks: dict[str, object]):
    file = tmp_path / "tasks.jsonl"
    file.write_text("\n".join(json.dumps(item) for item in tasks), encoding="utf-8")
    return read(file, default_codebook())


def test_relations_lead_to_the_last_token_of_a_span(tmp_path: Path) -> None:  # C14, C15
    result = taken(tmp_path, task())
    (coded,) = result.in_order()
    assert coded.annotator == "press-bea"
    by_id = {mark.id: mark for mark in coded.marks}
    assert {(mark.layer, mark.text) for mark in coded.marks} == {
        ("actor", "Kyiv 😀 council"),
        ("cue", "condemned"),
        ("claim", "the attack"),
    }
    assert {(link.type, by_id[link.end].text) for link in coded.links if link.end} == {
        ("source", "Kyiv 😀 council"),
        ("cue", "condemned"),
    }
    (actor,) = [mark for mark in coded.marks if mark.layer == "actor"]
    assert actor.attributes == {"type": "organisation"}
    assert [remark.lost for remark in result.remarks] == [0, 0]


def test_rejected_tasks_are_counted_and_left_out(tmp_path: Path) -> None:
    result = taken(tmp_path, task(answer="reject"))
    assert sum(remark.lost for remark in result.remarks) == 5
    assert all(not coded.marks for coded in result.coded.values())


def test_utf16_offsets_show_by_their_tokens(tmp_path: Path) -> None:  # A12
    shifted = [
        {**token, "start": token["start"] + (number > 2), "end": token["end"] + (number > 1)}
        for number, token in enumerate(TOKENS)
    ]
    spans = [{"start": 20, "end": 29, "label": "cue"}]
    result = taken(tmp_path, task(tokens=shifted, spans=spans, relations=[]))
    (coded,) = result.in_order()
    assert [mark.text for mark in coded.marks] == ["condemned"]


def test_an_unknown_label_is_told_and_can_be_mapped(tmp_path: Path) -> None:  # F5
    spans = [{"start": 4, "end": 8, "label": "PLACE"}]
    result = taken(tmp_path, task(spans=spans, relations=[]))
    assert [remark.lost for remark in result.remarks if "PLACE" in remark.what] == [1]
    assert sum(remark.lost for remark in result.remarks) == 1
    mapped = read(
        tmp_path / "tasks.jsonl", default_codebook(), labels={"PLACE": "actor:government"}
    )
    (coded,) = mapped.in_order()
    assert [(mark.layer, dict(mark.attributes)) for mark in coded.marks] == [
        ("actor", {"type": "government"})
    ]


def test_what_is_written_holds_for_its_own_tokens(tmp_path: Path) -> None:
    for seed in range(20):
        book, coded = make(seed, Wish(odd=False))
        write(ProdigyWriter(), coded, book, tmp_path / f"{seed}.jsonl")
        for line in (tmp_path / f"{seed}.jsonl").read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            made = json.loads(line)
            for token in made["tokens"]:
                assert made["text"][token["start"] : token["end"]] == token["text"]
            for span in made["spans"]:
                if "token_start" in span:
                    assert made["tokens"][span["token_start"]]["start"] == span["start"]
                    assert made["tokens"][span["token_end"]]["end"] == span["end"]


def test_other_fields_are_kept_as_metadata(tmp_path: Path) -> None:
    task = {
        "text": "Kyiv condemned it.", "spans": [], "answer": "accept", "_input_hash": 5, "label": "WAR",
        "meta": {"source": "Der Bote", "pub": 3},
    }  # fmt: skip
    (coded,) = taken(tmp_path, task).in_order()
    assert coded.meta.publisher == "Der Bote"
    assert coded.meta.extra == {"_input_hash": "5", "label": "WAR", "pub": "3"}


def test_marks_were_made_when_the_task_was_answered(tmp_path: Path) -> None:
    result = taken(tmp_path, task(_timestamp=1_767_323_045))
    (coded,) = result.in_order()
    assert {mark.made.created for mark in coded.marks} == {"2026-01-02T03:04:05.000Z"}
    for wrong in (-1, 1e300, "yesterday", True):
        (coded,) = taken(tmp_path, task(_timestamp=wrong)).in_order()
        assert {mark.made.created for mark in coded.marks} == {NOW}


def test_what_only_prodigy_needs_is_told_once(tmp_path: Path) -> None:
    own = {
        "_input_hash": 5, "_task_hash": 7, "_timestamp": 1_767_323_045, "_view_id": "relations",
        "_session_id": "press-bea", "_annotator_id": "bea", "_desk": "foreign",
    }  # fmt: skip
    result = taken(tmp_path, task(**own), task(**own, text=f"{TEXT} Again."))
    one, other = result.in_order()
    assert one.annotator == other.annotator == "bea"
    assert one.meta.extra == other.meta.extra == {"_input_hash": "5", "_desk": "foreign"}
    (told,) = [remark for remark in result.remarks if remark.where == "tasks.jsonl"]
    assert told.what == "was read without “_session_id”, “_task_hash”, “_view_id” of its tasks"
    assert told.lost == 0


def test_a_time_that_is_none_is_told(tmp_path: Path) -> None:
    result = taken(tmp_path, task(_timestamp="yesterday", _task_hash=None))
    (told,) = [remark for remark in result.remarks if remark.where == "tasks.jsonl"]
    assert told.what == "was read without “_timestamp” of its tasks"
