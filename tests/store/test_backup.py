"""Backups: complete, verified, made when something changed, thinned with age."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import Problem
from annotator.services import history, marking
from annotator.store import backup, verify
from annotator.store.backup import DAYS, HOURS, WEEKS, kept
from annotator.store.refusals import Damaged
from tests.support.damage import worked_on
from tests.support.material import STORY, make_project

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)

moments = st.integers(0, 200 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
backups = st.lists(st.tuples(moments, st.sampled_from(("", "", "merge"))), max_size=60)


@given(backups)
def test_the_newest_backup_and_recent_risky_ones_always_stay(made: list) -> None:
    chosen = kept(made, NOW)
    if made:
        newest = max(at for at, _ in made)
        assert any(made[place][0] == newest for place in chosen)
    for place, (at, reason) in enumerate(made):
        if reason and NOW - at <= timedelta(days=DAYS):
            assert place in chosen


@given(backups)
def test_every_hour_day_and_week_in_reach_keeps_one(made: list) -> None:
    chosen = {made[place][0] for place in kept(made, NOW)}
    for at, _ in made:
        age = NOW - at
        for reach, slot in (
            (timedelta(hours=HOURS - 1), "%Y%m%d%H"),
            (timedelta(days=DAYS - 1), "%Y%m%d"),
            (timedelta(weeks=WEEKS - 1), "%G%V"),
        ):
            if age <= reach:
                assert any(one.strftime(slot) == at.strftime(slot) for one in chosen)


@given(backups)
def test_ordinary_backups_do_not_pile_up(made: list) -> None:
    chosen = [place for place in kept(made, NOW) if not made[place][1]]
    assert len(chosen) <= HOURS + DAYS + WEEKS + 1


@given(backups, st.data())
def test_thinning_does_not_depend_on_order_and_is_settled_at_once(made: list, data) -> None:
    shuffled = data.draw(st.permutations(made))
    times = sorted(made[place][0] for place in kept(made, NOW))
    assert sorted(shuffled[place][0] for place in kept(shuffled, NOW)) == times
    left = [made[place] for place in sorted(kept(made, NOW))]
    assert len(kept(left, NOW)) == len(left)


def test_a_clock_that_went_back_costs_no_backup() -> None:
    made = [(NOW + timedelta(days=day), "") for day in range(5)]
    assert kept(made, NOW) == set(range(5))


def test_backups_made_every_half_hour_for_a_year_thin_out() -> None:
    made: list[tuple[datetime, str]] = []
    for step in range(365 * 48):
        now = NOW + timedelta(minutes=30 * step)
        made.append((now, ""))
        made = [made[place] for place in sorted(kept(made, now))]
        assert len(made) <= HOURS + DAYS + WEEKS
    ages = [(made[-1][0] - at).days for at, _ in made]
    assert max(ages) >= (WEEKS - 1) * 7 - 7
    assert sum(age < 1 for age in ages) >= HOURS


def test_a_backup_is_one_complete_file(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        article = project.db.execute("SELECT id FROM article").fetchone()[0]
        marking.mark(project, article, [(0, 4)], "actor")
        unverified = backup.draft(project.db, tmp_path / "backups", NOW)
        wanted = verify.contents_of(project.db)
        assert backup.listed(tmp_path / "backups") == []
        verify.verify(unverified, wanted)
        made = backup.accept(unverified)
        assert backup.listed(tmp_path / "backups") == [made]
        assert [path.name for path in (tmp_path / "backups").iterdir()] == [made.path.name]
        assert made.at == NOW


def test_the_signature_tells_acts_undo_and_redo_apart(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        article = project.db.execute("SELECT id FROM article").fetchone()[0]
        seen = [backup.signature_of(project.db)]
        marking.mark(project, article, [(0, 4)], "actor")
        seen.append(backup.signature_of(project.db))
        history.undo(project)
        seen.append(backup.signature_of(project.db))
        history.redo(project)
        assert backup.signature_of(project.db) == seen[1]
        assert len(set(seen)) == 3


@pytest.mark.parametrize("place", [0, 20, 4096, 9000, -4000])
def test_a_copy_that_is_not_whole_does_not_count(tmp_path: Path, place: int) -> None:
    path = worked_on(tmp_path)
    with make_project(tmp_path, STORY, name="other") as project:
        wanted = verify.contents_of(project.db)
    raw = bytearray(path.read_bytes())
    raw[place : place + 200 if place >= 0 else None] = b"\xff" * len(
        raw[place : place + 200 if place >= 0 else None]
    )
    path.write_bytes(raw)
    with pytest.raises(Damaged):
        verify.verify(path, wanted)


def test_a_copy_of_something_else_does_not_count(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    with make_project(tmp_path, STORY, name="other") as project:
        wanted = verify.contents_of(project.db)
    with pytest.raises(Damaged, match="does not hold"):
        verify.verify(path, wanted)


def test_no_room_for_a_backup_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with make_project(tmp_path, STORY) as project:
        monkeypatch.setattr(backup.durable, "flush", full)
        with pytest.raises(Problem, match="make room"), backup.saving(tmp_path):
            backup.draft(project.db, tmp_path / "backups", NOW)


def test_a_draft_left_by_a_crash_goes_after_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with make_project(tmp_path, STORY) as project:
        left = backup.draft(project.db, folder, NOW)
    backup.thin(folder, datetime.now(UTC))
    assert left.exists()
    backup.thin(folder, datetime.now(UTC) + timedelta(days=2))
    assert not left.exists()


def test_a_text_is_found_in_a_backup(tmp_path: Path) -> None:
    path = worked_on(tmp_path, articles=1)
    connection = sqlite3.connect(path)
    sha256, body = connection.execute("SELECT sha256, body FROM text").fetchone()
    connection.close()
    assert backup.text_in(path, sha256) == body
    assert backup.text_in(path, "0" * 64) is None
    assert backup.text_in(tmp_path / "none", sha256) is None


def test_of_two_backups_within_a_second_the_later_one_is_the_newest(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with make_project(tmp_path, STORY) as project:
        article = project.db.execute("SELECT id FROM article").fetchone()[0]
        made = []
        for number in range(8):
            at = datetime(2026, 3, 1, 9, 0, 0, number * 100_000, tzinfo=UTC)
            made.append(backup.accept(backup.draft(project.db, folder, at)))
            marking.mark(project, article, [(0, number + 2)], "actor")
        assert [one.path for one in backup.listed(folder)] == [one.path for one in reversed(made)]
        backup.thin(folder, made[-1].at)
        assert [one.path for one in backup.listed(folder)] == [made[-1].path]
    old = folder / "20250301T090000Z-0123456789ab.annotator"
    old.write_bytes(made[-1].path.read_bytes())
    assert backup.listed(folder)[-1].path == old, "names without milliseconds are read too"
