"""Words are found whatever they are made of, at the place where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import BadInput, Refused
from annotator.domain.search_query import parse_query
from annotator.services import checking, history, importing, searching
from annotator.services.project import Project
from annotator.store import search
from tests.support.material import STORY, add_article, make_project

TEXTS = (
    STORY,
    "C++ and it's AND OR NOT NEAR(\n\nDéjà vu, naïve café. 🌾 Haddad spoke.",
    "قال أمل حداد إن الميناء مغلق.\n\nThe harbour is closed.",
)


@pytest.fixture
def project(tmp_path: Path):
    with make_project(tmp_path, *TEXTS) as found:
        yield found


def words(project: Project, typed: str, *, as_typed: bool = False) -> list[str]:
    return [line.words for line in searching.search_words(project, typed, as_typed=as_typed).lines]


def test_what_is_found_stands_at_its_place(project: Project) -> None:
    result = searching.search_words(project, "haddad")
    assert (result.shown, result.total) == (2, 2)
    for line in result.lines:
        text = project.text(project.article(line.article))
        start, end = line.extent
        assert text[start:end] == line.words == "Haddad"
        assert line.left == " ".join(text[max(start - 60, 0) : start].split(" ")).replace("\n", " ")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("deja", ["Déjà"]),
        ("CAFE", ["café"]),
        ("c++", ["C++"]),
        ("it's", ["it's"]),
        ("AND", ["and", "AND"]),
        ('"harbour is"', ["harbour is"]),
        ("“the harbour”", ["The harbour", "The harbour"]),
        ("حداد", ["حداد"]),
        ("harbour -closed", ["harbour"]),
        ("harbour -haddad closed", ["harbour", "closed"]),
        ("nowhere", []),
        ("c--", []),
        ('"', []),
        ("🌾", []),
        ("", []),
    ],
)
def test_nothing_typed_is_an_error(project: Project, typed: str, found: list[str]) -> None:
    assert words(project, typed) == found


def test_a_word_that_is_being_typed_may_go_on(project: Project) -> None:
    assert words(project, "harb") == []
    assert set(words(project, "harb", as_typed=True)) == {"harbour"}


@given(st.text(max_size=30))
def test_any_text_can_be_typed(typed: str) -> None:
    try:
        query = parse_query(typed, as_typed=True)
    except Refused:
        return
    for term in query.terms:
        assert any(sign.isalnum() for sign in term.words)


def test_odd_queries_reach_the_index_as_words(project: Project) -> None:
    for typed in (
        '"""',
        "a* OR b",
        "NEAR(a b)",
        "^a",
        "col:x",
        "{a b}:c",
        "-",
        "- -",
        "a-b",
        "(",
        "x'y",
    ):
        searching.search_words(project, typed, as_typed=True)


def test_filters_narrow(project: Project) -> None:
    assert searching.search_words(project, "title:2 haddad").total == 1
    assert searching.search_words(project, "has:claim").total == 0
    assert searching.search_words(project, 'title:"Article"').total == 3
    with pytest.raises(Refused, match="no date"):
        searching.search_words(project, "after:soon")
    with pytest.raises(Refused, match="look for"):
        searching.search_words(project, "-haddad")


def matches(project: Project, pattern: str) -> list[str]:
    return [
        line.words for passed in searching.search_pattern(project, pattern) for line in passed.lines
    ]


def test_patterns_find_places_and_say_what_is_wrong(project: Project) -> None:
    assert matches(project, r"h\w+dad") == ["Haddad", "Haddad"]
    assert matches(project, "^the harbour is") == ["The harbour is"]
    assert matches(project, "x*") == []
    with pytest.raises(BadInput, match="no regular expression"):
        matches(project, "(")


def test_a_pattern_says_how_far_it_is(project: Project) -> None:
    passed = [item for item in searching.search_pattern(project, "closed") if item.lines]
    assert [(item.done, item.total) for item in passed] == [(3, 3)]


def test_a_pattern_finds_no_more_than_was_asked_for(project: Project) -> None:
    passed = list(searching.search_pattern(project, r"\w", limit=5))
    assert sum(len(item.lines) for item in passed) == 5


def test_a_pattern_that_never_ends_is_stopped_and_named(project: Project) -> None:
    add_article(project, "a" * 60 + "!\n", "Only a")
    with pytest.raises(BadInput, match="does not come to an end on “Only a”"):
        list(searching.search_pattern(project, r"(a+)+$", silent_seconds=0.3))


def test_signs_are_found_behind_many_articles_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = [f"Vitamin C helps, said number {number}.\n" for number in range(searching.LIMIT + 5)]
    with make_project(
        tmp_path, *without, "She writes C++.\n", "Nobody writes C++ now.\n"
    ) as project:
        found = searching.search_words(project, "c++")
        assert [line.words for line in found.lines] == ["C++", "C++"]
        assert (found.shown, found.total) == (2, 2)
        found = searching.search_words(project, "c++", limit=1)
        assert (found.shown, found.total) == (1, len(without) + 2)
        monkeypatch.setattr(searching, "SIGNED", 10)
        found = searching.search_words(project, "c++")
        assert (found.shown, found.total) == (0, len(without) + 2), (
            "there is more than was looked at"
        )


def test_places_of_one_article(project: Project) -> None:
    first, second, _ = (id for id, _ in search.titles(project.db))
    assert searching.articles_with(project, "haddad") == [first, second]
    assert searching.articles_with(project, "C++") == [second]
    text = project.text(project.article(second))
    assert [text[a:b] for a, b in searching.places_in(project, second, "haddad")] == ["Haddad"]
    assert [text[a:b] for a, b in searching.places_in(project, second, "c++")] == ["C++"]
    assert searching.places_in(project, second, "closed") == ()
    assert searching.places_in(project, second, "") == ()


def test_an_import_taken_back_is_no_longer_found(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("Zanzibar was mentioned.", encoding="utf-8")
    with make_project(tmp_path) as project:
        importing.import_all(project, [file])
        assert words(project, "zanzibar") == ["Zanzibar"]
        history.undo(project)
        assert words(project, "zanzibar") == []
        history.redo(project)
        assert words(project, "zanzibar") == ["Zanzibar"]
        assert checking.problems(project) == []


def test_an_index_that_does_not_fit_is_named(project: Project) -> None:
    assert search.is_whole(project.db)
    project.db.execute("DELETE FROM text_words WHERE rowid = 1")
    assert any("index of words" in found for found in checking.problems(project))


def test_no_text_can_hold_the_signs_around_hits(project: Project) -> None:
    with pytest.raises(BadInput, match="noncharacter"):
        add_article(project, "A \U0001fffe odd \U0001ffff text")


def test_the_number_found_counts_articles(tmp_path: Path) -> None:
    """Texts that nobody has any more are not counted, and one that two articles have counts twice."""
    with make_project(tmp_path, name="counted") as project:
        for number in range(4):
            add_article(project, f"Amal said no, {number} times.\n", f"Article {number}")
        assert searching.search_words(project, "amal", limit=2).total == 4
        history.undo(project)
        assert searching.search_words(project, "amal", limit=2).total == 3
        assert searching.search_words(project, "am", limit=2, as_typed=True).total == 3
        history.redo(project)
        assert searching.search_words(project, "amal", limit=2).total == 4
