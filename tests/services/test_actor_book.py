"""The actor book: guesses, entries, merging and splitting, all undoable, no mark lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import NotFound, Problem, Refused
from annotator.domain.mark import Mark, Value
from annotator.domain.step import Outcome
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    checking,
    history,
    marking,
    open_mentions,
    quotes,
    reading,
    recognising,
    standing,
)
from annotator.services.project import Project
from annotator.services.recognising import NameIndex
from annotator.store import actors as stored_actors
from annotator.store import revisions
from tests.services.test_random_acts import dump
from tests.support.material import make_project

TEXT = (
    "Amal Haddad of the Bureau of River Crossings (BRC) spoke. Haddad said the BRC agrees. "
    "Amal Hadad was misspelt. WHO knows who. Another Haddad came.\n"
)


def mention(project: Project, words: str, occurrence: int = 0, **values: str) -> str:
    """Mark words as an actor and return the mark's id."""
    article = reading.list_articles(project)[0].article
    text = project.text(article)
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    outcome = marking.mark(project, article.id, [(start, start + len(words))], "actor", values)
    return next(change.after.id for change in outcome.changes if change.after)  # type: ignore[union-attr, return-value]


def made(outcome: Outcome) -> Actor:
    """Return the first actor an act made or changed."""
    return next(change.after for change in outcome.changes if isinstance(change.after, Actor))


def entries(project: Project) -> dict[str, int]:
    """Return the names in the book with the number of their mentions."""
    return {item.actor.name: item.mentions for item in standing.read(project).lines()}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_project(tmp_path, TEXT)
    yield project  # type: ignore[misc]
    assert checking.problems(project) == []
    project.close()


@pytest.mark.parametrize(
    ("words", "name", "reason"),
    [
        ("Haddad", "Amal Haddad", "part of the name"),
        ("Amal Hadad", "Amal Haddad", "similar spelling"),
        ("BRC", "Bureau of River Crossings", "spelled out in this article"),
        ("Another Haddad", "Haddad", "name with more words"),
    ],
)
def test_the_best_guess_says_why(project: Project, words: str, name: str, reason: str) -> None:
    actor_entries.create(project, name)
    (first, *_) = actor_book.candidates(project, mention(project, words))
    assert (first.actor.name, first.reason) == (name, reason)


def test_case_tells_an_acronym_from_a_word(project: Project) -> None:
    actor_entries.create(project, "WHO", "organisation")
    assert actor_book.candidates(project, mention(project, "who")) == []
    assert actor_book.candidates(project, mention(project, "WHO"))[0].reason == "same name"


def test_an_acronym_is_known_without_an_explanation() -> None:
    index = NameIndex([Actor("1", "Harbour Workers Union"), Actor("2", "BRC")])
    assert [item.actor.id for item in index.candidates("HWU", None)] == ["1"]
    assert [item.actor.id for item in index.candidates("Bureau of River Crossings", None)] == ["2"]


def test_of_two_namesakes_the_one_in_this_article_and_of_this_type_comes_first() -> None:
    index = NameIndex(
        [
            Actor("1", "Amal Haddad", "person"),
            Actor("2", "Bea Haddad", "person"),
            Actor("3", "House of Haddad", "organisation"),
        ]
    )
    found = [item.actor.id for item in index.candidates("Haddad", "person", {"2"})]
    assert found == ["2", "1", "3"]


def test_one_key_ties_to_the_guess_and_makes_an_entry_where_there_is_none(project: Project) -> None:
    first, second = mention(project, "Amal Haddad"), mention(project, "Haddad", 1)
    actor_book.assign_best(project, first)
    actor_book.assign_best(project, second)
    assert entries(project) == {"Amal Haddad": 2}


def test_a_new_entry_is_not_called_by_a_possessive(tmp_path: Path) -> None:
    with make_project(tmp_path, "Iraq’s army said that Iraq is safe.\n") as project:
        actor_book.assign_best(project, mention(project, "Iraq’s"))
        assert entries(project) == {"Iraq": 1}


def test_the_book_is_searched_anew_after_undo(project: Project) -> None:
    id = mention(project, "Amal Haddad")
    actor_entries.create(project, "Amal Haddad")
    assert actor_book.candidates(project, id)
    history.undo(project)
    assert actor_book.candidates(project, id) == []
    history.redo(project)
    assert actor_book.candidates(project, id)


