"""What is not filled in is found, mark by mark."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.link import Voice
from annotator.services import codebooks, completeness, history, linking, marking, reading, states
from tests.support.material import STORY, make_project


def test_required_attributes_and_links_are_missed_until_filled_in(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        article = reading.list_articles(project)[0].article.id

        def told() -> list[tuple[str, str]]:
            return [(gap.layer, gap.what) for gap in completeness.gaps(project, article)]

        assert told() == []
        start = STORY.index("We will")
        (claim, *_) = marking.mark(project, article, [(start, start + 19)], "claim").changes
        (actor, *_) = marking.mark(project, article, [(0, 11)], "actor").changes
        assert told() == [("Actor", "Type"), ("Claim", "source")]
        marking.set_attribute(project, actor.after.id, "type", "group")  # type: ignore[union-attr]
        linking.tie(project, claim.after.id, "source", Voice.UNKNOWN)  # type: ignore[union-attr]
        assert told() == []
        history.undo(project)
        assert told() == [("Claim", "source")]
        codebooks.retire_layer(project, "claim")
        assert told() == []


def test_a_remark_stands_in_the_history(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        article = reading.list_articles(project)[0].article.id
        states.finish(project, article, "2 things not filled in: the page is torn")
        assert history.entries(project)[0].step.name == (
            "Done: “Article 1” (2 things not filled in: the page is torn)"
        )
