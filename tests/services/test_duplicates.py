"""Copies are found by their words, noted on import, grouped in one step, and undone."""

from __future__ import annotations

import json
import random
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Article
from annotator.domain.errors import Problem, Refused
from annotator.domain.identity import derived_id
from annotator.domain.slices import whole
from annotator.domain.text import sha256_of
from annotator.services import (
    checking,
    duplicate_groups,
    duplicates,
    duplicates_words,
    history,
    importing,
    merging,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import apart, articles
from annotator.store import shingles as index
from tests.bench.corpus import text_of
from tests.support.copying import EDITS, cut
from tests.support.material import make_project


def write(folder: Path, texts: list[tuple[str, str | None]], name: str = "wire.jsonl") -> Path:
    """Write articles with the day each was published as a file to import."""
    path = folder / name
    with path.open("w", encoding="utf-8") as file:
        for number, (text, day) in enumerate(texts):
            meta = {"title": f"{name} {number}", "published": day}
            line = {
                "format": "annotator/1", "id": derived_id(name, str(number)), "text": text,
                "text_sha256": sha256_of(text), "meta": meta, "annotator": None,
            }  # fmt: skip
            file.write(json.dumps(line) + "\n")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path)
    with made:
        yield made


def titles(groups: tuple[tuple[Article, ...], ...]) -> list[list[str]]:
    return [[one.title for one in group] for group in groups]


def test_every_kind_of_copy_is_found_and_nothing_else(project: Project, tmp_path: Path) -> None:
    chance = random.Random(11)
    originals = [text_of(chance, 1500) for _ in range(24)]
    texts = [(text, "2026-05-04") for text in originals]
    copied = originals[: len(EDITS)]
    texts += [
        (edit(text, chance), "2026-05-05")
        for text, edit in zip(copied, EDITS.values(), strict=True)
    ]
    importing.import_all(project, [write(tmp_path, texts)])
    found = duplicates.find(project)
    assert sorted(titles(found.groups)) == sorted(
        [f"wire.jsonl {number}", f"wire.jsonl {24 + number}"] for number in range(len(EDITS))
    )
    assert found.doubtful == ()


def test_a_third_is_asked_about_and_less_is_none(project: Project, tmp_path: Path) -> None:
    chance = random.Random(3)
    text = text_of(chance, 3000)
    third = cut(0.3)(text, chance) + "\n" + text_of(chance, 2000)
    tenth = cut(0.1)(text, chance) + "\n" + text_of(chance, 2700)
    importing.import_all(project, [write(tmp_path, [(text, None), (third, None), (tenth, None)])])
    found = duplicates.find(project)
    assert found.groups == ()
    (pair,) = found.doubtful
    assert 0.2 <= pair.containment < 0.5
    lines = duplicates_words.in_words(found)
    assert lines[0] == "0 groups of copies with 0 articles; 1 pair to look at."
    assert "in common: “wire.jsonl 0” and “wire.jsonl 1”" in lines[1]


def test_the_days_between_count(project: Project, tmp_path: Path) -> None:
    text = text_of(random.Random(1), 1200)
    days = ["2026-05-01", "2026-05-20"]
    source = write(tmp_path, [(text + f" {day} {day}", day) for day in days])
    assert importing.import_all(project, [source]).notes == []
    assert duplicates.find(project).groups == ()
    assert duplicates.find(project, days=19).groups
    assert duplicates.find(project, days=None).groups


def test_who_does_not_want_to_look_is_told(project: Project, tmp_path: Path) -> None:
    text = text_of(random.Random(1), 1200)
    source = write(tmp_path, [(text, None), (text + "\nAnd so on.", None)])
    report = importing.import_all(project, [source], copies=False)
    assert report.details() == [
        "wire.jsonl: 2 new articles were not compared: search for copies when you have time."
    ]
    assert report.refused == []
    assert duplicates.find(project).groups


