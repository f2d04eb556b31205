"""Editing the codebook: nothing is deleted, marks keep their meaning, every act is one step."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path as File

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.codebook import Attribute, Code, Codebook, Definition, Kind
from annotator.domain.codebook_edits import Path, differences, items, keeping, put
from annotator.domain.errors import Problem, Refused
from annotator.services import (
    checking,
    codebook_editing,
    codebooks,
    history,
    marking,
    reading,
    rechecking,
    value_editing,
)
from annotator.services.project import Project
from tests.services.test_random_acts import TEXTS, Hand, dump
from tests.support.material import STORY, make_project

STANCE = Path("claim", "stance")
OPPOSE = Path("claim", "stance", "oppose")


@pytest.fixture
def project(tmp_path: File) -> Project:
    """One article with three claims: oppose, oppose, support; the first with topics."""
    project = make_project(tmp_path, STORY)
    book = project.codebook
    topics = book.layer("claim").attribute("topics")
    assert topics
    codes = tuple(Code(name) for name in ("pay", "night work", "strike"))
    draft = put(book, Path("claim", "topics"), replace(topics, codes=codes))
    codebook_editing.apply(project, draft)
    article = reading.list_articles(project)[0].article.id
    for number, stance in enumerate(("oppose", "oppose", "support")):
        values = {"stance": stance}
        marking.mark(project, article, [(number * 10, number * 10 + 8)], "claim", values)
    marking.set_attribute(project, claims(project)[0], "topics", ("pay", "strike"))
    yield project  # type: ignore[misc]
    assert checking.problems(project) == []
    project.close()


def claims(project: Project) -> list[str]:
    article = reading.list_articles(project)[0].article.id
    return [mark.id for mark in reading.open_article(project, article).marks]


def stances(project: Project, name: str = "stance") -> list[object]:
    return [project.own_mark(id).attributes.get(name) for id in claims(project)]


def test_applying_a_draft_is_one_step_that_says_what_changed(project: Project) -> None:
    before = dump(project)
    version = project.book.version
    layer = project.codebook.layer("claim")
    draft = put(project.codebook, Path("claim"), replace(layer, definition=Definition("New.")))
    draft = put(draft, Path("claim", "sure"), Attribute("sure", Kind.YES_NO))
    outcome = codebook_editing.apply(project, draft)
    assert outcome.step
    assert outcome.step.name == "Codebook: definition of layer claim, add attribute claim.sure"
    assert project.book.version == version + 1
    assert codebook_editing.apply(project, draft).step is None
    history.undo(project)
    assert dump(project) == before
    assert project.book.version == version


def test_nothing_is_deleted(project: Project) -> None:
    book = project.codebook
    less = replace(book, layers=book.layers[1:], links=())
    with pytest.raises(Refused, match="retire it"):
        codebook_editing.apply(project, less)


def test_adopting_another_codebook_retires_what_it_lacks(project: Project) -> None:
    book = project.codebook
    other = replace(
        book,
        name="Narrow",
        layers=tuple(layer for layer in book.layers if layer.name in ("actor", "claim", "cue")),
        links=tuple(link for link in book.links if link.start == "claim"),
    )
    codebook_editing.adopt(project, other)
    assert [layer.name for layer in project.codebook.open_layers] == ["actor", "claim", "cue"]
    assert project.codebook.layer("sentiment").retired
    assert project.codebook.links_from("sentiment") == ()


def test_renaming_a_value_renames_it_in_every_mark(project: Project) -> None:
    before = dump(project)
    value_editing.rename_code(project, OPPOSE, "against")
    assert stances(project) == ["against", "against", "support"]
    attribute = project.codebook.layer("claim").attribute("stance")
    assert attribute
    assert [code.name for code in attribute.codes][:2] == ["support", "against"]
    assert checking.problems(project) == []
    assert history.next_undo(project).name == "Rename value oppose of claim.stance to against"  # type: ignore[union-attr]
    history.undo(project)
    assert dump(project) == before
    with pytest.raises(Refused, match="merge the two"):
        value_editing.rename_code(project, OPPOSE, "support")


def test_points_of_a_scale_stay_numbers(project: Project) -> None:
    point = Path("sentiment", "intensity", "3")
    with pytest.raises(Refused, match="numbers"):
        value_editing.rename_code(project, point, "strong")
    article = reading.list_articles(project)[0].article.id
    marking.mark(project, article, [(0, 4)], "sentiment", {"polarity": "negative", "intensity": 3})
    value_editing.rename_code(project, point, "5")
    assert [
        mark.attributes["intensity"]
        for mark in reading.open_article(project, article).marks
        if mark.layer == "sentiment"
    ] == [5]


def test_merging_values_retires_the_others(project: Project) -> None:
    before = dump(project)
    value_editing.merge_codes(project, Path("claim", "topics", "pay"), ["strike", "night work"])
    assert project.own_mark(claims(project)[0]).attributes["topics"] == ("pay",)
    attribute = project.codebook.layer("claim").attribute("topics")
    assert attribute
    assert [code.name for code in attribute.codes if not code.retired] == ["pay"]
    history.undo(project)
    assert dump(project) == before
    with pytest.raises(Refused, match="different values"):
        value_editing.merge_codes(project, OPPOSE, ["oppose"])


def test_splitting_a_value_gives_marks_what_was_chosen(project: Project) -> None:
    before = dump(project)
    first, second, _ = claims(project)
    parts = [Code("reject"), Code("doubt")]
    value_editing.split_code(project, OPPOSE, parts, {first: "doubt"})
    assert stances(project) == ["doubt", "oppose", "support"]
    old = project.codebook.layer("claim").attribute("stance").code("oppose")  # type: ignore[union-attr]
    assert old
    assert old.retired
    assert second
    history.undo(project)
    assert dump(project) == before
    with pytest.raises(Refused):
        value_editing.split_code(project, OPPOSE, parts, {first: "support"})
    with pytest.raises(Refused, match="new names"):
        value_editing.split_code(project, OPPOSE, [Code("support"), Code("doubt")], {})


def test_a_changed_definition_asks_for_a_recheck(project: Project) -> None:
    assert rechecking.rechecks(project) == []
    code = project.codebook.layer("claim").attribute("stance").code("oppose")  # type: ignore[union-attr]
    assert code
    draft = put(
        project.codebook,
        OPPOSE,
        replace(code, definition=Definition("Only where plainly against.")),
    )
    codebook_editing.apply(project, draft)
    (recheck,) = rechecking.rechecks(project)
    assert (recheck.path, recheck.count) == (OPPOSE, 2)
    first = project.own_mark(claims(project)[0])
    query = replace(recheck.query, text=first.text)
    assert rechecking.confirm(project, replace(recheck, query=query)).changes
    (recheck,) = rechecking.rechecks(project)
    assert recheck.count == 1
    marking.set_attribute(project, claims(project)[1], "stance", "neutral")
    assert rechecking.rechecks(project) == []
    history.undo(project)
    history.undo(project)
    assert rechecking.rechecks(project)[0].count == 2


def test_usage_counts_marks(project: Project) -> None:
    assert value_editing.usage(project, OPPOSE) == 2
    assert value_editing.usage(project, Path("claim", "topics", "strike")) == 1


def test_keeping_everything_of_the_old_codebook() -> None:
    book = codebooks.default_codebook()
    narrow = Codebook("Narrow", book.layers[:1])
    kept = keeping(book, narrow)
    assert {path for path, _ in items(kept)} == {path for path, _ in items(book)}
    assert kept.layer("claim").retired
    assert not kept.layer("actor").retired
    assert differences(book, book) == []


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_no_mark_is_lost_and_all_is_undone(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    with make_project(tmp_path_factory.mktemp("codes"), *TEXTS) as project:
        hand = Hand(project, chance)
        for _ in range(15):
            hand.act()
        first, base = dump(project), len(history.entries(project))
        for _ in range(6):
            codes = [(path, thing) for path, thing in items(project.codebook) if path.code]
            path, thing = chance.choice(codes)
            siblings = [
                other.code
                for other, _ in codes
                if (other.layer, other.attribute) == (path.layer, path.attribute)
            ]
            try:
                match chance.randrange(4):
                    case 0:
                        value_editing.rename_code(project, path, chance.choice(["new", "7"]))
                    case 1:
                        value_editing.merge_codes(project, path, [chance.choice(siblings)])
                    case 2:
                        parts = [Code("one"), Code("two")]
                        value_editing.split_code(project, path, parts, {hand.some_mark(): "one"})
                    case _:
                        retired = replace(thing, retired=not thing.retired)
                        codebook_editing.apply(project, put(project.codebook, path, retired))
            except Problem:
                continue
            assert len(dump(project)["mark"]) == len(first["mark"])
            newest = history.entries(project)[0].step.name
            assert len(history.entries(project)) == base or path.code in newest, newest
        assert checking.problems(project) == []
        for _ in range(len(history.entries(project)) - base):
            history.undo(project)
        assert dump(project) == first
