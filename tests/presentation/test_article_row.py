"""What a row of the list of articles says under the title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Meta
from annotator.presentation.article_row import row_of
from annotator.services import reading
from tests.support.material import make_project

TEXT = "Amal Haddad spoke.\n"


@pytest.mark.parametrize(
    ("meta", "title", "under_it"),
    [
        (Meta(title="A strike", source_file="01.txt"), "A strike", "01.txt"),
        (Meta(title="A strike", publisher="The Post", published="2026-01-02"), "A strike",
         "The Post · 2026-01-02"),
        (Meta(source_file="01.txt"), "01.txt", "19 characters"),
        (Meta(title="A strike"), "A strike", "19 characters"),
    ],
)  # fmt: skip
def test_the_line_under_the_title_never_repeats_it(
    tmp_path: Path, meta: Meta, title: str, under_it: str
) -> None:
    with make_project(tmp_path, TEXT) as project:
        [listed] = reading.list_articles(project)
        article = replace(listed.article, meta=meta)
        row = row_of(listed._replace(article=article), project.codebook)
    assert (row.title, row.subtitle) == (title, under_it)
