"""Codebooks in files, and those that come with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.codebook import Codebook
from annotator.domain.codebook_edits import items
from annotator.domain.errors import BadInput
from annotator.formats import codebook_markdown
from annotator.presentation.commands import codebook_commands, general_commands
from annotator.presentation.commands.keymap import clashes
from annotator.services import codebooks

READY = codebooks.ready()


def test_the_ready_ones_are_these() -> None:
    assert set(READY) == {
        "default",
        "dna-statement",
        "attribution",
        "structured-sentiment",
        "political-claims",
    }


@pytest.mark.parametrize("name", READY)
def test_a_ready_codebook_is_complete(name: str) -> None:
    book = READY[name]
    assert book.description
    for path, thing in items(book):
        if path.code == "" and path.attribute == "":
            assert thing.definition.text, path.words
    told = sum(
        bool(thing.definition.examples or thing.definition.counter_examples)
        for _, thing in items(book)
    )
    assert told >= len(book.layers)
    assert clashes((*codebook_commands(book), *general_commands())) == []


@pytest.mark.parametrize("name", READY)
def test_a_ready_codebook_goes_out_and_in_both_ways(name: str, tmp_path: Path) -> None:
    for suffix in (".md", ".json"):
        path = tmp_path / f"book{suffix}"
        codebooks.save(READY[name], path)
        assert codebooks.load(path) == READY[name]


def test_a_codebook_is_found_by_name_or_file(tmp_path: Path) -> None:
    assert codebooks.find("attribution") == READY["attribution"]
    path = tmp_path / "mine.md"
    path.write_text(codebook_markdown.write(Codebook("Mine", ())), encoding="utf-8-sig")
    assert codebooks.find(str(path)).name == "Mine"
    with pytest.raises(BadInput, match="there are attribution, default"):
        codebooks.find("nonsense")
    with pytest.raises(BadInput, match=r"gone\.md is not a codebook that can be read"):
        codebooks.find(str(tmp_path / "gone.md"))
    (tmp_path / "bad.md").write_text("Hello")
    with pytest.raises(BadInput, match=r"bad\.md is not a codebook: its first line"):
        codebooks.find(str(tmp_path / "bad.md"))
