"""``annotator agreement`` as a person calls it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.app.command_line import run
from tests.support.checkout import ROOT
from tests.support.material import STORY, make_project
from tests.support.team import code


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    code(path, "Amal", [("actor", "Amal Haddad"), ("actor", "port authority")])
    code(path, "Bea", [("actor", "Amal Haddad")])
    return path


def test_words_and_json_say_the_same(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wish = [
        "agreement",
        str(study),
        "--layers",
        "actor",
        "--measures",
        "spans,values",
        "--draws",
        "0",
    ]
    assert run(wish) == 0
    words = capsys.readouterr().out
    assert "span F1, exact                       0.667" in words
    assert run([*wish, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    first = data["coefficients"][0]
    assert (first["measure"], round(first["value"], 3)) == ("span F1, exact", 0.667)
    assert first["coverage"]["share"] == pytest.approx(2 / 3)
    undefined = [item for item in data["coefficients"] if item["value"] is None]
    assert undefined
    assert all(item["reason"] for item in undefined)


def test_tables_and_reports_are_written(study: Path, tmp_path: Path) -> None:
    table, report, figures = (tmp_path / name for name in ("long.csv", "page.md", "all.md"))
    assert (
        run(
            [
                "agreement",
                str(study),
                "--draws",
                "0",
                "--table",
                str(table),
                "--report",
                str(report),
                "--figures",
                str(figures),
            ]
        )
        == 0
    )
    assert table.read_text(encoding="utf-8").startswith("unit,annotator,variable,value\n")
    assert report.read_text(encoding="utf-8").startswith("# Reliability of study\n")
    assert figures.read_text(encoding="utf-8").startswith("# Agreement: study\n")
    assert sorted(path.name for path in tmp_path.glob(".*.new")) == []


def test_the_report_is_a_pdf_of_one_page_if_its_name_says_so(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "page.pdf"
    wish = ["agreement", str(study), "--measures", "spans", "--draws", "0", "--report"]
    made = subprocess.run(
        [sys.executable, ROOT / "main.py", *wish, str(report)], capture_output=True, check=True
    )
    assert made.stderr == b""
    content = report.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert run([*wish, str(tmp_path / "page.docx")]) == 1
    assert "let it end in .md, .html, .pdf" in capsys.readouterr().err
    assert not (tmp_path / "page.docx").exists()


def test_problems_are_one_sentence(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreement", str(study), "--annotators", "Amal,Zoe"]) == 1
    assert capsys.readouterr().err == (
        "annotator: The project has no annotator “Zoe”: it has Amal, Bea.\n"
    )
    wish = ["agreement", str(study), "--draws", "0", "--table", str(tmp_path / "no" / "where.csv")]
    assert run(wish) == 1
    assert "where.csv could not be written" in capsys.readouterr().err
