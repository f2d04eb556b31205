"""What the page draws is called as the codebook calls it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.painting import Painter
from annotator.services import linking
from annotator.store import links, marks
from tests.support.material import make_project
from tests.support.team import article_id, mark_words


def test_a_tie_is_called_as_its_own_layer_calls_it(tmp_path: Path) -> None:
    with make_project(tmp_path, "The port authority refused; Amal Haddad was glad.") as project:
        who, claim, feeling = mark_words(
            project, [("actor", "Amal Haddad"), ("claim", "refused"), ("sentiment", "glad")]
        )
        linking.tie(project, claim, "source", who)
        linking.tie(project, feeling, "holder", who)
        article, me = article_id(project), project.annotator.id
        own = marks.of_article(project.db, article, me)
        tied = [replace(one, type="source") for one in links.of_article(project.db, article, me)]
        alike = tuple(
            replace(kind, name="source", label="felt by") if kind.name == "holder" else kind
            for kind in project.codebook.links
        )
        painter = Painter(replace(project.codebook, links=alike), ArticleRecords(own, tied))
        drawn = {link.start: link.label for link in painter.links(tied)}
        assert drawn[feeling] == "felt by"
        assert drawn[claim] == project.codebook.link_called("claim", "source")
