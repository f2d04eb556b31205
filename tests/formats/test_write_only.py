"""Formats that only go out: read back by other means, every mark and link is there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.hugging_face import HuggingFaceWriter
from annotator.formats.page import PageWriter
from annotator.formats.safe_xml import parse, without_controls
from annotator.formats.tei import TeiWriter
from tests.formats.contract import make, write

NS = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
some = settings(max_examples=20)
seeds = st.integers(0, 2**32)


@some
@given(seed=seeds)
def test_hugging_face_spans_hold_everything(tmp_path_factory, seed: int) -> None:  # I1, I3
    book, coded = make(seed)
    out = tmp_path_factory.mktemp("hf") / "out"
    write(HuggingFaceWriter(), coded, book, out)
    lines = (out / "spans.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    spans = [json.loads(line) for line in lines]
    assert sorted(span["id"] for line in spans for span in line["spans"]) == sorted(
        mark.id for item in coded for mark in item.marks
    )
    assert sum(len(line["links"]) for line in spans) == sum(len(item.links) for item in coded)
    for line in spans:
        for span in line["spans"]:
            parts = [line["text"][start:end] for start, end in span["fragments"]]
            assert " … ".join(parts) == span["text"]
    tagged = (out / "tokens.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    for line in map(json.loads, tagged):
        columns = [key for key in line if key.endswith("_tags")]
        assert len(columns) == len(book.layers)
        for column in columns:
            assert len(line[column]) == len(line["tokens"])
            assert all(tag == "O" or tag[:2] in ("B-", "I-") for tag in line[column])


@some
@given(seed=seeds)
def test_tei_points_to_the_words(tmp_path_factory, seed: int) -> None:  # I1, I3, B15
    book, coded = make(seed)
    out = tmp_path_factory.mktemp("tei") / "out.xml"
    write(TeiWriter(), coded, book, out)
    root = parse(out.read_bytes())
    texts = {ab.get(ID): ab.text or "" for ab in root.iter(f"{NS}ab")}
    for item in coded:
        assert item.text
        assert texts[f"t-{item.id}"] == without_controls(item.text.text)[0]
    said = {span.get(ID): span for span in root.iter(f"{NS}span")}
    marks = {f"m-{mark.id}": mark for item in coded for mark in item.marks}
    assert said.keys() == marks.keys()
    for id, span in said.items():
        places = re.findall(r"string-range\((.+?),(\d+),(\d+)\)", span.get("target") or "")
        words = [
            texts[text][int(start) : int(start) + int(length)] for text, start, length in places
        ]
        assert " … ".join(words) == span.text
        assert len(words) == len(marks[id].fragments)
    ties = [link for item in coded for link in item.links if link.end]
    assert len(list(root.iter(f"{NS}link"))) == len(ties)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.rows = 0
        self.tags: set[str] = set()
        self._inside = self._number = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "div":
            self._inside = True
            self.words.append("")
        self._number = tag == "sup"
        self.rows += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        self._number = False
        if tag == "div":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and not self._number:
            self.words[-1] += data


@some
@given(seed=seeds)
def test_the_page_shows_every_text_whole_and_every_mark(tmp_path_factory, seed: int) -> None:
    book, coded = make(seed)
    out = tmp_path_factory.mktemp("html") / "out.html"
    write(PageWriter(), coded, book, out)
    page = _Words()
    page.feed(out.read_bytes().decode())
    page.close()
    assert page.words == [item.text.text for item in coded if item.text]
    assert page.rows == sum(len(item.marks) + bool(item.marks) for item in coded)
    assert "script" not in page.tags
