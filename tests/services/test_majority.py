"""What most annotators said: by count, never by chance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.coded import CodedArticle
from annotator.domain.link import Voice
from annotator.domain.mark import Value
from annotator.services import comparing, disagreements, linking, states
from annotator.services import project as projects
from annotator.services.coding import coded_articles
from annotator.services.majority import MAJORITY, majority
from tests.support.material import STORY, make_project
from tests.support.team import article_id, mark_words

Said = tuple[str, dict[str, Value], str | None]
"""The words somebody marked as a claim, its values, and its source: words, “author” or nothing."""


def voted(tmp_path: Path, *said: Said | None) -> CodedArticle:
    """Return what most of these annotators said of the story."""
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for number, one in enumerate(said):
        with projects.open_existing(path, f"P{number}") as project:
            if one:
                words, values, source = one
                (claim,) = mark_words(project, [("claim", words, values)])
                if source == "author":
                    linking.tie(project, claim, "source", Voice.AUTHOR)
                elif source:
                    (actor,) = mark_words(project, [("actor", source)])
                    linking.tie(project, claim, "source", actor)
            states.finish(project, article_id(project))
    with projects.open_existing(path, "P0") as project:
        own = [coded for coded in coded_articles(project.db) if coded.annotator]
        cases = disagreements.cases(comparing.read(project.db, with_tokens=False))
        return majority(own, cases)


BACK, LONG = "We will not go back", "“We will not go back,” said"


def test_more_than_half_must_have_marked_it(tmp_path: Path) -> None:
    found = voted(tmp_path, (BACK, {}, None), (BACK, {}, None), None)
    assert [(mark.layer, mark.text) for mark in found.marks] == [("claim", BACK)]
    assert (found.view, found.annotator) == (MAJORITY, None)
    (tmp_path / "tie").mkdir()
    assert voted(tmp_path / "tie", (BACK, {}, None), None).marks == ()


def test_bounds_and_values_are_those_of_most(tmp_path: Path) -> None:
    found = voted(
        tmp_path,
        (LONG, {"stance": "support", "mode": "direct"}, None),
        (BACK, {"stance": "oppose", "mode": "direct"}, None),
        (BACK, {"stance": "neutral"}, None),
    )
    (mark,) = found.marks
    assert mark.text == BACK
    assert mark.attributes.get("mode") == "direct"
    assert "stance" not in mark.attributes


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("Amal Haddad", "Amal Haddad", "author"), "Amal Haddad"),
        (("author", "author", None), "author"),
        (("Amal Haddad", "author", None), None),
    ],
)
def test_links_lead_where_most_led(
    tmp_path: Path, sources: tuple[str | None, ...], expected: str | None
) -> None:
    found = voted(tmp_path, *((BACK, {}, source) for source in sources))
    texts = {mark.id: mark.text for mark in found.marks}
    assert all(link.start in texts for link in found.links)
    ends = [texts[link.end] if link.end else str(link.voice) for link in found.links]
    assert ends == ([expected] if expected else [])


def test_the_order_of_annotators_does_not_matter(tmp_path: Path) -> None:
    said: list[Said] = [
        (LONG, {"stance": "support"}, "Amal Haddad"),
        (BACK, {"stance": "support"}, "author"),
    ]
    found = []
    for name, order in (("one", said), ("two", said[::-1])):
        (tmp_path / name).mkdir()
        (mark,) = [mark for mark in voted(tmp_path / name, *order).marks if mark.layer == "claim"]
        found.append(replace(mark, id="", article="", made=replace(mark.made, annotator="", created="", modified="")))  # fmt: skip
    assert found[0] == found[1]
