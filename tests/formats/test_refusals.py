"""What cannot be taken is refused with file, line and reason; everything else comes in."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.text import sha256_of
from annotator.services import checking, exporting, history, importing, reading
from annotator.services.import_report import Report
from annotator.services.project import Project
from tests.support.material import make_project

TEXT = "ISIS 😀 said no. Amal agreed.\n"


def line(**changes: Any) -> dict[str, Any]:
    """Return a whole line with one actor and one claim, changed."""
    base: dict[str, Any] = {
        "format": "annotator/1",
        "text": TEXT,
        "text_sha256": sha256_of(TEXT),
        "annotator": "A01",
        "actors": [{"id": "a1", "start": 0, "end": 4, "text": "ISIS", "type": "armed_group"}],
        "claims": [
            {
                "id": "c1",
                "start": 12,
                "end": 14,
                "text": "no",
                "sources": ["a1"],
                "stance": "oppose",
                "mode": "direct",
            }
        ],
    }
    return {**base, **changes}


def actor(**changes: Any) -> dict[str, Any]:
    """Return a line whose only mark is an actor, changed."""
    return line(actors=[{"id": "a1", "start": 0, "end": 4, "text": "ISIS", **changes}], claims=[])


def taken(tmp_path: Path, raw: bytes, name: str = "in.jsonl") -> tuple[Project, Report]:
    """Return a project after importing a file of these bytes."""
    file = tmp_path / name
    file.write_bytes(raw)
    project = make_project(tmp_path)
    report = importing.import_all(project, [file])
    assert checking.problems(project) == []
    return project, report


def dumped(*lines: dict[str, Any]) -> bytes:
    """Return lines of JSONL."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in lines).encode()


