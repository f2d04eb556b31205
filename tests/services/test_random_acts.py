"""Any series of acts, undone, gives the first state; redone, the last; also with a restart in between."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import Verdict
from annotator.domain.errors import Problem
from annotator.domain.link import Voice
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    checking,
    codebooks,
    history,
    linking,
    marking,
    reading,
    recognising,
    spreading,
    states,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store.kinds import TABLES
from tests.support.material import add_article, make_project

TEXTS = (
    "Port strike 😀 enters second week.\n\nAmal Haddad said “we will not go back”. The authority denied it.\n",
    "قال الوزير إن المشروع رائع. Valley News agreed 👩🏽\u200d🚀 at once, he told them.\n",
)

Dump = dict[str, list[tuple[object, ...]]]


def dump(project: Project) -> Dump:
    """Return every record of the project."""
    return {
        kind: sorted(
            (tuple(row) for row in project.db.execute(f"SELECT {table.names} FROM {kind}")),
            key=repr,
        )
        for kind, table in TABLES.items()
    }


class Hand:
    """Does one act after another, chosen by chance; acts that the rules refuse change nothing."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        self.project = project
        self.chance = chance

    def act(self) -> None:
        """Do something."""
        before = dump(self.project)
        try:
            self.chance.choice(ACTS)(self)
        except Problem:
            assert dump(self.project) == before

    @property
    def article(self) -> str:
        """Some article."""
        return self.chance.choice(reading.list_articles(self.project)).article.id

    def extent(self, article: str) -> tuple[int, int]:
        """Some stretch of an article."""
        length = self.project.article(article).length
        start = self.chance.randrange(length)
        return start, min(length, start + self.chance.choice((1, 4, 12, 40)))

    def some_mark(self, *layers: str) -> str:
        """Some mark, of these layers if any are named."""
        found = [
            mark.id
            for listed in reading.list_articles(self.project)
            for mark in reading.open_article(self.project, listed.article.id).marks
            if not layers or mark.layer in layers
        ]
        if not found:
            raise Problem("There is none.")
        return self.chance.choice(found)

    def mark(self) -> None:
        article = self.article
        layer = self.chance.choice(("actor", "claim", "cue", "sentiment", "nonsense"))
        marking.mark(self.project, article, [self.extent(article)], layer)

    def widen(self) -> None:
        id = self.some_mark()
        marking.add_fragment(self.project, id, [self.extent(self.project.own_mark(id).article)])

    def narrow(self) -> None:
        id = self.some_mark()
        marking.remove_fragment(self.project, id, self.project.own_mark(id).start)

    def reshape(self) -> None:
        id = self.some_mark()
        marking.reshape(self.project, id, [self.extent(self.project.own_mark(id).article)])

    def relabel(self) -> None:
        marking.relabel(
            self.project,
            self.some_mark(),
            self.chance.choice(("actor", "claim", "cue", "sentiment")),
        )

    def value(self) -> None:
        name, value = self.chance.choice(
            (
                ("type", "person"),
                ("stance", "oppose"),
                ("polarity", "negative"),
                ("intensity", 3),
                ("named", False),
                ("type", None),
            )
        )
        marking.set_attribute(self.project, self.some_mark(), name, value)  # type: ignore[arg-type]

    def values_of_all(self) -> None:
        marks = [self.some_mark("claim") for _ in range(3)]
        marking.set_attribute_of_all(self.project, marks, "stance", "support")

    def everywhere(self) -> None:
        spreading.spread(self.project, self.some_mark(), wide=self.chance.random() < 0.5)

    def note(self) -> None:
        marking.set_note(
            self.project, self.some_mark(), self.chance.choice(("", "look again", "؟"))
        )

    def delete(self) -> None:
        marking.delete(self.project, list({self.some_mark() for _ in range(2)}))

    def tie(self) -> None:
        linking.tie_to_nearest(
            self.project,
            self.some_mark("claim", "sentiment"),
            self.chance.choice(("source", "cue", "holder", "target", "inside")),
        )

    def voice(self) -> None:
        linking.tie(
            self.project, self.some_mark("claim"), "source", self.chance.choice(list(Voice))
        )

    def who(self) -> None:
        actor_book.assign_best(self.project, self.some_mark("actor"))

    def rename(self) -> None:
        found = recognising.book(self.project)
        if found:
            actor_entries.rename(
                self.project,
                self.chance.choice(found).id,
                self.chance.choice(("Amal", "ISIS", "وزارة")),
            )

    def merge(self) -> None:
        found = [entry.id for entry in recognising.book(self.project)]
        if found:
            actor_merging.merge(
                self.project, self.chance.choice(found), [self.chance.choice(found)]
            )

    def verdict(self) -> None:
        states.set_verdict(
            self.project, self.article, ["actor", "claim"], self.chance.choice(list(Verdict))
        )

    def finish(self) -> None:
        states.finish(self.project, self.article)

    def codebook(self) -> None:
        codebooks.retire_layer(self.project, self.chance.choice(("cue", "sentiment")))

    def import_text(self) -> None:
        add_article(self.project, f"Another article, number {self.chance.random()}.\n", "Another")


