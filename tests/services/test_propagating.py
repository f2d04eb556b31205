"""Marks go to copies where the text is the same, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import Refused
from annotator.domain.mark import Origin
from annotator.services import checking, duplicate_groups, history, linking, marking, propagating
from annotator.services.project import Project
from annotator.store import articles, links, marks
from tests.support.material import STORY, make_project
from tests.support.team import mark_words

COPY = (
    "ALMAR (Reuters) -\n"
    + STORY.replace("had no money left", "had nothing to add").replace("\n\n", "\n")
    + "Sign up for our newsletter.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with make_project(tmp_path, STORY, COPY) as made:
        duplicate_groups.group(made, [articles.all(made.db)])
        yield made


def marked(project: Project) -> list[tuple[str, str, Origin]]:
    copy = articles.all(project.db)[1]
    return [
        (mark.layer, mark.text, mark.made.origin)
        for mark in marks.of_article(project.db, copy.id, project.annotator.id)
    ]


def test_marks_values_and_links_go_along_and_one_undo_takes_them_back(project: Project) -> None:
    original, copy = articles.all(project.db)
    actor, claim, _ = mark_words(
        project,
        [
            ("actor", "Amal Haddad", {"type": "person"}),
            ("claim", "We will not go back", {"stance": "oppose"}),
            ("claim", "it had no money left"),
        ],
    )
    linking.tie(project, claim, "source", actor)
    marking.add_fragment(project, claim, [_place(STORY, "until the night shift is paid")])
    done = propagating.propagate(project, original.id)
    assert done.in_words() == (
        "Copied 2 marks and 1 link to 1 article. 1 mark had no place there, as the text differs."
    )
    assert marked(project) == [
        (
            "claim",
            "We will not go back … until the night shift is paid",
            Origin.PROPAGATED,
        ),
        ("actor", "Amal Haddad", Origin.PROPAGATED),
    ]
    twin_claim, twin_actor = marks.of_article(project.db, copy.id, project.annotator.id)
    assert twin_claim.attributes["stance"] == "oppose"
    (link,) = links.of_article(project.db, copy.id, project.annotator.id)
    assert (link.start, link.end, link.made.origin) == (
        twin_claim.id,
        twin_actor.id,
        Origin.PROPAGATED,
    )
    assert checking.problems(project) == []
    again = propagating.propagate(project, original.id)
    assert (again.marks, again.links, again.outcome.step) == (0, 0, None)
    history.undo(project)
    assert marked(project) == []
    history.redo(project)
    assert len(marked(project)) == 2


def test_what_was_marked_there_already_stays_and_is_tied(project: Project) -> None:
    _original, _copy = articles.all(project.db)
    mark_words(project, [("actor", "Amal Haddad")], article=1)
    actor, claim = mark_words(project, [("actor", "Amal Haddad"), ("claim", "We will not go back")])
    linking.tie(project, claim, "source", actor)
    done = propagating.propagate_all(project)
    assert (done.marks, done.links, done.articles) == (1, 1, 1)
    assert [origin for _, _, origin in marked(project)] == [Origin.PROPAGATED, Origin.MANUAL]


def test_single_words_in_other_sentences_are_left(project: Project) -> None:
    original, _ = articles.all(project.db)
    mark_words(project, [("actor", "money")])
    assert propagating.propagate(project, original.id).without_place == 1


def test_it_needs_a_group_and_marks(tmp_path: Path, project: Project) -> None:
    original, copy = articles.all(project.db)
    with pytest.raises(Refused, match="marked nothing"):
        propagating.propagate(project, original.id)
    duplicate_groups.part(project, copy.id)
    with pytest.raises(Refused, match="group it first"):
        propagating.propagate(project, original.id)


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)
