"""Gold out of what several annotators marked: each decision one step, kept, and never silently lost."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.actor import Actor
from annotator.domain.adjudication import Choice
from annotator.domain.errors import NotFound, Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Origin, View
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    adjudication,
    checking,
    gold_links,
    history,
    judging,
    linking,
    marking,
    merging,
    reading,
)
from annotator.services import project as projects
from annotator.services.adjudication import Own
from annotator.services.exporting import Order, export
from annotator.services.judging import Judged
from annotator.services.project import Project
from annotator.store import adjudications, links, marks
from tests.services.test_random_acts import dump
from tests.support.material import STORY, make_project
from tests.support.team import article_id, code, mark_words

AMAL = [
    ("actor", "harbour workers’ union", {"type": "organisation"}),
    ("actor", "Amal Haddad", {"type": "person"}),
    ("claim", "We will not go back", {"stance": "oppose"}),
]
BEA = [
    ("actor", "workers’ union", {"type": "group"}),
    ("actor", "Amal Haddad", {"type": "person"}),
    ("claim", "We will not go back", {"stance": "support"}),
    ("actor", "port authority", {"type": "government"}),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project that Amal and Bea finished, each with the claim tied to its source."""
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for name, wanted in (("Amal", AMAL), ("Bea", BEA)):
        with projects.open_existing(path, name) as project:
            made = mark_words(project, wanted)
            linking.tie(project, made[2], "source", made[1])
        code(path, name, [])
    return path


def lead(path: Path, name: str = "Lead") -> Project:
    return projects.open_existing(path, name)


def case_of(project: Project, words: str) -> Judged:
    """Return the case in which somebody marked these words."""
    (found,) = [
        item
        for item in judging.judged(project)
        if any(mark.text == words for mark in item.case.marks.values())
    ]
    return found


def mark_of(item: Judged, project: Project, name: str) -> Mark:
    """Return somebody's mark of a case."""
    ids = {person.name: person.id for person in reading.people(project)}
    return item.case.marks[ids[name]]


def own_marks(project: Project) -> list[Mark]:
    return marks.of_article(project.db, article_id(project), project.annotator.id)


def gold(project: Project) -> list[Mark]:
    return marks.of_article(project.db, article_id(project), None, View.GOLD)


def test_one_mark_is_accepted_with_its_values_and_reason(path: Path) -> None:
    with lead(path) as project:
        item = case_of(project, "workers’ union")
        mine = mark_of(item, project, "Bea")
        outcome = adjudication.accept(
            project, item.case, [mine.id], reason=" the union is a group "
        )
        assert outcome.step
        assert outcome.step.name == "Gold, accepted: actor “workers’ union”"
        (made,) = gold(project)
        assert (made.text, made.attributes["type"], made.annotator) == (
            "workers’ union", "group", project.annotator.id,
        )  # fmt: skip
        decided = case_of(project, "workers’ union")
        assert decided.decision
        assert decided.decision.reason == "the union is a group"
        assert decided.decision.chosen == (mine.id,)
        assert marks.TABLE.get(project.db, mine.id) == mine
        assert history.entries(project, 1)[0].annotator == "Lead"
        assert checking.problems(project) == []


def test_every_decision_is_one_step_back_and_forth(path: Path) -> None:
    with lead(path) as project:
        states = [dump(project)]
        item = case_of(project, "workers’ union")
        both = item.case.mark_ids
        text = project.text(project.article(article_id(project)))
        start = text.index("The harbour")
        acts = (
            lambda: adjudication.accept(project, item.case, both[:1]),
            lambda: adjudication.accept(project, item.case, both),
            lambda: adjudication.accept(
                project,
                item.case,
                both[:1],
                extents=[(start + 4, start + 11)],
                reason="the harbour",
            ),
            lambda: adjudication.leave_out(project, item.case),
            lambda: adjudication.add(project, article_id(project), "actor", [(start, start + 3)]),
            lambda: adjudication.accept_agreed(project, judging.judged(project)),
        )
        for act in acts:
            steps = len(history.entries(project))
            act()
            assert len(history.entries(project)) == steps + 1
            states.append(dump(project))
            assert checking.problems(project) == []
        for before in reversed(states[:-1]):
            history.undo(project)
            assert dump(project)["adjudication"] == before["adjudication"]
            assert dump(project)["mark"] == before["mark"]
        for after in states[1:]:
            history.redo(project)
            assert dump(project)["mark"] == after["mark"]


def test_a_later_decision_takes_the_place_of_the_earlier_one(path: Path) -> None:
    with lead(path) as project:
        item = case_of(project, "workers’ union")
        first, second = item.case.mark_ids
        adjudication.accept(project, item.case, [first])
        adjudication.accept(project, item.case, [first, second])
        assert len(gold(project)) == 2
        adjudication.leave_out(project, item.case)
        assert gold(project) == []
        decision = case_of(project, "workers’ union").decision
        assert decision
        assert decision.choice is Choice.LEFT_OUT
        adjudication.reopen(project, decision)
        assert case_of(project, "workers’ union").is_open


