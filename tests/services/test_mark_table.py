"""The mark table: every filter against plain Python, every order complete, bulk edits in one step."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import Verdict
from annotator.domain.errors import Problem
from annotator.domain.fragment import Fragment
from annotator.domain.link import Voice
from annotator.domain.mark import Mark, Origin
from annotator.domain.mark_query import COLUMNS, MarkQuery
from annotator.services import (
    actor_book,
    history,
    linking,
    mark_table,
    marking,
    reading,
    recognising,
    states,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import mark_order
from annotator.store import mark_table as kept
from tests.services.test_random_acts import TEXTS, Hand, dump
from tests.support.material import STORY, make_project


def found(project: Project, query: MarkQuery) -> list[mark_table.MarkRow]:
    """Return the rows of a query, checking that count, first rows and whole order agree, however large it is."""
    short, whole = mark_table.find(project, query), mark_table.order(project, query)
    assert short.count == len(whole) == len(mark_table.ids(project, query))
    assert short.first == whole[: mark_table.FIRST]
    rows = mark_table.rows(project, whole)
    assert [row.number for row in rows] == list(whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "FEW", 0)
        patch.setattr(mark_order, "SHARE", 2)
        patch.setattr(mark_order, "LOOKED_THROUGH", 3)
        patch.setattr(mark_order, "ARTICLES", 1)
        assert mark_table.order(project, query) == whole
        assert mark_table.find(project, query) == short
        assert mark_table.find(project, query, short.count) == short
        patch.setattr(mark_table, "FIRST", 2)
        assert mark_table.find(project, query).first == whole[:2]
    return rows


def words(project: Project, **query: object) -> list[str]:
    return [row.words for row in found(project, MarkQuery(**query))]  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two articles by two people."""
    project = make_project(tmp_path, STORY, "Amal Haddad said it’s 100% “_fine_” in C++.\n")
    one, two = (listed.article for listed in reading.list_articles(project))
    amal = STORY.index("Amal Haddad")
    claim = STORY.index("We will")
    (who, *_) = marking.mark(project, one.id, [(amal, amal + 11)], "actor").changes
    (said, *_) = marking.mark(project, one.id, [(claim, claim + 19)], "claim").changes
    linking.tie_to_nearest(project, said.after.id, "source")  # type: ignore[union-attr]
    actor_book.assign_best(project, who.after.id)  # type: ignore[union-attr]
    marking.set_attribute(project, said.after.id, "topics", ("pay", "night work"))  # type: ignore[union-attr]
    marking.mark(project, two.id, [(0, 11)], "actor", {"type": "person"})
    (other, *_) = marking.mark(project, two.id, [(17, 39)], "claim", {"stance": "support"}).changes
    linking.tie(project, other.after.id, "source", Voice.AUTHOR)  # type: ignore[union-attr]
    states.finish(project, two.id)
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as bea:
        marking.mark(bea, one.id, [(0, 11)], "actor")
    project = projects.open_existing(path, "Amal")
    yield project  # type: ignore[misc]
    project.close()


def test_all_marks_in_reading_order(project: Project) -> None:
    assert words(project) == [
        "Port strike",
        "We will not go back",
        "Amal Haddad",
        "Amal Haddad",
        "it’s 100% “_fine_” in",
    ]
    assert words(project, descending=True)[0] == "it’s 100% “_fine_” in"


def test_a_row_says_everything(project: Project) -> None:
    row = next(row for row in found(project, MarkQuery()) if row.words == "We will not go back")
    assert (row.layer, row.title, row.annotator_name) == ("claim", "Article 1", "Amal")
    assert row.by == "Amal Haddad"
    assert row.values["topics"] == ("pay", "night work")
    assert (row.verdict, row.origin) == (Verdict.OPEN, Origin.MANUAL)


def test_filters(project: Project) -> None:
    me = project.annotator.id
    (entry,) = recognising.book(project)
    assert "Port strike" not in words(project, annotator=me)
    assert words(project, layers=("claim",), verdict=Verdict.DONE) == ["it’s 100% “_fine_” in"]
    assert words(project, values=(("topics", "pay"),)) == ["We will not go back"]
    assert words(project, values=(("stance", "support"),)) == ["it’s 100% “_fine_” in"]
    assert words(project, layers=("actor",), annotator=me, values=(("type", None),)) == [
        "Amal Haddad"
    ]
    assert words(project, actor=entry.id) == ["Amal Haddad"]
    assert words(project, source=entry.id) == ["We will not go back"]
    assert words(project, unlinked=True) == ["Port strike", "Amal Haddad"]
    assert words(project, origin=Origin.IMPORTED) == []
    assert words(project, before_version=1) == []
    assert len(words(project, before_version=2)) == 5


@pytest.mark.parametrize(
    ("text", "count"),
    [("amal", 2), ("100%", 1), ("_", 1), ("%", 1), ("it’s", 1), ("“", 1), ("0", 1), ("]", 0)],
)
def test_text_is_looked_for_as_it_stands(project: Project, text: str, count: int) -> None:
    assert len(words(project, text=text)) == count


