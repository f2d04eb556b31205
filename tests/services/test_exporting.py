"""Exports: the same bytes every time, never over a project, and never a change to what is exported."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Verdict
from annotator.domain.coded import ANNOTATOR, GOLD
from annotator.domain.errors import BadInput, NotFound, Problem, Refused
from annotator.domain.fragment import cut
from annotator.domain.link import Voice
from annotator.domain.mark import Mark, View
from annotator.formats.base import WriteContext
from annotator.formats.jsonl import JsonlWriter
from annotator.services import (
    actor_book,
    checking,
    exporting,
    history,
    importing,
    linking,
    marking,
    reading,
    recognising,
    states,
    statistics,
)
from annotator.services import project as projects
from annotator.services.coding import coded_articles
from annotator.services.exporting import Order
from annotator.services.project import Project
from annotator.store import articles, marks
from tests.support.material import STORY, make_project
from tests.support.team import code


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A coded article and an untouched one; it must be whole at the end."""
    folder = tmp_path / "study"
    folder.mkdir()
    with make_project(folder, STORY, "Another article.\n") as made:
        actor, claim = marked(made, "Amal Haddad", "actor"), marked(made, "insult", "claim")
        linking.tie(made, claim.id, "source", actor.id)
        actor_book.assign_new(made, actor.id)
        states.set_verdict(made, article(made), ["cue"], Verdict.NOTHING_FOUND)
        yield made
    with projects.open_existing(made.path) as again:
        assert checking.problems(again) == []


def article(project: Project) -> str:
    """Return the id of the first article."""
    return reading.list_articles(project)[0].article.id


def marked(project: Project, words: str, layer: str) -> Mark:
    """Mark words of the first article."""
    start = STORY.index(words)
    outcome = marking.mark(project, article(project), [(start, start + len(words))], layer)
    found = outcome.changes[0].after
    assert isinstance(found, Mark)
    return found


