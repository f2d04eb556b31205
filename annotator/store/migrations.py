"""The named steps that build the tables of a project file; none changes once it is released."""

from __future__ import annotations

from annotator.store.tables import Migrations, Tables

ALL = Migrations("annotator")

_FIRST = (
    """CREATE TABLE project (
        key TEXT PRIMARY KEY, value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE text (
        sha256 TEXT PRIMARY KEY, body TEXT NOT NULL, length INTEGER NOT NULL CHECK (length > 0)
    ) STRICT""",
    """CREATE TRIGGER text_is_frozen BEFORE UPDATE ON text
        BEGIN SELECT RAISE(ABORT, 'an article text is never changed'); END""",
    """CREATE TRIGGER text_is_kept BEFORE DELETE ON text
        BEGIN SELECT RAISE(ABORT, 'an article text is never deleted'); END""",
    """CREATE TABLE annotator (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> ''), created TEXT NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1))
    ) STRICT""",
    """CREATE TABLE article (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL,
        title TEXT, author TEXT, publisher TEXT, url TEXT, published TEXT, language TEXT, licence TEXT,
        source_file TEXT, extra TEXT NOT NULL,
        text_sha256 TEXT NOT NULL REFERENCES text (sha256), length INTEGER NOT NULL CHECK (length > 0),
        encoding TEXT NOT NULL, newlines TEXT NOT NULL, had_bom INTEGER NOT NULL CHECK (had_bom IN (0, 1)),
        source_sha256 TEXT NOT NULL, added TEXT NOT NULL, split TEXT, duplicate_group TEXT,
        replaces TEXT REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED, note TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX article_by_position ON article (position)",
    "CREATE INDEX article_by_text ON article (text_sha256)",
    """CREATE TRIGGER article_text_is_frozen BEFORE UPDATE OF text_sha256 ON article
        WHEN old.text_sha256 <> new.text_sha256
        BEGIN SELECT RAISE(ABORT, 'an article keeps its text'); END""",
    """CREATE TABLE codebook (
        version INTEGER PRIMARY KEY CHECK (version > 0), body TEXT NOT NULL,
        annotator TEXT REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED, created TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE actor (
        id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), type TEXT,
        aliases TEXT NOT NULL, external_id TEXT,
        affiliations TEXT NOT NULL, note TEXT NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
        merged_into TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    "CREATE INDEX actor_by_name ON actor (name)",
    """CREATE TABLE mark (
        id TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
        annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
        view TEXT NOT NULL CHECK (view IN ('annotator', 'gold')),
        layer TEXT NOT NULL CHECK (layer <> ''),
        start INTEGER NOT NULL CHECK (start >= 0), end INTEGER NOT NULL CHECK (end > start),
        fragments TEXT NOT NULL,
        attributes TEXT NOT NULL,
        actor TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
        note TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'suggested', 'edited', 'imported', 'propagated')),
        suggester TEXT, suggester_version TEXT,
        codebook_version INTEGER NOT NULL REFERENCES codebook (version) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    "CREATE INDEX mark_by_article ON mark (article, view, annotator)",
    "CREATE INDEX mark_by_annotator ON mark (annotator, view, article, layer)",
    "CREATE INDEX mark_by_actor ON mark (actor) WHERE actor IS NOT NULL",
    """CREATE TABLE link (
        id TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
        annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
        view TEXT NOT NULL CHECK (view IN ('annotator', 'gold')),
        type TEXT NOT NULL CHECK (type <> ''),
        start TEXT NOT NULL REFERENCES mark (id) DEFERRABLE INITIALLY DEFERRED,
        end TEXT REFERENCES mark (id) DEFERRABLE INITIALLY DEFERRED,
        voice TEXT CHECK (voice IN ('author', 'unknown')),
        created TEXT NOT NULL, modified TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'suggested', 'edited', 'imported', 'propagated')),
        suggester TEXT, suggester_version TEXT,
        codebook_version INTEGER NOT NULL REFERENCES codebook (version) DEFERRABLE INITIALLY DEFERRED,
        CHECK ((end IS NULL) <> (voice IS NULL)), CHECK (start <> end)
    ) STRICT""",
    "CREATE INDEX link_by_article ON link (article, view, annotator)",
    "CREATE INDEX link_by_start ON link (start)",
    "CREATE INDEX link_by_end ON link (end) WHERE end IS NOT NULL",
    """CREATE TABLE state (
        article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
        annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
        layer TEXT NOT NULL CHECK (layer <> ''),
        verdict TEXT NOT NULL CHECK (verdict IN ('open', 'done', 'nothing found')), at TEXT NOT NULL,
        PRIMARY KEY (article, annotator, layer)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE suggestion (
        id TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
        layer TEXT NOT NULL CHECK (layer <> ''),
        start INTEGER NOT NULL CHECK (start >= 0), end INTEGER NOT NULL CHECK (end > start),
        fragments TEXT NOT NULL,
        attributes TEXT NOT NULL,
        links TEXT NOT NULL,
        suggester TEXT NOT NULL, suggester_version TEXT NOT NULL, created TEXT NOT NULL,
        reason TEXT NOT NULL, score REAL,
        decision TEXT NOT NULL CHECK (decision IN ('waiting', 'accepted', 'edited', 'rejected')),
        annotator TEXT REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED, shown TEXT, decided TEXT
    ) STRICT""",
    "CREATE INDEX suggestion_by_article ON suggestion (article, decision)",
    """CREATE TABLE step (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL CHECK (name <> ''),
        annotator TEXT, at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')), article TEXT
    ) STRICT""",
    "CREATE INDEX step_by_state ON step (state, number)",
    """CREATE TABLE change (
        step INTEGER NOT NULL REFERENCES step (number) DEFERRABLE INITIALLY DEFERRED,
        number INTEGER NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
        before TEXT, after TEXT,
        PRIMARY KEY (step, number), CHECK (before IS NOT NULL OR after IS NOT NULL)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX change_by_record ON change (record, kind)",
)


@ALL()
def m001_first_schema(db: Tables) -> None:
    """Everything of the first release."""
    for statement in _FIRST:
        db.execute(statement)


_SECOND = (
    """CREATE TABLE adjudication (
        id TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
        layer TEXT NOT NULL CHECK (layer <> ''),
        choice TEXT NOT NULL CHECK (choice IN ('agreed', 'accepted', 'several', 'edited', 'new', 'left out')),
        marks TEXT NOT NULL, chosen TEXT NOT NULL, gold TEXT NOT NULL,
        annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
        at TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX adjudication_by_article ON adjudication (article)",
)


@ALL()
def m002_adjudication(db: Tables) -> None:
    """The decisions of the adjudicator."""
    for statement in _SECOND:
        db.execute(statement)


@ALL()
def m003_search(db: Tables) -> None:
    """An index of the words of all texts; the texts themselves are not kept twice."""
    db.execute(
        "CREATE VIRTUAL TABLE text_words USING fts5("
        "body, content='text', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')"
    )
    db.execute("INSERT INTO text_words (rowid, body) SELECT rowid, body FROM text")


_FOURTH = (
    """CREATE TABLE shingled (
        number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE REFERENCES text (sha256),
        prints INTEGER NOT NULL CHECK (prints >= 0), version INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE shingle (
        hash INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (hash, text)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE apart (
        one TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
        other TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED CHECK (other <> one),
        annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
        at TEXT NOT NULL, PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE release (
        version TEXT PRIMARY KEY,
        annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
        at TEXT NOT NULL, day TEXT NOT NULL, digest TEXT NOT NULL, codebook INTEGER NOT NULL,
        splits TEXT NOT NULL, people TEXT NOT NULL, counts TEXT NOT NULL, prints TEXT NOT NULL
    ) STRICT""",
)


@ALL()
def m004_copies_and_releases(db: Tables) -> None:
    """Shingles, by which copies are found (made anew whenever they are lost); who is no copy; releases."""
    for statement in _FOURTH:
        db.execute(statement)


@ALL()
def m005_search_as_you_type(db: Tables) -> None:
    """The beginnings of words, of two and three letters, indexed as well: those who type begin with them."""
    db.execute("DROP TABLE text_words")
    db.execute(
        "CREATE VIRTUAL TABLE text_words USING fts5("
        "body, content='text', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2', "
        "prefix='2 3')"
    )
    db.execute("INSERT INTO text_words (rowid, body) SELECT rowid, body FROM text")


_SIXTH = (
    "CREATE INDEX article_by_replaced ON article (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX actor_by_merged ON actor (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX apart_by_other ON apart (other)",
)


@ALL()
def m006_what_refers_to_a_record(db: Tables) -> None:
    """What refers to an article or an actor is found without a look at all others, when one is removed."""
    for statement in _SIXTH:
        db.execute(statement)


_SEVENTH = (
    "ALTER TABLE article ADD COLUMN text_number INTEGER",
    """UPDATE article
        SET text_number = (SELECT text.rowid FROM text WHERE text.sha256 = article.text_sha256)""",
    """CREATE TRIGGER article_text_is_numbered AFTER INSERT ON article BEGIN
        UPDATE article SET text_number = (SELECT rowid FROM text WHERE sha256 = new.text_sha256)
        WHERE id = new.id; END""",
    # SQLite takes these two only where a query says their condition: other queries keep their ways.
    """CREATE INDEX article_for_searching
        ON article (text_number, position, id, publisher, published, split, title, author)
        WHERE text_number IS NOT NULL""",
    "CREATE INDEX mark_by_layer ON mark (layer, article) WHERE layer <> ''",
)


@ALL()
def m007_search_with_filters(db: Tables) -> None:
    """An article knows its text by the number that the index of words has for it, and stands in that order.

    So what words find is narrowed by what is known of the articles without a look at them or at
    their texts.
    """
    for statement in _SEVENTH:
        db.execute(statement)
