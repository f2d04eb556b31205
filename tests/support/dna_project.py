"""A small project in the shape of Discourse Network Analyzer's own files."""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT,
  Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
  Stop INTEGER, Coder INTEGER);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
INSERT INTO CODERS VALUES (1, 'Admin'), (2, 'Bea');
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (3, 'Annotation');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (3, 'concept', 'short text', 1),
  (4, 'agreement', 'boolean', 1), (9, 'note', 'long text', 3);
INSERT INTO ENTITIES VALUES (1, 1, 'Amal Haddad'), (2, 3, 'Night shifts');
"""


def dna_project(folder: Path, text: str, *statements: tuple[int, int, int, int]) -> Path:
    """Make ``study.dna`` with one document and its statements in a folder.

    Args:
        statements: type, start and stop in UTF-16 units, and coder of each.
    """
    path = folder / "study.dna"
    with sqlite3.connect(path) as db:
        db.executescript(TABLES)
        db.execute(
            "INSERT INTO DOCUMENTS VALUES (1, 'T', ?, 1, 'A', 'Paper', '', '', '', 1106697600)",
            (text,),
        )
        for number, (type, start, stop, coder) in enumerate(statements, start=1):
            db.execute(
                "INSERT INTO STATEMENTS VALUES (?, ?, 1, ?, ?, ?)",
                (number, type, start, stop, coder),
            )
            db.execute("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, 1, 1)", (number,))
            db.execute("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, 3, 2)", (number,))
            db.execute("INSERT INTO DATABOOLEAN VALUES (NULL, ?, 4, ?)", (number, number % 2))
    db.close()
    return path
