"""Merging files: what comes in, what is recognised, what is told, and what is refused."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.app.command_line import run
from annotator.domain import slices
from annotator.domain.codebook import Attribute, Kind, LinkType
from annotator.domain.errors import Problem
from annotator.domain.mark import Mark, View
from annotator.services import (
    actor_entries,
    checking,
    codebooks,
    history,
    linking,
    marking,
    merge_names,
    merge_plan,
    merging,
    reading,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import annotators, marks
from tests.services.test_random_acts import dump
from tests.support.driving import driven
from tests.support.material import STORY, add_article, make_project
from tests.support.team import article_id, code, mark_words


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A project of two articles with one claim of Amal's."""
    with make_project(tmp_path, STORY, "A second article. Amal Haddad spoke.\n") as project:
        mark_words(project, [("claim", "We will not go back"), ("actor", "Amal Haddad")])
        return project.path


def copy(base: Path, name: str) -> Path:
    """Return a copy of a project under another name."""
    path = base.with_name(f"{name}.annotator")
    shutil.copyfile(base, path)
    return path


def opened(path: Path, name: str = "Amal") -> Project:
    return projects.open_existing(path, name)


def own(project: Project) -> dict[str, Mark]:
    """Return the marks of the annotator by id."""
    found = [
        mark
        for row in reading.list_articles(project)
        for mark in marks.of_article(project.db, row.article.id, project.annotator.id)
    ]
    return {mark.id: mark for mark in found}