@pytest.mark.parametrize("column", [*COLUMNS, "value:stance", "value:topics"])
def test_every_column_sorts(project: Project, column: str) -> None:
    up = words(project, sort=column)
    assert sorted(up) == sorted(words(project))
    keys = {
        "words": lambda row: row.words.lower(),
        "layer": lambda row: row.layer,
        "article": lambda row: row.title.lower(),
        "annotator": lambda row: row.annotator_name,
        "state": lambda row: row.verdict.value,
        "by": lambda row: row.by.lower(),
    }
    found(project, MarkQuery(sort=column, values=(("type", "person"),)))
    if column in keys:
        rows = found(project, MarkQuery(sort=column))
        assert rows == sorted(rows, key=keys[column])
        rows = found(project, MarkQuery(sort=column, descending=True))
        assert [keys[column](row) for row in rows] == sorted(map(keys[column], rows), reverse=True)


def test_many_marks_are_changed_in_one_step_and_others_left_alone(project: Project) -> None:
    rows = [row.number for row in found(project, MarkQuery())]
    before = dump(project)
    outcome = mark_table.set_value(project, rows, "stance", "oppose")
    assert outcome.step
    assert outcome.step.name == "Set stance of 2 marks to oppose"
    assert len(words(project, values=(("stance", "oppose"),))) == 2
    mark_table.set_value(project, rows, "type", "person")
    assert len(words(project, values=(("type", "person"),))) == 2
    history.undo(project)
    history.undo(project)
    assert dump(project) == before
    with pytest.raises(Problem):
        mark_table.set_value(project, rows, "stance", "sideways")
    assert dump(project) == before


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_filters_find_what_plain_looking_finds(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    with make_project(tmp_path_factory.mktemp("table"), *TEXTS) as project:
        hand = Hand(project, chance)
        for _ in range(25):
            hand.act()
        everything = found(project, MarkQuery())
        layer, value = chance.choice(["actor", "claim"]), chance.choice(["person", "oppose", None])
        name = "type" if value == "person" else "stance"
        rows = found(project, MarkQuery(layers=(layer,), values=((name, value),)))
        assert rows == [
            row for row in everything if row.layer == layer and row.values.get(name) == value
        ]
        part = chance.choice(["a", "strike", "رائع", "😀"])
        assert found(project, MarkQuery(text=part)) == [
            row for row in everything if part in row.words.casefold()
        ]


@pytest.mark.parametrize("descending", [False, True])
def test_pieces_of_a_few_make_the_order_of_all(tmp_path: Path, descending: bool) -> None:
    with make_project(tmp_path, *TEXTS) as project:
        hand = Hand(project, random.Random(7))
        for _ in range(80):
            hand.act()
        for column in (*COLUMNS, "value:stance", "value:type"):
            assert len(found(project, MarkQuery(sort=column, descending=descending))) > 5
            found(project, MarkQuery(text="a", sort=column, descending=descending))


ODD = st.text(st.sampled_from('aAbBzZ "\\\n\t!0,]é😀ن'), min_size=1, max_size=6)


@settings(max_examples=15)
@given(words=st.lists(ODD, min_size=8, max_size=30), down=st.booleans())
def test_odd_words_are_sorted_in_pieces_as_in_one(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], down: bool
) -> None:
    with make_project(tmp_path_factory.mktemp("odd"), "Port strike\n") as project:
        (listed,) = reading.list_articles(project)
        first = marking.mark(project, listed.article.id, [(0, 4)], "claim").changes[0].after
        assert isinstance(first, Mark)
        with project.step("Many") as ticket:
            for part in words:
                piece = Fragment(0, len(part), part)
                ticket.write.put(replace(first, id=project.file.new_id(), fragments=(piece,)))
            more = (Fragment(0, 1, "b"), Fragment(9, 10, "z"))
            ticket.write.put(replace(first, id=project.file.new_id(), fragments=more))
        found(project, MarkQuery(sort="words", descending=down))


def test_a_large_project_is_looked_through_in_pieces_that_say_how_far_they_are(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(mark_table.find.slices(project, MarkQuery())) == []
    monkeypatch.setattr(kept, "FEW", 0)
    monkeypatch.setattr(mark_order, "LOOKED_THROUGH", 1)
    for query in (MarkQuery(), MarkQuery(sort="words"), MarkQuery(text="amal")):
        assert not mark_table.is_quick(project, query)
        reached = list(mark_table.find.slices(project, query))
        assert len(reached) > 5
        assert all(done <= total for done, total, _ in reached)
    narrow = MarkQuery(article=reading.list_articles(project)[0].article.id)
    assert mark_table.is_quick(project, narrow)
    assert list(mark_table.find.slices(project, narrow)) == []


def test_only_ones_own_marks_are_deleted(project: Project) -> None:
    numbers = mark_table.order(project, MarkQuery())
    mark_table.delete(project, numbers)
    assert words(project) == ["Port strike"]
    assert mark_table.delete(project, mark_table.order(project, MarkQuery())).step is None


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_bulk_edits_lose_no_mark_have_one_name_and_are_undone(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    with make_project(tmp_path_factory.mktemp("bulk"), *TEXTS) as project:
        hand = Hand(project, chance)
        for _ in range(20):
            hand.act()
        everything = found(project, MarkQuery())
        rows = chance.sample(everything, chance.randint(0, len(everything)))
        name, value = chance.choice(
            [("stance", "oppose"), ("type", "media"), ("polarity", "mixed"), ("type", None)]
        )
        before, count = dump(project), len(history.entries(project))
        outcome = mark_table.set_value(project, [row.number for row in rows], name, value)
        assert [row.id for row in found(project, MarkQuery())] == [row.id for row in everything]
        if outcome.step is None:
            assert dump(project) == before
            return
        assert len(history.entries(project)) == count + 1
        assert outcome.step.name.startswith(f"Set {name} of ")
        history.undo(project)
        assert dump(project) == before
