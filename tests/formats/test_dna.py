"""Projects of Discourse Network Analyzer: made here in its shape, and the public sample where it is at hand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.services import importing
from annotator.services.codebooks import default_codebook, find
from tests.formats.contract import read, shared_folder
from tests.support.dna_project import dna_project
from tests.support.material import make_project


def test_statements_become_claims_at_utf16_places(tmp_path: Path) -> None:
    path = dna_project(tmp_path, "\U0001f4a9 She said no. Never.", (1, 3, 15, 2), (1, 16, 22, 1))
    result = read(path, default_codebook())
    claims = {coded.annotator: coded for coded in result.in_order()}
    assert [mark.text for mark in claims["Bea"].marks] == ["She said no."]
    assert [mark.text for mark in claims["Admin"].marks] == ["Never."]
    assert dict(claims["Bea"].marks[0].attributes) == {
        "stance": "support",
        "topics": ("Night shifts",),
    }
    assert claims["Admin"].marks[0].attributes["stance"] == "oppose"
    assert claims["Bea"].meta.published == "2005-01-26"
    assert [actor.name for actor in result.book.values()] == ["Amal Haddad"]
    assert sum(remark.lost for remark in result.remarks if remark.kind == "link") == 2


def test_the_ready_codebook_takes_sides_in_its_own_words(tmp_path: Path) -> None:
    path = dna_project(tmp_path, "She said no. Never.", (1, 0, 12, 2), (1, 13, 18, 1))
    result = read(path, find("dna-statement"))
    sides = {
        mark.text: mark.attributes["agreement"]
        for coded in result.in_order()
        for mark in coded.marks
    }
    assert sides == {"She said no.": "support", "Never": "oppose"}
    assert not [remark for remark in result.remarks if "agreement" in remark.what]


def test_other_statement_types_are_told_or_mapped(tmp_path: Path) -> None:
    path = dna_project(tmp_path, "She said no.", (3, 0, 3, 2))
    assert [remark.lost for remark in read(path, default_codebook()).remarks] == [1]
    mapped = read(path, default_codebook(), labels={"Annotation": "cue"})
    assert [mark.layer for coded in mapped.in_order() for mark in coded.marks] == ["cue"]


def test_no_project_of_dna_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "study.dna"
    with sqlite3.connect(path) as db:
        db.execute("CREATE VIEW CODERS AS SELECT 1 AS ID, 'x' AS Name")
    db.close()
    result = read(path, default_codebook())
    assert "no table CODERS" in result.remarks[0].what
    before = path.read_bytes()
    path.write_bytes(before[:700])
    assert read(path, default_codebook()).remarks


@pytest.mark.skipif(shared_folder() is None, reason="the sample project is not here")
def test_the_public_sample_comes_in_whole(tmp_path: Path) -> None:
    shared = shared_folder()
    assert shared
    with make_project(tmp_path) as project:
        report = importing.import_all(project, [shared / "dna" / "sample.dna"])
        lost = sum(remark.lost for remark in report.refused if remark.kind == "mark")
        assert report.added.articles == 7
        assert report.added.marks + lost == 41
        assert importing.import_all(project, [shared / "dna" / "sample.dna"]).added.in_words() == ""