def test_open_mentions_come_together_and_are_tied_in_one_step(project: Project) -> None:
    for occurrence in range(3):
        mention(project, "Haddad", occurrence)
    mention(project, "BRC")
    groups = open_mentions.tally(project).largest()
    assert [(group.words, group.count) for group in groups] == [("Haddad", 3), ("BRC", 1)]
    actor_book.assign_all_new(project, open_mentions.marks_of(project, groups[0]))
    assert entries(project) == {"Haddad": 3}
    assert standing.read(project).open == 1
    assert [group.words for group in open_mentions.tally(project).largest()] == ["BRC"]
    history.undo(project)
    assert entries(project) == {}


@pytest.mark.parametrize("type", [None, "person", "", "Ämter", ("a", "ö “b”"), True, False, 7])
def test_open_mentions_are_alike_for_the_store_as_for_a_change(
    tmp_path: Path, type: Value | None
) -> None:
    with make_project(tmp_path, TEXT) as project:
        article = reading.list_articles(project)[0].article.id
        places = [
            (TEXT.index(words), TEXT.index(words) + len(words)) for words in ("(BRC)", "Haddad")
        ]
        mark = marking.mark(project, article, places, "actor").changes[0].after
        assert isinstance(mark, Mark)
        if type is not None:
            mark = replace(mark, attributes={"type": type})
            with project.step("A type that a file brought") as ticket:
                ticket.write.put(mark)
        (group,) = open_mentions.tally(project).largest()
        assert group.alike == open_mentions.group_of(mark, project.annotator.id)
        assert open_mentions.marks_of(project, group) == [mark.id]


def test_two_entries_cannot_have_one_name_and_type(project: Project) -> None:
    actor_entries.create(project, "Amal Haddad", "person")
    actor_entries.create(project, "Amal Haddad", "organisation")
    with pytest.raises(Refused, match="already"):
        actor_entries.create(project, " Amal  Haddad ", "person")
    other = made(actor_entries.create(project, "A. Haddad", "person"))
    with pytest.raises(Refused, match="already"):
        actor_entries.rename(project, other.id, "Amal Haddad")
    with pytest.raises(Refused, match="no type of actor"):
        actor_entries.set_type(project, other.id, "dragon")


def test_everything_about_an_entry_can_be_said_and_taken_back(project: Project) -> None:
    union = made(actor_entries.create(project, "Harbour union", "organisation"))
    first = dump(project)
    id = made(actor_entries.create(project, "Amal Haddad", "person")).id
    actor_entries.set_aliases(project, id, ["A. Haddad", " A.  Haddad ", "Amal Haddad", ""])
    actor_entries.rename(project, id, "Dr Amal Haddad")
    actor_entries.set_type(project, id, None)
    actor_entries.set_external_id(project, id, " Q42 ")
    actor_entries.set_note(project, id, "leads the union")
    actor_entries.set_affiliations(project, id, [Affiliation(union.id, "2019", "2024-06")])
    assert actor_book.entry(project, id) == Actor(
        id,
        "Dr Amal Haddad",
        None,
        ("A. Haddad", "Amal Haddad"),
        "Q42",
        (Affiliation(union.id, "2019", "2024-06"),),
        "leads the union",
    )
    for _ in range(7):
        history.undo(project)
    assert dump(project) == first


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [("2024", "2019", "before it begins"), ("soon", None, "no date"), ("2024-13", None, "no date")],
)
def test_dates_of_an_affiliation_are_checked(
    project: Project, since: str, until: str | None, reason: str
) -> None:
    union = made(actor_entries.create(project, "Union"))
    amal = made(actor_entries.create(project, "Amal"))
    with pytest.raises(Refused, match=reason):
        actor_entries.set_affiliations(project, amal.id, [Affiliation(union.id, since, until)])
    with pytest.raises(Refused, match="itself"):
        actor_entries.set_affiliations(project, amal.id, [Affiliation(amal.id)])


def test_an_entry_in_use_is_not_taken_out(project: Project) -> None:
    id = mention(project, "BRC")
    entry = made(actor_book.assign_new(project, id))
    with pytest.raises(Refused, match="1 mark stands for “BRC”"):
        actor_entries.retire(project, entry.id)
    actor_book.assign(project, id, None)
    actor_entries.retire(project, entry.id)
    assert entries(project) == {}


