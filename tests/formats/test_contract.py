"""One suite for all formats: nothing moves, nothing vanishes unsaid, the same bytes twice, no harm from strangers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import Problem
from annotator.formats.registry import READERS, WRITERS, reader_named
from tests.formats.contract import (
    Wish,
    bytes_of,
    links_of,
    make,
    marks_of,
    read,
    slices_hold,
    source,
    values_in,
    without,
    write,
)

READ = {reader.name: reader for reader in READERS}
BOTH = [writer for writer in WRITERS if writer.name in READ or writer.name == "bilou"]
KEEPS_NO_IDS = {"conll", "bilou"}
"""Formats whose tools number marks themselves; their marks are compared by what is seen."""

quickly = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32)
formats = pytest.mark.parametrize("writer", BOTH, ids=lambda writer: writer.name)
all_writers = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)


@formats
@quickly
@given(seed=seeds, odd=st.booleans())
def test_in_is_out_and_listed_losses(writer, tmp_path_factory, seed, odd) -> None:  # I1, I3
    book, coded = make(seed, Wish(odd=odd))
    target = tmp_path_factory.mktemp("out") / f"made{writer.suffix}"
    losses = write(writer, coded, book, target)
    taken = read(target, book)
    came = taken.in_order()
    assert slices_hold(came)
    assert [remark for remark in taken.remarks if remark.lost] == []
    ids = {mark.id for item in coded for mark in item.marks}
    ties = {link.id for item in coded for link in item.links}
    lost_marks = [loss.record for loss in losses if loss.kind == "mark"]
    lost_links = [loss.record for loss in losses if loss.kind == "link"]
    assert len(set(lost_marks)) == len(lost_marks)
    assert set(lost_marks) <= ids
    assert len(set(lost_links)) == len(lost_links)
    assert set(lost_links) <= ties
    kept = without(coded, losses, book)
    by_id = writer.name not in KEEPS_NO_IDS
    assert marks_of(came, by_id) == marks_of(kept, by_id)
    assert links_of(came, by_id) == links_of(kept, by_id)
    lost_values = sum(
        loss.lost for loss in losses if loss.kind == "value" and loss.record not in lost_marks
    )
    assert values_in(came) + lost_values == values_in(kept)
    assert {item.text_sha256 for item in came} == {item.text_sha256 for item in coded}


@formats
@quickly
@given(seed=seeds)
def test_written_read_and_written_again_is_the_same(writer, tmp_path_factory, seed) -> None:  # I2
    book, coded = make(seed)
    folder = tmp_path_factory.mktemp("out")
    names = [folder / f"{number}{writer.suffix}" for number in range(3)]
    losses = write(writer, coded, book, names[0])
    write(writer, read(names[0], book).in_order(), book, names[1])
    write(writer, read(names[1], book).in_order(), book, names[2])
    # What the format cannot hold is gone after the first time.
    loses = writer.name in KEEPS_NO_IDS or any(loss.kind == "mark" for loss in losses)
    first, second = bytes_of(names[1 if loses else 0]), bytes_of(names[2 if loses else 1])
    assert first.keys() == second.keys()
    for name, raw in first.items():
        assert second[name] == raw, name


@all_writers
@quickly
@given(seed=seeds)
def test_two_exports_are_the_same_bytes(writer, tmp_path_factory, seed) -> None:
    book, coded = make(seed)
    folder = tmp_path_factory.mktemp("out")
    for name in ("a", "b"):
        write(writer, coded, book, folder / name)
    assert bytes_of(folder / "a") == bytes_of(folder / "b")


@all_writers
def test_an_empty_project_is_written(writer, tmp_path: Path) -> None:
    book, _ = make(1)
    target = tmp_path / f"empty{writer.suffix}"
    assert write(writer, [], book, target) == []
    if writer.name in READ:
        assert read(target, book).coded == {}


@formats
@quickly
@given(seed=st.integers(0, 2**16), damage=st.integers(0, 2**32))
def test_damaged_files_give_sentences(writer, tmp_path_factory, seed, damage) -> None:
    book, coded = make(seed, Wish(odd=False))
    folder = tmp_path_factory.mktemp("out")
    target = folder / f"made{writer.suffix}"
    write(writer, coded, book, target)
    chance = random.Random(damage)
    for path in [target] if target.is_file() else sorted(target.rglob("*")):
        if path.is_file() and chance.random() < 0.7:
            path.write_bytes(_damaged(path.read_bytes(), chance))
    taken = read(target, book)
    assert slices_hold(taken.in_order())
    for remark in taken.remarks:
        assert remark.what.strip()
        assert "Traceback" not in remark.what


STRANGE = [
    b"", b"\n", b"\xff\xfe\x00", b"{", b"[]", b"[1,2]", b"null\n", b'{"text": 1}\n', b"{}\n{}\n", b"<a/>", b"<a>",
    b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>', b"PK\x03\x04", b"[" * 50_000, b"\x00" * 100, "😀\n".encode(),
    b'{"text": "a b", "spans": 7, "label": {"a": 1}, "entities": [[]], "relations": [3]}\n',
    b'[{"data": 1, "annotations": [null, {"result": [1, {"type": 3}]}]}]',
    b"T1\tactor 0 x\tword\nR1\n#\n*\tEquiv\nA1\tx T9\n", b"-DOCSTART- -X- O O\n\na O\n",
    b"#FORMAT=WebAnno TSV 3.3\n\n\n1-1\tx\ty\n", b'{"@context": 1, "items": [1]}',
    b'<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI"><a begin="x"/></xmi:XMI>',
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(READ))
@pytest.mark.parametrize("raw", STRANGE, ids=range(len(STRANGE)))
def test_strange_files_give_sentences(name: str, raw: bytes, tmp_path: Path) -> None:
    book, _ = make(1)
    file = tmp_path / f"strange{READ[name].suffixes[0]}"
    file.write_bytes(raw)
    taken = read(file, book, format=name)
    assert all(remark.what.strip() for remark in taken.remarks)
    assert slices_hold(taken.in_order())


@formats
@quickly
@given(seed=seeds)
def test_a_file_is_known_for_what_it_is(writer, tmp_path_factory, seed) -> None:
    book, coded = make(seed)
    target = tmp_path_factory.mktemp("out") / f"made{writer.suffix}"
    write(writer, coded, book, target)
    if target.is_file() and coded:
        item = source(target)
        head = item.head()
        assert reader_named(writer.name).accepts(item, head)
        others = [reader.name for reader in READERS if reader.accepts(item, head)]
        assert others[0] == writer.name


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                del data[at : at + chance.randint(1, 30)]
            case 1:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 5)))
            case 2:
                data[at : at + 1] = chance.choice(
                    [b"9999", b"-1", b"null", b"\n", b"[", b'"', b"\t"]
                )
            case _:
                del data[at:]
    return bytes(data)


def test_formats_have_names_of_their_own() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert len({writer.name for writer in WRITERS}) == len(WRITERS)
    with pytest.raises(Problem):
        reader_named("nothing")
