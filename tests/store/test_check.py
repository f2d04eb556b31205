"""Check names every kind of damage, made here by raw SQL on a copy, and nothing in a whole project."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.link import Voice
from annotator.services import actor_book, checking, linking, marking, reading, states
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store.connection import Database
from tests.support.material import STORY, make_project

DROP_TEXT_GUARD = "DROP TRIGGER text_is_frozen"
PUT_TEXT_GUARD_BACK = (
    "CREATE TRIGGER text_is_frozen BEFORE UPDATE ON text "
    "BEGIN SELECT RAISE(ABORT, 'an article text is never changed'); END"
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project with every kind of record in it."""
    folder = tmp_path_factory.mktemp("whole")
    with make_project(folder, STORY, "Another article.\n") as project:
        fill(project)
        assert checking.problems(project) == []
        return project.path


def fill(project: Project) -> None:
    """Make marks, links, an actor and verdicts."""
    first = reading.list_articles(project)[0].article
    ids = {}
    for words, layer in (
        ("Amal Haddad", "actor"), ("We will not go back", "claim"), ("said", "cue"), ("insult", "sentiment"),
    ):  # fmt: skip
        start = STORY.index(words)
        outcome = marking.mark(project, first.id, [(start, start + len(words))], layer)
        ids[layer] = outcome.changes[0].after.id  # type: ignore[union-attr]
    linking.tie(project, ids["claim"], "source", ids["actor"])
    linking.tie(project, ids["claim"], "cue", ids["cue"])
    linking.tie(project, ids["sentiment"], "holder", Voice.AUTHOR)
    actor_book.assign_new(project, ids["actor"])
    marking.add_fragment(project, ids["claim"], [(0, 4)])
    states.set_verdict(project, first.id, ["actor"], Verdict.DONE)


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy of it to be damaged."""
    path = tmp_path / "copy.annotator"
    path.write_bytes(whole.read_bytes())
    return path


def after(path: Path, *statements: str) -> list[str]:
    """Return what check says of the file once these statements ran with every guard off."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            assert db.execute(statement).rowcount != 0, statement
    finally:
        db.close()
    return list(problems_of(path))


def problems_of(path: Path) -> Iterator[str]:
    """Yield what check says of a file."""
    from annotator.store import check

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield from check.problems(Database(connection))
    finally:
        connection.close()


def test_a_whole_project_has_no_problems(copy: Path) -> None:
    assert after(copy) == []
    with projects.open_existing(copy) as project:
        assert checking.problems(project) == []


