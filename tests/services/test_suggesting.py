"""Suggestions: kept apart from marks, answered once, undone like any act."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.app.command_line import run
from annotator.domain.article import Verdict
from annotator.domain.errors import NotFound, Refused
from annotator.domain.mark import Origin
from annotator.domain.policy import Policy
from annotator.domain.suggestion import Decision, Suggestion
from annotator.formats.registry import WRITERS
from annotator.services import (
    actor_entries,
    answering,
    exporting,
    history,
    marking,
    states,
    statistics,
    suggesting,
)
from annotator.services.project import Project
from annotator.store import articles, links, marks, suggestions
from tests.support.material import make_project

TEXT = (
    "Lena Holm said the harbour would stay shut.\n\n"
    "It was a disgraceful offer. Later they met Lena Holm again.\n"
)
ALL = Policy(first=("actor", "claim", "sentiment"), kept_back=0)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, TEXT) as made:
        suggesting.suggest(made)
        yield made


def article_of(project: Project) -> str:
    return articles.all(project.db)[0].id


def waiting(project: Project, layer: str) -> list[Suggestion]:
    return [
        item
        for item in suggestions.of_article(project.db, article_of(project))
        if item.layer == layer and item.decision is Decision.WAITING
    ]


def own(project: Project, layer: str) -> list[str]:
    found = marks.of_article(project.db, article_of(project), project.annotator.id)
    return [mark.text for mark in found if mark.layer == layer]


def test_suggestions_are_no_marks(project: Project, tmp_path: Path) -> None:
    assert waiting(project, "claim")
    assert not marks.of_article(project.db, article_of(project), None)
    assert "Lena Holm" not in json.dumps(statistics.count(project).as_data())
    assert not any(person.marks for person in statistics.count(project).people)


@pytest.mark.parametrize("format", sorted(item.name for item in WRITERS))
def test_no_exporter_writes_them_as_marks(project: Project, tmp_path: Path, format: str) -> None:
    report = exporting.export(project, exporting.Order(tmp_path / "out", format))
    assert report.marks == 0


def test_the_view_of_suggestions_tells_sources(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    exporting.export(project, exporting.Order(out, view="suggestions"))
    line = json.loads(out.read_text(encoding="utf-8"))
    assert line["view"] == "suggestions"
    (claim,) = line["claims"]
    assert claim["sources"] == [actor["id"] for actor in line["actors"] if actor["start"] == 0]
    assert claim["cue"]["text"] == "said"


def test_doing_it_again_adds_nothing(project: Project) -> None:
    before = suggestions.of_article(project.db, article_of(project))
    assert not suggesting.suggest(project).added
    assert suggestions.of_article(project.db, article_of(project)) == before


def test_accepting_a_claim_brings_cue_and_source(project: Project) -> None:
    (claim,) = waiting(project, "claim")
    outcome = answering.accept(project, claim.id, shown="2026-01-01T00:00:00.000Z")
    assert own(project, "claim") == ["the harbour would stay shut"]
    assert own(project, "cue") == ["said"]
    assert own(project, "actor") == ["Lena Holm"]
    made = marks.TABLE.get(project.db, answering.mark_of(claim.id, project.annotator.id))
    assert made is not None
    assert made.made.origin is Origin.SUGGESTED
    assert made.made.suggester == claim.suggester
    assert {link.type for link in links.of_mark(project.db, made.id)} == {"cue", "source"}
    answered = suggestions.TABLE.get(project.db, claim.id)
    assert answered is not None
    assert answered.decided
    assert answered.shown == "2026-01-01T00:00:00.000Z"
    assert outcome.step is not None
    history.undo(project)
    assert not marks.of_article(project.db, article_of(project), None)
    assert claim in waiting(project, "claim")
    history.redo(project)
    assert marks.TABLE.get(project.db, made.id) == made


def test_accepting_with_changes_is_told(project: Project) -> None:
    (claim,) = waiting(project, "claim")
    answering.accept(project, claim.id, attributes={"stance": "oppose"})
    made = marks.TABLE.get(project.db, answering.mark_of(claim.id, project.annotator.id))
    assert made is not None
    assert made.made.origin is Origin.EDITED
    assert made.attributes["stance"] == "oppose"
    assert [tally.decisions["edited"] for tally in answering.tallies(project)] == [1]


def test_a_claim_is_tied_to_the_actor_marked_by_hand(project: Project) -> None:
    marking.mark(project, article_of(project), [(0, 9)], "actor", {"type": "person"})
    (claim,) = waiting(project, "claim")
    answering.accept(project, claim.id)
    assert own(project, "actor") == ["Lena Holm"]
    made = answering.mark_of(claim.id, project.annotator.id)
    assert "source" in {link.type for link in links.of_mark(project.db, made)}


def test_what_was_rejected_never_comes_back(project: Project) -> None:
    (claim,) = waiting(project, "claim")
    answering.reject(project, claim.id)
    suggesting.suggest(project)
    assert not waiting(project, "claim")
    assert not waiting(project, "cue")
    with pytest.raises(Refused, match="rejected already"):
        answering.accept(project, claim.id)


def test_all_mentions_of_one_actor_in_one_step(project: Project) -> None:
    first = waiting(project, "actor")[0]
    same = answering.same_words(project, first.id)
    assert len(same) == 2
    answering.accept_all(project, [item.id for item in same])
    assert own(project, "actor") == ["Lena Holm", "Lena Holm"]
    history.undo(project)
    assert own(project, "actor") == []


def test_claims_are_a_second_look(project: Project) -> None:
    article = article_of(project)
    policy = Policy(kept_back=0)
    assert {item.layer for item in answering.offered(project, article, policy)} == {"actor"}
    states.set_verdict(project, article, ["sentiment"], Verdict.NOTHING_FOUND)
    assert {item.layer for item in answering.offered(project, article, policy)} == {
        "actor",
        "sentiment",
    }


def test_what_is_marked_is_not_offered(project: Project) -> None:
    article = article_of(project)
    marking.mark(project, article, [(5, 9)], "actor", {"type": "person"})
    assert [
        item.fragments[0].start
        for item in answering.offered(project, article, ALL)
        if item.layer == "actor"
    ] != [0]


def test_one_article_in_ten_is_kept_back() -> None:
    kept = sum(answering.is_kept_back(str(number), 10) for number in range(2000))
    assert 150 < kept < 250
    assert not any(answering.is_kept_back(str(number), 0) for number in range(100))


def test_the_step_of_suggesting_is_undone(tmp_path: Path) -> None:
    with make_project(tmp_path, TEXT) as project:
        suggesting.suggest(project)
        history.undo(project)
        assert not suggestions.of_article(project.db, article_of(project))


def test_an_unknown_suggester_is_told(project: Project) -> None:
    with pytest.raises(NotFound, match="choose from attributions, rules"):
        suggesting.suggest(project, ["oracle"])


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(tmp_path, TEXT).close()
    place = str(tmp_path / "study.annotator")
    assert run(["suggest", place, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["added"]["claim"] == 1
    assert run(["suggest", place, "--list"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("rules 1:")
    assert "waiting" in out
    assert run(["suggest", "--list"]) == 0
    assert run(["suggest", place, "--suggester", "oracle"]) == 1
    with pytest.raises(SystemExit):
        run(["suggest"])


def test_only_names_that_may_stand_in_an_article_are_sent_to_be_looked_for(
    project: Project,
) -> None:
    for name in ("Harbour Pilots", "Lena Holm", "shut", "İzmir Port"):
        actor_entries.create(project, name)
    request = suggesting.task_for(project, article_of(project)).request
    assert request.names is not None
    assert [entry.name for entry in request.names.entries] == ["Lena Holm", "shut"]


def test_a_large_actor_book_is_gone_through_in_slices(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "MANY", 1)
    before = slices(project)
    for number in range(5):
        actor_entries.create(project, f"Pilot {number}")
    assert slices(project) == before + 5


def slices(project: Project) -> int:
    """Return in how many slices the names of an article are found."""
    return sum(1 for _ in suggesting.task_for.slices(project, article_of(project)))
