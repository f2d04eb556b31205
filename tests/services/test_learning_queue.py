"""The queue: unsure and disputed articles first, a share by chance, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.errors import Refused
from annotator.presentation.library import Library
from annotator.presentation.queue import Order
from annotator.services import codebook_editing, learning_queue, states, suggesting
from annotator.services.project import Project
from tests.support.material import add_article, make_project

SURE = "“The harbour stays shut,” said Lena Holm."
UNSURE = "The harbour was shut. “It stays so for a long while.”"
NONE = "The boat left at nine."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, SURE) as made:
        add_article(made, UNSURE, "Unsure")
        add_article(made, NONE, "Empty")
        codebook_editing.use_suggestions(made, kept_back=0, by_chance=0)
        suggesting.suggest(made)
        yield made


def titles(project: Project) -> list[str]:
    return [project.article(turn.article).title for turn in learning_queue.queue(project)]


def test_the_unsure_come_first_and_say_why(project: Project) -> None:
    first, second, third = learning_queue.queue(project)
    assert titles(project)[0] == "Unsure"
    assert (first.worth or 0) > (second.worth or 0)
    assert "unsure on" in first.reason
    assert third.reason == learning_queue.BY_CHANCE
    assert third.worth is None


def test_every_open_article_comes_once_and_done_ones_do_not(project: Project) -> None:
    turns = learning_queue.queue(project)
    assert len({turn.article for turn in turns}) == len(turns) == 3
    layers = [layer.name for layer in project.codebook.open_layers]
    states.set_verdict(project, turns[0].article, layers, Verdict.DONE)
    assert turns[0].article not in {turn.article for turn in learning_queue.queue(project)}


@pytest.mark.parametrize("share", [1, 2, 200])
def test_the_queue_is_the_same_however_it_is_cut(
    project: Project, monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    whole = learning_queue.queue(project)
    monkeypatch.setattr(learning_queue, "ARTICLES", share)
    monkeypatch.setattr(learning_queue, "MANY", share)
    found: list[list[learning_queue.Turn]] = []

    def cut() -> Iterator[None]:
        found.append((yield from learning_queue.queue.slices(project)))

    assert len(list(cut())) == -(-3 // share) + 1 + 3 // share
    assert found == [whole]


def test_all_can_come_by_chance_always_in_the_same_order(project: Project) -> None:
    codebook_editing.use_suggestions(project, by_chance=100)
    turns = learning_queue.queue(project)
    assert {turn.reason for turn in turns} == {learning_queue.BY_CHANCE}
    assert learning_queue.queue(project) == turns


def test_articles_kept_back_come_by_chance_alone(project: Project) -> None:
    codebook_editing.use_suggestions(project, kept_back=100)
    assert {turn.worth for turn in learning_queue.queue(project)} == {None}


def test_a_share_is_of_a_hundred(project: Project) -> None:
    with pytest.raises(Refused, match="choose 0 to 100"):
        codebook_editing.use_suggestions(project, by_chance=101)
    with pytest.raises(Refused, match="no layer"):
        codebook_editing.use_suggestions(project, first=["mood"])


def test_the_lead_decides_and_can_take_it_back(project: Project) -> None:
    before = project.codebook.suggesting
    outcome = codebook_editing.use_suggestions(project, first=["actor", "claim"])
    assert project.codebook.suggesting.first == ("actor", "claim")
    assert outcome.step is not None
    assert "when suggestions are shown" in outcome.step.name
    assert before.first == ("actor",)


def test_the_list_shows_the_order_and_the_reason(project: Project) -> None:
    library = Library()
    library.show(project)
    library.set_order(Order.TEACHING)
    first = library.row_at(0)
    assert first
    assert first.title == "Unsure"
    assert "unsure on" in first.subtitle
    library.set_order(Order.GIVEN)
    rows = [library.row_at(place) for place in range(library.length)]
    assert "unsure on" not in "".join(row.subtitle for row in rows if row)
