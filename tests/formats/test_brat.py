"""brat's own habits: fragments, line ends, broken lines, events, and collections named by annotator."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.domain.coded import ANNOTATOR
from annotator.formats.brat import BratWriter
from annotator.services import exporting, importing
from annotator.services.codebooks import default_codebook
from tests.formats.contract import make, read, shared_folder, write
from tests.support.material import make_project

CRLF = b"John loves Mary.\r\nHe married her."


def taken(tmp_path: Path, text: bytes, ann: str, name: str = "doc", **options: object):
    (tmp_path / f"{name}.txt").write_bytes(text)
    (tmp_path / f"{name}.ann").write_text(ann, encoding="utf-8", newline="")
    return read(tmp_path, default_codebook(), **options)


def marks(result) -> list[tuple[str, str]]:
    return [(mark.layer, mark.text) for coded in result.in_order() for mark in coded.marks]


@pytest.mark.parametrize("shift", [0, 1])
def test_offsets_count_carriage_returns_or_not_and_the_words_tell(
    tmp_path: Path, shift: int
) -> None:  # B1
    ann = f"T1\tactor {17 + shift} {19 + shift}\tHe\nT2\tactor {28 + shift} {31 + shift}\ther\n"
    result = taken(tmp_path, CRLF, ann)
    assert marks(result) == [("actor", "He"), ("actor", "her")]
    assert result.remarks == []


def test_utf16_offsets_show_by_their_words(tmp_path: Path) -> None:
    result = taken(tmp_path, "😀😀 yes the boro .".encode(), "T1\tactor 13 17\tboro\n")
    assert marks(result) == [("actor", "boro")]


def test_a_broken_line_goes_on_in_the_next(tmp_path: Path) -> None:  # D11
    ann = "T1\tclaim 0 8\tone\n\ntwo\nT2\tactor 9 14\tthree\n"
    result = taken(tmp_path, b"one\n\ntwo three", ann)
    assert marks(result) == [("claim", "one\n\ntwo"), ("actor", "three")]


def test_fragments_in_any_order_are_one_mark(tmp_path: Path) -> None:
    ann = "T1\tclaim 13 20;0 4\twe quit Amal\nT2\tclaim 0 6;3 9\tAmal s l said\n"
    result = taken(tmp_path, b"Amal said so we quit now.", ann)
    assert marks(result) == [("claim", "Amal … we quit")]
    told = [(remark.what, remark.lost) for remark in result.remarks]
    assert any("put in order" in what and not lost for what, lost in told)
    assert sum(lost for _, lost in told) == 1  # two that overlap are no places of one mark


def test_bad_lines_are_told_with_their_number(tmp_path: Path) -> None:  # G7
    ann = (
        "T1\tactor 0 4\tKyiv\n"
        "T2\tactor\n"
        "T3\tactor 0 4\tLviv\n"
        "T4\tactor 5 999\tsaid\n"
        "R1\tsource Arg1:T9 Arg2:T1\n"
        "A1\ttype T1 government\n"
        "A2\ttype T77 person\n"
        "#1\tAnnotatorNotes T1\tsure?\n"
        "*\tEquiv T1 T4\n"
        "X1\tnothing\n"
    )
    result = taken(tmp_path, b"Kyiv said no.", ann)
    assert marks(result) == [("actor", "Kyiv")]
    told = " ".join(remark.where for remark in result.remarks)
    for line in (2, 3, 4, 7, 9, 10):
        assert f"line {line}" in told
    assert sum(remark.lost for remark in result.remarks) == 8


def test_events_become_links_of_the_claim(tmp_path: Path) -> None:
    text = b"Kyiv and Lviv said no."
    ann = (
        "T1\tSource 0 4\tKyiv\nT2\tSource 9 13\tLviv\nT3\tCue 14 18\tsaid\nT4\tContent 19 21\tno\n"
        "T5\tAttribution 14 18\tsaid\n"
        "E1\tAttribution:T5 Content:T4 Cue:T3 Source:T1 Source2:T2\n"
    )
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "a_bea.ann").write_text(ann, encoding="utf-8")
    result = read(tmp_path, default_codebook())
    (coded,) = result.in_order()
    assert coded.annotator == "bea"
    by_id = {mark.id: mark.text for mark in coded.marks}
    assert sorted((link.type, by_id[link.end or ""]) for link in coded.links) == [
        ("cue", "said"),
        ("source", "Kyiv"),
        ("source", "Lviv"),
    ]
    assert [remark.lost for remark in result.remarks if remark.lost] == [1]


def test_what_is_written_passes_a_strict_reader(tmp_path: Path) -> None:
    for seed in range(12):
        book, coded = make(seed)
        out = tmp_path / str(seed)
        write(BratWriter(), coded, book, out)
        names = set(re.split(r"\s+", (out / "annotation.conf").read_text(encoding="utf-8")))
        for ann in out.rglob("*.ann"):
            text = ann.with_suffix(".txt").read_bytes().decode()
            raw = ann.read_bytes().decode()
            assert raw.splitlines() == raw.split("\n")[:-1]
            ids = set()
            for line in raw.splitlines():
                id, body, *tail = line.split("\t")
                ids.add(id)
                if line[0] == "T":
                    type, places = body.split(" ", 1)
                    assert re.fullmatch(r"[A-Za-z0-9_.-]+", type)
                    assert type in names
                    pieces = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                    assert " ".join(text[start:end] for start, end in pieces) == tail[0]
                elif line[0] == "R":
                    assert re.fullmatch(r"[A-Za-z0-9_.-]+ Arg1:T\d+ Arg2:T\d+", body)
                    assert set(re.findall(r"T\d+", body.split(" ", 1)[1])) <= ids
                elif line[0] == "A":
                    assert re.fullmatch(r"[A-Za-z0-9_.-]+ T\d+ [A-Za-z0-9_.-]+", body)


@pytest.mark.timeout(900)
@pytest.mark.skipif(shared_folder() is None, reason="the real articles are not here")
def test_polnear_comes_in_whole_and_goes_through_brat_unchanged(tmp_path: Path) -> None:
    shared = shared_folder()
    assert shared
    with make_project(tmp_path) as project:
        report = importing.import_all(
            project, [shared / "polnear" / "dev", shared / "polnear" / "train"]
        )
        texts = {file.read_bytes() for file in (shared / "polnear").rglob("text/*.txt")}
        assert report.added.articles == len(texts)
        lines = sum(
            re.match(rb"T\d+\t", line) is not None
            for file in (shared / "polnear").rglob("*.ann")
            for line in file.read_bytes().split(b"\n")
        )
        lost = sum(remark.lost for remark in report.refused if remark.kind == "mark")
        assert report.added.marks + report.there.marks + lost == lines
        first = tmp_path / "first"
        exporting.export(project, exporting.Order(first, "brat", ANNOTATOR))
    with make_project(tmp_path, name="other") as other:
        again = importing.import_all(other, [first])
        assert again.refused == []
        second = tmp_path / "second"
        exporting.export(other, exporting.Order(second, "brat", ANNOTATOR))
    one = {path.relative_to(first): path.read_bytes() for path in first.rglob("*.*")}
    two = {path.relative_to(second): path.read_bytes() for path in second.rglob("*.*")}
    assert one == two
