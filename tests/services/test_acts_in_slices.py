"""Acts on very many records: slice by slice they give what they give at once, and leave nothing when they are stopped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path as File
from typing import Any

import pytest

from annotator.domain import slices
from annotator.domain.codebook import Code, Definition
from annotator.domain.codebook_edits import Path, item, put
from annotator.domain.fragment import cut
from annotator.domain.identity import Id, derived_id
from annotator.domain.mark import Suggester
from annotator.domain.slices import whole
from annotator.domain.suggestion import Suggestion
from annotator.services import (
    actor_book,
    actor_merging,
    adjudication,
    answering,
    checking,
    codebook_editing,
    duplicate_groups,
    history,
    judging,
    marking,
    propagating,
    reading,
    rechecking,
    recognising,
    standing,
    states,
    value_editing,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import articles, marks, rows, suggestions
from tests.services.test_random_acts import dump
from tests.support.material import make_project

TIMES = 8
TEXT = "Amal spoke. " * TIMES
OTHER = "Nobody was there.\n"
OPPOSE = Path("claim", "stance", "oppose")

Act = Callable[[Project], Generator[Any, None, object]]


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "BATCH", 2)
    monkeypatch.setattr(rows, "LOOKED_AT", 5)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> File:
    """A closed project in which Amal and Bea marked eight names and claims alike, and more waits."""
    folder = tmp_path_factory.mktemp("kept")
    with make_project(folder, TEXT, TEXT, OTHER, OTHER, OTHER) as project:
        first, second, *_ = listed(project)
        whole(duplicate_groups.group.slices(project, [[first, second]]))
        mark_all(project, first.id)
        names = of_layer(project, "actor")
        for name, some in (("Amal Haddad", names[:4]), ("Amal Noor", names[4:6])):
            actor_book.assign_all_new(project, some, name)
        book = project.codebook
        meant = replace(item(book, OPPOSE), definition=Definition("Only plainly."))  # type: ignore[arg-type]
        codebook_editing.apply(project, put(book, OPPOSE, meant))
        with project.step("Suggest") as ticket:
            ticket.write.add(list(suggested(project, second.id)))
        states.finish(project, first.id)
    with projects.open_existing(project.path, "Bea") as other:
        mark_all(other, first.id)
        states.finish(other, first.id)
    return project.path


def listed(project: Project) -> list[Any]:
    return [one.article for one in reading.list_articles(project)]


def mark_all(project: Project, article: Id) -> None:
    """Mark every name and every sentence of an article."""
    for start in range(0, len(TEXT), len(TEXT) // TIMES):
        marking.mark(project, article, [(start, start + 4)], "actor")
        marking.mark(project, article, [(start, start + 10)], "claim", {"stance": "oppose"})


def suggested(project: Project, article: Id) -> Generator[Suggestion, None, None]:
    for start in range(0, len(TEXT), len(TEXT) // TIMES):
        for layer, length in (("actor", 4), ("claim", 10)):
            yield Suggestion(
                project.file.new_id(),
                article,
                layer,
                (cut(TEXT, start, start + length),),
                Suggester("rules", "1"),
                project.file.clock(),
                {"stance": "oppose"} if layer == "claim" else {},
            )


def of_layer(project: Project, layer: str) -> list[Id]:
    """Return Amal's own marks of a layer, in reading order."""
    article = listed(project)[0].id
    own = marks.of_article(project.db, article, project.annotator.id)
    return [mark.id for mark in own if mark.layer == layer]


def entries(project: Project) -> list[Id]:
    return [one.actor.id for one in standing.read(project).lines()]


def waiting(project: Project, layer: str) -> list[Id]:
    return [one.id for one in suggestions.waiting(project.db) if one.layer == layer]


def ungrouped(project: Project) -> list[Any]:
    return [one for one in articles.all(project.db) if not one.duplicate_group]


def split_value(project: Project) -> Generator[Any, None, object]:
    given = dict.fromkeys(of_layer(project, "claim"), "doubt")
    parts = [Code("doubt"), Code("refusal")]
    return value_editing.split_code.slices(project, OPPOSE, parts, given)


