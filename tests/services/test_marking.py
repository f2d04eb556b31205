"""Making, changing and deleting marks: exactly the words meant, and nothing else touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.errors import NotFound, Refused
from annotator.domain.link import Voice
from annotator.domain.mark import Mark, Origin
from annotator.services import (
    checking,
    codebooks,
    history,
    linking,
    marking,
    reading,
    spreading,
    states,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import marks
from tests.support.material import STORY, add_article, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one article; it must be whole at the end, also when opened again."""
    with make_project(tmp_path, STORY) as made:
        yield made
    with projects.open_existing(made.path) as again:
        assert checking.problems(again) == []


def article_of(project: Project, number: int = 0) -> str:
    """Return the id of an article."""
    return reading.list_articles(project)[number].article.id


def marked(
    project: Project, *words: str, layer: str = "actor", number: int = 0, **values: object
) -> Mark:
    """Mark words of an article, each a fragment, and return the mark."""
    article = article_of(project, number)
    text = reading.open_article(project, article).text
    extents = [(text.index(part), text.index(part) + len(part)) for part in words]
    outcome = marking.mark(project, article, extents, layer, values)  # type: ignore[arg-type]
    found = outcome.changes[0].after
    assert isinstance(found, Mark)
    return found


def now(project: Project, mark: Mark) -> Mark | None:
    """Return a mark as the file has it now."""
    return marks.TABLE.get(project.db, mark.id)


def own(project: Project) -> list[Mark]:
    """Return the marks of the first article."""
    return reading.open_article(project, article_of(project)).marks


# Where marks sit


IN_CODE_POINTS = [
    ("\U0001f4a9This is an annotation.", "annotation", (12, 22)),  # A1
    ("Some text yeah \U0001f680 rocket", "rocket", (17, 23)),  # A4
    ("@k \U0001f602\U0001f602 yes the boro .", "boro", (14, 18)),  # A5
    ("\U0001f3f3\ufe0f\u200d\U0001f308 vote", "vote", (5, 9)),  # A7
    ("\U0001d49c\u0301 and e\u0301 stay", "e\u0301", (7, 9)),  # A9
    ("one\r\ntwo \U0001f602\r\n\u0422\u0438\u043d\u044c\u043a\u043e\u0444\u0444 said", "\u0422\u0438\u043d\u044c\u043a\u043e\u0444\u0444", (10, 18)),  # B5
    ("a\u00a0b c", "a\u00a0b", (0, 3)),  # B13
    ("first\n\nlast", "last", (7, 11)),  # B22
    ("onetwo", "two", (3, 6)),  # B19
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "extent"), IN_CODE_POINTS)
def test_a_mark_sits_where_it_was_put(
    project: Project, text: str, words: str, extent: tuple[int, int]
) -> None:
    add_article(project, text, "Odd")
    mark = marked(project, words, number=1)
    assert (mark.start, mark.end) == extent
    assert mark.text == words
    assert now(project, mark) == mark


def test_blank_edges_are_left_out(project: Project) -> None:  # B12, B17
    text = "He\u00a0met \u200bFrankie James\u2060\u00a0, Mary ."
    article = add_article(project, text, "Blank").id
    for start, end, words in ((6, 23, "Frankie James"), (24, 30, "Mary"), (0, 3, "He")):
        outcome = marking.mark(project, article, [(start, end)], "actor")
        assert outcome.changes[0].after.text == words  # type: ignore[union-attr]
    for start, end in ((2, 3), (21, 23), (7, 8), (3, 3)):
        with pytest.raises(Refused):
            marking.mark(project, article, [(start, end)], "actor")


def test_a_selection_outside_the_text_marks_nothing(project: Project) -> None:  # F3
    with pytest.raises(Refused, match="has only"):
        marking.mark(project, article_of(project), [(0, 9999)], "actor")
    with pytest.raises(Refused):
        marking.mark(project, article_of(project), [], "actor")
    with pytest.raises(NotFound):
        marking.mark(project, "no article", [(0, 4)], "actor")
    assert own(project) == []


def test_marks_nest_cross_and_share_an_extent(project: Project) -> None:
    whole = marked(project, "Amal Haddad, who leads the union")
    inner = marked(project, "Haddad")
    crossing = marked(project, "union, “until")
    same = marked(project, "Haddad")
    claim = marked(project, "Haddad", layer="claim")
    assert {mark.id for mark in own(project)} == {
        mark.id for mark in (whole, inner, crossing, same, claim)
    }
    assert [mark.start for mark in own(project)] == sorted(mark.start for mark in own(project))