def test_merging_shows_every_quote_and_moves_every_mark(project: Project) -> None:
    full, short = mention(project, "Amal Haddad"), mention(project, "Haddad", 1)
    wrong = mention(project, "Amal Hadad")
    keep = made(actor_book.assign_new(project, full))
    one = made(actor_book.assign_new(project, short))
    two = made(actor_book.assign_new(project, wrong))
    actor_entries.set_note(project, two.id, "misspelt once")
    member = made(actor_entries.create(project, "Aide"))
    actor_entries.set_affiliations(project, member.id, [Affiliation(one.id, "2020")])
    before = dump(project)
    shown = actor_merging.preview(project, keep.id, [one.id, two.id])
    assert dump(project) == before
    rows = quotes.of_entries(project, [one.id, two.id])
    assert shown.moving == len(rows)
    moving = [quotes.read(project, rows)[row] for row in rows]
    assert [quote.words for quote in moving] == ["Haddad", "Amal Hadad"]
    assert moving[0].before.endswith("spoke. ")
    assert moving[0].after.startswith(" said")
    actor_merging.merge(project, keep.id, [one.id, two.id])
    assert actor_book.entry(project, keep.id) == shown.result
    assert shown.result.aliases == ("Haddad", "Amal Hadad")
    assert shown.result.note == "misspelt once"
    assert entries(project) == {"Aide": 0, "Amal Haddad": 3}
    assert actor_book.entry(project, member.id).affiliations == (Affiliation(keep.id, "2020"),)
    assert (
        history.entries(project)[0].step.name == "Merge “Haddad”, “Amal Hadad” into “Amal Haddad”"
    )
    history.undo(project)
    assert dump(project) == before


def test_who_ties_to_an_entry_merged_meanwhile_ties_to_the_one_it_became(project: Project) -> None:
    ids = [mention(project, "Haddad", number) for number in range(2)]
    first, then, last = (made(actor_entries.create(project, name)) for name in ("A", "B", "C"))
    actor_merging.merge(project, then.id, [first.id])
    actor_merging.merge(project, last.id, [then.id])
    outcome = actor_book.assign(project, ids[0], first.id)
    assert outcome.step
    assert outcome.step.name.endswith(": “C”")
    actor_book.assign_all(project, ids, then.id)
    assert [actor_book.entry_of(project, id) for id in ids] == [last.id, last.id]
    assert entries(project) == {"C": 2}


def test_nobody_ties_to_an_entry_that_was_taken_out_of_the_book(project: Project) -> None:
    id = mention(project, "BRC")
    entry = made(actor_entries.create(project, "The Bureau"))
    actor_entries.retire(project, entry.id)
    with pytest.raises(NotFound, match="“The Bureau” is no longer in the actor book"):
        actor_book.assign(project, id, entry.id)
    assert actor_book.entry_of(project, id) is None


def test_entries_merged_into_each_other_are_nobody(project: Project) -> None:
    """As when two people merged them the other way round, each in their own file."""
    id = mention(project, "BRC")
    one, two = (made(actor_entries.create(project, name)) for name in ("One", "Two"))
    with project.step("Merge") as ticket:
        ticket.write.put(replace(one, retired=True, merged_into=two.id))
        ticket.write.put(replace(two, retired=True, merged_into=one.id))
    with pytest.raises(NotFound, match="no longer in the actor book"):
        actor_book.assign(project, id, one.id)


def test_merging_nonsense_is_refused(project: Project) -> None:
    one = made(actor_entries.create(project, "One"))
    two = made(actor_entries.create(project, "Two"))
    with pytest.raises(Refused, match="different actors"):
        actor_merging.merge(project, one.id, [one.id])
    actor_merging.merge(project, one.id, [two.id])
    with pytest.raises(Refused, match="no longer in the book"):
        actor_merging.merge(project, one.id, [two.id])


def test_splitting_takes_chosen_marks_and_the_alias(project: Project) -> None:
    ids = [mention(project, "Haddad", number) for number in range(3)]
    entry = made(actor_book.assign_new(project, ids[0], "Amal Haddad"))
    actor_book.assign_all(project, ids[1:], entry.id)
    actor_entries.set_aliases(project, entry.id, ["Bea Haddad"])
    before = dump(project)
    actor_merging.split(project, entry.id, ids[2:], "Bea Haddad")
    assert entries(project) == {"Amal Haddad": 2, "Bea Haddad": 1}
    assert actor_book.entry(project, entry.id).aliases == ()
    with pytest.raises(Refused, match="Choose marks"):
        actor_merging.split(project, entry.id, ids[2:], "Third")
    history.undo(project)
    assert dump(project) == before