def split_actor(project: Project) -> Generator[Any, None, object]:
    ids = of_layer(project, "actor")[:3]
    return actor_merging.split.slices(project, entries(project)[0], ids, "Amal Aziz")


ACTS: dict[str, Act] = {
    "rename a value": lambda project: value_editing.rename_code.slices(project, OPPOSE, "against"),
    "merge values": lambda project: value_editing.merge_codes.slices(
        project, replace(OPPOSE, code="support"), ["oppose"]
    ),
    "split a value": split_value,
    "recheck": lambda project: rechecking.confirm.slices(project, rechecking.rechecks(project)[0]),
    "merge actors": lambda project: actor_merging.merge.slices(
        project, entries(project)[1], entries(project)[:1]
    ),
    "split an actor": split_actor,
    "tie mentions": lambda project: actor_book.assign_all.slices(
        project, of_layer(project, "actor"), entries(project)[1]
    ),
    "make an actor": lambda project: actor_book.assign_all_new.slices(
        project, of_layer(project, "actor")
    ),
    "accept what is agreed": lambda project: adjudication.accept_agreed.slices(
        project, judging.judged(project)
    ),
    "accept suggestions": lambda project: answering.accept_all.slices(
        project, waiting(project, "claim")
    ),
    "group copies": lambda project: duplicate_groups.group.slices(project, [ungrouped(project)]),
    "copy marks": lambda project: propagating.propagate.slices(project, listed(project)[0].id),
}


def opened(kept: File, folder: File, name: str) -> Project:
    """Open a copy of the project in which ids and times come out the same every time."""
    path = folder / f"{name}.annotator"
    shutil.copyfile(kept, path)
    ids, times = count(), count()
    return projects.open_existing(
        path,
        "Amal",
        ids=lambda: derived_id("new", str(next(ids))),
        clock=lambda: f"2030-01-01T00:00:00.{next(times):03d}Z",
    )


def steps(project: Project) -> list[tuple[str, str]]:
    return [(one.step.name, one.step.state.value) for one in history.entries(project)]


@pytest.mark.parametrize("name", ACTS)
def test_slices_of_any_size_give_the_same(
    kept: File, tmp_path: File, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with opened(kept, tmp_path, "small") as project:
        before = dump(project)
        whole(ACTS[name](project))
        found, said = dump(project), steps(project)
        assert checking.problems(project) == []
        history.undo(project)
        assert dump(project) == {**before, "annotator": dump(project)["annotator"]}
    monkeypatch.setattr(slices, "BATCH", 1000)
    monkeypatch.setattr(rows, "LOOKED_AT", 1000)
    with opened(kept, tmp_path, "large") as project:
        whole(ACTS[name](project))
        assert (dump(project), steps(project)) == (found, said)
    assert found != before


@pytest.mark.parametrize("name", ACTS)
def test_who_stops_anywhere_finds_everything_as_it_was(
    kept: File, tmp_path: File, name: str
) -> None:
    with opened(kept, tmp_path, "stopped") as project:
        before, said, book = dump(project), steps(project), project.codebook
        taken = 1
        while True:
            act = ACTS[name](project)
            if len(list(islice(act, taken))) < taken:
                break
            act.close()
            assert (dump(project), steps(project)) == (before, said)
            assert project.codebook == book
            taken += 1
        assert taken > 3
        assert steps(project) != said
        assert checking.problems(project) == []


def test_what_was_read_meanwhile_is_not_kept_when_it_is_stopped(kept: File, tmp_path: File) -> None:
    with opened(kept, tmp_path, "read") as project:
        before = recognising.book(project)
        act = ACTS["merge actors"](project)
        next(act)
        assert recognising.book(project) != before
        act.close()
        assert recognising.book(project) == before


def test_how_many_records_a_change_of_values_touches(
    kept: File, tmp_path: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(kept, tmp_path, "touched") as project:
        claims = 2 * TIMES + TIMES
        assert value_editing.touched(project, OPPOSE, ["oppose"]) == claims
        assert value_editing.touched(project, OPPOSE, ["neutral"]) == TIMES
        monkeypatch.setattr(value_editing, "COUNTED", 10)
        assert value_editing.touched(project, OPPOSE, ["neutral"]) == 6 * TIMES