def test_a_mark_over_a_whole_paragraph_erases_nothing(project: Project) -> None:  # D2
    five = [marked(project, words) for words in ("We", "Amal", "Haddad", "union", "authority")]
    big = marked(project, STORY.strip().splitlines()[-1], layer="claim")
    assert set(own(project)) == {*five, big}
    history.undo(project)
    assert set(own(project)) == set(five)


# Changing


def test_only_the_mark_meant_is_resized(project: Project) -> None:  # D5
    one, other = marked(project, "Amal"), marked(project, "Amal")
    start = STORY.index("Amal")
    marking.reshape(project, one.id, [(start, start + 11)])
    assert now(project, one).text == "Amal Haddad"  # type: ignore[union-attr]
    assert now(project, other) == other


def test_links_follow_a_mark_that_is_resized(project: Project) -> None:  # D6
    actor, claim = marked(project, "Amal"), marked(project, "We will not go back", layer="claim")
    linking.tie(project, claim.id, "source", actor.id)
    links = project.links_of(claim.id)
    start = STORY.index("Amal")
    marking.reshape(project, actor.id, [(start, start + 11)])
    marking.reshape(project, claim.id, [(0, 4)])
    assert project.links_of(claim.id) == links


def test_a_resized_mark_is_saved_at_once(project: Project) -> None:  # D7
    mark, start = marked(project, "Amal"), STORY.index("Amal")
    marking.reshape(project, mark.id, [(start, start + 11)])
    path = project.path
    project.close()
    with projects.open_existing(path) as again:
        assert [found.text for found in own(again)] == ["Amal Haddad"]


def test_fragments_are_added_joined_and_taken_out(project: Project) -> None:
    claim = marked(project, "We will not go back", layer="claim")
    start = STORY.index("until")
    marking.add_fragment(project, claim.id, [(start, start + 5)])
    assert now(project, claim).text == "We will not go back … until"  # type: ignore[union-attr]
    marking.add_fragment(project, claim.id, [(start + 5, start + 15)])
    changed = now(project, claim)
    assert changed
    assert [part.slice for part in changed.fragments] == ["We will not go back", "until the night"]
    marking.remove_fragment(project, claim.id, claim.start)
    assert now(project, claim).text == "until the night"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="delete the mark instead"):
        marking.remove_fragment(project, claim.id, start)


def test_a_change_keeps_who_made_it_and_tells_when(project: Project) -> None:
    mark = marked(project, "Amal")
    marking.set_note(project, mark.id, "look again")
    changed = now(project, mark)
    assert changed
    assert (changed.made.created, changed.made.origin) == (mark.made.created, Origin.MANUAL)
    assert changed.made.modified >= mark.made.modified


def test_the_same_again_is_no_step(project: Project) -> None:
    mark = marked(project, "Amal", type="person")
    before = history.next_undo(project)
    marking.set_attribute(project, mark.id, "type", "person")
    marking.set_note(project, mark.id, "")
    marking.reshape(project, mark.id, [(mark.start, mark.end)])
    marking.relabel(project, mark.id, "actor")
    marking.delete(project, [])
    marking.set_attribute_of_all(project, [], "type", "person")
    assert history.next_undo(project) == before


def test_a_value_the_codebook_does_not_allow_changes_nothing(project: Project) -> None:
    mark = marked(project, "Amal")
    for name, value in (("type", "people"), ("mood", "grim"), ("named", 1)):
        with pytest.raises(Refused):
            marking.set_attribute(project, mark.id, name, value)
    assert now(project, mark) == mark


def test_values_of_many_are_one_step(project: Project) -> None:
    claims = [marked(project, words, layer="claim") for words in ("insult", "night shift")]
    marking.set_attribute_of_all(project, [mark.id for mark in claims], "stance", "oppose")
    assert {mark.attributes["stance"] for mark in own(project)} == {"oppose"}
    history.undo(project)
    assert own(project) == sorted(claims, key=lambda mark: mark.start)


def test_relabelling_takes_off_what_does_not_fit_and_undo_brings_it_back(project: Project) -> None:
    actor = marked(project, "Amal")
    claim = marked(project, "We will not go back", layer="claim", stance="oppose")
    linking.tie(project, claim.id, "source", actor.id)
    marking.relabel(project, claim.id, "sentiment")
    changed = now(project, claim)
    assert changed
    assert changed.layer == "sentiment"
    assert "stance" not in changed.attributes
    assert project.links_of(claim.id) == []
    history.undo(project)
    assert now(project, claim) == claim
    assert len(project.links_of(claim.id)) == 1


