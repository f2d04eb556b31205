"""What comes in is what was in the file, once, and every mark where the file had it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from annotator.domain.segments import paragraphs, sentences
from annotator.domain.text import sha256_of
from annotator.services import (
    actor_book,
    actor_entries,
    actor_merging,
    checking,
    codebooks,
    exporting,
    history,
    importing,
    marking,
    occurrences,
    reading,
    recognising,
)
from annotator.services import project as projects
from annotator.services.import_report import Counts, Preview, Report
from annotator.services.project import Project
from annotator.settings.places import seeds_folder
from tests.support.checkout import ROOT
from tests.support.material import make_project
from tests.support.permissions import needs_permissions


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project; it must be whole at the end."""
    with make_project(tmp_path) as made:
        yield made
    with projects.open_existing(made.path) as again:
        assert checking.problems(again) == []


def imported(project: Project, name: str, raw: bytes, **options: object) -> Report:
    """Import a file of these bytes."""
    file = project.path.parent / name
    file.write_bytes(raw)
    return importing.import_all(project, [file], **options)  # type: ignore[arg-type]


def text_of(project: Project, number: int = 0) -> str:
    """Return the text of an article."""
    listed = reading.list_articles(project)[number]
    return reading.open_article(project, listed.article.id).text


def dumped(*lines: dict[str, object]) -> bytes:
    """Return lines of JSONL."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


# Texts


def test_the_same_article_from_windows_and_unix_is_one(project: Project) -> None:  # B1, B6
    unix = "John loves Mary.\nHe married her."
    first = imported(project, "windows.txt", unix.replace("\n", "\r\n").encode())
    second = imported(project, "unix.txt", unix.encode())
    assert (first.added.articles, second.added.articles, second.there.articles) == (1, 0, 1)
    (listed,) = reading.list_articles(project)
    assert listed.article.source.newlines == "crlf"
    article = listed.article.id
    for start, end in ((17, 19), (28, 31)):
        marking.mark(project, article, [(start, end)], "actor")
    assert [mark.text for mark in reading.open_article(project, article).marks] == ["He", "her"]


def test_every_kind_of_line_separator_is_kept_but_cr(project: Project) -> None:  # B7
    text = "Line1\rLine2\nLine3\r\nLine4\u0085Line5\u2028Line6\u2029Line7"
    imported(project, "kinds.txt", text.encode())
    kept = text_of(project)
    assert kept == "Line1\nLine2\nLine3\nLine4\u0085Line5\u2028Line6\u2029Line7"
    assert reading.list_articles(project)[0].article.source.newlines == "mixed"


def test_text_and_offsets_come_from_one_place(project: Project) -> None:  # B9
    turns = "".join(f"SPEAKER {number}:\n\n   What about   item {number}?\n" for number in range(9))
    imported(project, "turns.txt", turns.encode())
    article = reading.list_articles(project)[0].article.id
    start = turns.rindex("item 8")
    marking.mark(project, article, [(start, start + 6)], "claim")
    out = project.path.parent / "out.jsonl"
    exporting.export(project, exporting.Order(out))
    line = json.loads(out.read_text(encoding="utf-8"))
    (claim,) = line["claims"]
    assert line["text"] == turns
    assert (claim["start"], line["text"][claim["start"] : claim["end"]]) == (start, "item 8")


def test_a_byte_order_mark_is_no_character(project: Project) -> None:  # B11
    imported(project, "bom.txt", "\ufeffPort strike".encode())
    article = reading.list_articles(project)[0].article
    assert (text_of(project), article.source.had_bom, article.length) == ("Port strike", True, 11)


def test_a_no_break_space_is_kept_and_found(project: Project) -> None:  # B13
    imported(project, "nbsp.txt", "12\u00a0million, 12 million".encode())
    text = text_of(project)
    assert text[2] == "\u00a0"
    assert occurrences.occurrences(text, "12 million") == [(0, 10), (12, 22)]
    assert occurrences.occurrences(text, "12\u00a0million") == [(0, 10), (12, 22)]


def test_sentences_without_a_space_between_stay_together(project: Project) -> None:  # B19
    imported(project, "one.txt", b"onetwo")
    article = reading.list_articles(project)[0].article.id
    for extent in ((0, 3), (3, 6)):
        marking.mark(project, article, [extent], "actor")
    out = project.path.parent / "out.jsonl"
    exporting.export(project, exporting.Order(out))
    line = json.loads(out.read_text(encoding="utf-8"))
    assert line["text"] == "onetwo"
    assert [(mark["start"], mark["end"]) for mark in line["actors"]] == [(0, 3), (3, 6)]
    line["text"] = "one two"
    line["text_sha256"] = sha256_of("one two")
    report = imported(project, "changed.jsonl", dumped(line))
    assert "whose text is frozen" in report.refused[-1].what
    assert report.added.in_words() == ""
    assert text_of(project) == "onetwo"


def test_splitting_into_sentences_keeps_absolute_offsets(project: Project) -> None:  # B26
    seed = (seeds_folder() / "01-harbour-strike.txt").read_bytes()
    imported(project, "seed.txt", seed)
    article = reading.list_articles(project)[0].article.id
    text = text_of(project)
    extents = [extent for start, end in paragraphs(text) for extent in sentences(text, start, end)]
    for extent in extents:
        marking.mark(project, article, [extent], "claim")
    marks = reading.open_article(project, article).marks
    assert [(mark.start, mark.end) for mark in marks] == extents
    assert all(text[mark.start : mark.end] == mark.text for mark in marks)
    assert all(not text[mark.start - 1 : mark.start].isalnum() for mark in marks)


def test_an_encoding_is_asked_for_never_guessed(project: Project) -> None:  # B25
    raw = "Größe: 5 €".encode("cp1252")
    report = imported(project, "old.txt", raw)
    assert report.added.articles == 0
    assert "name its encoding" in report.refused[0].what
    chosen = importing.Choices(encodings={"old.txt": "cp1252"})
    told = Report()
    list(importing.import_steps(project, [project.path.parent / "old.txt"], told, choices=chosen))
    assert told.refused == []
    assert text_of(project) == "Größe: 5 €"
    assert reading.list_articles(project)[0].article.source.encoding == "cp1252"


def test_a_dry_run_tells_each_file_and_what_to_choose(project: Project) -> None:
    folder = project.path.parent / "in"
    folder.mkdir()
    (folder / "old.txt").write_bytes("Größe".encode("cp1252"))
    (folder / "a.txt").write_text("A title\n\nAnd a text below it.\n")
    (folder / "b.csv").write_text("one,two\n1,2\n")
    (folder / "c.bin").write_bytes(b"\0\1")
    (folder / "out.txt").write_text("Left out.")
    preview = Preview()
    choices = importing.Choices(left_out=frozenset(["in/out.txt"]))
    list(importing.import_steps(project, [folder], preview, choices=choices))
    told = {file.name: file for file in preview.told}
    assert list(told) == ["in/a.txt", "in/old.txt", "in/b.csv", "in/c.bin"]
    assert told["in/a.txt"].titles == [("A title", True)]
    assert told["in/a.txt"].added.articles == 1
    assert told["in/old.txt"].candidates[0] == "cp1252"
    assert told["in/old.txt"].sample == "Größe".encode("cp1252")
    assert told["in/b.csv"].look
    assert told["in/b.csv"].look.columns == ("one", "two")
    assert [len(file.refused) for file in preview.told] == [0, 1, 1, 1]
    assert reading.list_articles(project) == []


def test_a_wrong_encoding_is_refused_with_line_and_byte(project: Project) -> None:  # B24
    report = imported(project, "old.txt", "one\ntwo é".encode("cp1252"), encoding="utf-8")
    assert report.refused[0].what.startswith("is not valid utf-8 at byte 8 (line 2)")


def test_nothing_depends_on_the_language_of_the_machine(tmp_path: Path) -> None:  # B23
    folder = tmp_path / "Artikel"
    folder.mkdir()
    for seed in ("06-emoji-and-odd-signs.txt", "07-arabic-library.txt"):
        (folder / f"ö-{seed}").write_bytes((seeds_folder() / seed).read_bytes())
    old = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "",
    }
    outputs = []
    for name, environment in (("old", old), ("new", {"PYTHONUTF8": "1"})):
        project, out = tmp_path / f"{name}.annotator", tmp_path / f"{name}.jsonl"
        for words in (
            ["new", project, "--annotator", "Zoë"],
            ["import", project, folder],
            ["stats", project],
            ["history", project],
            ["history", project, "--json"],
            ["export", project, out],
            ["check", project],
            ["formats"],
        ):
            done = subprocess.run(
                [sys.executable, "-W", "error", "main.py", *map(os.fspath, words)],
                env={**os.environ, **environment},
                cwd=ROOT,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, (name, words, done.stderr)
            assert b"Traceback" not in done.stderr
            if "--json" in words:
                assert json.loads(done.stdout)[0]["annotator"] == "Zoë"
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        outputs.append(
            [(line["text"], line["meta"], line["annotator"]) for line in sorted(lines, key=str)]
        )
    assert sorted(outputs[0], key=str) == sorted(outputs[1], key=str)
    assert outputs[0][0][1]["source_file"].startswith("ö-0")


@pytest.mark.skipif(sys.platform != "linux", reason="such names are made on Linux only")
def test_a_file_name_that_is_no_text(project: Project) -> None:
    folder = os.fsencode(project.path.parent / "odd")
    os.mkdir(folder)  # noqa: PTH102
    for name, raw in ((b"caf\xe9.txt", b"An article.\n"), (b"caf\xe9.png", b"\x89PNG")):
        with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(raw)
    report = importing.import_all(project, [Path(os.fsdecode(folder))])
    assert report.added.articles == 1
    assert [remark.where for remark in report.refused] == ["odd/caf\ufffd.png"]
    (listed,) = reading.list_articles(project)
    assert listed.article.meta.source_file == "caf\ufffd.txt"
    exporting.export(project, exporting.Order(project.path.parent / "out.jsonl"))


@needs_permissions
def test_a_file_that_may_not_be_read(project: Project) -> None:
    folder = project.path.parent / "articles"
    folder.mkdir()
    for name in ("open.txt", "locked.txt", "locked.jsonl"):
        (folder / name).write_text(f"The article {name}.\n")
    for name in ("locked.txt", "locked.jsonl"):
        (folder / name).chmod(0)
    report = importing.import_all(project, [folder])
    assert report.added.articles == 1
    assert [remark.where for remark in report.refused] == [
        os.path.join("articles", "locked.txt"),  # noqa: PTH118
        os.path.join("articles", "locked.jsonl"),  # noqa: PTH118
    ]
    assert {remark.what for remark in report.refused} == {
        "cannot be read (Permission denied): check its permissions"
    }


@needs_permissions
def test_a_folder_that_may_not_be_entered(project: Project) -> None:
    folder = project.path.parent / "articles"
    (folder / "locked").mkdir(parents=True)
    (folder / "one.txt").write_text("One article.\n")
    (folder / "locked").chmod(0)
    try:
        report = importing.import_all(project, [folder])
    finally:
        (folder / "locked").chmod(0o700)
    assert report.added.articles == 1
    assert [remark.where for remark in report.refused] == [os.path.join("articles", "locked")]  # noqa: PTH118


# Once only


def test_many_articles_of_one_moment(tmp_path: Path) -> None:  # F7
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"Article number {number}.\n", encoding="utf-8")
    with projects.create(
        tmp_path / "p", codebooks.default_codebook(), "Amal", clock=lambda: "2026-01-01T00:00:00.000Z"
    ) as project:  # fmt: skip
        assert importing.import_all(project, [folder]).added.articles == 300
        ids = {listed.article.id for listed in reading.list_articles(project)}
        assert len(ids) == 300
        assert checking.problems(project) == []


def test_importing_again_adds_nothing(project: Project) -> None:  # F8
    text = "ISIS said no.\n"
    line = {
        "format": "annotator/1",
        "text": text,
        "annotator": "Bea",
        "entities": [{"id": "e1", "name": "Islamic State", "type": "armed_group"}],
        "actors": [{"id": "a1", "start": 0, "end": 4, "type": "armed_group", "entity": "e1"}],
        "claims": [{"id": "c1", "start": 10, "end": 12, "source": "a1", "cue": {"start": 5, "end": 9}}],
        "states": {"actor": "done"},
    }  # fmt: skip
    first = imported(project, "in.jsonl", dumped(line))
    assert first.refused == []
    before = history.next_undo(project, anybody=True)
    for name in ("in.jsonl", "copy.jsonl"):
        again = imported(project, name, dumped(line))
        assert again.added.in_words() == ""
        assert again.there == Counts(articles=1, marks=3, links=2, actors=1)
        assert again.refused == []
    assert history.next_undo(project, anybody=True) == before
    (listed,) = reading.list_articles(project)
    assert listed.article.meta.source_file is None


def test_the_same_file_named_twice_is_read_once(project: Project) -> None:
    file = project.path.parent / "one.txt"
    file.write_text("One article.\n")
    report = importing.import_all(project, [file, file.parent / "." / "one.txt", file])
    assert (report.files, report.added.articles) == (1, 1)


def test_two_files_with_one_text_are_one_article(project: Project) -> None:
    folder = project.path.parent / "twice"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("One article.\n")
    report = importing.import_all(project, [folder])
    assert (report.added.articles, report.there.articles) == (1, 1)


def test_a_mark_at_the_last_character(project: Project) -> None:  # F4
    text = "Some text yeah \U0001f680 rocket"
    actors = [{"id": "a1", "start": 17, "end": 23}, {"id": "a2", "start": 17, "end": 24}]
    report = imported(
        project, "in.jsonl", dumped({"format": "annotator/1", "text": text, "actors": actors})
    )
    assert report.added.marks == 1
    assert "a2" in report.refused[0].what
    assert "ends at 24, but the text has only 23" in report.refused[0].what


def test_big_ids_stay_exact(project: Project) -> None:  # F11
    actors = [
        {"id": 9007199254740993, "start": 0, "end": 3},
        {"id": 9007199254740992, "start": 4, "end": 7},
    ]
    claims = [{"id": 1, "start": 8, "end": 13, "source": 9007199254740993}]
    line = {"format": "annotator/1", "text": "one two three", "actors": actors, "claims": claims}
    assert imported(project, "in.jsonl", dumped(line)).refused == []
    article = reading.list_articles(project)[0].article.id
    opened = reading.open_article(project, article)
    words = {mark.id: mark.text for mark in opened.marks}
    assert [words[link.end or ""] for link in opened.links] == ["one"]


# Whole or not at all


def test_a_failure_in_the_middle_leaves_nothing(project: Project) -> None:  # G1
    folder = project.path.parent / "many"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Article number {number}.\n")
    calls = count()

    def tell(*_: object) -> None:
        if next(calls) == 5:
            raise KeyboardInterrupt

    before = list(project.db.conn.iterdump())
    with pytest.raises(KeyboardInterrupt):
        importing.import_all(project, [folder], tell=tell)
    assert list(project.db.conn.iterdump()) == before
    assert importing.import_all(project, [folder]).added.articles == 5


def test_an_unknown_format_takes_nothing(project: Project) -> None:
    report = imported(project, "one.txt", b"One article.\n", format="nonsense")
    assert "is no format we read" in report.refused[0].what
    assert reading.list_articles(project) == []


def test_nothing_named_is_nothing_done(project: Project) -> None:
    report = importing.import_all(project, [])
    assert report.in_words() == ["Added nothing."]
    assert history.next_undo(project) is None


def test_an_actor_that_was_taken_out_comes_back_with_marks_for_it_and_that_is_told(
    tmp_path: Path,
) -> None:
    file = tmp_path / "kept.jsonl"
    with make_project(tmp_path, "Amal spoke.", "Amal spoke again.") as project:
        ids = [item.article.id for item in reading.list_articles(project)]
        for id in ids:
            marking.mark(project, id, [(0, 4)], "actor")
        made = [mark.id for id in ids for mark in reading.open_article(project, id).marks]
        actor_book.assign_all_new(project, made, "A. Haddad")
        exporting.export(project, exporting.Order(file))
        old = actor_book.entry_of(project, made[0])
        assert old
        actor_book.assign_all(project, made, None)
        actor_entries.retire(project, old)
        untied = importing.import_all(project, [file])
        assert (len(untied.refused), list(untied.notes)) == (2, [])
        assert actor_book.entry(project, old).retired, "no new mark stands for it"
        marking.delete(project, made[:1])
        report = importing.import_all(project, [file])
        assert (report.added.marks, len(report.refused)) == (1, 1)
        assert "“A. Haddad”, which is in the actor book again" in report.details()[-1]
        assert actor_book.entry_of(project, made[0]) == old
        assert [actor.id for actor in recognising.book(project)] == [old]
        assert checking.problems(project) == []
        history.undo(project)
        assert actor_book.entry(project, old).retired


def test_of_actors_merged_into_each_other_one_stands_again_with_marks_for_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "kept.jsonl"
    with make_project(tmp_path, "Amal spoke.") as project:
        id = reading.list_articles(project)[0].article.id
        marking.mark(project, id, [(0, 4)], "actor")
        (made,) = [mark.id for mark in reading.open_article(project, id).marks]
        actor_book.assign_new(project, made, "A. Haddad")
        actor_entries.create(project, "Amal Haddad")
        exporting.export(project, exporting.Order(file))
        marking.delete(project, [made])
        one, other = recognising.book(project)
        with project.step("Left behind by an earlier version") as ticket:
            ticket.write.put(replace(one, retired=True, merged_into=other.id))
            ticket.write.put(replace(other, retired=True, merged_into=one.id))
        importing.import_all(project, [file])
        left = actor_book.entry_of(project, made)
        assert left
        assert [actor.id for actor in recognising.book(project)] == [left]
        for actor in (one, other):
            assert actor_book.entry_in_use(project, actor.id).id == left


@pytest.mark.parametrize("kept", [0, 1])
def test_marks_of_an_actor_that_was_taken_out_go_to_one_just_like_it_in_the_book(
    tmp_path: Path, kept: int
) -> None:
    file = tmp_path / "kept.jsonl"
    with make_project(tmp_path, "Amal spoke to Bea.") as project:
        id = reading.list_articles(project)[0].article.id
        for start in (0, 14)[: kept + 1]:
            marking.mark(project, id, [(start, start + 3)], "actor")
        made = [mark.id for mark in reading.open_article(project, id).marks]
        actor_book.assign_new(project, made[0], "A. Haddad")
        old = actor_book.entry_of(project, made[0])
        assert old
        exporting.export(project, exporting.Order(file))
        marking.delete(project, made[:1])
        actor_entries.retire(project, old)
        actor_entries.create(project, "A. Haddad")
        report = importing.import_all(project, [file])
        assert (report.added.marks, list(report.notes)) == (1, [])
        (entry,) = recognising.book(project)
        assert entry.id != old
        assert actor_book.entry_of(project, made[0]) == entry.id
        assert checking.problems(project) == []


def test_marks_of_an_actor_that_was_merged_meanwhile_stand_for_the_one_it_became(
    tmp_path: Path,
) -> None:
    file = tmp_path / "kept.jsonl"
    with make_project(tmp_path, "Amal spoke.", "Amal spoke again.") as project:
        ids = [item.article.id for item in reading.list_articles(project)]
        for id in ids:
            marking.mark(project, id, [(0, 4)], "actor")
        made = [mark.id for id in ids for mark in reading.open_article(project, id).marks]
        actor_book.assign_all_new(project, made, "A. Haddad")
        exporting.export(project, exporting.Order(file))
        old = actor_book.entry_of(project, made[0])
        actor_entries.create(project, "Amal Haddad")
        kept = actor_book.called(project, "Amal Haddad")
        assert old
        assert kept
        actor_merging.merge(project, kept.id, [old])
        marking.delete(project, made[:1])
        report = importing.import_all(project, [file])
        assert (report.added.marks, report.there.marks, len(report.refused)) == (1, 1, 0)
        assert [actor_book.entry_of(project, id) for id in made] == [kept.id, kept.id]
        assert checking.problems(project) == []
