"""After a merge of files every mark stands for an entry that is in the actor book."""

from __future__ import annotations

import itertools
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain import slices
from annotator.domain.actor import Actor, Affiliation
from annotator.domain.errors import BadInput, Problem
from annotator.domain.identity import Id
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    checking,
    history,
    marking,
    merge_report,
    merging,
    recognising,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import actors, marks
from tests.services.test_random_acts import dump
from tests.support.driving import driven
from tests.support.material import STORY, make_project
from tests.support.team import article_id

NAMES = ("Harbour Union", "Port authority", "The port")


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Three copies of a project with three entries and a member of each; everybody has a copy."""
    with make_project(tmp_path, STORY) as project:
        for name in NAMES:
            actor_entries.create(project, name)
        for name in NAMES:
            actor_entries.create(project, f"Speaker of {name}")
        for name in NAMES:
            member = by_name(project, f"Speaker of {name}")
            bond = Affiliation(by_name(project, name).id)
            actor_entries.set_affiliations(project, member.id, [bond])
        path = project.path
    copies = [path.with_name(f"{name}.annotator") for name in ("amal", "bea", "cem")]
    for one in copies:
        shutil.copyfile(path, one)
    return copies


def by_name(project: Project, name: str) -> Actor:
    """Return the entry of a name, in use or not."""
    return next(actor for actor in actors.TABLE.select(project.db) if actor.name == name)


def act(path: Path, work: Callable[[Project], object]) -> None:
    """Let the owner of a copy do something in it."""
    with projects.open_existing(path, path.stem.capitalize()) as project:
        work(project)


def mark(project: Project, start: int, name: str) -> None:
    """Mark some words as a mention of an entry."""
    outcome = marking.mark(project, article_id(project), [(start, start + 5)], "actor")
    made: Id = outcome.changes[0].after.id  # type: ignore[union-attr]
    actor_book.assign(project, made, by_name(project, name).id)


def made_one(into: str, *others: str) -> Callable[[Project], object]:
    """Return what merges entries by their names."""
    return lambda project: actor_merging.merge(
        project, by_name(project, into).id, [by_name(project, name).id for name in others]
    )


def mentioned(project: Project) -> list[str]:
    """Return whom the marks stand for; all of them must be in the book."""
    book = {actor.id: actor for actor in recognising.book(project)}
    found = marks.of_article(project.db, article_id(project), None)
    return [book[item.actor].name for item in found if item.actor]


def together(paths: list[Path], folder: Path) -> Project:
    """Merge all files into a copy of the first."""
    folder.mkdir()
    path = folder / "all.annotator"
    shutil.copyfile(paths[0], path)
    project = projects.open_existing(path, "Lead")
    merging.merge(project, paths[1:])
    return project


def test_marks_made_elsewhere_stand_for_the_entry_that_is_left(
    paths: list[Path], tmp_path: Path
) -> None:
    amal, bea, cem = paths
    act(amal, made_one("Port authority", "The port"))
    act(bea, lambda project: mark(project, 0, "The port"))
    act(cem, made_one("Harbour Union", "Port authority"))
    for number, order in enumerate(itertools.permutations(paths)):
        with together(list(order), tmp_path / str(number)) as project:
            assert mentioned(project) == ["Harbour Union"]
            speaker = by_name(project, "Speaker of The port")
            assert [bond.to for bond in speaker.affiliations] == [
                by_name(project, "Harbour Union").id
            ]
            assert checking.problems(project) == []


def test_of_entries_merged_into_each_other_one_stands(paths: list[Path], tmp_path: Path) -> None:
    amal, bea, cem = paths
    for path, start in ((amal, 0), (bea, 10), (cem, 20)):
        act(path, lambda project, start=start: mark(project, start, "The port"))  # type: ignore[misc]
    act(amal, made_one("Port authority", "The port"))
    act(bea, made_one("The port", "Port authority"))
    seen = []
    for number, order in enumerate(itertools.permutations(paths)):
        with together(list(order), tmp_path / str(number)) as project:
            found = mentioned(project)
            assert len(found) == 3
            assert len(set(found)) == 1
            seen.append(found)
            before = dump(project)
            for other in paths:
                assert not merging.merge(project, [other]).changes_anything
            assert dump(project) == before
            assert checking.problems(project) == []
    assert seen == [seen[0]] * len(seen), "whoever merges, the same one stands"


def test_in_a_ring_of_three_files_one_stands(paths: list[Path], tmp_path: Path) -> None:
    for number, path in enumerate(paths):
        into, gone = NAMES[number], NAMES[number - 1]
        act(path, lambda project, name=gone: mark(project, 0, name))  # type: ignore[misc]
        act(path, made_one(into, gone))
    seen = []
    for number, order in enumerate(itertools.permutations(paths)):
        with together(list(order), tmp_path / str(number)) as project:
            seen.append(mentioned(project))
            assert not_in_the_book(project) == []
            for other in paths:
                assert not merging.merge(project, [other]).changes_anything
    assert len(set(seen[0])) == 1
    assert seen == [seen[0]] * len(seen)


def test_what_stands_again_is_told_and_one_undo_takes_it_back(paths: list[Path]) -> None:
    amal, bea, _ = paths
    act(amal, made_one("Port authority", "The port"))
    act(bea, made_one("The port", "Port authority"))
    with projects.open_existing(amal, "Amal") as project:
        before = dump(project)
        report = merging.merge(project, [bea])
        assert any("were merged into each other" in note for note in report.notes)
        history.undo(project)
        after = dump(project)
        assert after["actor"] == before["actor"]


def who(project: Project) -> dict[str, str | None]:
    """Return for whom each mark stands, of everybody and gold."""
    return {mark.id: mark.actor for mark in marks.TABLE.select(project.db)}


def not_in_the_book(project: Project) -> list[str]:
    """Return what is wrong with the actor book, or with what names its entries."""
    book = {actor.id: actor for actor in actors.TABLE.select(project.db)}
    wrong = [id for id, actor in who(project).items() if actor and book[actor].retired]
    for actor in book.values():
        wrong += [actor.name for bond in actor.affiliations if book[bond.to].merged_into]
        end, seen = actor, {actor.id}
        while end.merged_into:
            end = book[end.merged_into]
            if end.id in seen:
                wrong.append(f"{actor.name} is merged in a ring")
                break
            seen.add(end.id)
    return wrong + checking.problems(project)


def test_what_was_merged_comes_to_the_same_in_the_files_it_came_from(
    paths: list[Path], tmp_path: Path
) -> None:
    amal, bea, cem = paths
    act(amal, made_one("Port authority", "The port"))
    act(bea, made_one("The port", "Port authority"))
    act(cem, lambda project: mark(project, 0, "The port"))
    with together(paths, tmp_path / "all") as project:
        found, merged = who(project), project.path
    for path in paths:
        with projects.open_existing(path, path.stem.capitalize()) as project:
            merging.merge(project, [merged])
            assert who(project) == found
            assert not_in_the_book(project) == []
            others = [merged, *(other for other in paths if other != path)]
            assert not merging.merge(project, others).changes_anything


def test_an_owner_goes_on_with_marks_that_stand_for_another_entry_elsewhere(
    paths: list[Path],
) -> None:
    amal, bea, _ = paths
    act(amal, made_one("Port authority", "The port"))
    act(bea, lambda project: mark(project, 0, "The port"))
    with projects.open_existing(amal, "Amal") as project:
        merging.merge(project, [bea])
    made: list[Id] = []

    def note(project: Project) -> None:
        made.extend(who(project))
        marking.set_note(project, made[0], "look again")

    act(bea, note)
    with projects.open_existing(amal, "Amal") as project:
        report = merging.merge(project, [bea])
        assert (report.counts["changed"], report.conflicts) == ({"mark": 1}, [])
        assert marks.TABLE.with_keys(project.db, made)[0].note == "look again"
        assert mentioned(project) == ["Port authority"]
    act(bea, lambda project: marking.delete(project, made))
    with projects.open_existing(amal, "Amal") as project:
        report = merging.merge(project, [bea])
        assert (report.counts["removed"], report.conflicts) == ({"mark": 1}, [])


def test_moving_along_with_an_entry_contradicts_nobody(paths: list[Path], tmp_path: Path) -> None:
    amal, bea, cem = paths
    for start in (0, 10, 20):
        act(bea, lambda project, start=start: mark(project, start, "The port"))  # type: ignore[misc]
    shutil.copyfile(bea, amal)
    act(amal, made_one("Port authority", "The port"))

    def go_on(project: Project) -> None:
        noted, gone, other = sorted(who(project))
        marking.set_note(project, noted, "look again")
        marking.delete(project, [gone])
        actor_book.assign(project, other, by_name(project, "Harbour Union").id)

    act(bea, go_on)
    found = []
    for mine, other in ((amal, bea), (bea, amal)):
        shutil.copyfile(mine, cem)
        with projects.open_existing(cem, "Lead") as project:
            report = merging.merge(project, [other])
            assert report.conflicts == []
            assert sorted(mentioned(project)) == ["Harbour Union", "Port authority"]
            found.append(dump(project)["mark"])
            assert not merging.merge(project, [amal, bea]).changes_anything
    assert found[0] == found[1]


def test_it_is_told_how_many_marks_here_stand_for_another_entry_now(paths: list[Path]) -> None:
    amal, bea, _ = paths
    act(amal, made_one("Port authority", "The port"))
    for start in (0, 10):
        act(bea, lambda project, start=start: mark(project, start, "The port"))  # type: ignore[misc]
    with projects.open_existing(bea, "Bea") as project:
        before = dump(project)
        trial = merging.merge(project, [amal], dry_run=True)
        assert dump(project) == before
        report = merging.merge(project, [amal])
        told = "amal.annotator: 2 marks here now stand for the actor that theirs was merged into"
        assert (report.notes, report.writes) == ([told], trial.writes)
        assert trial.notes == report.notes
        assert mentioned(project) == ["Port authority"] * 2
        # Both entries, the member, and the marks.
        assert report.writes == 5
        history.undo(project)
        assert dump(project) == before


def test_marks_that_an_earlier_version_left_with_a_merged_entry_are_brought_home(
    paths: list[Path],
) -> None:
    amal, bea, _ = paths
    act(amal, lambda project: mark(project, 0, "The port"))

    def leave_behind(project: Project) -> None:
        port, authority = by_name(project, "The port"), by_name(project, "Port authority")
        with project.step("Merge files") as ticket:
            ticket.write.put(replace(port, retired=True, merged_into=authority.id))
            ticket.write.put(replace(authority, retired=True, merged_into=port.id))

    for path in (amal, bea):
        act(path, leave_behind)
    with projects.open_existing(amal, "Amal") as project:
        assert not_in_the_book(project) != []
        report = merging.merge(project, [bea])
        first, second = sorted(NAMES[1:], key=lambda name: by_name(project, name).id)
        told = (
            f"bea.annotator: “{first}” and “{second}” were merged into each other; “{first}” stands"
        )
        assert told in report.notes
        assert mentioned(project) == [first]
        assert not_in_the_book(project) == []
        assert not merging.merge(project, [bea]).changes_anything


def test_an_entry_taken_out_of_the_book_is_in_it_again_with_marks_made_elsewhere(
    paths: list[Path], tmp_path: Path
) -> None:
    amal, bea, _ = paths
    names = ("Speaker of The port", "The port")
    for name in names:
        act(
            amal,
            lambda project, name=name: actor_entries.retire(project, by_name(project, name).id),
        )  # type: ignore[misc]
    act(bea, lambda project: mark(project, 0, "The port"))
    for number, order in enumerate(itertools.permutations(paths)):
        with together(list(order), tmp_path / str(number)) as project:
            assert mentioned(project) == ["The port"]
            assert by_name(project, "Speaker of The port").retired, "no mark stands for it"
            before = dump(project)
            for path in paths:
                assert not merging.merge(project, [path]).changes_anything
            assert dump(project) == before
    with projects.open_existing(amal, "Amal") as project:
        report = merging.merge(project, [bea])
        told = (
            "“The port” was taken out of the actor book, but marks stand for it; it is in the book"
        )
        assert report.notes == [f"bea.annotator: {told}"]


def test_one_gives_a_name_to_what_another_merges(paths: list[Path], tmp_path: Path) -> None:
    amal, bea, _ = paths
    act(amal, made_one("Port authority", "The port"))
    act(bea, lambda project: mark(project, 0, "The port"))
    act(
        bea,
        lambda project: actor_entries.set_note(project, by_name(project, "The port").id, "a note"),
    )
    for number, order in enumerate(([amal, bea], [bea, amal])):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "all.annotator"
        shutil.copyfile(order[0], path)
        with projects.open_existing(path, "Lead") as project:
            report = merging.merge(project, order[1:])
            assert report.conflicts == []
            port = by_name(project, "The port")
            assert (port.note, port.merged_into) == (
                "a note",
                by_name(project, "Port authority").id,
            )
            assert mentioned(project) == ["Port authority"]


def test_of_two_names_one_stands_for_an_actor_that_was_merged_besides(paths: list[Path]) -> None:
    amal, bea, cem = paths

    def rename(project: Project) -> None:
        wanted = f"The port of {project.annotator.name}"
        actor_entries.rename(project, by_name(project, "The port").id, wanted)

    act(amal, rename)
    act(bea, rename)
    act(bea, made_one("Port authority", "The port of Bea"))
    ends, found = [], []
    for mine, other in ((amal, bea), (bea, amal)):
        shutil.copyfile(mine, cem)
        with projects.open_existing(cem, "Lead") as project:
            (told,) = merging.merge(project, [other]).conflicts
            ends.append(told.rpartition("; ")[2])
            found.append(dump(project)["actor"])
    assert ends == ["the one in the file stands", "ours stands"]
    assert found[0] == found[1]
    act(amal, lambda project: actor_entries.rename(project, by_name(project, "The port of Amal").id, "Zoe’s port"))  # fmt: skip
    ends, found = [], []
    for mine, other in ((amal, bea), (bea, amal)):
        shutil.copyfile(mine, cem)
        with projects.open_existing(cem, "Lead") as project:
            (told,) = merging.merge(project, [other]).conflicts
            ends.append(told.rpartition("; ")[2])
            found.append(dump(project)["actor"])
            assert by_name(project, "Zoe’s port").merged_into
    assert ends == ["what stands has something of both"] * 2
    assert found[0] == found[1]


def test_an_actor_of_somebody_else_comes_again_as_it_was_after_a_merge_was_taken_back(
    paths: list[Path],
) -> None:
    amal, bea, cem = paths

    def new_member(project: Project) -> None:
        actor_entries.create(project, "Newcomer")
        bond = Affiliation(by_name(project, "The port").id)
        actor_entries.set_affiliations(project, by_name(project, "Newcomer").id, [bond])

    act(bea, new_member)
    act(cem, made_one("Port authority", "The port"))
    with projects.open_existing(amal, "Amal") as project:
        merging.merge(project, [bea, cem])
        after = dump(project)["actor"]
        history.undo(project)
        merging.merge(project, [bea, cem])
        assert dump(project)["actor"] == after
        assert not_in_the_book(project) == []


def test_whom_an_actor_belongs_to_stays_in_the_book(paths: list[Path], tmp_path: Path) -> None:
    amal, bea, _ = paths
    act(amal, lambda project: actor_entries.create(project, "Newcomer"))
    shutil.copyfile(amal, bea)

    def belong(project: Project) -> None:
        bond = Affiliation(by_name(project, "Newcomer").id)
        speaker = by_name(project, "Speaker of The port")
        actor_entries.set_affiliations(project, speaker.id, [bond])

    act(bea, belong)
    act(amal, history.undo)
    found = []
    for number, order in enumerate(itertools.permutations((amal, bea))):
        with together(list(order), tmp_path / str(number)) as project:
            speaker = by_name(project, "Speaker of The port")
            assert [bond.to for bond in speaker.affiliations] == [by_name(project, "Newcomer").id]
            before = dump(project)
            for path in order:
                assert not merging.merge(project, [path]).changes_anything
            assert dump(project) == before
            found.append(before["actor"])
    assert found[0] == found[1]
    with projects.open_existing(amal, "Amal") as project:
        (told,) = merging.merge(project, [bea]).conflicts
        assert told.startswith("bea.annotator: the actor “Newcomer” was deleted here, but")


@pytest.mark.parametrize("cell", ["{", "5", "null", "[5]", "[[{}]]", '[[["x"], null, null]]', "[[1, 2, 3]]"])  # fmt: skip
@pytest.mark.parametrize("is_seen", [False, True])
def test_a_file_with_a_damaged_affiliation_is_refused(
    paths: list[Path], cell: str, is_seen: bool
) -> None:
    amal, bea, _ = paths
    spoil(bea, "affiliations = ? WHERE name = 'Speaker of The port'", cell)
    if is_seen:
        act(amal, made_one("Harbour Union", "Port authority"))
    with projects.open_existing(amal, "Amal") as project:
        before = dump(project)
        with pytest.raises(BadInput, match=r"bea\.annotator is damaged: its actor"):
            merging.merge(project, [bea])
        assert dump(project) == before


@pytest.mark.parametrize("cell", ["{", "{}", "[]", "5", '{"id": 1}'])
def test_a_file_with_a_damaged_history_is_refused(paths: list[Path], cell: str) -> None:
    amal, bea, _ = paths
    act(bea, lambda project: mark(project, 0, "The port"))
    with closing(sqlite3.connect(bea)) as db, db:
        db.execute("UPDATE change SET after = ?", (cell,))
    with projects.open_existing(amal, "Amal") as project:
        before = dump(project)
        with pytest.raises(BadInput, match=r"bea\.annotator is damaged: what its history says"):
            merging.merge(project, [bea])
        assert dump(project) == before


def test_an_actor_merged_into_itself_stands(paths: list[Path]) -> None:
    amal, bea, _ = paths
    act(bea, lambda project: mark(project, 0, "The port"))
    spoil(bea, "retired = 1, merged_into = id WHERE name = ?", "The port")
    with projects.open_existing(amal, "Amal") as project:
        report = merging.merge(project, [bea])
        assert report.notes == ["bea.annotator: “The port” was merged into itself; it stands"]
        assert mentioned(project) == ["The port"]
        assert not_in_the_book(project) == []


def spoil(path: Path, what: str, value: str) -> None:
    """Damage entries of the actor book in a file, past all rules and the journal."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE actor SET {what}", (value,))


