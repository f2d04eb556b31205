"""A damaged project is opened, repaired or declined; no mark goes without being named."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from annotator.domain.errors import Problem
from annotator.services import checking, history, marking, repairing
from annotator.services import project as projects
from annotator.store.refusals import CannotOpen, Damaged
from tests.support.damage import words_of, worked_on


def change(path: Path, *statements: str) -> None:
    """Change a project behind its back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def repaired(path: Path) -> tuple[repairing.Repaired, Path | None, set[tuple[str, str]]]:
    """Repair a project and prove the copy whole."""
    before = path.read_bytes()
    made, lost = repairing.repair(path)
    assert path.read_bytes() == before
    with projects.open_existing(made.path) as project:
        assert checking.problems(project) == []
        return made, lost, words_of(project)


def original_words(path: Path) -> set[tuple[str, str]]:
    with projects.open_existing(path) as project:
        return words_of(project)


def test_a_whole_project_is_copied_as_it_is(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    words = original_words(path)
    made, lost, kept = repaired(path)
    assert kept == words
    assert lost is None
    assert made.notes == []
    with projects.open_existing(made.path) as project:
        step = history.next_undo(project, anybody=True)
        assert step
        assert step.name != "Repair the project"


def test_a_row_that_is_gone_comes_back_from_the_journal(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    words = original_words(path)
    change(path, "PRAGMA foreign_keys=OFF", "DELETE FROM link", "DELETE FROM mark")
    made, lost, kept = repaired(path)
    assert kept == words
    assert made.from_journal == 9 + 6
    assert lost is None


def test_a_mark_whose_place_was_moved_is_put_right(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    words = original_words(path)
    change(
        path, "UPDATE mark SET fragments = replace(fragments, '[[', '[[9') WHERE layer = 'actor'"
    )
    change(path, "UPDATE mark SET fragments = '[]' WHERE layer = 'claim'")
    _, _, kept = repaired(path)
    assert kept == words


def test_a_journal_with_gaps_is_kept_to_read_but_not_to_undo(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    words = original_words(path)
    change(path, "PRAGMA foreign_keys=OFF", "DELETE FROM change WHERE step = 5")
    made, _, kept = repaired(path)
    assert kept == words
    assert any("no longer be undone" in note for note in made.notes)
    with projects.open_existing(made.path) as project:
        assert history.next_undo(project, anybody=True) is None
        names = [entry.step.name for entry in history.entries(project)]
        assert names[0] == "Repair the project"
        assert names[-1] == "New project"
        article = project.db.execute("SELECT id FROM article").fetchone()[0]
        marking.mark(project, article, [(0, 3)], "actor")
        history.undo(project)
        assert words_of(project) == words
        assert checking.problems(project) == []


def test_what_cannot_be_kept_is_in_a_file_to_read(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    connection = sqlite3.connect(path)
    mark, article = connection.execute(
        "SELECT id, article FROM mark WHERE layer = 'claim'"
    ).fetchone()
    connection.close()
    change(
        path,
        "PRAGMA foreign_keys=OFF",
        f"UPDATE mark SET fragments = replace(fragments, 'We will not', 'We shall xx') WHERE id = '{mark}'",
        f"UPDATE change SET after = replace(after, 'We will not', 'We shall xx'), "
        f"before = replace(before, 'We will not', 'We shall xx') WHERE record = '{mark}'",
    )
    made, lost, kept = repaired(path)
    assert mark not in {id for id, _ in kept}
    assert lost is not None
    found = json.loads(lost.read_text(encoding="utf-8"))
    told = next(item for item in found if item["key"] == mark)
    assert "not those of the text" in told["why"]
    assert "We shall xx go back" in json.dumps(told["data"])
    assert any(item["kind"] == "link" for item in found)
    assert made.kept["article"] == 3
    assert article


def test_a_damaged_text_comes_from_a_backup(tmp_path: Path) -> None:
    from annotator.services import backups

    path = worked_on(tmp_path)
    with projects.open_existing(path) as project:
        words = words_of(project)
        assert backups.make(project)
    change(
        path,
        "DROP TRIGGER text_is_frozen",
        "UPDATE text SET body = replace(body, 'harbour', 'habrour')",
    )
    with pytest.raises(Damaged):
        projects.open_existing(path)
    made, _, kept = repaired(path)
    assert kept == words
    assert any("taken from a backup" in note for note in made.notes)


def test_a_strangers_trigger_and_view_are_left_behind(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    words = original_words(path)
    change(
        path,
        "CREATE TRIGGER evil AFTER INSERT ON mark BEGIN DELETE FROM link; END",
        "CREATE VIEW everything AS SELECT * FROM mark",
    )
    with pytest.raises(CannotOpen, match="did not make"):
        projects.open_existing(path)
    _, _, kept = repaired(path)
    assert kept == words


def test_a_view_in_the_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    words = original_words(path)
    change(
        path,
        "PRAGMA foreign_keys=OFF",
        "ALTER TABLE mark RENAME TO hidden",
        "CREATE VIEW mark AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n",
    )
    _, _, kept = repaired(path)
    assert kept == words


def test_nothing_to_read_is_declined_in_a_sentence(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    path.write_bytes(path.read_bytes()[:100] + b"\xaa" * 50_000)
    with pytest.raises(Damaged, match="open a backup"):
        repairing.repair(path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_lose_no_mark_unnamed(tmp_path: Path, seed: int) -> None:
    path = worked_on(tmp_path, articles=2)
    words = original_words(path)
    chance = random.Random(seed)
    raw = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 3, 20))):
        raw[chance.randrange(100, len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)
    survives(path, words)


@pytest.mark.parametrize("seed", range(15))
def test_a_truncated_file_loses_no_mark_unnamed(tmp_path: Path, seed: int) -> None:
    path = worked_on(tmp_path, articles=2)
    words = original_words(path)
    raw = path.read_bytes()
    path.write_bytes(raw[: random.Random(seed).randrange(len(raw))])
    survives(path, words, complete=False)


def survives(path: Path, words: set[tuple[str, str]], *, complete: bool = True) -> None:
    """Make sure that a damaged project opens whole, is repaired, or is declined in a sentence."""
    try:
        with projects.open_existing(path) as project:
            if not checking.problems(project):
                assert words_of(project) == words
                return
    except CannotOpen as problem:
        sentences = [str(problem)]
    else:
        sentences = []
    try:
        made, lost = repairing.repair(path)
    except Problem as problem:
        sentences.append(str(problem))
        assert all(sentence.endswith(".") for sentence in sentences)
        return
    with projects.open_existing(made.path) as project:
        assert checking.problems(project) == []
        kept = words_of(project)
    told = lost.read_text(encoding="utf-8") if lost else ""
    for id, text in words - kept:
        assert id in told or made.notes, (id, text)


def test_a_project_of_an_older_version_is_repaired_into_this_one(tmp_path: Path) -> None:
    path = tmp_path / "study.annotator"
    shutil.copyfile(Path(__file__).with_name("data") / "v1.annotator", path)
    change(path, "DROP INDEX mark_by_article")
    made, lost, kept = repaired(path)
    assert (len(kept), lost, made.notes) == (6, None, [])
