"""Ties between marks: what the codebook allows, by id, and exactly one where only one may be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.domain.errors import NotFound, Refused
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice
from annotator.services import checking, history, importing, linking, marking, reading
from annotator.services.project import Project
from tests.support.material import STORY, add_article, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one article; it must be whole at the end."""
    with make_project(tmp_path, STORY) as made:
        yield made
        assert checking.problems(made) == []


def marked(project: Project, words: str, layer: str, number: int = 0) -> Id:
    """Mark words of an article and return the id of the mark."""
    article = reading.list_articles(project)[number].article.id
    text = reading.open_article(project, article).text
    start = text.index(words)
    outcome = marking.mark(project, article, [(start, start + len(words))], layer)
    return outcome.changes[0].after.id  # type: ignore[union-attr]


def ends(project: Project, start: Id, type: str) -> list[Id | Voice | None]:
    """Return where the links of a type lead to from a mark."""
    found = [link for link in project.links_of(start) if link.start == start and link.type == type]
    return [link.end or link.voice for link in found]


def test_a_claim_may_have_several_sources(project: Project) -> None:
    claim = marked(project, "We will not go back", "claim")
    amal, union = marked(project, "Amal Haddad", "actor"), marked(project, "union", "actor")
    for actor in (amal, union):
        linking.tie(project, claim, "source", actor)
    assert set(ends(project, claim, "source")) == {amal, union}


def test_a_second_cue_takes_the_place_of_the_first(project: Project) -> None:
    claim = marked(project, "We will not go back", "claim")
    cues = [marked(project, words, "cue") for words in ("said", "called")]
    for cue in cues:
        linking.tie(project, claim, "cue", cue)
    assert ends(project, claim, "cue") == cues[1:]
    history.undo(project)
    assert ends(project, claim, "cue") == cues[:1]


def test_a_voice_and_marks_exclude_each_other(project: Project) -> None:
    claim, actor = (
        marked(project, "We will not go back", "claim"),
        marked(project, "Amal Haddad", "actor"),
    )
    linking.tie(project, claim, "source", actor)
    linking.tie(project, claim, "source", Voice.AUTHOR)
    assert ends(project, claim, "source") == [Voice.AUTHOR]
    linking.tie(project, claim, "source", Voice.UNKNOWN)
    assert ends(project, claim, "source") == [Voice.UNKNOWN]
    linking.tie(project, claim, "source", actor)
    assert ends(project, claim, "source") == [actor]


def test_the_step_says_what_a_tie_took_the_place_of(project: Project) -> None:
    claim = marked(project, "We will not go back", "claim")
    for words in ("said", "called"):
        outcome = linking.tie(project, claim, "cue", marked(project, words, "cue"))
    assert outcome.step
    assert outcome.step.name == "Cue of claim “We will not go back”: “called”, instead of “said”"
    linking.tie(project, claim, "source", Voice.AUTHOR)
    outcome = linking.tie(project, claim, "source", marked(project, "Amal Haddad", "actor"))
    assert outcome.step
    assert outcome.step.name.endswith(": “Amal Haddad”, instead of the author")
    outcome = linking.tie(project, claim, "source", marked(project, "union", "actor"))
    assert outcome.step
    assert "instead" not in outcome.step.name, "a claim may have several sources"


def test_tying_what_is_tied_is_no_step(project: Project) -> None:
    claim, actor = marked(project, "insult", "claim"), marked(project, "Amal Haddad", "actor")
    linking.tie(project, claim, "source", actor)
    before = history.next_undo(project)
    assert linking.tie(project, claim, "source", actor).step is None
    assert history.next_undo(project) == before


def test_what_the_codebook_does_not_allow_is_refused(project: Project) -> None:
    claim, actor = marked(project, "insult", "claim"), marked(project, "Amal Haddad", "actor")
    for start, type, end in (
        (claim, "source", claim),
        (actor, "source", claim),
        (claim, "cue", actor),
        (claim, "cue", Voice.AUTHOR),
        (claim, "friend", actor),
        (claim, "inside", claim),
    ):
        with pytest.raises(Refused):
            linking.tie(project, start, type, end)
    with pytest.raises(NotFound):
        linking.tie(project, claim, "source", "no mark")
    assert project.links_of(claim) == []


def test_marks_of_two_articles_cannot_be_tied(project: Project) -> None:
    add_article(project, "Another article about Amal Haddad.\n", "Another")
    claim, actor = marked(project, "insult", "claim"), marked(project, "Amal Haddad", "actor", 1)
    with pytest.raises(Refused, match="within one article"):
        linking.tie(project, claim, "source", actor)


