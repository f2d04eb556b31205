"""Web annotations of others: quotes without positions, names of files, bodies of every shape."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.web_annotation import WebAnnotationWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import bytes_of, links_of, make, marks_of, read, write

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


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 2**32))
def test_the_order_in_the_file_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, seed: int, order: int
) -> None:
    book, coded = make(seed)
    folder = tmp_path_factory.mktemp("out")
    write(WebAnnotationWriter(), coded, book, folder / "page")
    in_order = read(folder / "page", book)
    file = folder / "page" / "annotations.jsonld"
    page = json.loads(file.read_bytes())
    random.Random(order).shuffle(page["items"])
    file.write_text(json.dumps(page), encoding="utf-8")
    shuffled = read(folder / "page", book)
    assert shuffled.remarks == in_order.remarks
    assert marks_of(shuffled.in_order(), True) == marks_of(in_order.in_order(), True)
    assert links_of(shuffled.in_order(), True) == links_of(in_order.in_order(), True)


CLAIM = {**item(position(0, 4), tag="claim"), "id": "c"}
ACTOR = {**item(position(5, 6)), "id": "a"}
LINK = {"motivation": "linking", "link": "source", "target": "c", "body": "a"}


@pytest.mark.parametrize("items", [(CLAIM, ACTOR, LINK), (LINK, CLAIM, ACTOR)])
def test_links_may_stand_before_their_marks(tmp_path: Path, items: tuple[object, ...]) -> None:
    (coded,) = taken(tmp_path, *items).in_order()
    assert [link.type for link in coded.links] == ["source"]


def test_a_link_from_nowhere_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path, CLAIM, {**LINK, "target": "x"})
    assert len(marks(found)) == 1
    (told,) = (remark for remark in found.remarks if remark.lost)
    assert told.where.endswith("page.jsonld, annotation 2")
    assert "begins at an annotation that is not in the file" in told.what


@pytest.mark.parametrize(
    "said",
    [
        [CLAIM],
        CLAIM,
        {"@graph": [CLAIM]},
        {"type": "AnnotationCollection", "total": 1, "first": {"items": [CLAIM]}, "last": "x"},
        {"items": [], "first": {"items": [ACTOR]}, "@graph": [ACTOR]},
    ],
    ids=["list", "one", "graph", "collection", "empty"],
)
def test_annotations_are_found_where_they_may_stand(tmp_path: Path, said: object) -> None:
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "page.jsonld").write_text(json.dumps(said), encoding="utf-8")
    found = read(tmp_path, default_codebook())
    empty = isinstance(said, dict) and said.get("items") == []
    assert [layer for layer, *_ in marks(found)] == ([] if empty else ["claim"])


@pytest.mark.parametrize("said", ["{}", "7", '{"first": {"items": 1}}', '{"items": {}}'])
def test_a_file_without_annotations_says_so(tmp_path: Path, said: str) -> None:
    (tmp_path / "page.jsonld").write_text(said, encoding="utf-8")
    found = read(tmp_path, default_codebook())
    assert [remark.what for remark in found.remarks] == ["holds no annotations"]
