"""Keeping the one file of a project as it is while another process copies it, and acts go on.

With a write-ahead log SQLite writes to the file itself only when it moves the log into it. While that
is put off, the file stays as it was at one moment, whatever is committed meanwhile.
"""

from __future__ import annotations

import sqlite3

from annotator.store.connection import (
    AUTOCHECKPOINT_PAGES,
    CAN_WAIT_ASIDE,
    Database,
    pragma,
    refuse_amid_a_step,
)


def settled(db: Database) -> bool:
    """Bring everything into the project's one file; tell whether a plain copy of it is complete now.

    It stays so until something is written.

    Raises:
        Refused: a step is being written, which may yet be taken back.
    """
    refuse_amid_a_step(db)
    if db.is_still:
        return False
    try:
        busy, left, moved = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:  # somebody is in the midst of reading
        return False
    return not busy and bool(left == moved)


def begin(db: Database) -> bool:
    """Bring everything into the file and keep it so until ``end``; False where that cannot be.

    It cannot without a write-ahead log, where SQLite is bound to one thread, or while it is kept already.

    Raises:
        Refused: a step is being written, which may yet be taken back.
    """
    if not CAN_WAIT_ASIDE or pragma(db, "journal_mode") != "wal" or not settled(db):
        return False
    db.conn.execute("PRAGMA wal_autocheckpoint=0")
    db.is_still = True
    return True


def end(db: Database) -> bool:
    """Let SQLite move the log into the file again; from any thread, also after the project was closed.

    Returns:
        False if the file did not stay as it was: the project was closed meanwhile.
    """
    if not db.is_still:
        return False
    db.is_still = False
    db.conn.execute(f"PRAGMA wal_autocheckpoint={AUTOCHECKPOINT_PAGES}")
    return True