def test_a_trial_of_many_leaves_the_search_to_the_import(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_TRIED", 1)
    text = text_of(random.Random(1), 1200)
    source = write(tmp_path, [(text, None), (text + "\nAnd so on.", None)])
    tried = importing.import_all(project, [source], dry_run=True)
    assert tried.details() == ["wire.jsonl: 2 new articles are compared when they are imported."]
    (told,) = importing.import_all(project, [source]).details()
    assert "is a copy of" in told


def test_an_import_of_many_is_compared_in_batches(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts are read by the handful and written by the batch, and none is passed over."""
    monkeypatch.setattr(index, "READ", 2)
    monkeypatch.setattr(duplicates, "BATCH", 300)
    texts = [text_of(random.Random(number), 900) for number in range(9)]
    source = write(tmp_path, [(text, None) for text in (*texts, texts[0] + "\nAnd so on.")])
    (told,) = importing.import_all(project, [source]).details()
    assert "is a copy of" in told
    assert index.count_missing(project.db) == 0
    assert len(index.sizes(project.db)) == 10


def test_an_import_notes_copies_of_what_was_there(project: Project, tmp_path: Path) -> None:
    text = text_of(random.Random(1), 1200)
    importing.import_all(project, [write(tmp_path, [(text, None)], "first.jsonl")])
    report = importing.import_all(
        project, [write(tmp_path, [(text + "\nAnd so on.", None)], "second.jsonl")]
    )
    assert report.details() == [
        "second.jsonl 0: is a copy of “first.jsonl 0” (100 % of the shorter one is shared)."
    ]
    assert report.refused == []
    assert [one.duplicate_group for one in articles.all(project.db)] == [None, None]


def test_few_new_prints_are_looked_up_in_any_shares(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = text_of(random.Random(4), 900)
    importing.import_all(
        project, [write(tmp_path, [(story, None), (story + "\nAnd so on.", None)])]
    )
    hashes = project.db.execute("SELECT DISTINCT hash FROM shingle ORDER BY hash").fetchall()
    fresh = [hash for (hash,) in hashes]
    together = [pair for pair in index.pairs(project.db, 1, fresh) if pair]
    assert together
    monkeypatch.setattr(index, "AT_ONCE", 7)
    assert [pair for pair in index.pairs(project.db, 1, fresh) if pair] == together


def test_the_prints_of_texts_are_counted_in_any_shares(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text_of(random.Random(number), 300 + 100 * number) for number in range(5)]
    importing.import_all(project, [write(tmp_path, [(text, None) for text in texts])])
    sizes = {number: prints for number, (_, prints) in index.sizes(project.db).items()}
    for counted in (2, 5_000):
        monkeypatch.setattr(index, "COUNTED", counted)
        assert dict(enumerate(whole(index.prints_of(project.db)))) == {0: 0, **sizes}


def test_a_dry_run_and_an_undone_import_leave_the_index_right(
    project: Project, tmp_path: Path
) -> None:
    text = text_of(random.Random(1), 1200)
    source = write(tmp_path, [(text, None), (text + " And so on.", None)])
    dry = importing.import_all(project, [source], dry_run=True)
    assert len(dry.notes) == 1
    assert index.sizes(project.db) == {}
    importing.import_all(project, [source])
    history.undo(project)
    assert duplicates.find(project).groups == ()
    history.redo(project)
    assert len(duplicates.find(project).groups) == 1
    assert checking.problems(project) == []


def test_grouping_is_one_step_and_keeps_groups_that_were_there(
    project: Project, tmp_path: Path
) -> None:
    chance = random.Random(8)
    story, other = text_of(chance, 1200), text_of(chance, 1200)
    texts = [
        (story, None),
        (cut(0.7)(story, chance), None),
        (other, None),
        (cut(0.8)(other, chance), None),
    ]
    importing.import_all(project, [write(tmp_path, texts)])
    found = duplicates.find(project)
    assert len(found.ungrouped) == 2
    outcome = duplicate_groups.group(project, found.ungrouped)
    assert outcome.step
    assert outcome.step.name == "Group 4 copies"
    first, second, third, fourth = articles.all(project.db)
    assert first.duplicate_group == second.duplicate_group != third.duplicate_group
    assert third.duplicate_group == fourth.duplicate_group
    assert duplicates.find(project).ungrouped == ()
    assert duplicate_groups.group(project, duplicates.find(project).groups).step is None

    duplicate_groups.group(project, [[second, third]])
    assert len({one.duplicate_group for one in articles.all(project.db)}) == 1
    history.undo(project)
    history.undo(project)
    assert {one.duplicate_group for one in articles.all(project.db)} == {None}


def test_one_is_taken_out_of_its_group(project: Project, tmp_path: Path) -> None:
    chance = random.Random(8)
    story = text_of(chance, 1200)
    texts = [(story, None), (cut(0.7)(story, chance), None), (cut(0.9)(story, chance), None)]
    importing.import_all(project, [write(tmp_path, texts)])
    duplicate_groups.group(project, duplicates.find(project).groups)
    first, second, third = articles.all(project.db)
    assert duplicate_groups.members(project, second)[0].id == first.id
    duplicate_groups.part(project, second.id)
    left = [one.duplicate_group for one in articles.all(project.db)]
    assert left == [first.duplicate_group, None, first.duplicate_group]
    duplicate_groups.part(project, third.id)
    assert {one.duplicate_group for one in articles.all(project.db)} == {None}
    with pytest.raises(Refused, match="not called a copy"):
        duplicate_groups.part(project, third.id)


def test_a_story_everywhere_holds_together(project: Project, tmp_path: Path) -> None:
    chance = random.Random(2)
    story = text_of(chance, 900)
    texts = [(EDITS["5 % reworded"](story, chance), "2026-05-04") for _ in range(index.COMMON + 20)]
    importing.import_all(project, [write(tmp_path, texts)])
    (group,) = duplicates.find(project).groups
    assert len(group) == len(texts)


def test_small_and_large_searches_find_the_same(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(4)
    story = text_of(chance, 900)
    copies = [(EDITS["5 % reworded"](story, chance), None) for _ in range(7)]
    importing.import_all(project, [write(tmp_path, copies)])
    whole = duplicates.find(project)
    assert len(whole.pairs) == 21
    monkeypatch.setattr(index, "SHARE", 2)
    assert duplicates.find(project).pairs == whole.pairs
    monkeypatch.undo()
    monkeypatch.setattr(index, "MOST_PAIRS", 3)
    assert duplicates.find(project).pairs == whole.pairs


def test_many_texts_have_the_same_prints_as_few(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(6)
    texts: list[tuple[str, str | None]] = [(text_of(chance, 900), None) for _ in range(8)]
    importing.import_all(project, [write(tmp_path, texts)])

    def indexed() -> list[object]:
        list(duplicates.index_steps(project))
        sql = "SELECT hash, sha256 FROM shingle JOIN shingled ON number = text ORDER BY 1, 2"
        return project.db.execute(sql).fetchall()

    few = indexed()
    project.db.execute("DELETE FROM shingle")
    project.db.execute("DELETE FROM shingled")
    monkeypatch.setattr(duplicates, "MANY_TEXTS", 1)
    assert indexed() == few
    assert len(few) > 100


@given(st.lists(st.frozensets(st.integers(0, 2**60 - 1) | st.integers(0, 20), max_size=12)))
def test_prints_are_written_in_order(texts: list[frozenset[int]]) -> None:
    found = [(str(place), array("Q", sorted(prints))) for place, prints in enumerate(texts)]
    expected = sorted((hash, place) for place, prints in enumerate(texts) for hash in prints)
    assert [(both >> 24, both & 0xFFFFFF) for both in index._in_order(found)] == expected


def test_an_older_index_is_made_anew(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = text_of(random.Random(4), 900)
    source = write(tmp_path, [(story, None), (story + " more", None)])
    importing.import_all(project, [source])
    monkeypatch.setattr("annotator.analysis.shingles.VERSION", 99)
    assert len(duplicates.find(project).groups) == 1
    assert project.db.execute("SELECT DISTINCT version FROM shingled").fetchall() == [(99,)]


def test_a_search_can_be_cancelled(project: Project, tmp_path: Path) -> None:
    project.db.execute("DELETE FROM shingle")
    importing.import_all(project, [write(tmp_path, [(text_of(random.Random(4), 900), None)])])
    project.db.execute("DELETE FROM shingle")
    project.db.execute("DELETE FROM shingled")
    with pytest.raises(Problem, match="cancelled"):
        duplicates.find(project, tell=lambda *_: False)


def test_what_a_person_told_apart_is_not_asked_again(project: Project, tmp_path: Path) -> None:
    chance = random.Random(8)
    story = text_of(chance, 1200)
    texts = [(story, None), (cut(0.7)(story, chance), None), (cut(0.9)(story, chance), None)]
    importing.import_all(project, [write(tmp_path, texts)])
    duplicate_groups.group(project, duplicates.find(project).groups)
    first, second, third = articles.all(project.db)
    duplicate_groups.tell_apart(project, first.id, second.id)
    (group,) = duplicates.find(project).groups
    assert {one.id for one in group} == {first.id, third.id}
    assert checking.problems(project) == []

    history.undo(project)
    assert duplicates.find(project).groups[0][0].duplicate_group
    assert len(duplicates.find(project).groups[0]) == 3
    history.redo(project)
    duplicate_groups.group(project, [[first, second]])
    assert len(duplicates.find(project).groups[0]) == 3


def test_a_doubtful_pair_is_denied_once(project: Project, tmp_path: Path) -> None:
    chance = random.Random(3)
    text = text_of(chance, 3000)
    third = cut(0.3)(text, chance) + "\n" + text_of(chance, 2000)
    importing.import_all(project, [write(tmp_path, [(text, None), (third, None)])])
    (pair,) = duplicates.find(project).doubtful
    duplicate_groups.tell_apart(project, pair.one, pair.other)
    assert duplicates.find(project).doubtful == ()
    assert duplicate_groups.tell_apart(project, pair.other, pair.one).step is None


def test_what_somebody_else_told_apart_comes_along_in_a_merge(tmp_path: Path) -> None:
    chance = random.Random(8)
    story = text_of(chance, 1200)
    texts = [story, cut(0.7)(story, chance)]
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        with make_project(tmp_path / name, *texts, annotator=name, name=name) as made:
            one, other = articles.all(made.db)
            if name == "theirs":
                duplicate_groups.tell_apart(made, one.id, other.id)
    with projects.open_existing(tmp_path / "ours" / "ours") as project:
        merging.merge(project, [tmp_path / "theirs" / "theirs.annotator"])
        assert duplicates.find(project).groups == ()
        assert apart.pairs(project.db) == {frozenset(one.id for one in articles.all(project.db))}
        assert checking.problems(project) == []
        history.undo(project)
        assert len(duplicates.find(project).groups) == 1