BAD_LINES = {
    "trailing comma": b'{"format": "annotator/1",}\n',
    "two objects": b'{"a": 1}{"b": 2}\n',
    "no object": b"[1, 2]\n",
    "repeated key": b'{"text": "x", "text": "y"}\n',
    "NaN": b'{"text": "x", "n": NaN}\n',
    "half a character": b'{"text": "x\\ud83d"}\n',
    "not UTF-8": b'{"text": "caf\xe9"}\n',
    "nested": b"[" * 100_000 + b"\n",
    "wrong hash": dumped(line(text_sha256="0" * 64)),
    "carriage return": dumped(line(text="a\r\nb", text_sha256=None)),
    "no text": dumped(line(text=None, text_sha256="1" * 64)),
    "suggestions": dumped(line(view="suggestions")),
    "unknown view": dumped(line(view="mine")),
    "NUL": dumped(line(text="a\0b", text_sha256=None)),
    "blank": dumped(line(text=" \n ", text_sha256=None)),
    "annotator no name": dumped(line(annotator={"name": "A01"})),
    "annotator a yes": dumped(line(annotator=True)),
    "annotator only blanks": dumped(line(annotator=" ")),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_refused_and_the_others_come_in(tmp_path: Path, name: str) -> None:  # F11
    project, report = taken(tmp_path, dumped(line()) + BAD_LINES[name] + b"\n" + dumped(line()))
    with project:
        assert report.added.marks == 2
        (remark,) = report.refused
        assert remark.where == "in.jsonl, line 2"
        assert len(remark.what) > 10


BAD_MARKS = {
    "beyond the end": actor(start=20, end=9999, text=None),  # F3
    "zero length": actor(start=4, end=4, text=None),  # D13, D14
    "backwards": actor(start=4, end=0, text=None),
    "negative": actor(start=-1, end=3, text=None),
    "a fraction": actor(start=0.5, end=4, text=None),
    "a yes": actor(start=True, end=4, text=None),
    "huge": actor(start=0, end=2**63, text=None),
    "UTF-16 units": actor(start=8, end=12, text="said"),  # A4
    "other words": actor(text="Isis"),
    "no id": actor(id=None),
    "overlapping fragments": actor(fragments=[[0, 3], [2, 4]], text=None),
}


@pytest.mark.parametrize("name", BAD_MARKS)
def test_a_bad_mark_is_refused_and_the_article_comes_in(tmp_path: Path, name: str) -> None:
    project, report = taken(tmp_path, dumped(BAD_MARKS[name]))
    with project:
        assert (report.added.articles, report.added.marks) == (1, 0)
        (remark,) = report.refused
        assert remark.where == "in.jsonl, line 1"


def test_metadata_that_is_no_text_is_kept_as_the_json_it_was(tmp_path: Path) -> None:
    meta = {
        "title": 1984,
        "author": ["Amal", "Bea"],
        "url": True,
        "extra": {"words": 512, "section": "Ö", "nested": {"a": None}},
    }
    project, report = taken(tmp_path, dumped(line(meta=meta)))
    with project:
        assert report.refused == []
        found = reading.list_articles(project)[0].article.meta
        assert (found.title, found.author, found.url) == ("1984", '["Amal", "Bea"]', "true")
        assert found.extra == {"nested": '{"a": null}', "section": "Ö", "words": "512"}


def test_bad_values_and_links_are_told_and_the_mark_is_kept(tmp_path: Path) -> None:
    claims = [
        {
            "id": "c1",
            "start": 12,
            "end": 14,
            "text": "no",
            "stance": "furious",
            "mood": "grim",
            "sources": ["a9"],
        },
        {"id": "c1", "start": 12, "end": 14, "text": "no"},
    ]
    other = [{"id": "o1", "layer": "weather", "start": 0, "end": 4, "text": "ISIS"}]
    raw = line(claims=claims, other=other)
    raw["actors"][0]["entity"] = "e7"
    project, report = taken(tmp_path, dumped(raw))
    with project:
        assert report.added.marks == 2
        told = " ".join(remark.what for remark in report.refused)
        for part in ("furious", "a9", "c1", "weather", "e7"):
            assert part in told


def test_an_untrimmed_mark_is_kept_and_noted(tmp_path: Path) -> None:  # B17
    project, report = taken(tmp_path, dumped(actor(start=0, end=5, text="ISIS ")))
    with project:
        assert report.added.marks == 1
        assert len(report.notes) == 1
        assert report.refused == []


def test_a_byte_order_mark_in_line_one_is_no_matter(tmp_path: Path) -> None:  # F11
    project, report = taken(
        tmp_path, b"\xef\xbb\xbf" + dumped(line()) + b"\n\n" + dumped(line(annotator="B"))
    )
    with project:
        assert report.refused == []
        assert report.added.marks == 4


def test_another_version_of_a_mark_never_overwrites_ours(tmp_path: Path) -> None:
    project, _ = taken(tmp_path, dumped(line()))
    with project:
        other = line()
        other["claims"][0]["stance"] = "support"
        (tmp_path / "second.jsonl").write_bytes(dumped(other))
        report = importing.import_all(project, [tmp_path / "second.jsonl"])
        assert len(report.refused) == 1
        assert "ours was kept" in report.refused[0].what
        assert report.added.in_words() == ""


TEXT_FILES = {
    "utf8.txt": ("Größe 😀\nx\n".encode(), "Größe 😀\nx\n"),
    "bom.txt": (b"\xef\xbb\xbfHello\n", "Hello\n"),  # B11
    "utf16.txt": ("\ufeffHéllo\n".encode("utf-16-le"), "Héllo\n"),
    "crlf.txt": (b"John loves Mary.\r\nHe married her.", "John loves Mary.\nHe married her."),  # B1
    "cr.txt": (b"one\rtwo\r\nthree\n", "one\ntwo\nthree\n"),  # B4
    "kinds.txt": (
        "Line1\rLine2\nLine3\r\nLine4\u0085Line5\u2028Line6\u2029Line7".encode(),
        "Line1\nLine2\nLine3\nLine4\u0085Line5\u2028Line6\u2029Line7",
    ),  # B7
    "both.txt": ("😀 a\r\nb 😀\r\n".encode(), "😀 a\nb 😀\n"),  # B5
    "control.txt": (b"a\x0cb\x01c\n", "a\x0cb\x01c\n"),  # B15
    "combining.txt": ("e\u0301 \U0001d49c\u0301".encode(), "e\u0301 \U0001d49c\u0301"),  # A9
}


@pytest.mark.parametrize("name", TEXT_FILES)
def test_a_text_comes_in_as_it_is(tmp_path: Path, name: str) -> None:
    raw, text = TEXT_FILES[name]
    project, report = taken(tmp_path, raw, name)
    with project:
        assert report.refused == []
        (listed,) = reading.list_articles(project)
        assert reading.open_article(project, listed.article.id).text == text


BAD_FILES = {
    "latin.txt": "caf\xe9 au lait\n".encode("latin-1"),  # B25
    "empty.txt": b"",
    "blank.txt": b" \n\xc2\xa0\n",
    "nul.txt": b"a\0b",
    "utf16-bare.txt": "Hello there, all of you".encode("utf-16-le"),
    "surrogate.txt": b"a\xed\xa0\x80b",
    "nonchar.txt": "a\ufdd0b".encode(),
    "picture.png": b"\x89PNG\r\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_article_gets_a_sentence(tmp_path: Path, name: str) -> None:
    project, report = taken(tmp_path, BAD_FILES[name], name)
    with project:
        assert reading.list_articles(project) == []
        (remark,) = report.refused
        assert remark.where == name
        assert "Traceback" not in remark.what
        assert history.next_undo(project) is None


def test_a_chosen_encoding_is_used_and_recorded(tmp_path: Path) -> None:  # B24
    file = tmp_path / "latin.txt"
    file.write_bytes("caf\xe9 «oui»\n".encode("cp1252"))
    with make_project(tmp_path) as project:
        importing.import_all(project, [file], encoding="cp1252")
        (listed,) = reading.list_articles(project)
        assert listed.article.source.encoding == "cp1252"
        assert reading.open_article(project, listed.article.id).text == "café «oui»\n"


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    with make_project(tmp_path) as project:
        (remark,) = importing.import_all(project, [file]).refused
        assert "50 MB" in remark.what


def test_folders_links_and_pipes(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text("One article.\n")
    (folder / "deep" / "two.txt").write_text("Two articles.\n")
    (folder / ".hidden.txt").write_text("Hidden.\n")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with make_project(tmp_path) as project:
        report = importing.import_all(project, [folder, tmp_path / "missing.txt"])
        assert report.added.articles == 2
        assert sorted(remark.where for remark in report.refused) == ["missing.txt", "pipe.txt"]


def test_a_cancelled_import_and_a_dry_run_change_nothing(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Article number {number}.\n")
    with make_project(tmp_path) as project:
        report = Report()
        steps = importing.import_steps(project, [tmp_path], report)
        for _ in range(4):
            next(steps)
        steps.close()
        assert reading.list_articles(project) == []
        dry = importing.import_all(project, sorted(tmp_path.glob("*.txt")), dry_run=True)
        assert dry.added.articles == 5
        assert reading.list_articles(project) == []
        assert history.next_undo(project) is None
        assert checking.problems(project) == []


def test_one_undo_takes_an_import_back(tmp_path: Path) -> None:
    project, report = taken(tmp_path, dumped(line()))
    with project:
        assert report.added.links == 1
        history.undo(project)
        assert reading.list_articles(project) == []
        history.redo(project)
        assert checking.problems(project) == []
        assert len(reading.list_articles(project)) == 1


def test_a_failing_export_leaves_what_was_there(tmp_path: Path) -> None:  # G19
    project, _ = taken(tmp_path, dumped(line()))
    with project:
        target = tmp_path / "out.jsonl"
        target.write_text("before")
        with pytest.raises(exporting.Stopped):
            exporting.export(project, exporting.Order(target), lambda done, total: False)
        project.db.conn.execute("SELECT 1")
        assert target.read_text() == "before"
        with pytest.raises(Exception, match="could not be written"):
            exporting.export(project, exporting.Order(tmp_path / "no" / "folder.jsonl"))
        assert [path.name for path in tmp_path.iterdir() if ".new" in path.name] == []


def test_strict_refuses_any_loss(tmp_path: Path) -> None:
    from annotator.services import marking

    project, _ = taken(tmp_path, dumped(line()))
    with project:
        (listed,) = reading.list_articles(project)
        own = marking.mark(project, listed.article.id, [(0, 4)], "actor").changes[0].after
        marking.set_note(project, own.id, "check again")  # type: ignore[union-attr]
        report = exporting.export(project, exporting.Order(tmp_path / "out.jsonl"))
        assert [loss.what for loss in report.losses] == ["its note"]
        with pytest.raises(Exception, match="cannot carry 1 thing"):
            exporting.export(project, exporting.Order(tmp_path / "strict.jsonl", strict=True))
        assert not (tmp_path / "strict.jsonl").exists()


def test_without_text_keeps_hash_and_offsets(tmp_path: Path) -> None:
    project, _ = taken(tmp_path, dumped(line()))
    with project:
        exporting.export(project, exporting.Order(tmp_path / "bare.jsonl", without_text=True))
        data = json.loads((tmp_path / "bare.jsonl").read_text(encoding="utf-8"))
        assert data["text"] is None
        assert data["text_sha256"] == sha256_of(TEXT)
        report = importing.import_all(project, [tmp_path / "bare.jsonl"])
        assert report.there.marks == 2