DAMAGE = {
    "another letter in a slice": (
        ["UPDATE mark SET fragments = replace(fragments, 'Amal', 'Emal')"],
        r"mark .* says “Emal Haddad”, but the text at \d+–\d+ differs",
    ),
    "a mark moved by one": (
        [
            ("UPDATE mark SET start = start + 1, end = end + 1, fragments = "
            "json_set(fragments, '$[0][0]', start + 1, '$[0][1]', end + 1) WHERE layer = 'cue'")
        ],
        "but the text at .* differs",
    ),
    "bounds that are not those of the fragments": (
        ["UPDATE mark SET end = end + 1 WHERE layer = 'cue'"],
        r"says \d+–\d+ but its fragments cover \d+–\d+",
    ),
    "a mark of zero width": (
        ["UPDATE mark SET end = start WHERE layer = 'cue'"],
        "CHECK constraint failed in mark",
    ),
    "a fragment of zero width": (
        ["UPDATE mark SET fragments = '[[3,3,\"\"]]' WHERE layer = 'cue'"],
        "mark .* cannot be read: .*covers nothing",
    ),
    "a mark beyond the end of the text": (
        ["UPDATE mark SET end = 100003, fragments = '[[100000,100003,\"abc\"]]', start = 100000 WHERE layer = 'cue'"],
        "but the text at 100000–100003 differs",
    ),
    "fragments that overlap": (
        ["UPDATE mark SET fragments = '[[0,4,\"Port\"],[2,6,\"rt s\"]]', start = 0, end = 6 WHERE layer = 'cue'"],
        "mark .* cannot be read: .*overlap",
    ),
    "fragments that are no JSON": (
        ["UPDATE mark SET fragments = '[[0,4' WHERE layer = 'cue'"],
        "mark .* cannot be read",
    ),
    "a value the codebook does not know": (
        ["UPDATE mark SET attributes = '{\"stance\":\"furious\"}' WHERE layer = 'claim'"],
        "mark .*“furious” is no value of stance",
    ),
    "an attribute the codebook does not know": (
        ["UPDATE mark SET attributes = '{\"mood\":\"grim\"}' WHERE layer = 'claim'"],
        "mark .*no attribute “mood”",
    ),
    "a layer the codebook does not know": (
        ["UPDATE mark SET layer = 'weather', attributes = '{}' WHERE layer = 'cue'"],
        "mark .*no layer “weather”",
    ),
    "a link to a mark that is gone": (
        ["DELETE FROM mark WHERE layer = 'actor'"],
        r"A link \(row \d+\) names a mark that does not exist",
    ),
    "a link of a mark that is gone": (
        ["DELETE FROM mark WHERE layer = 'sentiment'"],
        r"A link \(row \d+\) names a mark that does not exist",
    ),
    "a link to a wrong layer": (
        ["UPDATE link SET end = (SELECT id FROM mark WHERE layer = 'sentiment') WHERE type = 'source'"],
        "link .*must be a mark of layer actor, not sentiment",
    ),
    "a link the codebook does not know": (
        ["UPDATE link SET type = 'friend' WHERE type = 'source'"],
        "link .*no link “friend”",
    ),
    "a voice where none may be": (
        ["UPDATE link SET end = NULL, voice = 'author' WHERE type = 'cue'"],
        "link .*must be a mark, not the author",
    ),
    "a link to both a mark and a voice": (
        ["UPDATE link SET voice = 'author' WHERE type = 'source'"],
        "CHECK constraint failed in link",
    ),
    "a link in another article than its marks": (
        ["UPDATE link SET article = (SELECT max(id) FROM article) WHERE type = 'source'"],
        "link .* joins marks of different articles",
    ),
    "a mark of nobody": (
        ["UPDATE mark SET annotator = 'nobody' WHERE layer = 'cue'"],
        r"A mark \(row \d+\) names a annotator that does not exist",
    ),
    "a mark under no codebook": (
        ["UPDATE mark SET codebook_version = 9 WHERE layer = 'cue'"],
        r"A mark \(row \d+\) names a codebook that does not exist",
    ),
    "an actor that is gone": (
        ["DELETE FROM actor"],
        r"A mark \(row \d+\) names a actor that does not exist",
    ),
    "an article that is gone": (
        ["DELETE FROM article WHERE length > 20"],
        "names a article that does not exist",
    ),
    "another text under the same hash": (
        [DROP_TEXT_GUARD, "UPDATE text SET body = replace(body, 'Port', 'Bort')", PUT_TEXT_GUARD_BACK],
        "text [0-9a-f]{12} is not the one that was imported",
    ),
    "another length of a text": (
        [DROP_TEXT_GUARD, "UPDATE text SET length = length + 1", PUT_TEXT_GUARD_BACK],
        "text [0-9a-f]{12} is not the one that was imported",
    ),
    "an article that says another length": (
        ["UPDATE article SET length = length + 1"],
        r"article .* says it has \d+ characters, its text has \d+",
    ),
    "a text that is gone": (
        ["DROP TRIGGER text_is_kept", "DELETE FROM text WHERE length < 20"],
        r"A article \(row \d+\) names a text that does not exist",
    ),
    "a note changed behind the journal": (
        ["UPDATE mark SET note = 'x' WHERE layer = 'cue'"],
        "mark .* is not as the journal says it should be",
    ),
    "a verdict changed behind the journal": (
        ["UPDATE state SET verdict = 'nothing found'"],
        "state .* is not as the journal says it should be",
    ),
    "a mark made behind the journal": (
        [
            ("INSERT INTO mark SELECT 'extra', article, annotator, view, layer, start, end, fragments, attributes, actor, "
            "note, created, modified, origin, suggester, suggester_version, codebook_version FROM mark WHERE layer = 'cue'")
        ],
        "mark extra is in no step of the journal",
    ),
    "a link deleted behind the journal": (
        ["DELETE FROM link WHERE type = 'cue'"],
        "link .* is in the journal but not in the project",
    ),
    "an annotator renamed behind the journal": (
        ["UPDATE annotator SET name = 'Emal'"],
        "annotator .* is not as the journal says it should be",
    ),
    "a codebook changed behind the journal": (
        ["UPDATE codebook SET created = 'once'"],
        "codebook 1 is not as the journal says it should be",
    ),
    "a step taken out of the journal": (
        [
            "DELETE FROM change WHERE kind = 'mark' AND before IS NULL",
        ],
        "journal has a gap",
    ),
    "a step that says it was undone": (
        ["UPDATE step SET state = 'undone' WHERE number = (SELECT max(number) FROM step)"],
        "state .* is in no step of the journal",
    ),
    "a change without its step": (
        ["DELETE FROM step WHERE number = 3"],
        "names a step that does not exist",
    ),
    "a guard that is gone": (
        [DROP_TEXT_GUARD],
        "trigger text_is_frozen is missing",
    ),
    "an index that is gone": (
        ["DROP INDEX mark_by_article"],
        "index mark_by_article is missing",
    ),
    "a trigger of a stranger": (
        ["CREATE TRIGGER spy AFTER INSERT ON mark BEGIN DELETE FROM link; END"],
        "has a trigger spy that annotator did not make",
    ),
    "a guard that does nothing": (
        [DROP_TEXT_GUARD, "CREATE TRIGGER text_is_frozen BEFORE UPDATE ON text BEGIN SELECT 1; END"],
        "trigger text_is_frozen is not as annotator made it",
    ),
    "a lone surrogate in a text": (
        [DROP_TEXT_GUARD, "UPDATE text SET body = CAST(x'eda0bd' AS TEXT)", PUT_TEXT_GUARD_BACK],
        "cannot be read throughout .*Could not decode to UTF-8",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_named(copy: Path, name: str) -> None:  # E6
    statements, told = DAMAGE[name]
    found = after(copy, *statements)
    assert any(re.search(told, sentence) for sentence in found), found
    for sentence in found:
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_undone_and_dropped_steps_are_no_damage(copy: Path) -> None:
    from annotator.services import history

    with projects.open_existing(copy) as project:
        for _ in range(3):
            history.undo(project)
        assert checking.problems(project) == []
        history.redo(project)
        article = reading.list_articles(project)[1].article
        marking.mark(project, article.id, [(0, 7)], "actor")
        assert checking.problems(project) == []
        project.file.settle()


def test_checking_changes_nothing(copy: Path) -> None:  # G5
    before = copy.read_bytes()
    list(problems_of(copy))
    with projects.open_existing(copy) as project:
        checking.problems(project)
    assert copy.read_bytes() == before


def test_a_project_open_for_reading_only_is_checked_too(whole: Path) -> None:
    with projects.look_at(whole) as project:
        assert checking.problems(project) == []
