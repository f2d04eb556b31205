"""The page for a paper's appendix."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotator.domain.errors import BadInput
from annotator.services import agreement
from annotator.services import project as projects
from annotator.services.agreement import Found, Order
from annotator.services.reliability import Report, as_html, as_markdown, report, write
from tests.support.material import STORY, make_project
from tests.support.team import code


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Agreement of two people on one article: one mark alike, one that only one of them made."""
    with make_project(tmp_path_factory.mktemp("study"), STORY) as project:
        path = project.path
    same = ("claim", "We will not go back", {"stance": "oppose"})
    code(path, "Amal", [("actor", "Amal Haddad"), same])
    code(path, "Bea", [("actor", "Amal Haddad"), ("actor", "port authority"), same])
    with projects.open_existing(path) as project:
        return agreement.measure(project, Order(draws=0, by="pair"))


@pytest.fixture
def page(found: Found) -> Report:
    return report(found, "<harbour>|study")


def test_it_holds_what_was_measured_and_on_how_much(page: Report, found: Found) -> None:
    text = as_markdown(page)
    assert text.startswith("# Reliability of <harbour>|study\n\n2 annotators (Amal, Bea) coded ")
    assert "| actor | 0.667 | 0.667 |" in text
    (named,) = [
        line.coefficient
        for line in found.lines
        if (line.about, line.coefficient.name) == ("marks", "token κ")
        and line.layer == "actor"
        and not line.group
    ]
    assert named.value is not None
    assert f"| {named.value:.3f} |" in text
    assert "67 % of 3 marks" in text


def test_a_dash_is_explained_below(page: Report) -> None:
    text = as_markdown(page)
    assert "| claim: stance | nominal | — | 100 % of 2 marks |" in text
    assert "α of stance, nominal" in text
    assert "no variation" in text
    assert "sentiment, token α" not in text


def test_layers_that_nobody_used_take_no_room(page: Report) -> None:
    marks = next(sheet for sheet in page.sheets if sheet.heading == "Marks")
    assert [row[0] for row in marks.rows] == ["actor", "claim"]


def test_parts_stand_in_a_table_of_their_own(page: Report) -> None:
    parts = page.sheets[-1]
    assert (parts.heading, parts.columns[0]) == ("Token α by pair", "pair")
    assert [row[0] for row in parts.rows] == ["Amal and Bea"]


class Reading(HTMLParser):
    """Collects the words of every cell, and the names of all tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data.strip("\n")


def test_html_says_the_same_and_takes_nothing_for_a_tag(page: Report) -> None:
    reading = Reading()
    reading.feed(as_html(page))
    assert "harbour" not in reading.tags
    assert not {"script", "img", "link"} & reading.tags
    for sheet in page.sheets:
        for row in (sheet.columns, *sheet.rows):
            assert set(row) <= set(reading.cells) | {reading.cells[-1]}
    assert "&lt;harbour&gt;" in as_html(page)


def test_the_name_of_the_file_says_the_form(page: Report, tmp_path: Path) -> None:
    def as_pdf(html: str, title: str) -> bytes:
        return f"{title}\n{html}".encode()

    for name, begins in (
        ("page.md", "# Reliability"),
        ("page.HTML", "<!DOCTYPE html>"),
        ("page.pdf", "Reliability of <harbour>|study\n<!DOCTYPE html>"),
    ):
        write(page, tmp_path / name, as_pdf)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    with pytest.raises(BadInput, match=r"page\.odt names no form"):
        write(page, tmp_path / "page.odt", as_pdf)
    with pytest.raises(BadInput, match="could not be written"):
        write(page, tmp_path / "no" / "page.pdf", as_pdf)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.HTML", "page.md", "page.pdf"]
