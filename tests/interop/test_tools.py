"""The importers of other programs take our files and hold the same marks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.coded import CodedArticle
from annotator.formats.base import WriteContext
from annotator.formats.flat import flatten
from annotator.formats.labels import label_of
from annotator.formats.registry import writer_named
from annotator.formats.safe_xml import without_controls
from tests.formats.contract import links_of, make, marks_of, odd_codebook, read, without, write
from tests.interop.peers import Peer

SEEDS = range(12)
Ask = Callable[[str], Peer]

pytestmark = pytest.mark.timeout(3000)


def articles() -> list[CodedArticle]:
    """Return the articles of many made-up projects, in export order."""
    found = [item for seed in SEEDS for item in make(seed)[1]]
    return sorted(found, key=lambda item: (item.id or "", item.annotator or ""))


def written(name: str, target: Path) -> list[CodedArticle]:
    """Write what there is and return it without what was told lost."""
    coded = articles()
    losses = write(writer_named(name), coded, odd_codebook(), target)
    return without(coded, losses, odd_codebook())


def test_doccano_stores_every_entity_and_relation(peer: Ask, tmp_path: Path) -> None:
    coded = articles()
    book = odd_codebook()
    target = tmp_path / "out.jsonl"
    write(writer_named("doccano"), coded, book, target)
    found = peer("doccano").ask(target, tmp_path, scratch=tmp_path)
    assert found["errors"] == []
    assert sorted(found["texts"]) == sorted(item.text.text for item in coded if item.text)
    # doccano keeps one of spans that are the same to it: of one article, place and label.
    spans, ties = Counter[Any](), 0
    for item in coded:
        assert item.text
        flat = flatten(item, WriteContext(book, 1))
        own = {(*each.part.extent, label_of(each.mark, book)) for each in flat.stretches}
        spans.update((item.text.text, *place) for place in own)
        ties += len(flat.ties)
    assert Counter(map(tuple, found["spans"])).keys() == spans.keys()
    assert len(found["relations"]) == ties


def test_label_studio_takes_configuration_and_tasks_and_gives_them_back(
    peer: Ask, tmp_path: Path
) -> None:
    kept = written("label-studio", tmp_path / "out")
    said = peer("label_studio").ask(tmp_path / "out", tmp_path, scratch=tmp_path)
    assert [said["project"][0], said["import"][0]] == [201, 201], said
    taken = read(tmp_path / "export.json", odd_codebook(), "label-studio")
    assert [remark for remark in taken.remarks if remark.lost] == []
    came = taken.in_order()
    assert marks_of(came, by_id=True) == marks_of(kept, by_id=True)
    assert links_of(came, by_id=True) == links_of(kept, by_id=True)


@pytest.mark.parametrize("name", ["xmi", "cas-json"])
def test_cassis_finds_every_mark_where_it_is(name: str, peer: Ask, tmp_path: Path) -> None:
    kept = written(name, tmp_path / "out")
    found = peer("cassis").ask(tmp_path / "out", scratch=tmp_path)
    words = Counter((id, text) for id, text in found["marks"])
    said = Counter(
        (mark.id, without_controls(part.slice)[0] if name == "xmi" else part.slice)
        for item in kept
        for mark in item.marks
        for part in mark.fragments
    )
    assert words == said
    ties = sum(len(flatten(item, WriteContext(odd_codebook(), 1)).ties) for item in kept)
    assert found["relations"] == ties


def test_pyrefiqda_finds_every_selection_where_it_is(peer: Ask, tmp_path: Path) -> None:
    kept = written("refi", tmp_path / "out.qdpx")
    found = peer("refi").ask(tmp_path / "out.qdpx", scratch=tmp_path)
    assert Counter(text for _, text, _ in found) == Counter(
        part.slice for item in kept for mark in item.marks for part in mark.fragments
    )
    assert all(codings for _, _, codings in found)


@pytest.mark.parametrize(("name", "suffix"), [("hf", "jsonl"), ("parquet", "parquet")])
def test_datasets_pandas_and_arrow_load_the_same_rows(
    name: str, suffix: str, peer: Ask, tmp_path: Path
) -> None:
    write(writer_named("hf"), articles(), odd_codebook(), tmp_path / "lines")
    write(writer_named(name), articles(), odd_codebook(), tmp_path / "out")
    found = peer("datasets").ask(tmp_path / "out", suffix, scratch=tmp_path)
    for part in ("spans", "tokens"):
        lines = (tmp_path / "lines" / f"{part}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        assert found[part] == [json.loads(line) for line in lines]
    texts = [row["text"] for row in found["spans"]]
    assert found["pandas"] == [[row["id"] for row in found["spans"]], texts]
    assert found["arrow"] == texts
