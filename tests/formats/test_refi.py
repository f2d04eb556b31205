"""REFI-QDA projects of other programs: capitals, braces, inline texts, codes within codes, foreign things."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.formats.qdpx import QdpxWriter
from annotator.formats.safe_xml import local, parse
from annotator.services.codebooks import default_codebook
from tests.formats.contract import make, read, write

TEXT = "\ufeffJohn 😀 loves Mary.\r\nHe married her."
A, B, C, D = (f"{digit}0000000-0000-4000-8000-000000000000" for digit in "ABCD")

PROJECT = f"""<?xml version="1.0" encoding="utf-8"?>
<Project name="p" origin="Other 1.0" xmlns="urn:QDA-XML:project:1.0">
<Users><User guid="{A}" name="bea"/></Users>
<CodeBook><Codes><Code guid="{B}" name="People" isCodable="false"><Code guid="{{{C}}}" name="Actor" isCodable="true"/></Code>
</Codes></CodeBook>
<Sources><TextSource guid="{D}" name="doc" plainTextPath="internal://doc.TXT">
%s
</TextSource><PictureSource guid="{A}"/></Sources></Project>"""

SELECTION = (
    '<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}">'
    "{inside}</PlainTextSelection>"
)
CODING = f'<Coding guid="{D}" creatingUser="{A}"><CodeRef targetGUID="{C}"/></Coding>'


def selection(name: str, start: object, end: object, inside: str = CODING) -> str:
    guid = f"{len(name):08d}-0000-4000-8000-{hash(name) % 10**12:012d}"
    return SELECTION.format(guid=guid, name=name, start=start, end=end, inside=inside)


def taken(tmp_path: Path, *selections: str):
    path = tmp_path / "project.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Project.qde", PROJECT % "\n".join(selections))
        archive.writestr("Sources/doc.txt", TEXT.encode())
    return read(path, default_codebook())


def marks(result) -> list[tuple[str, str]]:
    return [(mark.layer, mark.text) for coded in result.in_order() for mark in coded.marks]


@pytest.mark.parametrize(
    "places",
    [
        [(0, 4), (20, 22)],  # code points; neither the mark at the front nor carriage returns count
        [(0, 4), (21, 23)],  # carriage returns count
        [(1, 5), (22, 24)],  # everything counts
    ],
)
def test_what_positions_count_shows_by_the_names(
    tmp_path: Path, places: list[tuple[int, int]]
) -> None:
    (one, two), (three, four) = places
    result = taken(tmp_path, selection("John", one, two), selection("He", three, four))
    assert marks(result) == [("actor", "John"), ("actor", "He")]
    assert {coded.annotator for coded in result.in_order()} == {"bea"}


def test_selections_without_code_and_foreign_things_are_told(tmp_path: Path) -> None:
    result = taken(
        tmp_path, selection("John", 0, 4), selection("x", 5, 6, ""), selection("y", "a", 6)
    )
    assert marks(result) == [("actor", "John")]
    assert sum(remark.lost for remark in result.remarks) == 3  # and the picture


@pytest.mark.parametrize("name", ["../../etc/x", "/absolute", "C:\\x"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "project.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"x")
    assert "outside" in read(path, default_codebook()).remarks[0].what


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "project.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"\x00" * 30_000_000)
    assert "times its size" in read(path, default_codebook()).remarks[0].what


def test_what_is_written_has_the_order_and_the_ids_that_the_standard_wants(tmp_path: Path) -> None:
    for seed in range(8):
        book, coded = make(seed)
        path = tmp_path / f"{seed}.qdpx"
        write(QdpxWriter(), coded, book, path)
        with zipfile.ZipFile(path) as archive:
            root = parse(archive.read("project.qde"))
            texts = {
                name: archive.read(name).decode()
                for name in archive.namelist()
                if name.endswith(".txt")
            }
        order = ["Users", "CodeBook", "Variables", "Cases", "Sources", "Links"]
        found = [local(element) for element in root]
        assert found == [name for name in order if name in found]
        guids = [element.get("guid") for element in root.iter() if element.get("guid")]
        assert len(set(guids)) == len(guids)
        for element in root.iter():
            for key, value in element.items():
                if key == "targetGUID" or key == "originGUID" or key == "creatingUser":
                    assert value in guids
        for source in root.iter():
            if local(source) == "TextSource":
                text = texts[
                    "sources/" + (source.get("plainTextPath") or "").removeprefix("internal://")
                ]
                for each in source:
                    if local(each) == "PlainTextSelection":
                        start, end = (
                            int(each.get("startPosition", "")),
                            int(each.get("endPosition", "")),
                        )
                        assert 0 <= start < end <= len(text)