def test_a_file_of_any_name_comes_again_after_a_merge_was_taken_back(paths: list[Path]) -> None:
    amal, bea, _ = paths
    act(bea, lambda project: actor_entries.rename(project, by_name(project, "The port").id, "Dock"))
    file = bea.with_name("February into March.annotator")
    shutil.copyfile(bea, file)
    with projects.open_existing(amal, "Amal") as project:
        merging.merge(project, [file])
        after = dump(project)["actor"]
        history.undo(project)
        report = merging.merge(project, [file])
        assert (report.counts["changed"], report.conflicts) == ({"actor": 1}, [])
        assert dump(project)["actor"] == after


def test_it_goes_slice_by_slice(paths: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    amal, bea, _ = paths
    for start in range(0, 60, 10):
        act(bea, lambda project, start=start: mark(project, start, "The port"))  # type: ignore[misc]
    act(amal, made_one("Port authority", "The port"))
    counts = []
    for batch in (50, 1):
        monkeypatch.setattr(slices, "BATCH", batch)
        with projects.open_existing(bea, "Bea") as project:
            counts.append(driven(merging.merge_steps(project, [amal], merging.Report())))
            assert mentioned(project) == ["Port authority"] * 6
            history.undo(project)
    assert counts[1] >= counts[0] + 5


def test_what_is_to_be_done_is_counted_sorted_and_forgotten_slice_by_slice(
    paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amal, bea, _ = paths
    for start in range(0, 60, 10):
        act(bea, lambda project, start=start: mark(project, start, "The port"))  # type: ignore[misc]
    counts, found = [], []
    for many in (1000, 1):
        for module in (merging, merge_report):
            monkeypatch.setattr(module, "MANY", many)
        path = tmp_path / f"{many}.annotator"
        shutil.copyfile(amal, path)
        with projects.open_existing(path, "Amal") as project:
            counts.append(driven(merging.merge_steps(project, [bea], merging.Report())))
            found.append(who(project))
    assert counts[1] >= counts[0] + 3 * 6
    assert found[0] == found[1]
    assert len(found[0]) == 6


class Hand:
    """Does what touches the actor book and those who stand for its entries, chosen by chance."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        self.project = project
        self.chance = chance
        self.first = len(history.entries(project))

    def act(self) -> None:
        """Do something; what the rules refuse is left."""
        acts = (self.mark, self.mark, self.merge, self.merge, self.belong, self.retire, self.who, self.undo)  # fmt: skip
        try:
            self.chance.choice(acts)()
        except Problem:
            return

    @property
    def entry(self) -> Id:
        """Some entry in use."""
        return self.chance.choice(recognising.book(self.project)).id

    def mark(self) -> None:
        start = self.chance.randrange(100)
        outcome = marking.mark(
            self.project, article_id(self.project), [(start, start + 5)], "actor"
        )
        made: Id = outcome.changes[0].after.id  # type: ignore[union-attr]
        actor_book.assign(self.project, made, self.entry)

    def who(self) -> None:
        own = marks.of_article(self.project.db, article_id(self.project), self.project.annotator.id)
        if own:
            actor_book.assign(self.project, self.chance.choice(own).id, self.entry)

    def merge(self) -> None:
        actor_merging.merge(self.project, self.entry, [self.entry])

    def belong(self) -> None:
        actor_entries.set_affiliations(self.project, self.entry, [Affiliation(self.entry)])

    def retire(self) -> None:
        if len(recognising.book(self.project)) > 1:
            actor_entries.retire(self.project, self.entry)

    def undo(self) -> None:
        if len(history.entries(self.project)) > self.first:
            history.undo(self.project)


def worked_in(folder: Path, seed: int, files: int, acts: int) -> list[Path]:
    """Return copies of one project in which their owners worked apart."""
    chance = random.Random(seed)
    with make_project(folder, STORY) as project:
        for name in ("A", "B", "C", "D"):
            actor_entries.create(project, name)
        hand = Hand(project, chance)
        for _ in range(4):
            hand.act()
        base = project.path
    copies = []
    for number in range(files):
        path = folder / f"copy{number}.annotator"
        shutil.copyfile(base, path)
        with projects.open_existing(path, f"Person {number}") as project:
            hand = Hand(project, chance)
            for _ in range(acts):
                hand.act()
        copies.append(path)
    return copies


def is_contested(paths: list[Path]) -> bool:
    """Tell whether two people changed one entry of the actor book.

    Entries carry no moment of change, and a project keeps only what stood of two such words. Where
    a third file comes in, the order may matter then.
    """
    changed: list[set[str]] = []
    for path in paths:
        with projects.open_existing(path, "Lead") as project:
            sql = (
                "SELECT record FROM change JOIN step ON step.number = change.step "
                "LEFT JOIN annotator ON annotator.id = step.annotator "
                # Who undid all they did is no longer in the file.
                "WHERE kind = 'actor' AND annotator.name IS NOT 'Amal'"
            )
            changed.append({record for (record,) in project.db.execute(sql)})
    return any(one & other for one, other in itertools.combinations(changed, 2))


@settings(max_examples=16)
@given(seed=st.integers(0, 2**32), files=st.integers(2, 3), acts=st.integers(1, 9))
def test_however_files_are_merged_every_mark_stands_for_an_entry_in_the_book(
    tmp_path_factory: pytest.TempPathFactory, seed: int, files: int, acts: int
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    paths = worked_in(folder, seed, files, acts)
    same_everywhere = files == 2 or not is_contested(paths)
    found = []
    for number, order in enumerate(itertools.permutations(paths)):
        path = folder / str(number) / "all.annotator"
        path.parent.mkdir()
        shutil.copyfile(order[0], path)
        with projects.open_existing(path, "Lead") as project:
            before = dump(project)
            trial = merging.merge(project, order[1:], dry_run=True)
            assert dump(project) == before
            report = merging.merge(project, order[1:])
            assert replace(report, dry_run=True) == trial
            assert not_in_the_book(project) == []
            after = dump(project)
            if report.changes_anything:
                history.undo(project)
                assert dump(project) == before
                history.redo(project)
            if same_everywhere:
                for other in paths:
                    assert not merging.merge(project, [other]).changes_anything
            assert dump(project) == after
            found.append(who(project))
    if not same_everywhere:
        return
    assert found == [found[0]] * len(found)
    for own in paths:
        with projects.open_existing(own, "Lead") as project:
            merging.merge(project, [path])
            assert who(project) == found[0]
            assert not_in_the_book(project) == []