ACTS: tuple[Callable[[Hand], None], ...] = (
    Hand.mark, Hand.mark, Hand.mark, Hand.mark, Hand.widen, Hand.narrow, Hand.reshape, Hand.relabel, Hand.value, Hand.value,
    Hand.values_of_all, Hand.everywhere, Hand.note, Hand.delete, Hand.tie, Hand.tie, Hand.voice, Hand.who, Hand.rename, Hand.merge,
    Hand.verdict, Hand.finish, Hand.codebook, Hand.import_text,
)  # fmt: skip


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_all_undone_is_the_first_state_and_all_redone_the_last(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int
) -> None:
    folder = tmp_path_factory.mktemp("acts")
    project = make_project(folder, *TEXTS)
    first = dump(project)
    base = len(project.file.journal.history())
    hand = Hand(project, random.Random(seed))
    for _ in range(count):
        hand.act()
    assert checking.problems(project) == []
    last = dump(project)
    done = len(project.file.journal.history()) - base
    project = reopened(project)
    for _ in range(done):
        history.undo(project)
    assert dump(project) == first
    assert checking.problems(project) == []
    project = reopened(project)
    for _ in range(done):
        history.redo(project)
    assert dump(project) == last
    assert checking.problems(project) == []
    project.close()


def reopened(project: Project) -> Project:
    """Return the same project after a restart."""
    path, name = project.path, project.annotator.name
    project.close()
    return projects.open_existing(path, name)


def test_a_new_act_drops_what_was_undone(tmp_path: Path) -> None:
    with make_project(tmp_path, *TEXTS) as project:
        article = reading.list_articles(project)[0].article.id
        marking.mark(project, article, [(0, 4)], "actor")
        marking.mark(project, article, [(5, 11)], "actor")
        history.undo(project)
        assert history.next_redo(project) is not None
        marking.mark(project, article, [(5, 11)], "claim")
        assert history.next_redo(project) is None
        assert {str(entry.step.state) for entry in history.entries(project)} == {"done", "dropped"}


def test_an_annotator_undoes_only_own_acts(tmp_path: Path) -> None:
    project = make_project(tmp_path, *TEXTS)
    article = reading.list_articles(project)[0].article.id
    marking.mark(project, article, [(0, 4)], "actor")
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as other:
        marking.mark(other, article, [(5, 11)], "actor")
        assert history.undo(other).step.name == "Mark actor “strike”"  # type: ignore[union-attr]
        assert history.next_undo(other) is None
        with pytest.raises(Problem, match="nothing to undo"):
            history.undo(other)
    with projects.open_existing(path, "Amal") as mine:
        assert len(reading.open_article(mine, article).marks) == 1


def test_undo_is_refused_where_later_work_builds_on_it(tmp_path: Path) -> None:
    project = make_project(tmp_path, *TEXTS)
    article = reading.list_articles(project)[0].article.id
    path = project.path
    book = codebooks.default_codebook()
    codebooks.retire_layer(project, "cue")
    project.close()
    with projects.open_existing(path, "Bea") as other:
        marking.mark(other, article, [(0, 4)], "actor")
    with projects.open_existing(path, "Amal") as mine:
        before = dump(mine)
        with pytest.raises(Problem, match="other work builds on it"):
            history.undo(mine)
        assert dump(mine) == before
        assert mine.codebook != book


def test_looking_writes_nothing(tmp_path: Path) -> None:  # G5
    with make_project(tmp_path, *TEXTS) as project:
        hand = Hand(project, random.Random(3))
        for _ in range(12):
            hand.act()
        project.file.settle()
        before, bytes_before = project.db.conn.total_changes, project.path.stat().st_mtime_ns
        for listed in reading.list_articles(project):
            opened = reading.open_article(project, listed.article.id)
            for mark in opened.marks:
                history.entries(project, 5, mark.id)
        recognising.book(project)
        history.entries(project)
        assert project.db.conn.total_changes == before
        # SQLite counts the question whether the index is whole as a change; the file stays as it was.
        assert checking.problems(project) == []
        project.file.settle()
        assert project.path.stat().st_mtime_ns == bytes_before