def exported(project: Project, out: Path, **order: object) -> list[dict[str, object]]:
    """Export and return the lines."""
    exporting.export(project, Order(out, **order))  # type: ignore[arg-type]
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_twice_is_the_same_bytes(project: Project, tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    exported(project, one)
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as again:
        exported(again, other)
    assert one.read_bytes() == other.read_bytes()
    assert b"\r" not in one.read_bytes()
    assert not one.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_is_undone_is_not_exported(project: Project, tmp_path: Path) -> None:
    before = exported(project, tmp_path / "one.jsonl")
    marked(project, "Monday", "actor")
    assert exported(project, tmp_path / "two.jsonl") != before
    history.undo(project)
    exported(project, tmp_path / "two.jsonl")
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_exporting_and_counting_write_nothing(project: Project, tmp_path: Path) -> None:  # G5
    project.file.settle()
    changes = project.db.conn.total_changes
    path = project.path
    for view in exporting.VIEWS:
        exported(project, tmp_path / f"{view}.jsonl", view=view)
    exporting.export_aside(project, Order(tmp_path / "aside.jsonl"))(lambda done, total: True)
    statistics.count(project)
    history.entries(project)
    recognising.book(project)
    assert project.db.conn.total_changes == changes
    project.close()
    before = path.read_bytes()
    with projects.open_existing(path) as again:
        exported(again, tmp_path / "again.jsonl")
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert (tmp_path / "aside.jsonl").read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_a_deleted_source_leaves_no_dangling_link(project: Project, tmp_path: Path) -> None:  # E6
    actor = next(
        mark
        for mark in reading.open_article(project, article(project)).marks
        if mark.layer == "actor"
    )
    marking.delete(project, [actor.id])
    lines = exported(project, tmp_path / "out.jsonl")
    (claim,) = next(line["claims"] for line in lines if line["claims"])  # type: ignore[misc]
    assert (claim["sources"], claim["source_voice"]) == ([], None)
    assert checking.problems(project) == []


def test_author_unknown_and_not_filled_in_are_three_things(
    project: Project, tmp_path: Path
) -> None:
    claims = [marked(project, words, "claim") for words in ("Port", "strike", "week")]
    linking.tie(project, claims[0].id, "source", Voice.AUTHOR)
    linking.tie(project, claims[1].id, "source", Voice.UNKNOWN)
    lines = exported(project, tmp_path / "out.jsonl")
    found = {
        claim["text"]: (claim["sources"], claim["source_voice"])
        for line in lines
        for claim in line["claims"]  # type: ignore[attr-defined]
    }
    assert [found[words] for words in ("Port", "strike", "week")] == [
        ([], "author"), ([], "unknown"), ([], None),
    ]  # fmt: skip


def test_every_annotator_is_a_line_and_one_can_be_chosen(project: Project, tmp_path: Path) -> None:
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as other:
        marked(other, "union", "actor")
        lines = exported(other, tmp_path / "all.jsonl")
        people = [(line["id"], line["annotator"]) for line in lines]
        assert people == sorted(people, key=lambda pair: (pair[0], pair[1] or ""))
        assert {name for _, name in people} == {"Amal", "Bea", None}
        only = exported(other, tmp_path / "bea.jsonl", annotator="Bea")
        assert {line["annotator"] for line in only if line["actors"]} == {"Bea"}
        with pytest.raises(NotFound, match="no annotator “Cyd”: it has Amal, Bea"):
            exported(other, tmp_path / "cyd.jsonl", annotator="Cyd")
    assert not (tmp_path / "cyd.jsonl").exists()


def test_gold_is_kept_apart(project: Project, tmp_path: Path) -> None:
    from dataclasses import replace

    own = reading.open_article(project, article(project)).marks[0]
    with project.step("Adjudicate") as ticket:
        ticket.write.put(replace(own, id=project.file.new_id(), view=View.GOLD))
    assert len(reading.open_article(project, article(project)).marks) == 2
    before = [len(line["actors"]) for line in exported(project, tmp_path / "own.jsonl")]  # type: ignore[arg-type]
    assert sum(before) == 1
    gold = exported(project, tmp_path / "gold.jsonl", view="gold")
    marks = [(line["view"], len(line["actors"]) + len(line["claims"])) for line in gold]  # type: ignore[arg-type]
    assert sorted(marks) == [("gold", 0), ("gold", 1)]
    assert statistics.count(project).gold == 1


def test_a_project_is_never_replaced(project: Project, tmp_path: Path) -> None:
    path = project.path
    elsewhere = tmp_path / "other.annotator"
    elsewhere.write_bytes(b"anything")
    link = tmp_path / "link.jsonl"
    link.symlink_to(path)
    for target in (path, elsewhere, tmp_path / "new.annotator", link):
        with pytest.raises(Refused, match="is a project"):
            exporting.export(project, Order(target))
        with pytest.raises(Refused, match="is a project"):
            exporting.export_aside(project, Order(target))
    assert elsewhere.read_bytes() == b"anything"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "link.jsonl", "other.annotator", "study",
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["no/folder/out.jsonl", "folder", "file/out.jsonl"])
def test_where_nothing_can_be_written(project: Project, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_text("kept")
    (tmp_path / "file").write_text("kept")
    with pytest.raises(BadInput, match=r"could not be written .*choose another place"):
        exporting.export(project, Order(tmp_path / target))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder", "study"]
    assert (tmp_path / "folder" / "kept").read_text() == "kept"


def test_what_was_there_is_replaced_whole_or_kept(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    with pytest.raises(exporting.Stopped):
        exporting.export(project, Order(out), lambda done, total: False)
    for bad in (Order(out, format="nonsense"), Order(out, view="mine"), Order(out, annotator="X")):
        with pytest.raises(Problem):
            exporting.export(project, bad)
    assert out.read_text() == "before"
    exporting.export(project, Order(out))
    assert out.read_text(encoding="utf-8").startswith('{"format": "annotator/1"')
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out.jsonl", "study"]


def test_two_exports_at_one_moment_do_not_meet(project: Project, tmp_path: Path) -> None:  # F13
    out = tmp_path / "out.jsonl"
    works = [exporting.export_aside(project, Order(out)) for _ in range(2)]
    exporting.export(project, Order(tmp_path / "alone.jsonl"))

    def second_in_between(done: int, total: int) -> bool:
        if len(works) == 2:
            works.pop()(lambda *_: True)
        return True

    works[0](second_in_between)
    assert out.read_bytes() == (tmp_path / "alone.jsonl").read_bytes()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "alone.jsonl", "out.jsonl", "study",
    ]  # fmt: skip


def test_a_mark_over_lines_of_a_windows_mail_comes_back_whole(tmp_path: Path) -> None:  # B2
    mail = "From: Amal Haddad\r\nTo: Port authority\r\nDate: Monday\r\nSubject: Night shift\r\n\r\nPay."
    (tmp_path / "mail.txt").write_bytes(mail.encode())
    with make_project(tmp_path, name="first") as project:
        importing.import_all(project, [tmp_path / "mail.txt"])
        text = reading.open_article(project, article(project)).text
        end = text.index("\n\n")
        marking.mark(project, article(project), [(0, end)], "claim")
        (line,) = exported(project, tmp_path / "out.jsonl")
        exporting.export(project, Order(tmp_path / "brat", format="brat"))
    assert line["text"] == mail.replace("\r\n", "\n")
    assert line["claims"][0]["fragments"] == [[0, end]]  # type: ignore[index]
    (annotations,) = (tmp_path / "brat").rglob("*.ann")
    assert b"\r" not in annotations.read_bytes()
    (mark,) = (row for row in annotations.read_text(encoding="utf-8").splitlines() if row[0] == "T")
    extents = [
        tuple(map(int, part.split())) for part in mark.split("\t")[1].split(" ", 1)[1].split(";")
    ]
    assert [text[start:stop] for start, stop in extents] == text[:end].split("\n")
    with make_project(tmp_path, name="second") as other:
        importing.import_all(other, [tmp_path / "out.jsonl"])
        (came,) = reading.open_article(other, article(other)).marks
        assert (came.start, came.end, came.text) == (0, end, text[:end])


def test_copies_in_different_splits_are_no_training_data(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY, STORY + "And more.\n") as project:
        one, other = articles.all(project.db)
        with project.step("Give splits") as ticket:
            for article, split in ((one, "train"), (other, "test")):
                ticket.write.put(replace(article, split=split, duplicate_group="wire"))
        with pytest.raises(Refused, match="“Article 1” in train, “Article 2” in test"):
            exporting.export(project, Order(tmp_path / "out.zip", "spacy"))
        assert not (tmp_path / "out.zip").exists()
        assert exporting.export(project, Order(tmp_path / "out.jsonl")).lines == 2


def test_articles_and_codings_are_counted_apart(tmp_path: Path) -> None:
    with make_project(tmp_path, STORY, STORY + "And more.\n", STORY + "And none.\n") as project:
        path = project.path
    for name in ("Amal", "Bea"):
        code(path, name, [("actor", "Amal Haddad")])
    code(path, "Amal", [("cue", "said")], article=1)
    with projects.open_existing(path, "Amal") as project:
        for form in ("jsonl", "xlsx"):
            report = exporting.export(project, Order(tmp_path / f"out.{form}", form))
            assert (report.lines, report.articles, report.marks) == (4, 3, 3)
            assert report.in_words()[0] == (
                "Wrote 3 marks in 3 articles: 4 codings, one for each annotator of an article."
            )
        report = exporting.export(project, Order(tmp_path / "amal.jsonl", annotator="Amal"))
        assert report.in_words() == ["Wrote 2 marks in 3 articles."]


def test_more_links_than_the_codebook_allows_go_out_too(project: Project, tmp_path: Path) -> None:
    claim, one = marked(project, STORY[:20], "claim"), marked(project, STORY[:5], "cue")
    other = marked(project, STORY[10:15], "cue")
    linking.tie(project, claim.id, "cue", one.id)
    # Files of two people that came in as one person's make such a second cue.
    (link,) = project.links_of(claim.id)
    with project.step("Import") as ticket:
        ticket.write.put(replace(link, id=project.file.new_id(), end=other.id))
    lines = exported(project, tmp_path / "out.jsonl")
    claims = [found for line in lines for found in line["claims"]]  # type: ignore[attr-defined]
    written = next(found for found in claims if found["id"] == claim.id)
    assert {written["cue"]["start"], *(tied["end"] for tied in written["links"])} == {0, other.id}
    with make_project(tmp_path, name="again") as again:
        importing.import_all(again, [tmp_path / "out.jsonl"])
        assert len(again.links_of(claim.id)) == 2


@pytest.mark.parametrize("view", [ANNOTATOR, GOLD])
def test_stored_cells_and_records_give_the_same_lines(
    project: Project, tmp_path: Path, view: str
) -> None:
    """An export of our own lines makes no objects of marks and links; what it writes is the same."""
    out = tmp_path / "out.jsonl"
    version = project.book
    with project.step("A note and a second fragment") as ticket:
        first, *_ = marks.of_article(project.db, article(project), None)
        parts = (*first.fragments, cut(STORY, first.end + 2, first.end + 9))
        ticket.write.put(replace(first, fragments=parts, note="why"))
    losses = exporting.export(project, Order(out, view=view)).losses
    buffer, context = io.StringIO(), WriteContext(version.codebook, version.version)
    JsonlWriter().write(coded_articles(project.db, view), buffer, context)
    assert buffer.getvalue() == out.read_text(encoding="utf-8")
    assert context.losses == losses


def test_a_mark_that_lost_its_place_is_not_exported(project: Project, tmp_path: Path) -> None:
    first, *_ = marks.of_article(project.db, article(project), None)
    moved = json.dumps([[first.start + 1, first.end + 1, first.text]])
    kept = project.db.execute("SELECT fragments FROM mark WHERE id = ?", (first.id,)).fetchone()
    project.db.execute("UPDATE mark SET fragments = ? WHERE id = ?", (moved, first.id))
    with pytest.raises(Problem, match="does not cover the words that it stores"):
        exporting.export(project, Order(tmp_path / "out.jsonl"))
    assert not (tmp_path / "out.jsonl").exists()
    project.db.execute("UPDATE mark SET fragments = ? WHERE id = ?", (kept[0], first.id))