def test_edited_bounds_and_values_are_told_as_such(path: Path) -> None:
    with lead(path) as project:
        item = case_of(project, "workers’ union")
        mine = mark_of(item, project, "Amal")
        adjudication.accept(project, item.case, [mine.id], attributes={"type": "group"})
        (made,) = gold(project)
        assert (made.attributes["type"], made.made.origin) == ("group", Origin.EDITED)
        with pytest.raises(Refused):
            adjudication.accept(
                project, item.case, item.case.mark_ids, attributes={"type": "group"}
            )
        with pytest.raises(Refused, match="no value of type"):
            adjudication.accept(project, item.case, [mine.id], attributes={"type": "fish"})
        with pytest.raises(Refused, match="Choose one"):
            adjudication.accept(project, item.case, ["not of this case"])


def entry_called(project: Project, name: str) -> Id:
    """Make an entry of the actor book and return its id."""
    (change,) = [
        change
        for change in actor_entries.create(project, name).changes
        if isinstance(change.after, Actor)
    ]
    assert change.after
    return change.after.id


def test_gold_stands_for_the_entry_named_or_for_nobody(path: Path) -> None:
    with projects.open_existing(path, "Amal") as project:
        own = entry_called(project, "The union")
        (mine,) = [mark.id for mark in own_marks(project) if mark.text == AMAL[0][1]]
        actor_book.assign(project, mine, own)
    with lead(path) as project:
        item = case_of(project, "harbour workers’ union")
        other = entry_called(project, "Harbour Union")
        for who, wanted in ((None, None), (other, other), (Own.OWN, own)):
            adjudication.accept(project, item.case, [mine], actor=who)
            (made,) = gold(project)
            assert made.actor == wanted
            edited = Origin.MANUAL if who is Own.OWN else Origin.EDITED
            assert made.made.origin == edited
        with pytest.raises(Refused, match="Only one mark"):
            adjudication.accept(project, item.case, item.case.mark_ids, actor=None)
        assert checking.problems(project) == []


def test_gold_stands_for_what_an_entry_was_merged_into_meanwhile(path: Path) -> None:
    with projects.open_existing(path, "Amal") as project:
        own = entry_called(project, "The union")
        (mine,) = [mark.id for mark in own_marks(project) if mark.text == AMAL[0][1]]
        actor_book.assign(project, mine, own)
    with lead(path) as project:
        item = case_of(project, "harbour workers’ union")
        named, kept = (entry_called(project, name) for name in ("Union", "Harbour Union"))
        actor_merging.merge(project, kept, [named, own])
        for who in (named, kept, Own.OWN):
            adjudication.accept(project, item.case, [mine], actor=who)
            assert [mark.actor for mark in gold(project)] == [kept]
        assert checking.problems(project) == []


def test_gold_does_not_stand_for_an_entry_taken_out_of_the_book(path: Path) -> None:
    with lead(path) as project:
        item = case_of(project, "harbour workers’ union")
        mine = mark_of(item, project, "Amal").id
        gone, never = entry_called(project, "Union"), entry_called(project, "Nobody")
        history.undo(project)
        actor_entries.retire(project, gone)
        before = dump(project)
        for who in (gone, never):
            with pytest.raises(NotFound, match="no longer in the actor book"):
                adjudication.accept(project, item.case, [mine], actor=who)
        claim = case_of(project, "We will not go back")
        with pytest.raises(Refused, match="Only an actor mention"):
            adjudication.accept(
                project, claim.case, [mark_of(claim, project, "Amal").id], actor=gone
            )
        assert dump(project) == before


def test_a_mark_is_accepted_as_it_is_though_its_entry_was_taken_out_elsewhere(path: Path) -> None:
    """As when somebody took the entry out in their file while another one tied a mention to it."""
    with projects.open_existing(path, "Amal") as project:
        own = entry_called(project, "The union")
        (mine,) = [mark.id for mark in own_marks(project) if mark.text == AMAL[0][1]]
        actor_book.assign(project, mine, own)
        with project.step("Take out") as ticket:
            ticket.write.put(replace(actor_book.entry(project, own), retired=True))
    with lead(path) as project:
        adjudication.accept(project, case_of(project, "harbour workers’ union").case, [mine])
        assert [mark.actor for mark in gold(project)] == [own]


def test_full_agreement_is_accepted_at_once_after_it_was_counted(path: Path) -> None:
    with lead(path) as project:
        found = judging.judged(project)
        alike = judging.agreed(found)
        assert [next(iter(item.case.marks.values())).text for item in alike] == ["Amal Haddad"]
        adjudication.accept_agreed(project, found)
        assert [mark.text for mark in gold(project)] == ["Amal Haddad"]
        assert judging.agreed(judging.judged(project)) == []
        again = adjudication.accept_agreed(project, judging.judged(project))
        assert again.step is None