def test_the_mode_of_a_claim_is_read_off_its_quotation_marks(project: Project) -> None:
    add_article(project, "We said “never again” today, and that they would not return.", "Quoted")
    for words, mode in (("never again", "direct"), ("they would not return", "reported")):
        assert marked(project, words, layer="claim", number=1).attributes["mode"] == mode


# Deleting


def test_a_mark_of_several_fragments_is_deleted_whole(project: Project) -> None:  # D12
    claim = marked(project, "We will not go back", "until the night", layer="claim")
    marking.delete(project, [claim.id])
    assert own(project) == []
    history.undo(project)
    assert own(project) == [claim]


def test_deleting_tells_what_goes_with_it_and_undo_restores_all(project: Project) -> None:  # E11
    actor = marked(project, "Amal")
    claims = [marked(project, words, layer="claim") for words in ("insult", "night shift")]
    for claim in claims:
        linking.tie(project, claim.id, "source", actor.id)
    before = (own(project), [project.links_of(claim.id) for claim in claims])
    outcome = marking.delete(project, [actor.id])
    assert len(outcome.changes) == 3
    assert {change.after for change in outcome.changes} == {None}
    assert [project.links_of(claim.id) for claim in claims] == [[], []]
    history.undo(project)
    assert (own(project), [project.links_of(claim.id) for claim in claims]) == before


def test_deleting_twice_is_told(project: Project) -> None:
    mark = marked(project, "Amal")
    marking.delete(project, [mark.id, mark.id])
    with pytest.raises(NotFound, match="no longer there"):
        marking.delete(project, [mark.id])


# Everywhere


def test_marking_everywhere_is_counted_first_and_one_step(project: Project) -> None:  # D16
    add_article(project, "a b a b a. " * 60, "Letters")
    model = marked(project, "a b"[:1], number=1, type="group")
    found = spreading.places(project, model.id, wide=False)
    outcome = spreading.spread(project, model.id, wide=False)
    assert len(outcome.changes) == len(found.here) == 179
    made = reading.open_article(project, article_of(project, 1)).marks
    assert len({mark.id for mark in made}) == 180
    assert {mark.text for mark in made} == {"a"}
    assert {mark.made.origin for mark in made} == {Origin.MANUAL, Origin.PROPAGATED}
    history.undo(project)
    assert reading.open_article(project, article_of(project, 1)).marks == [model]


# Rules of the project


def test_a_retired_layer_takes_no_new_marks(project: Project) -> None:
    mark = marked(project, "said", layer="cue")
    codebooks.retire_layer(project, "cue")
    with pytest.raises(Refused, match="is retired"):
        marked(project, "said", layer="cue")
    with pytest.raises(Refused, match="is retired"):
        marking.relabel(project, marked(project, "Amal").id, "cue")
    assert now(project, mark) == mark


def test_nothing_found_is_open_again_once_something_is(project: Project) -> None:
    states.set_verdict(project, article_of(project), ["claim", "cue"], Verdict.NOTHING_FOUND)
    marked(project, "insult", layer="claim")
    verdicts = reading.open_article(project, article_of(project)).verdicts
    assert (verdicts["claim"], verdicts["cue"]) == (Verdict.OPEN, Verdict.NOTHING_FOUND)
    history.undo(project)
    verdicts = reading.open_article(project, article_of(project)).verdicts
    assert verdicts["claim"] is Verdict.NOTHING_FOUND


def test_marks_of_another_annotator_are_out_of_reach(project: Project) -> None:
    mark = marked(project, "Amal")
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as other:
        for act in (
            lambda: marking.delete(other, [mark.id]),
            lambda: marking.reshape(other, mark.id, [(0, 4)]),
            lambda: marking.relabel(other, mark.id, "claim"),
            lambda: marking.set_note(other, mark.id, "x"),
            lambda: linking.tie(other, mark.id, "source", Voice.AUTHOR),
        ):
            with pytest.raises(Refused, match="another annotator's"):
                act()
        assert own(other) == []
        assert now(other, mark) == mark


def test_every_mark_knows_its_maker_and_codebook(project: Project) -> None:
    first = marked(project, "Amal")
    codebooks.retire_layer(project, "cue")
    second = marked(project, "Haddad")
    assert (first.made.codebook_version, second.made.codebook_version) == (1, 2)
    assert first.made.annotator == second.made.annotator == project.annotator.id