@settings(max_examples=20)
@given(data=st.data())
def test_merges_and_splits_lose_no_mark(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with make_project(tmp_path_factory.mktemp("book"), TEXT) as project:
        marks = [mention(project, "Haddad", number) for number in range(3)]
        marks += [mention(project, words) for words in ("BRC", "WHO")]
        for number, id in enumerate(marks):
            actor_book.assign_new(project, id, f"Actor {number}")
        first = dump(project)
        base = len(history.entries(project))
        for _ in range(data.draw(st.integers(1, 5))):
            book = [item.actor.id for item in standing.read(project).lines()]
            into = data.draw(st.sampled_from(book))
            try:
                if data.draw(st.booleans()):
                    others = data.draw(st.lists(st.sampled_from(book), max_size=3))
                    actor_merging.merge(project, into, others)
                    if set(others) - {into}:
                        said = history.entries(project)[0].step.name
                        assert said.startswith("Merge ")
                        assert actor_book.entry(project, into).name in said
                else:
                    chosen = data.draw(st.lists(st.sampled_from(marks), min_size=1, unique=True))
                    name = data.draw(st.sampled_from(["Actor 1", "New", "Newer"]))
                    whose = actor_book.entry(project, into).name
                    actor_merging.split(project, into, chosen, name)
                    said = history.entries(project)[0].step.name
                    assert said.startswith(f"Split {len(chosen)} mark")
                    assert f"“{whose}”" in said
                    assert f"“{name}”" in said
            except Problem:
                continue
            assert sum(entries(project).values()) == len(marks)
        assert checking.problems(project) == []
        for _ in range(len(history.entries(project)) - base):
            history.undo(project)
        assert dump(project) == first


@pytest.mark.parametrize("name", ["😀", "\u0301", "-", "ال"])
def test_a_name_without_letters_is_found_by_itself(name: str) -> None:
    (found,) = NameIndex([Actor("1", name)]).candidates(name, None)
    assert found.reason == "same name"


def test_how_much_there_is_to_read_is_known_without_counting_all_marks(project: Project) -> None:
    """Of many hundred thousand that would stop the window where the file has to come from the disk."""
    words = ("Amal", "Haddad", "BRC", "WHO")
    ids = [mention(project, word) for word in words]
    marking.delete(project, ids[:1])
    (group,) = [one for one in open_mentions.tally(project).largest() if one.words == "BRC"]
    asked: list[str] = []
    project.db.conn.set_trace_callback(asked.append)
    told = [
        *standing.read.slices(project),
        *open_mentions.tally.slices(project),
        *open_mentions.rows_of.slices(project, group),
    ]
    project.db.conn.set_trace_callback(None)
    assert not [sql for sql in asked if re.search(r"count\(\*\) FROM mark\s*$", sql)]
    reached = [said[:2] for said in told if said]
    assert (4, 4) in reached
    assert all(done <= total for done, total in reached)


def test_who_belongs_to_an_entry_comes_by_name_and_no_name_is_looked_up(project: Project) -> None:
    """Along the index of names each entry of a large book would be looked up by itself."""
    with project.step("Three entries") as ticket:
        for id, bonds in (("union", ()), ("zed", ("union",)), ("bea", ("union", "zed"))):
            ticket.write.put(Actor(id, id.title(), affiliations=tuple(map(Affiliation, bonds))))
    asked: list[str] = []
    project.db.conn.set_trace_callback(asked.append)
    found = stored_actors.affiliated(project.db, "union")
    project.db.conn.set_trace_callback(None)
    assert [actor.name for actor in found] == ["Bea", "Zed"]
    (sql,) = asked
    plan = [str(row[3]) for row in project.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [line for line in plan if "INDEX" in line]


@pytest.mark.parametrize("remembered", [0, 2, 500])
def test_after_each_act_the_book_is_as_the_file_has_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(revisions, "REMEMBERED", remembered)
    project.file.journal.revisions._last.clear()
    acts: list[Callable[[], object]] = [
        lambda: actor_entries.create(project, "Zoe Haddad"),
        lambda: actor_entries.create(project, "Amal Haddad"),
        lambda: actor_entries.rename(project, by_name["Zoe Haddad"], "Aya Haddad"),
        lambda: history.undo(project),
        lambda: history.redo(project),
        lambda: actor_entries.retire(project, by_name["Amal Haddad"]),
        lambda: refused_amid(project),
        lambda: history.undo(project),
        lambda: actor_entries.create(project, "Bureau"),
        lambda: history.undo(project),
    ]
    for act in acts:
        by_name = {actor.name: actor.id for actor in recognising.book(project)}
        act()
        rows = project.db.execute("SELECT name, id FROM actor WHERE retired = 0 ORDER BY name, id")
        assert [(actor.name, actor.id) for actor in recognising.book(project)] == rows.fetchall()
        assert {
            item.actor.id for item in recognising.index(project).candidates("Haddad", None)
        } == {actor.id for actor in recognising.book(project) if "Haddad" in actor.name}


def refused_amid(project: Project) -> None:
    """Change an entry, read the book, and fail."""
    with suppress(Refused), project.step("Fail") as ticket:
        ticket.write.put(replace(recognising.book(project)[0], name="Half done"))
        assert "Half done" in [actor.name for actor in recognising.book(project)]
        raise Refused("Not this.")