def test_links_come_when_both_ends_are_gold_and_are_listed_until_then(path: Path) -> None:  # E12
    with lead(path) as project:
        article = article_id(project)
        claim = case_of(project, "We will not go back")
        adjudication.accept(project, claim.case, [mark_of(claim, project, "Amal").id])
        (waiting,) = gold_links.lacking(project, article)
        assert (waiting.type, waiting.is_open) == ("source", True)
        actor = case_of(project, "Amal Haddad")
        adjudication.accept(project, actor.case, [mark_of(actor, project, "Bea").id])
        (made,) = links.of_article(project.db, article, None, View.GOLD)
        who = next(mark for mark in gold(project) if mark.layer == "actor")
        assert (made.type, made.end) == ("source", who.id)
        assert gold_links.lacking(project, article) == []
        adjudication.leave_out(project, case_of(project, "Amal Haddad").case)
        (lost,) = gold_links.lacking(project, article)
        assert not lost.is_open
        assert checking.problems(project) == []


def test_merging_again_keeps_decisions_and_opens_only_what_is_new(path: Path) -> None:
    theirs = path.with_name("chi.annotator")
    shutil.copyfile(path, theirs)
    with lead(path) as project:
        for words in ("workers’ union", "We will not go back"):
            item = case_of(project, words)
            adjudication.accept(project, item.case, item.case.mark_ids[:1])
        before = {mark.id: mark for mark in gold(project)}
    code(theirs, "Chi", [("actor", "workers’ union"), ("sentiment", "an insult")])
    with projects.open_existing(theirs, "Bea") as project:
        claim = next(
            mark
            for mark in reading.open_article(project, article_id(project)).marks
            if mark.layer == "claim"
        )
        marking.set_attribute(project, claim.id, "stance", "neutral")
    with lead(path) as project:
        report = merging.merge(project, [theirs])
        assert report.conflicts == []
        assert {mark.id: mark for mark in gold(project)} == before
        joined = case_of(project, "harbour workers’ union")
        assert joined.is_open
        assert len(joined.case.marks) == 3
        claim_case = case_of(project, "We will not go back")
        assert not claim_case.is_open
        assert claim_case.is_stale
        assert not merging.merge(project, [theirs]).changes_anything


def test_decisions_travel_with_the_file(path: Path) -> None:
    theirs = path.with_name("lead.annotator")
    shutil.copyfile(path, theirs)
    with lead(theirs) as project:
        adjudication.accept_agreed(project, judging.judged(project))
    with lead(path, "Amal") as project:
        merging.merge(project, [theirs])
        assert len(adjudications.all(project.db)) == 1
        assert len(gold(project)) == 1
        assert judging.agreed(judging.judged(project)) == []
        case = case_of(project, "Amal Haddad").case
        with pytest.raises(Refused, match="Somebody else adjudicates"):
            adjudication.leave_out(project, case)


def test_two_adjudicators_of_one_article_meet_without_harm(path: Path) -> None:
    theirs = path.with_name("second.annotator")
    shutil.copyfile(path, theirs)
    for file, name, wanted in (
        (path, "Lead", ("We will not go back", "Amal Haddad")),
        (theirs, "Second", ("Amal Haddad",)),
    ):
        with lead(file, name) as project:
            for words in wanted:
                item = case_of(project, words)
                adjudication.accept(project, item.case, [mark_of(item, project, "Amal").id])
    with lead(path) as project:
        assert len(links.of_article(project.db, article_id(project), None, View.GOLD)) == 1
        report = merging.merge(project, [theirs])
        assert checking.problems(project) == []
        assert any("another adjudicator" in told for told in report.conflicts)
        assert {mark.text for mark in gold(project)} == {"We will not go back", "Amal Haddad"}
        assert len(gold_links.lacking(project, article_id(project))) == 1
        assert not merging.merge(project, [theirs]).changes_anything
        item = case_of(project, "Amal Haddad")
        adjudication.accept(project, item.case, [mark_of(item, project, "Amal").id])
        assert gold_links.lacking(project, article_id(project)) == []
        assert checking.problems(project) == []


def test_gold_goes_out_by_itself(path: Path, tmp_path: Path) -> None:
    with lead(path) as project:
        adjudication.accept_agreed(project, judging.judged(project))
        export(project, Order(tmp_path / "gold.jsonl", view="gold"))
        export(project, Order(tmp_path / "own.jsonl"))
    line = json.loads((tmp_path / "gold.jsonl").read_text(encoding="utf-8"))
    assert (line["view"], line["annotator"]) == ("gold", "Lead")
    assert [actor["text"] for actor in line["actors"]] == ["Amal Haddad"]
    assert line["claims"] == []
    own = [
        json.loads(text)
        for text in (tmp_path / "own.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [item["annotator"] for item in own] == ["Amal", "Bea"]
