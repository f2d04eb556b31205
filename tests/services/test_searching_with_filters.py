"""Words and filters together find what a plain look at every article finds, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Article
from annotator.services import checking, history, marking, searching
from annotator.services.project import Project
from annotator.store import articles, marks, search
from tests.support.material import add_article, make_project

WORDS = ("harbour", "harvest", "strike", "union")
TEXTS = (
    "The harbour is closed.",
    "The strike of the union goes on.",
    "A harvest without a union, a harbour without a strike.",
    "Union and harvest.",
    "The harbour is closed.",
    "Harbour, strike and union.",
    "The harbour is closed.",
    "A harvest.",
)
KNOWN = (
    # Title, publisher, author, published, split; whose text came in earlier may stand later.
    ("Closed", "The Dock Post", "Bea", "2026-01-31", "train"),
    ("100 % strike", "the dock post", None, "2026-02-01", "test"),
    ("Harvest_home", None, "Amal B.", "2026-02", None),
    ("", "Harbour News", "amal", None, "train"),
    ("Closed again", "Harbour News", None, "2025-12-31", "test"),
    ("Of 100 strikes", "Dock_Post", "Chi", "2026", "train"),
    (None, None, None, "2026-03-05", "test"),
    ("Élan", "The Dock Post", "Élise", "2026-02-28", None),
)
FILTERS = (
    *(f'publisher:"{words}"' for words in ("dock", "DOCK POST", "dock_post", "nobody")),
    *(f'title:"{words}"' for words in ("closed", "100 %", "harvest_", "")),
    *(f'author:"{words}"' for words in ("amal", "Élise", "chi")),
    *(f"{name}:{date}" for name in ("after", "before") for date in ("2026", "2026-02", "2026-02-28")),
    *(f"has:{layer}" for layer in ("actor", "claim", "sentiment")),
    *(f"split:{name}" for name in ("train", "test", "dev")),
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Articles, three of them with one text, in another order than their texts; some with marks."""
    with make_project(tmp_path_factory.mktemp("searching")) as found:
        made = [add_article(found, text) for text in TEXTS]
        with found.step("Describe") as ticket:
            for place, (article, known) in enumerate(zip(made, KNOWN, strict=True)):
                title, publisher, author, published, split = known
                meta = replace(
                    article.meta,
                    title=title,
                    publisher=publisher,
                    author=author,
                    published=published,
                )
                position = (place * 5) % len(made)
                ticket.write.put(replace(article, meta=meta, split=split, position=position))
        for place, layer in ((0, "actor"), (0, "actor"), (1, "claim"), (4, "claim"), (5, "actor")):
            marking.mark(found, made[place].id, [(0, 3 + place)], layer)
        add_article(found, "Harbour of an import taken back.", "Closed")
        history.undo(found)
        yield found


def plainly(project: Project, typed: list[str], filters: list[str]) -> list[Article]:
    """Return the articles that have the words and meet the filters, by a look at each of them."""
    numbers = dict(project.db.execute("SELECT sha256, rowid FROM text"))
    return [
        article
        for article in sorted(
            articles.all(project.db),
            key=lambda one: (numbers[one.text_sha256], one.position, one.id),
        )
        if all(_has(project.text(article), word) for word in typed)
        and all(_meets(project, article, *one.split(":", 1)) for one in filters)
    ]


def _has(text: str, word: str) -> bool:
    words = text.casefold().replace(".", " ").replace(",", " ").split()
    if word.startswith("-"):
        return word[1:] not in words
    return word in words


def _meets(project: Project, article: Article, name: str, value: str) -> bool:
    meta, wanted = article.meta, value.strip('"')
    if name in ("publisher", "title", "author"):
        # Of letters beyond ASCII SQLite tells the two cases apart.
        known = getattr(meta, name)
        return known is not None and _lower(wanted) in _lower(known)
    if name == "has":
        own = marks.of_article(project.db, article.id, None)
        return any(mark.layer == wanted for mark in own)
    if name == "split":
        return article.split == wanted
    if meta.published is None:
        return False
    return (meta.published >= wanted) == (name == "after")


def _lower(text: str) -> str:
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def some(values: tuple[str, ...], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


@given(
    words=some(WORDS, 2),
    unwanted=some(WORDS, 1),
    filters=some(FILTERS, 3),
    limit=st.sampled_from((1, 2, 3, 5, 50, -1)),
)
def test_words_and_filters_find_what_a_plain_look_finds(
    project: Project, words: list[str], unwanted: list[str], filters: list[str], limit: int
) -> None:
    typed = [*words, *(f"-{word}" for word in unwanted if words and word not in words)]
    if not typed and not filters:
        return
    line = " ".join([*typed, *filters])
    wanted = plainly(project, typed, filters)
    shown = wanted if limit < 0 else wanted[:limit]
    found = searching.search_words(project, line, limit=limit)
    assert list(dict.fromkeys(one.article for one in found.lines)) == [one.id for one in shown]
    assert (found.shown, found.total) == (len(shown), len(wanted))
    assert searching.articles_with(project, line) == [one.id for one in wanted]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "TEXTS_FOUND", 2)
        assert searching.articles_with(project, line) == [one.id for one in wanted]
    for article in articles.all(project.db) if typed else ():
        is_found = bool(searching.places_in(project, article.id, line))
        assert is_found == (article in wanted)


def test_what_changes_is_found_as_it_is_now(tmp_path: Path) -> None:
    with make_project(tmp_path, *TEXTS[:3]) as project:
        first = articles.all(project.db)[0]
        assert searching.search_words(project, "harbour has:actor").total == 0
        marking.mark(project, first.id, [(0, 3)], "actor")
        with project.step("Describe") as ticket:
            ticket.write.put(replace(first, meta=replace(first.meta, publisher="Dock Post")))
        assert searching.articles_with(project, "harbour has:actor publisher:dock") == [first.id]
        history.undo(project)
        assert searching.search_words(project, "harbour publisher:dock").total == 0
        assert searching.search_words(project, "harbour has:actor").total == 1
        assert checking.problems(project) == []


def test_neither_articles_nor_their_texts_are_read_to_find_which_fit(project: Project) -> None:
    """Reading them takes a second where hundreds of thousands of articles have the words."""
    seen: list[str] = []
    project.db.conn.set_trace_callback(seen.append)
    line = "union publisher:post title:a author:b after:2025 before:2027 has:actor split:train"
    for typed in (line, line.removeprefix("union ")):
        searching.search_words(project, typed, limit=0)
    project.db.conn.set_trace_callback(None)
    counting = [sql for sql in seen if sql.startswith("SELECT count(*)")]
    assert len(counting) == 2
    for sql in counting:
        plan = [row[3] for row in project.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        looks = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
        assert [step.split()[1] for step in looks][-2:] == ["article", "mark"]
        assert all("COVERING INDEX" in step for step in looks if "VIRTUAL TABLE" not in step)


def test_an_article_that_searching_would_miss_is_named(tmp_path: Path) -> None:
    with make_project(tmp_path, *TEXTS[:2]) as project:
        article = articles.all(project.db)[0]
        project.db.execute("UPDATE article SET text_number = 77 WHERE id = ?", (article.id,))
        assert list(search.misplaced(project.db)) == [article.id]
        assert any("searching would miss it" in told for told in checking.problems(project))
