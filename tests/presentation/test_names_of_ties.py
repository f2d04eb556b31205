"""A tie has one name wherever a person reads it: the label of the codebook, or else its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.codebook import Codebook
from annotator.domain.link import Voice
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.commands import codebook_commands
from annotator.presentation.link_slots import link_slots
from annotator.presentation.mark_columns import columns
from annotator.presentation.painting import Painter
from annotator.services import codebook_editing, codebooks, completeness, linking, marking, reading
from annotator.services.codebooks import default_codebook
from annotator.settings.places import resources_folder
from tests.support.material import STORY, make_project


def shipped() -> list[Codebook]:
    return [codebooks.load(path) for path in (resources_folder() / "codebooks").glob("*.json")]


@pytest.mark.parametrize("codebook", shipped(), ids=lambda codebook: codebook.name)
def test_the_ties_of_ready_codebooks_are_called_by_their_names(codebook: Codebook) -> None:
    assert {link.called for link in codebook.links} == {link.name for link in codebook.links}


def test_a_label_of_ones_own_stands_everywhere(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        book = project.codebook
        links = (replace(book.links[0], label="voice"), *book.links[1:])
        codebook_editing.apply(project, replace(book, links=links))
        article = reading.list_articles(project)[0].article.id
        marking.mark(project, article, [(0, 11)], "claim")
        claim = next(iter(reading.open_article(project, article).marks))
        opened = reading.open_article(project, article)
        records = ArticleRecords.read(opened.records, opened.places, opened.linked, opened.ties)
        assert link_slots(project, claim, records)[0].label == "voice"
        assert Painter(project.codebook, records).mark(claim).margin == "voice?"
        assert [gap.what for gap in completeness.gaps_of(project, claim)] == ["voice"]
        titles = [command.title for command in codebook_commands(project.codebook)]
        assert "Claim: voice is the nearest" in titles
        tied = linking.tie(project, claim.id, "source", Voice.AUTHOR).step
        assert tied
        assert tied.name == "Voice of claim “Port strike”: the author"


def test_the_table_of_marks_calls_its_column_so_too() -> None:
    def heads(*layers: str) -> list[str]:
        return [each.title for each in columns(default_codebook(), layers) if each.id == "by"]

    assert heads() == ["Source or holder"]
    assert heads("claim") == ["Source"]
    assert heads("sentiment") == ["Holder"]
    assert heads("actor") == []
