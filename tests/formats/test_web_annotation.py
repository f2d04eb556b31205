"""Web annotations of others: quotes without positions, names of files, bodies of every shape."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.formats.web_annotation import WebAnnotationWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import bytes_of, make, read, write

TEXT = "Kyiv 😀 condemned it. Kyiv waits."


def taken(tmp_path: Path, *items: object):
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8", newline="")
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    }
    (tmp_path / "page.jsonld").write_text(json.dumps(page), encoding="utf-8")
    return read(tmp_path, default_codebook())


def item(*selectors: dict[str, object], tag: object = "actor") -> dict[str, object]:
    return {
        "type": "Annotation",
        "creator": "bea",
        "body": tag,
        "target": {"source": "https://example.org/story.txt", "selector": list(selectors)},
    }


def position(start: int, end: int) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, **around: str) -> dict[str, object]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def marks(result) -> list[tuple[str, int, str]]:
    return [
        (mark.layer, mark.start, mark.text) for coded in result.in_order() for mark in coded.marks
    ]


def test_positions_count_code_points_and_the_quote_tells_otherwise(tmp_path: Path) -> None:
    assert marks(taken(tmp_path, item(position(7, 16), tag="cue"))) == [("cue", 7, "condemned")]
    shifted = item(position(8, 17), quote("condemned"), tag="cue")
    assert marks(taken(tmp_path, shifted)) == [("cue", 7, "condemned")]


def test_a_quote_alone_is_found_if_it_is_the_only_one(tmp_path: Path) -> None:
    assert marks(taken(tmp_path, item(quote("Kyiv", suffix=" waits")))) == [("actor", 21, "Kyiv")]
    result = taken(tmp_path, item(quote("Kyiv")), item(quote("Lviv")))
    assert marks(result) == []
    assert sum(remark.lost for remark in result.remarks) == 2


def test_a_text_that_is_not_there_is_told(tmp_path: Path) -> None:
    far = item(position(0, 4))
    far["target"] = {"source": "https://example.org/other.txt", "selector": position(0, 4)}
    result = taken(tmp_path, far)
    assert marks(result) == []
    assert sum(remark.lost for remark in result.remarks) == 1


def test_without_texts_only_the_marked_words_go_out(tmp_path: Path) -> None:
    book, coded = make(5)
    write(WebAnnotationWriter(), coded, book, tmp_path / "out", without_text=True)
    raw = bytes_of(tmp_path / "out")
    assert b'"prefix"' not in raw["annotations.jsonld"]
    for line in raw["articles.jsonl"].decode().split("\n"):
        assert not line or json.loads(line)["text"] is None
