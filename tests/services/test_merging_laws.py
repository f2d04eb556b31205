"""Merging as a law: any order gives the same project, twice gives nothing new, nothing is lost or doubled."""

from __future__ import annotations

import itertools
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import Problem
from annotator.services import actor_entries, checking, history, merging, recognising
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store.kinds import TABLES
from tests.services.test_random_acts import ACTS, TEXTS, Hand, dump
from tests.support.material import make_project


class Apart(Hand):
    """Gives every actor a name of its own.

    Entries of the actor book carry no moment of change. Where three people rename one entry, two of
    them alike, and one of the two once more, the order of files may matter.
    """

    def act(self) -> None:
        """Do something."""
        before = dump(self.project)
        act = self.chance.choice(ACTS)
        try:
            self.rename() if act is Hand.rename else act(self)
        except Problem:
            assert dump(self.project) == before

    def rename(self) -> None:
        found = recognising.book(self.project)
        if found:
            name = f"Name {self.chance.random()}"
            actor_entries.rename(self.project, self.chance.choice(found).id, name)


State = dict[str, list[tuple[object, ...]]]

CODED = ("mark", "link", "state")


def content(project: Project) -> State:
    """Return every record of a project, without the number of the codebook version it was made under.

    Versions are numbered in the order they came, and a codebook that has everything of two gets
    the number after them; what it says is compared in a test of its own.
    """
    found: State = {}
    for kind, rows in dump(project).items():
        if kind != "codebook":
            columns = TABLES[kind].columns
            keep = [number for number, name in enumerate(columns) if name != "codebook_version"]
            found[kind] = sorted((tuple(row[number] for number in keep) for row in rows), key=repr)
    return found


def replicas(folder: Path, seed: int, acts: int, *, own_names: bool) -> list[Path]:
    """Return three files that began as one project and were worked in apart."""
    chance = random.Random(seed)
    with make_project(folder, *TEXTS) as project:
        hand = Apart(project, chance)
        for _ in range(8):
            hand.act()
        base = project.path
    paths = []
    for number in range(3):
        path = folder / f"replica{number}.annotator"
        shutil.copyfile(base, path)
        with projects.open_existing(path, f"Person {number}" if own_names else "Amal") as project:
            hand = Apart(project, chance)
            for _ in range(acts):
                hand.act()
                if chance.random() < 0.15 and len(history.entries(project)) > 12:
                    _undo_own(project)
        paths.append(path)
    return paths


def _undo_own(project: Project) -> None:
    """Take back the last act if it was made in this copy."""
    step = history.next_undo(project)
    if step and step.number > 10:
        try:
            history.undo(project)
        except Problem:
            return


def merged(folder: Path, order: tuple[Path, ...]) -> Project:
    """Return the first file with the others merged into it, one after the other."""
    path = folder / "".join(part.stem[-1] for part in order) / "merged.annotator"
    path.parent.mkdir()
    shutil.copyfile(order[0], path)
    project = projects.open_existing(path, "Lead")
    for other in order[1:]:
        merging.merge(project, [other])
    return project


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32), acts=st.integers(0, 14), own_names=st.booleans())
def test_every_order_gives_the_same_project(
    tmp_path_factory: pytest.TempPathFactory, seed: int, acts: int, own_names: bool
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    paths = replicas(folder, seed, acts, own_names=own_names)
    results = []
    for order in itertools.permutations(paths):
        project = merged(folder, order)
        assert checking.problems(project) == []
        results.append(content(project))
        before = dump(project)
        for other in paths:
            report = merging.merge(project, [other])
            assert not report.changes_anything, report.counts
        assert dump(project) == before
        project.close()
    first = {name: rows for name, rows in results[0].items() if name != "annotator"}
    for other_result in results[1:]:
        assert {name: other_result[name] for name in first} == first


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32), acts=st.integers(1, 14))
def test_no_mark_is_lost_and_none_is_doubled(
    tmp_path_factory: pytest.TempPathFactory, seed: int, acts: int
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    paths = replicas(folder, seed, acts, own_names=True)
    made: dict[str, set[str]] = {}
    for number, path in enumerate(paths):
        with projects.open_existing(path) as project:
            sql = (
                "SELECT mark.id FROM mark JOIN annotator ON annotator.id = annotator WHERE name = ?"
            )
            made[path.name] = {id for (id,) in project.db.execute(sql, (f"Person {number}",))}
    with merged(folder, tuple(paths)) as project:
        ids = [id for (id,) in project.db.execute("SELECT id FROM mark")]
    assert len(ids) == len(set(ids))
    for own in made.values():
        assert own <= set(ids)


@settings(max_examples=4)
@given(seed=st.integers(0, 2**32), acts=st.integers(1, 10))
def test_one_undo_takes_a_merge_back(
    tmp_path_factory: pytest.TempPathFactory, seed: int, acts: int
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    first, *others = replicas(folder, seed, acts, own_names=True)
    with projects.open_existing(first, "Lead") as project:
        before = dump(project)
        trial = merging.merge(project, others, dry_run=True)
        assert dump(project) == before
        report = merging.merge(project, others)
        assert (report.counts, report.conflicts) == (trial.counts, trial.conflicts)
        after = dump(project)
        if report.changes_anything:
            history.undo(project)
            assert dump(project) == before
            history.redo(project)
        assert dump(project) == after


@settings(max_examples=4)
@given(seed=st.integers(0, 2**32), acts=st.integers(1, 10), own_names=st.booleans())
def test_a_merge_that_was_taken_back_is_as_if_it_had_never_been(
    tmp_path_factory: pytest.TempPathFactory, seed: int, acts: int, own_names: bool
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    first, *others = replicas(folder, seed, acts, own_names=own_names)
    untouched = folder / "untouched.annotator"
    shutil.copyfile(first, untouched)
    with projects.open_existing(first, "Lead" if own_names else "Amal") as project:
        if not merging.merge(project, others).changes_anything:
            return
        after = coded(project)
        history.undo(project)
        merging.merge(project, others)
        assert coded(project) == after
        history.undo(project)
    for other in others:
        results = []
        for number, file in enumerate((untouched, first)):
            path = folder / f"{other.stem}-{number}.annotator"
            shutil.copyfile(other, path)
            with projects.open_existing(path) as project:
                merging.merge(project, [file])
                results.append(coded(project))
        assert results[0] == results[1]


def coded(project: Project) -> State:
    """Return what people made, of all that a project holds."""
    return {kind: rows for kind, rows in content(project).items() if kind in CODED}
