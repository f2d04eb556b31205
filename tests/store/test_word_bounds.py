"""The first marks by words, found with a bound, are those that sorting everything finds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.fragment import Fragment
from annotator.domain.mark import Mark
from annotator.domain.mark_query import MarkQuery
from annotator.services import marking, reading
from annotator.services.project import Project
from annotator.store import mark_table, word_bounds
from tests.support.material import make_project

ODD = st.text(st.sampled_from('aAbBzZ "\\\n\t!0,]é😀ن'), min_size=1, max_size=6)


def fill(project: Project, words: list[str]) -> None:
    """Make marks that cover these words, the last one in two pieces."""
    (listed,) = reading.list_articles(project)
    first = marking.mark(project, listed.article.id, [(0, 4)], "claim").changes[0].after
    assert isinstance(first, Mark)
    with project.step("Many") as ticket:
        for part in words:
            piece = Fragment(0, len(part), part)
            ticket.write.put(replace(first, id=project.file.new_id(), fragments=(piece,)))
        more = (Fragment(0, 1, "b"), Fragment(9, 10, "z"))
        ticket.write.put(replace(first, id=project.file.new_id(), fragments=more))


@settings(max_examples=25)
@given(words=st.lists(ODD, min_size=8, max_size=30), spare=st.integers(0, 6), down=st.booleans())
def test_a_bound_leaves_out_only_what_comes_later(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], spare: int, down: bool
) -> None:
    query = MarkQuery(sort="words", descending=down)
    with (
        make_project(tmp_path_factory.mktemp("bound"), "Port strike\n") as project,
        pytest.MonkeyPatch.context() as patch,
    ):
        fill(project, words)
        whole = mark_table.numbers(project.db, query)
        patch.setattr(word_bounds, "LARGE", 1)
        patch.setattr(word_bounds, "SAMPLE", 5)
        patch.setattr(word_bounds, "SPARE", spare)
        for limit in range(1, len(whole) + 2):
            assert mark_table.numbers(project.db, query, limit) == whole[:limit]


def test_a_bound_is_used_and_leaves_most_out(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = MarkQuery(sort="words")
    with make_project(tmp_path_factory.mktemp("used"), "Port strike\n") as project:
        fill(project, [f"{letter}{other} said" for letter in "cadb" for other in "hgfe"])
        assert word_bounds.bound(project.db, query, 1) is None
        monkeypatch.setattr(word_bounds, "LARGE", 1)
        monkeypatch.setattr(word_bounds, "SAMPLE", 9)
        monkeypatch.setattr(word_bounds, "SPARE", 1)
        found = word_bounds.bound(project.db, query, 1)
        assert found is not None
        condition, letters = found
        (met,) = project.db.execute(
            f"SELECT count(*) FROM mark WHERE {condition}", letters
        ).fetchone()
        assert 1 <= met < 9
        assert word_bounds.bound(project.db, replace(query, actor="x"), 1) is None