def test_what_another_annotator_made_comes_in_once(base: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority"), ("sentiment", "an insult")])
    with opened(base) as project:
        report = merging.merge(project, [theirs])
        assert report.counts["new"] == {"annotator": 1, "mark": 2, "state": 4}
        assert report.conflicts == []
        assert [person.name for person in annotators.all(project.db)] == ["Amal", "Bea"]
        before = dump(project)
        again = merging.merge(project, [theirs, theirs])
        assert not again.changes_anything
        assert again.counts["same"]["mark"] == 2 * 4
        assert dump(project) == before
        assert checking.problems(project) == []
    with opened(base, "Bea") as project:
        assert {mark.text for mark in own(project).values()} == {"port authority", "an insult"}


def test_a_merge_that_was_taken_back_comes_again_and_deletes_nothing_elsewhere(base: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority"), ("sentiment", "an insult")])
    with opened(base) as project:
        first = merging.merge(project, [theirs])
        history.undo(project)
        again = merging.merge(project, [theirs])
        assert (again.counts["new"]["mark"], again.conflicts) == (first.counts["new"]["mark"], [])
        history.undo(project)
    with opened(theirs, "Bea") as project:
        before = own(project)
        assert not merging.merge(project, [base]).changes_anything
        assert own(project) == before


def test_own_marks_of_another_copy_come_again_after_a_merge_was_taken_back(base: Path) -> None:
    elsewhere = copy(base, "laptop")
    code(elsewhere, "Amal", [("actor", "port authority"), ("sentiment", "an insult")])
    with opened(elsewhere) as project:
        before = own(project)
        marking.set_note(project, min(before), "look again")
        before = own(project)
    with opened(base) as project:
        first = merging.merge(project, [elsewhere])
        merged = own(project)
        history.undo(project)
        again = merging.merge(project, [elsewhere])
        assert (again.counts, again.conflicts) == (first.counts, [])
        assert own(project) == merged
        history.undo(project)
    with opened(elsewhere) as project:
        assert not merging.merge(project, [base]).changes_anything
        assert own(project) == before


def test_merging_again_changes_nothing_for_who_began_in_both_copies(base: Path) -> None:
    elsewhere = copy(base, "laptop")
    code(base, "Bea", [("actor", "port authority")])
    code(elsewhere, "Bea", [("sentiment", "an insult")])
    for mine, other in ((base, elsewhere), (elsewhere, base)):
        with opened(mine, "Bea") as project:
            assert merging.merge(project, [other]).changes_anything
    with opened(base, "Bea") as project:
        merging.merge(project, [elsewhere])
        done = history.entries(project)
        assert not merging.merge(project, [elsewhere]).changes_anything
        assert history.entries(project) == done


def test_what_belongs_to_nobody_comes_again_after_a_merge_was_taken_back(base: Path) -> None:
    theirs = copy(base, "bea")
    with opened(theirs, "Bea") as project:
        add_article(project, "A third article that nobody has coded.\n")
        actor_entries.create(project, "Harbour board")
    with opened(base) as project:
        merging.merge(project, [theirs])
        merged = dump(project)
        history.undo(project)
        merging.merge(project, [theirs])
        assert dump(project) == merged
        history.undo(project)
    with opened(theirs, "Bea") as project:
        before = dump(project)
        merging.merge(project, [base])
        assert dump(project) == before


def test_what_its_owner_undid_is_gone_everywhere(base: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")], finish=False)
    with opened(base) as project:
        assert merging.merge(project, [theirs]).counts["new"]["mark"] == 1
    with opened(theirs, "Bea") as project:
        history.undo(project)
        assert own(project) == {}
    with opened(base) as project:
        assert merging.merge(project, [theirs]).counts["removed"]["mark"] == 1


def test_cancelled_while_the_other_file_is_read_it_leaves_nothing(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")])
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with opened(base) as project:
        before = dump(project)
        token = slices.unwanted.set(lambda: True)
        try:
            with pytest.raises(Problem, match="not read to its end"):
                merging.merge(project, [theirs])
        finally:
            slices.unwanted.reset(token)
        assert dump(project) == before
        assert list(scratch.iterdir()) == []
        assert merging.merge(project, [theirs]).changes_anything


def test_given_up_at_any_moment_its_plan_is_forgotten_bit_by_bit(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority"), ("claim", "an insult")])
    planned: list[int] = []
    monkeypatch.setattr(merging, "let_go", lambda entries: planned.append(len(entries)))
    monkeypatch.setattr(merge_plan, "AT_ONCE", 1)
    with opened(base) as project:
        before = dump(project)
        for steps in range(10_000):
            work = merging.merge_steps(project, [theirs], merging.Report())
            if sum(1 for _ in zip(range(steps), work, strict=False)) < steps:
                break
            work.close()  # type: ignore[attr-defined]
            assert dump(project) == before
    # Nothing yet, then more and more of it; after the end, when it was forgotten, nothing again.
    assert max(planned) >= 2
    assert planned[-1] == 0


def test_beside_the_window_only_the_file_is_read_and_nothing_is_thought_over(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority"), ("claim", "an insult")], finish=False)
    with opened(base) as project:
        merging.merge(project, [theirs])
    with opened(theirs, "Bea") as project:
        history.undo(project)
    code(theirs, "Bea", [("actor", "Amal Haddad")])
    here, threads = threading.current_thread(), []
    judge = merge_plan.judge

    def noted(*about: object) -> object:
        threads.append(threading.current_thread() is here)
        return judge(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(merge_plan, "judge", noted)
    with opened(base) as project:
        report = merging.Report()
        few = driven(merging.merge_steps(project, [theirs], report))
        assert report.counts["removed"]["mark"] == 1
        assert report.counts["new"]["mark"] == 1
        history.undo(project)
        for module in (merging, merge_names, merge_plan):
            monkeypatch.setattr(module, "AT_ONCE", 1)
        again = merging.Report()
        assert driven(merging.merge_steps(project, [theirs], again)) > few
        assert again == report
    assert set(threads) == {True}


def test_a_merge_of_several_files_is_one_step(base: Path) -> None:
    files = [copy(base, name) for name in ("bea", "chi")]
    for file, name in zip(files, ("Bea", "Chi"), strict=True):
        code(file, name, [("actor", "port authority")])
    with opened(base) as project:
        before = dump(project)
        count = len(history.entries(project))
        merging.merge(project, files)
        assert [entry.step.name for entry in history.entries(project, 1)] == ["Merge 2 files"]
        assert len(history.entries(project)) == count + 1
        history.undo(project)
        assert dump(project) == before


def test_edits_and_deletions_by_their_owner_are_taken_over(base: Path) -> None:
    theirs = copy(base, "later")
    with opened(theirs) as project:
        claim, actor = own(project)
        if own(project)[claim].layer != "claim":
            claim, actor = actor, claim
        marking.set_attribute(project, claim, "stance", "oppose")
        marking.delete(project, [actor])
    with opened(base) as project:
        report = merging.merge(project, [theirs])
        assert report.counts["changed"] == {"mark": 1}
        assert report.counts["removed"] == {"mark": 1}
        assert own(project)[claim].attributes["stance"] == "oppose"
        assert actor not in own(project)
    # The older file has nothing to say to the newer one.
    with opened(theirs) as project:
        older = copy(base, "older")
        shutil.copyfile(base, older)
        assert not merging.merge(project, [older]).changes_anything


def test_what_was_deleted_here_does_not_come_back(base: Path) -> None:
    theirs = copy(base, "idle")
    with opened(base) as project:
        gone = next(iter(own(project)))
        marking.delete(project, [gone])
        report = merging.merge(project, [theirs])
        assert gone not in own(project)
        assert report.counts["newer here"] == {"mark": 1}


def test_a_conflict_is_told_and_the_later_word_stands(base: Path) -> None:  # G18
    theirs = copy(base, "other")
    with opened(base) as project:
        claim = next(id for id, mark in own(project).items() if mark.layer == "claim")
        marking.set_attribute(project, claim, "stance", "oppose")
    with opened(theirs) as project:
        marking.set_attribute(project, claim, "stance", "support")
    for first, second in ((base, theirs), (theirs, base)):
        into = copy(first, f"into-{first.stem}")
        with opened(into) as project:
            report = merging.merge(project, [second])
            assert own(project)[claim].attributes["stance"] == "support"
            (told,) = report.conflicts
            assert "claim “We will not go back” of Amal" in told
            assert "stance: “" in told
            assert ("ours stands" in told) == (first is theirs)
            assert merging.merge(project, [second]).changes_anything is False


def test_a_mark_that_somebody_tied_meanwhile_outlives_its_deletion(base: Path) -> None:  # E12
    theirs = copy(base, "other")
    with opened(base) as project:
        claim, actor = sorted(own(project).values(), key=lambda mark: mark.layer != "claim")
        marking.delete(project, [actor.id])
    with opened(theirs) as project:
        linking.tie(project, claim.id, "source", actor.id)
    for first, second in ((base, theirs), (theirs, base)):
        with opened(copy(first, f"into-{first.stem}")) as project:
            report = merging.merge(project, [second])
            assert set(own(project)) == {claim.id, actor.id}
            assert [link.end for link in project.links_of(claim.id)] == [actor.id]
            assert "was deleted" in report.conflicts[0]
            assert checking.problems(project) == []


def test_codebooks_that_grew_apart_are_joined(base: Path) -> None:
    theirs = copy(base, "other")

    def with_attribute(project: Project, layer: str, name: str) -> None:
        layers = tuple(
            replace(item, attributes=(*item.attributes, Attribute(name, Kind.YES_NO)))
            if item.name == layer
            else item
            for item in project.codebook.layers
        )
        codebooks.change(project, f"Add {name}", replace(project.codebook, layers=layers))

    with opened(base) as project:
        with_attribute(project, "claim", "ours")
        codebooks.retire_layer(project, "cue")
    with opened(theirs, "Bea") as project:
        with_attribute(project, "actor", "theirs")
        (id,) = mark_words(project, [("actor", "port authority")])
        marking.set_attribute(project, id, "theirs", value=True)
    with opened(base) as project:
        report = merging.merge(project, [theirs])
        assert project.codebook.layer("claim").attribute("ours")
        assert project.codebook.layer("actor").attribute("theirs")
        assert project.codebook.layer("cue").retired
        assert any("has everything of both" in note for note in report.notes)
        assert checking.problems(project) == []
        before = dump(project)
        merging.merge(project, [theirs])
        assert dump(project) == before


def test_a_tie_of_a_codebook_that_came_with_an_earlier_file_is_kept(base: Path) -> None:
    book, theirs = copy(base, "book"), base.with_name("theirs.annotator")
    with opened(book, "Lead") as project:
        links = (*project.codebook.links, LinkType("about", "cue", ("actor",)))
        codebooks.change(project, "Add about", replace(project.codebook, links=links))
    shutil.copyfile(book, theirs)
    with opened(theirs) as project:
        claim, actor = sorted(own(project).values(), key=lambda mark: mark.layer != "claim")
        marking.relabel(project, claim.id, "cue")
        linking.tie(project, claim.id, "about", actor.id)
    with opened(base, "Lead") as project:
        report = merging.merge(project, [book, theirs])
        assert report.conflicts == []
        assert [link.end for link in project.links_of(claim.id)] == [actor.id]


def test_an_item_that_both_codebooks_changed_is_told(base: Path) -> None:
    theirs = copy(base, "other")
    for path, label in ((base, "Akteur"), (theirs, "Acteur")):
        with opened(path) as project:
            layers = tuple(
                replace(item, label=label) if item.name == "actor" else item
                for item in project.codebook.layers
            )
            codebooks.change(project, "Rename", replace(project.codebook, layers=layers))
    labels = set()
    for first, second in ((base, theirs), (theirs, base)):
        with opened(copy(first, f"into-{first.stem}")) as project:
            report = merging.merge(project, [second])
            assert any("layers › actor › label" in told for told in report.conflicts)
            labels.add(project.codebook.layer("actor").label)
    assert labels == {"Acteur"}


def test_a_project_of_its_own_meets_by_text_and_name(base: Path, tmp_path: Path) -> None:
    with make_project(
        tmp_path, STORY, "Quite another text.\n", annotator="Bea", name="bea"
    ) as other:
        mark_words(other, [("actor", "port authority")])
        theirs = other.path
    code(base, "Bea", [("actor", "Amal Haddad")])
    with opened(base) as project:
        trial = merging.merge(project, [theirs], dry_run=True)
        assert trial.unknown_texts == ["bea.annotator: Article 2"]
        report = merging.merge(project, [theirs])
        assert any("is a project of its own" in note for note in report.notes)
        assert [person.name for person in annotators.all(project.db)] == ["Amal", "Bea"]
        assert len(reading.list_articles(project)) == 3
        assert checking.problems(project) == []
        assert not merging.merge(project, [theirs]).changes_anything
    with opened(base, "Bea") as project:
        first = marks.of_article(project.db, article_id(project), project.annotator.id)
        assert {mark.text for mark in first} == {"Amal Haddad", "port authority"}


def test_an_article_that_is_another_text_under_the_same_id_is_left_out(
    base: Path, tmp_path: Path
) -> None:
    with opened(base) as project:
        taken = article_id(project)
    with make_project(tmp_path, name="forged") as other:
        made = add_article(other, "A forged text.\n", "Forged")
        other.db.execute("PRAGMA foreign_keys=OFF")
        other.db.execute("UPDATE article SET id = ? WHERE id = ?", (taken, made.id))
        theirs = other.path
    with opened(base) as project:
        before = dump(project)
        report = merging.merge(project, [theirs])
        assert any("is another text" in note for note in report.notes)
        assert dump(project)["article"] == before["article"]


def test_gold_comes_along(base: Path) -> None:
    theirs = copy(base, "lead")
    with opened(theirs, "Lead") as project:
        article = project.article(article_id(project))
        (id,) = mark_words(project, [("actor", "port authority")])
        mark = own(project)[id]
        with project.step("Gold", article.id) as ticket:
            ticket.write.put(replace(mark, id=project.file.new_id(), view=View.GOLD))
    with opened(base) as project:
        merging.merge(project, [theirs])
        gold = marks.of_article(project.db, article_id(project), None, View.GOLD)
        assert [mark.text for mark in gold] == ["port authority"]


def test_files_that_cannot_be_merged_are_refused_in_a_sentence(base: Path, tmp_path: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")])
    whole = theirs.read_bytes()
    text = tmp_path / "note.annotator"
    text.write_text("no project")
    damaged = tmp_path / "damaged.annotator"
    damaged.write_bytes(whole[:8192] + b"\0" * 8192 + whole[16384:])
    newer = copy(theirs, "newer")
    newer.write_bytes(whole[:60] + (99).to_bytes(4) + whole[64:])
    with opened(base) as project:
        before = dump(project)
        for path, words in (
            (tmp_path / "nowhere", "does not exist"),
            (text, "is not a project"),
            (damaged, "damaged"),
            (newer, "newer annotator"),
            (tmp_path, "is a folder"),
            (base, "open in this window already"),
        ):
            with pytest.raises(Problem, match=words):
                merging.merge(project, [theirs, path])
            assert dump(project) == before
        with opened(theirs, "Bea"), pytest.raises(Problem, match="is open in this window"):
            merging.merge(project, [theirs])
        assert dump(project) == before
    assert theirs.read_bytes()[:60] == whole[:60]


def test_a_mark_that_does_not_fit_its_text_refuses_the_file(base: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")])
    with opened(theirs, "Bea") as project:
        project.db.execute(
            "UPDATE mark SET fragments = replace(fragments, 'port authority', 'fort authority')"
        )
    with opened(base) as project:
        before = dump(project)
        with pytest.raises(Problem, match="does not stand where it says"):
            merging.merge(project, [theirs])
        assert dump(project) == before


def test_the_other_file_is_only_read(base: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")])
    before = theirs.read_bytes(), sorted(path.name for path in base.parent.iterdir())
    theirs.chmod(0o400)
    with opened(base) as project:
        merging.merge(project, [theirs])
    theirs.chmod(0o600)
    assert (theirs.read_bytes(), sorted(path.name for path in base.parent.iterdir())) == before


def test_stopping_half_way_leaves_everything_as_it_was(base: Path) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")])
    with opened(base) as project:
        before = dump(project)
        steps = merging.merge_steps(project, [theirs, theirs], merging.Report())
        for _ in range(3):
            next(steps)
        steps.close()
        assert dump(project) == before
        assert merging.merge(project, [theirs]).changes_anything


def test_the_command_tells_what_it_did(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = copy(base, "bea")
    code(theirs, "Bea", [("actor", "port authority")])
    report = base.with_name("report.json")
    assert run(["merge", str(base), str(theirs), "--dry-run", "--report", str(report)]) == 0
    assert "This was a trial" in capsys.readouterr().out
    assert json.loads(report.read_text(encoding="utf-8"))["counts"]["new"]["mark"] == 1
    assert run(["merge", str(base), str(theirs), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["new"]["mark"] == 1
    assert run(["merge", str(base), str(theirs)]) == 0
    assert "New: nothing." in capsys.readouterr().out
    assert run(["merge", str(base), str(base.with_name("no"))]) == 1
    assert "does not exist" in capsys.readouterr().err
