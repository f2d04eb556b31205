"""A full disk: the window says so, stays where it is, shows only what is saved, and lives on."""

from __future__ import annotations

from collections.abc import Callable

from annotator.presentation.messages import Tone
from annotator.services import checking, reading
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks


def fill_up(hands: Hands, pages: int | None = None) -> None:
    """Let the project file grow no further, or up to a number of pages."""
    assert hands.desk.project
    connection = hands.desk.project.db.conn
    now = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages or now}")


def mark_until_full(hands: Hands) -> int:
    """Mark the same words until nothing more can be saved; return how often it went well."""
    for done in range(400):
        hands.press("A")
        message = hands.desk.messages.last
        if message and message.tone is Tone.PROBLEM:
            return done
        hands.drag("Amal Haddad")
    raise AssertionError("the disk never was full")


def test_what_is_not_saved_is_not_shown(hands: Hands) -> None:  # G9
    hands.drag("Amal Haddad")
    fill_up(hands)
    done = mark_until_full(hands)
    assert hands.desk.messages.last
    assert "make room on the disk" in hands.desk.messages.last.text
    assert len(marks(hands)) == len(hands.desk.reader.marks) == done
    assert hands.desk.project
    assert checking.problems(hands.desk.project) == []
    fill_up(hands, 1_000_000)
    hands.press("A")
    assert len(marks(hands)) == len(hands.desk.reader.marks) == done + 1


def test_the_next_article_comes_only_after_the_verdict_is_saved(
    open_window: Callable[..., Hands],
) -> None:  # G9
    hands = open_window(*(f"Article {number}.\n" for number in range(60)))
    assert hands.desk.project
    hands.desk.project.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    fill_up(hands)
    seen = []
    for _ in range(60):
        before = hands.page.text
        hands.press("D")
        message = hands.desk.messages.last
        if message and message.tone is Tone.PROBLEM:
            break
        seen.append(before)
    assert hands.desk.messages.last
    assert "make room on the disk" in hands.desk.messages.last.text
    assert hands.page.text == before
    finished = {
        listed.article.title: listed.verdicts
        for listed in reading.list_articles(hands.desk.project)
        if listed.verdicts
    }
    assert len(finished) == len(seen)
    fill_up(hands, 1_000_000)
    hands.press("D")
    assert hands.page.text != before
