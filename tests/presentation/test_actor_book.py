"""The actor book follows each act by what it changed, and shows what reading anew would show."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain import slices
from annotator.domain.actor import Affiliation
from annotator.domain.adjudication import gold_id
from annotator.domain.codebook import Codebook
from annotator.domain.link import link_id
from annotator.domain.mark import Mark, View
from annotator.domain.slices import whole
from annotator.domain.step import Outcome
from annotator.presentation import actor_book as books
from annotator.presentation import book_reading, chosen_marks
from annotator.presentation.actor_book import ActorBook
from annotator.presentation.actor_lines import EntryLines, Order
from annotator.presentation.book_reading import BOOK, OPEN
from annotator.presentation.chosen_marks import CLAIMS, MARKS, PROPOSAL
from annotator.presentation.desk import Desk
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    history,
    linking,
    marking,
    open_mentions,
    reading,
    standing,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import actors, marks, mentions, rows
from tests.support.material import make_project

TEXT = "Amal Haddad spoke. “We will stay,” Amal said. The port said no, and Bea Lund went.\n"
NAMES = ("Amal Haddad", "Amal", "port", "Bea Lund", "said")
KINDS = (None, "person", "organisation")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, TEXT, f"{TEXT}Two.", f"{TEXT}Three.") as made:
        yield made


def extent(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def do(desk: Desk, chance: random.Random) -> None:
    """Do something that may change the book, as far as it is allowed."""
    project = desk.project
    assert project
    articles = [row.id for row in desk.library.rows]
    own = [
        mark
        for article in articles
        for mark in reading.open_article(project, article).marks
        if mark.layer == "actor"
    ]
    entries = [item.actor.id for item in standing.read(project).lines()]
    what = chance.choice(
        [
            "mark",
            "mark",
            "claim",
            "delete",
            "type",
            "tie",
            "untie",
            "make",
            "create",
            "rename",
            "merge",
            "split",
            "retire",
            "bond",
            "undo",
            "redo",
        ]
    )

    def act(project: Project):  # type: ignore[no-untyped-def]
        if what == "mark" or not own:
            places = [extent(words) for words in chance.sample(NAMES, chance.choice((1, 1, 2)))]
            return marking.mark(project, chance.choice(articles), places, "actor")
        if what == "claim":
            made = marking.mark(project, chance.choice(articles), [extent("We will stay")], "claim")
            claim = made.changes[0].after
            return linking.tie_to_nearest(project, claim.id, "source")
        some = [mark.id for mark in chance.sample(own, min(len(own), chance.choice((1, 3))))]
        if what == "delete":
            return marking.delete(project, some)
        if what == "type":
            return marking.set_attribute(project, some[0], "type", chance.choice(KINDS))
        if what == "untie":
            return actor_book.assign_all(project, some, None)
        if what == "make":
            return actor_book.assign_all_new(project, some)
        if what == "create" or not entries:
            return actor_entries.create(project, f"{chance.choice(NAMES)} {len(entries)}")
        entry = chance.choice(entries)
        if what == "tie":
            return actor_book.assign_all(project, some, entry)
        if what == "rename":
            return actor_entries.rename(project, entry, chance.choice(NAMES).upper())
        if what == "merge":
            return actor_merging.merge(project, entry, chance.sample(entries, 1))
        if what == "split":
            return actor_merging.split(project, entry, some[:1], chance.choice(NAMES) + " Split")
        if what == "retire":
            return actor_entries.retire(project, entry)
        if what == "bond":
            bond = Affiliation(chance.choice(entries))
            return actor_entries.set_affiliations(project, entry, [bond])
        return history.undo(project) if what == "undo" else history.redo(project)

    desk.act(act)


def seen(book: ActorBook) -> dict[str, object]:
    """Return all that a book shows."""
    found = book.chosen_marks
    return {
        "entries": book.entries,
        "open": (book.open_count, book.groups),
        "chosen": (book.chosen, book.group, book.detail()),
        "marks": [found.marks[place] for place in range(len(found.marks))],
        "claims": [found.claims[place] for place in range(len(found.claims))],
        "proposal": found.proposal,
    }


def anew(desk: Desk, like: ActorBook) -> ActorBook:
    """Return a book that was read just now, and shows the same."""
    book = ActorBook(desk)
    book.shows_open = True
    book.entry_order = like.entry_order
    book.show()
    if like.group:
        book.choose_group(next(one for one in book.groups if one.alike == like.group.alike))
    else:
        book.choose(like.chosen)
    return book


def finish(book: ActorBook) -> None:
    while book.readings.go_on():
        pass


@pytest.mark.parametrize("bit_by_bit", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_what_follows_acts_shows_what_a_book_read_anew_shows(
    desk: Desk, seed: int, bit_by_bit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    followed = ActorBook(desk)
    followed.shows_open = True
    followed.entry_order = Order(chance.randrange(3), falls=chance.random() < 0.5)
    for _ in range(40):
        if bit_by_bit:
            monkeypatch.setattr(book_reading, "SMALL", 0)
            monkeypatch.setattr(chosen_marks, "FEW", 0)
            for module, name in (
                (rows, "LOOKED_AT"),
                (mentions, "READ"),
                (marks, "AT_A_TIME"),
                (actors, "DECODED"),
                (slices, "MERGED"),
            ):
                monkeypatch.setattr(module, name, 2)
        if not followed.is_shown:
            followed.show()
        do(desk, chance)
        for _ in range(chance.randrange(9)):
            followed.readings.go_on()
        if chance.random() < 0.3:
            names = [BOOK, OPEN, MARKS, CLAIMS, PROPOSAL]
            followed.readings.halt(*chance.sample(names, chance.randrange(len(names))))
        if chance.random() < 0.3 and followed.entries:
            followed.choose([chance.choice(followed.entries).actor.id])
        elif chance.random() < 0.2 and followed.groups:
            followed.choose_group(chance.choice(followed.groups))
        if chance.random() < 0.7:
            followed.readings.read_on(BOOK, OPEN, MARKS, CLAIMS, PROPOSAL)
            finish(followed)
            monkeypatch.undo()
            other = anew(desk, followed)
            assert seen(followed) == seen(other)
            other.hide()
            desk.acted.disconnect(other.reading._follow)


def test_what_is_shown_stays_until_the_new_is_read(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in desk.library.rows:
        marking.mark(project, row.id, [extent("Amal Haddad")], "actor")
    (group,) = open_mentions.tally(project).largest()
    actor_book.assign_all_new(project, open_mentions.marks_of(project, group)[:2])
    book = ActorBook(desk)
    book.shows_open = True
    book.show()
    entry = book.entries[0].actor.id
    book.choose([entry])
    marks, before = book.chosen_marks.marks, seen(book)
    monkeypatch.setattr(book_reading, "SMALL", 0)
    monkeypatch.setattr(chosen_marks, "FEW", 0)
    desk.refresh()
    assert book.readings.reads("book")
    assert seen(book) == before
    finish(book)
    assert seen(book) == before
    assert book.chosen_marks.marks is marks, "no line moves where nothing changed"
    ids = open_mentions.marks_of(project, group)
    desk.act(lambda project: actor_book.assign_all(project, ids, entry))
    assert [item.mentions for item in book.entries] == [3], "counts follow at once"
    assert (len(book.chosen_marks.marks), book.groups) == (2, [])
    finish(book)
    assert len(book.chosen_marks.marks) == 3


def test_lines_have_their_place_before_their_words_are_found(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [
        mark.after.id
        for row in desk.library.rows
        for mark in marking.mark(project, row.id, [extent("Bea Lund")], "actor").changes
    ]
    actor_book.assign_all_new(project, ids)
    monkeypatch.setattr(chosen_marks, "FEW", 0)
    book = ActorBook(desk)
    book.show()
    book.choose([book.entries[0].actor.id])
    found = book.chosen_marks
    assert [found.marks[place] for place in range(len(found.marks))] == [None] * 3
    assert not found.claims.is_found
    lines = found.marks
    finish(book)
    assert found.marks is lines
    assert [found.marks[place].words for place in range(3)] == ["Bea Lund"] * 3
    assert found.claims.is_found


def test_an_act_amid_a_long_one_is_not_counted_twice(desk: Desk, project: Project) -> None:
    for row in desk.library.rows:
        marking.mark(project, row.id, [extent("Amal Haddad")], "actor")
    (group,) = open_mentions.tally(project).largest()
    ids = open_mentions.marks_of(project, group)
    book = ActorBook(desk)
    desk.busy = True
    act = actor_book.assign_all_new.slices(project, ids)
    for _ in range(2):
        next(act)
    book.show()
    book.show_open(shown=True)
    try:
        while True:
            next(act)
    except StopIteration as ended:
        desk._tell(project, ended.value, "{}")
    desk.busy = False
    assert [item.mentions for item in book.entries] == [3]
    assert (book.open_count, book.groups) == (0, [])


def test_what_was_read_amid_an_act_that_is_cancelled_is_read_again(
    desk: Desk, project: Project
) -> None:
    ids = [
        mark.after.id
        for row in desk.library.rows
        for mark in marking.mark(project, row.id, [extent("Amal Haddad")], "actor").changes
    ]
    book = ActorBook(desk)
    desk.busy = True
    act = actor_book.assign_all_new.slices(project, ids)
    for _ in range(3):
        next(act)
    book.show()
    act.close()
    desk.busy = False
    assert book.entries == []
    assert book.open_count == len(ids)


def test_a_book_of_another_project_is_not_shown(desk: Desk, project: Project) -> None:
    marking.mark(project, desk.library.rows[0].id, [extent("Bea Lund")], "actor")
    book = ActorBook(desk)
    book.show()
    book.show_open(shown=True)
    book.choose_group(book.groups[0])
    desk.project = None
    desk.project_changed.emit(None)
    assert (book.entries, book.groups, book.open_count) == ([], [], 0)
    assert len(book.chosen_marks.marks) == 0
    assert not book.readings.go_on()


@pytest.mark.parametrize(
    "order", [Order(column, falls=falls) for column in range(3) for falls in (False, True)]
)
def test_lines_that_change_stand_where_sorting_all_would_put_them(order: Order) -> None:
    chance = random.Random(order.column)
    labels = {"person": "Person", "place": "place"}

    def line(number: int) -> standing.Listed:
        name = chance.choice(("bea", "Bea", "amal", "Ōmi", "zoe"))
        kind = chance.choice((None, *labels))
        aliases = tuple(chance.sample(("Ea Ruß", "PORT", "of"), chance.randrange(3)))
        return standing.Listed(books.Actor(str(number), name, kind, aliases), chance.randrange(3))

    kept = {str(number): line(number) for number in range(30)}
    lines = whole(EntryLines.made(iter(kept.values()), labels))
    for _ in range(60):
        id = str(chance.randrange(40))
        new = line(int(id)) if chance.random() < 0.7 else None
        lines.put(id, new, labels)
        kept.pop(id, None)
        if new:
            kept[id] = new
    by_name = sorted(
        kept.values(), key=lambda one: (one.actor.name.casefold(), one.actor.name, one.actor.id)
    )
    values = (
        lambda one: one.actor.name.casefold(),
        lambda one: labels.get(one.actor.type or "", "").casefold(),
        lambda one: one.mentions,
    )
    assert lines.shown("", order) == sorted(by_name, key=values[order.column], reverse=order.falls)
    for typed in ("EA", "russ o", "port of", "x", " "):
        assert lines.shown(typed, order) == [
            one
            for one in lines.shown("", order)
            if all(
                word in " ".join(one.actor.names).casefold() for word in typed.casefold().split()
            )
        ]


def test_splitting_refuses_what_is_not_found_yet(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    marking.mark(project, desk.library.rows[0].id, [extent("Bea Lund")], "actor")
    book = ActorBook(desk)
    book.show()
    book.show_open(shown=True)
    book.choose_group(book.groups[0])
    book.acts.make_from_group()
    monkeypatch.setattr(chosen_marks, "FEW", 0)
    book.choose([book.entries[0].actor.id])
    book.acts.split([0], "Lund")
    assert desk.messages.last
    assert "to split off" in desk.messages.last.text


def test_a_group_that_is_counted_anew_is_told(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_reading, "SMALL", 0)
    rows = desk.library.rows
    for row in rows:
        marking.mark(project, row.id, [extent("Bea Lund")], "actor")
    book = ActorBook(desk)
    book.show()
    book.show_open(shown=True)
    finish(book)
    book.choose_group(book.groups[0])
    told: list[int] = []
    book.chosen_changed.connect(lambda _: told.append(book.group.count if book.group else 0))
    marking.delete(project, open_mentions.marks_of(project, book.groups[0])[:1])
    desk.refresh()
    finish(book)
    assert told[-1] == len(rows) - 1


def test_a_name_is_known_while_the_book_is_being_read(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Bea Lund", "Union"):
        desk.act(lambda project, name=name: actor_entries.create(project, name))  # type: ignore[misc]
    bea, union = (item.actor.id for item in standing.read(project).lines())
    monkeypatch.setattr(book_reading, "SMALL", 0)
    book = ActorBook(desk)
    book.show()
    assert not book.is_read
    assert book.named("  Bea  Lund ") == bea
    assert book.named("Bea") is None
    assert book.acts.add_bond(bea, "Union")
    assert actor_book.entry(project, bea).affiliations == (Affiliation(union),)


def test_of_namesakes_the_one_with_more_marks_is_meant(desk: Desk, project: Project) -> None:
    for kind in ("person", "organisation", "group"):
        actor_entries.create(project, "Amal", kind)
    used = next(item.actor for item in standing.read(project).lines() if item.actor.type == "group")
    mark = marking.mark(project, desk.library.rows[0].id, [extent("Amal")], "actor").changes[0]
    actor_book.assign(project, mark.after.id, used.id)  # type: ignore[union-attr]
    assert ActorBook(desk).named("Amal") == used.id


def test_a_project_whose_codebook_has_no_actors_shows_no_types(desk: Desk, tmp_path: Path) -> None:
    book = ActorBook(desk)
    book.show()
    book.show_open(shown=True)
    with projects.create(tmp_path / "bare", Codebook("Bare", ()), "Amal") as bare:
        desk.project = bare
        desk.project_changed.emit(None)
        assert (book.types, book.entries, book.groups) == ([], [], [])
        assert book.is_read


def test_asking_what_a_merge_would_do_reads_nothing(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row, words in zip(desk.library.rows, ("Amal Haddad", "Bea Lund"), strict=False):
        mark = marking.mark(project, row.id, [extent(words)], "actor").changes[0]
        actor_book.assign_new(project, mark.after.id)  # type: ignore[union-attr]
    monkeypatch.setattr(chosen_marks, "FEW", 0)
    book = ActorBook(desk)
    book.show()
    into, other = (item.actor.id for item in book.entries)
    book.choose([into, other])
    preview = book.preview(into)
    assert preview
    assert (preview.moving, len(book.chosen_marks.marks)) == (1, 0)
    assert not book.readings.go_on()
    book.find_moving(into)
    assert book.readings.reads("marks")
    finish(book)
    assert [
        quote.words for quote in map(book.chosen_marks.marks.__getitem__, range(1)) if quote
    ] == ["Bea Lund"]


def adjudicate(project: Project, mark: Mark) -> Outcome:
    """Take a mark over into gold."""
    with project.step("Gold") as ticket:
        ticket.write.put(replace(mark, id=gold_id(mark.id), view=View.GOLD))
    return ticket.outcome


def test_gold_is_told_apart_from_the_marks_that_it_was_copied_from(
    desk: Desk, project: Project
) -> None:
    article = desk.library.rows[0].id
    marking.mark(project, article, [extent("Amal Haddad")], "actor")
    claim = marking.mark(project, article, [extent("We will stay")], "claim").changes[0].after
    assert isinstance(claim, Mark)
    linking.tie_to_nearest(project, claim.id, "source")
    found = {mark.layer: mark for mark in reading.open_article(project, article).marks}
    actor_book.assign_new(project, found["actor"].id)
    book = ActorBook(desk)
    book.show()
    entry = book.entries[0].actor.id
    book.choose([entry])

    def counts() -> tuple[int, int, int, int, int]:
        line, chosen = book.entries[0], book.chosen_marks
        quotes = [chosen.marks[place] for place in range(len(chosen.marks))]
        gold = sum(quote.is_gold for quote in quotes if quote)
        return line.mentions, book.gold_of_chosen, len(chosen.marks), gold, len(chosen.claims)

    assert counts() == (1, 0, 1, 0, 1)
    mention = reading.open_article(project, article).marks[0]
    desk.act(lambda project: adjudicate(project, mention))
    assert counts() == (1, 1, 2, 1, 1), "gold moves where entries are merged, and is no mark more"
    with project.step("Gold") as ticket:
        link = project.links_of(claim.id)[0]
        gold = replace(claim, id=gold_id(claim.id), view=View.GOLD)
        ticket.write.put(gold)
        end = gold_id(mention.id)
        id = link_id(gold.id, "source", end)
        ticket.write.put(replace(link, id=id, start=gold.id, end=end, view=View.GOLD))
    book.show()
    assert counts() == (1, 1, 2, 1, 1), "read anew it says the same, and a claim is no claim more"
    desk.act(lambda project: actor_book.assign(project, mention.id, None))
    assert counts()[:4] == (0, 1, 1, 1)