def test_two_marks_on_one_extent_are_two(project: Project) -> None:  # E5
    claim, sentiment = marked(project, "insult", "claim"), marked(project, "insult", "sentiment")
    linking.tie(project, sentiment, "target", claim)
    (link,) = project.links_of(claim)
    assert (link.start, link.end) == (sentiment, claim)
    actor, same = marked(project, "union", "actor"), marked(project, "union", "actor")
    for end in (actor, same):
        linking.tie(project, claim, "source", end)
    assert set(ends(project, claim, "source")) == {actor, same}


def test_both_directions_are_kept(project: Project) -> None:  # E1
    one, other = (
        marked(project, "insult", "claim"),
        marked(project, "We will not go back", "claim"),
    )
    linking.tie(project, other, "inside", one)
    (link,) = project.links_of(one)
    assert (link.start, link.end) == (other, one)


def test_no_claim_stands_inside_itself(project: Project) -> None:
    claims = [marked(project, words, "claim") for words in ("union", "insult", "Monday", "night")]
    for inner, outer in pairwise(claims):
        linking.tie(project, inner, "inside", outer)
    with pytest.raises(Refused, match="inside itself"):
        linking.tie(project, claims[3], "inside", claims[0])


def test_a_circle_that_was_imported_does_no_harm(project: Project, tmp_path: Path) -> None:
    claims = [
        {"id": name, "start": start, "end": start + 4, "text": STORY[start : start + 4], "inside": other}
        for name, start, other in (("c1", 0, "c2"), ("c2", 5, "c1"))
    ]  # fmt: skip
    file = tmp_path / "circle.jsonl"
    file.write_text(json.dumps({"format": "annotator/1", "text": STORY, "claims": claims}))
    importing.import_all(project, [file])
    article = reading.list_articles(project)[0].article.id
    first = reading.open_article(project, article).marks[0].id
    linking.tie(project, marked(project, "insult", "claim"), "inside", first)
    assert len(reading.open_article(project, article).links) == 3


def test_untying_takes_away_one_link(project: Project) -> None:
    claim = marked(project, "We will not go back", "claim")
    actors = [marked(project, words, "actor") for words in ("Amal Haddad", "union")]
    for actor in actors:
        linking.tie(project, claim, "source", actor)
    gone = next(link for link in project.links_of(claim) if link.end == actors[0])
    linking.untie(project, gone.id)
    assert ends(project, claim, "source") == actors[1:]
    with pytest.raises(NotFound, match="no longer there"):
        linking.untie(project, gone.id)
    history.undo(project)
    assert gone in project.links_of(claim)


def test_a_link_tied_again_is_the_same_link(project: Project) -> None:
    claim, actor = marked(project, "insult", "claim"), marked(project, "Amal Haddad", "actor")
    first = linking.tie(project, claim, "source", actor).changes[0].after
    assert isinstance(first, Link)
    linking.untie(project, first.id)
    again = linking.tie(project, claim, "source", actor).changes[0].after
    assert isinstance(again, Link)
    assert again.id == first.id


def test_the_nearest_plausible_is_proposed_and_what_is_tied_is_not(project: Project) -> None:
    claim = marked(project, "We will not go back", "claim")
    far, near = marked(project, "port authority", "actor"), marked(project, "Amal Haddad", "actor")
    assert linking.proposals(project, claim, "source") == [near, far]
    linking.tie_to_nearest(project, claim, "source")
    assert ends(project, claim, "source") == [near]
    assert linking.proposals(project, claim, "source") == [far]


def test_without_a_partner_the_sentence_says_what_to_mark(project: Project) -> None:
    claim = marked(project, "insult", "claim")
    with pytest.raises(Refused, match="There is no actor to tie this claim to: mark one first"):
        linking.tie_to_nearest(project, claim, "source")
    with pytest.raises(Refused, match="no link “friend”"):
        linking.proposals(project, claim, "friend")


def test_what_two_marks_may_be_to_each_other(project: Project) -> None:
    claim, actor = marked(project, "insult", "claim"), marked(project, "Amal Haddad", "actor")
    kinds = [type for _, type, _ in linking.fitting(project, actor, claim)]
    assert kinds == ["source", "addressee", "about"]
    linking.tie(project, claim, "source", actor)
    assert [type for _, type, _ in linking.fitting(project, claim, actor)] == ["addressee", "about"]
    assert linking.fitting(project, claim, claim) == []


def test_who_has_another_part_in_a_mark_is_proposed_last(project: Project) -> None:
    sentiment = marked(project, "insult", "sentiment")
    union, amal = marked(project, "union", "actor"), marked(project, "Amal Haddad", "actor")
    linking.tie_to_nearest(project, sentiment, "holder")
    linking.tie_to_nearest(project, sentiment, "target")
    assert ends(project, sentiment, "holder") == [union]
    assert ends(project, sentiment, "target") == [amal]
    assert linking.proposals(project, sentiment, "target") == [union]
