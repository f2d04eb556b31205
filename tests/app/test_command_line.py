"""Every command as it is typed: its result, its exit code, and one plain sentence where it cannot."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.app.command_line import build_parser, run
from annotator.services import codebooks, reading
from annotator.services import project as projects
from annotator.settings.places import log_folder, resources_folder
from tests.support.checkout import ROOT
from tests.support.material import STORY

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """A function that runs a command and returns exit code, output and messages."""

    def command(*words: object) -> tuple[int, str, str]:
        try:
            code = run([str(word) for word in words])
        except SystemExit as exit:
            code = int(exit.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert not log_folder().exists() or not list(log_folder().glob("fault-*"))
        return code, out, err

    return command


@pytest.fixture
def project(tmp_path: Path, say: Say) -> Path:
    """A project with one article and a few marks."""
    path = tmp_path / "study.annotator"
    assert say("new", path, "--annotator", "Amal")[0] == 0
    line = {
        "format": "annotator/1",
        "text": STORY,
        "annotator": "Amal",
        "actors": [{"id": "a1", "start": 0, "end": 4, "type": "group"}],
        "claims": [{"id": "c1", "start": 5, "end": 11, "stance": "oppose", "source": "a1"}],
    }
    file = tmp_path / "marks.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    assert say("import", path, file)[0] == 0
    return path


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of every command."""
    (found,) = (
        action
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(found.choices)


def is_one_sentence(err: str) -> bool:
    """Tell whether a message is the program's name and one plain line."""
    return bool(re.fullmatch(r"annotator: [^\n]+[.]\n", err))


# All commands alike

ON_PROJECTS = [
    name
    for name, parser in commands().items()
    if name not in ("open", "new") and any(item.dest == "project" for item in parser._actions)
]


def needed(parser: argparse.ArgumentParser, folder: Path) -> list[str]:
    """Return words for every argument that a command cannot do without."""
    words = []
    for action in parser._actions:
        if action.option_strings:
            if action.required:
                words += [action.option_strings[-1], "x"]
        elif action.nargs in (None, "+") or action.dest == "project":
            words.append(str(folder / f"missing-{action.dest}"))
    return words


@pytest.mark.parametrize("name", commands())
def test_every_command_explains_itself(say: Say, name: str) -> None:
    code, out, err = say(name, "--help")
    assert (code, err) == (0, "")
    assert f"usage: annotator {name}" in out


@pytest.mark.parametrize("name", commands())
def test_what_is_not_understood_is_wrong_usage(say: Say, name: str) -> None:
    code, out, err = say(name, "--nonsense", "x", "y", "z")
    assert (code, out) == (2, "")
    assert "usage:" in err


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in ON_PROJECTS
        if any(item.dest == "project" and item.required for item in commands()[name]._actions)
    ],
)
def test_without_its_arguments_a_command_is_wrong_usage(say: Say, name: str) -> None:
    code, out, err = say(name)
    assert (code, out) == (2, "")
    assert "required" in err


@pytest.mark.parametrize("name", ON_PROJECTS)
def test_a_project_that_is_not_there_gets_a_sentence(say: Say, tmp_path: Path, name: str) -> None:
    code, out, err = say(name, *needed(commands()[name], tmp_path))
    assert (code, out) == (1, "")
    assert is_one_sentence(err), err
    assert "missing-project" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ON_PROJECTS)
def test_a_file_that_is_no_project_gets_a_sentence_and_is_left(
    say: Say, tmp_path: Path, name: str
) -> None:
    notes = tmp_path / "missing-project"
    notes.write_text("my notes")
    code, out, err = say(name, *needed(commands()[name], tmp_path))
    assert (code, out) == (1, "")
    assert is_one_sentence(err), err
    assert notes.read_text() == "my notes"


def test_words_that_are_no_command(say: Say) -> None:
    assert say("dance")[0] == 2
    assert say("--nonsense")[0] == 2


def test_the_version(say: Say) -> None:
    assert say("--version") == (0, f"annotator {annotator.__version__}\n", "")


# new


def test_new_makes_an_empty_project(say: Say, tmp_path: Path) -> None:
    code, out, err = say("new", tmp_path / "study", "--annotator", "Zoë", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert Path(told["project"]) == tmp_path / "study.annotator"
    with projects.open_existing(tmp_path / "study") as project:
        assert project.file.id == told["id"]
        assert [person.name for person in reading.people(project)] == ["Zoë"]
        assert project.codebook == codebooks.default_codebook()


def test_new_never_overwrites(say: Say, project: Path) -> None:
    before = project.read_bytes()
    code, out, err = say("new", project)
    assert (code, out) == (1, "")
    assert is_one_sentence(err)
    assert "is there already" in err
    assert project.read_bytes() == before


def test_new_with_a_codebook_of_ones_own(say: Say, tmp_path: Path) -> None:
    book = json.loads((resources_folder() / "codebooks" / "default.json").read_text("utf-8"))
    book["name"] = "Ours"
    file = tmp_path / "book.json"
    file.write_text(json.dumps(book), encoding="utf-8")
    assert say("new", tmp_path / "p", "--codebook", file)[0] == 0
    with projects.open_existing(tmp_path / "p") as project:
        assert project.codebook.name == "Ours"
    file.write_text("{}")
    for wrong in (file, tmp_path / "none.json", tmp_path):
        code, out, err = say("new", tmp_path / "q", "--codebook", wrong)
        assert (code, out) == (1, "")
        assert is_one_sentence(err)
    assert not (tmp_path / "q.annotator").exists()


# import


def test_import_reports_what_it_did(say: Say, project: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One article.\n")
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    code, out, err = say(
        "import", project, tmp_path / "one.txt", tmp_path / "bad.txt", tmp_path / "marks.jsonl",
        "--json", "--report", tmp_path / "report.json",
    )  # fmt: skip
    assert code == 0
    told = json.loads(out)
    assert told == json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert told["added"]["articles"] == 1
    assert (told["there"]["articles"], told["there"]["marks"]) == (1, 2)
    assert [item["where"] for item in told["refused"]] == ["bad.txt"]
    assert err.startswith("bad.txt: is not UTF-8 at byte 3 (line 1)")


def test_a_dry_run_changes_nothing(say: Say, project: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One article.\n")
    before = project.read_bytes()
    code, out, _ = say("import", project, tmp_path / "one.txt", "--dry-run")
    assert (code, out) == (0, "Would add 1 article.\n")
    assert project.read_bytes() == before


def test_importing_nothing_that_can_be_read_is_a_problem(
    say: Say, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "nul.txt").write_bytes(b"a\0b")
    code, _, err = say("import", project, tmp_path / "nul.txt", tmp_path / "gone.txt")
    assert code == 1
    assert "NUL" in err
    assert "gone.txt: does not exist" in err


def test_an_encoding_is_named(say: Say, project: Path, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Größe".encode("cp1252"))
    assert say("import", project, tmp_path / "old.txt")[0] == 1
    assert say("import", project, tmp_path / "old.txt", "--encoding", "klingon")[0] == 1
    assert say("import", project, tmp_path / "old.txt", "--encoding", "rot13")[0] == 1
    assert say("import", project, tmp_path / "old.txt", "--encoding", "cp1252")[0] == 0


def test_marks_of_nobody_are_those_of_the_annotator_named(
    say: Say, project: Path, tmp_path: Path
) -> None:
    line = {"format": "annotator/1", "text": STORY, "actors": [{"id": "x", "start": 0, "end": 4}]}
    (tmp_path / "more.jsonl").write_text(json.dumps(line))
    assert say("import", project, tmp_path / "more.jsonl", "--annotator", "Bea")[0] == 0
    people = json.loads(say("stats", project, "--json")[1])["people"]
    assert [(person["name"], sum(person["marks"].values())) for person in people] == [
        ("Amal", 2), ("Bea", 1),
    ]  # fmt: skip


# export


def test_export_writes_a_file_and_says_so(say: Say, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, told, err = say("export", project, out, "--report", tmp_path / "report.json")
    assert (code, told, err) == (0, "Wrote 2 marks in 1 article.\n", "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["marks"] == 2
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == STORY
    assert say("export", project, out, "--without-text", "--json")[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["text"] is None


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "nonsense"],
        ["--annotator", "Nobody"],
        ["--report", "no/folder/report.json"],
    ],
)
def test_an_export_that_cannot_be_gets_a_sentence(
    say: Say, project: Path, tmp_path: Path, words: list[str]
) -> None:
    code, told, err = say("export", project, tmp_path / "out.jsonl", *words)
    assert (code, told) == (1, "")
    assert is_one_sentence(err), err


def test_neither_export_nor_report_replaces_a_project(
    say: Say, project: Path, tmp_path: Path
) -> None:
    before = project.read_bytes()
    for words in (
        ["export", project, project],
        ["export", project, tmp_path / "out.jsonl", "--report", project],
        ["import", project, tmp_path / "marks.jsonl", "--report", project],
    ):
        code, _, err = say(*words)
        assert code == 1
        assert "is a project" in err
    assert project.read_bytes() == before


def test_strict_writes_nothing_where_something_would_be_lost(
    say: Say, project: Path, tmp_path: Path
) -> None:
    from annotator.services import marking

    with projects.open_existing(project) as opened:
        article = reading.list_articles(opened)[0].article.id
        mark = reading.open_article(opened, article).marks[0]
        marking.set_note(opened, mark.id, "look again")
    out = tmp_path / "out.jsonl"
    code, _, err = say("export", project, out, "--strict")
    assert (code, out.exists()) == (1, False)
    assert "cannot carry 1 thing" in err
    code, told, err = say("export", project, out)
    assert (code, out.exists()) == (0, True)
    assert "its note" in err
    assert "could not carry 1 thing" in told


# Looking


def test_formats_are_listed(say: Say) -> None:
    code, out, err = say("formats", "--json")
    assert (code, err) == (0, "")
    found = {item["name"]: (item["read"], item["write"]) for item in json.loads(out)}
    assert found["jsonl"] == (True, True)
    assert found["txt"] == (True, False)
    assert "jsonl" in say("formats")[1]


def test_check_proves_a_project_whole_or_names_the_damage(say: Say, project: Path) -> None:
    code, out, _ = say("check", project)
    assert code == 0
    assert "is whole" in out
    assert json.loads(say("check", project, "--json")[1]) == {"problems": []}
    with projects.open_existing(project) as opened:
        opened.db.conn.execute("UPDATE mark SET note = 'changed' WHERE layer = 'actor'")
    code, out, _ = say("check", project, "--json")
    assert code == 1
    (problem,) = json.loads(out)["problems"]
    assert "is not as the journal says" in problem


def test_history_tells_what_was_done(say: Say, project: Path) -> None:
    code, out, _ = say("history", project, "--json")
    assert code == 0
    told = json.loads(out)
    assert [step["name"] for step in told] == ["Import “marks.jsonl”", "New project"]
    assert list(told[0]) == ["number", "at", "annotator", "name", "state", "article"]
    assert "Import “marks.jsonl”" in say("history", project, "--limit", "1")[1]
    assert "New project" not in say("history", project, "--limit", "1")[1]


def test_stats_count(say: Say, project: Path) -> None:
    told = json.loads(say("stats", project, "--json")[1])
    assert (told["articles"], told["characters"]) == (1, len(STORY))
    assert told["people"][0]["marks"] == {"actor": 1, "claim": 1}
    assert "Amal: 2 marks" in say("stats", project)[1]


@pytest.mark.parametrize("name", ["stats", "history", "check", "formats"])
def test_looking_writes_nothing(say: Say, project: Path, name: str) -> None:  # G5
    before = project.read_bytes()
    say(name, *([] if name == "formats" else [project]))
    assert project.read_bytes() == before
    assert not list(project.parent.glob(".study*"))


# Undo and redo


def test_undo_and_redo_by_number(say: Say, project: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One article.\n")
    say("import", project, tmp_path / "one.txt")
    assert say("undo", project) == (0, "Undone: Import “one.txt”\n", "")
    assert json.loads(say("redo", project, "--json")[1]) == {"acts": ["Import “one.txt”"]}
    code, out, _ = say("undo", project, "99")
    assert (code, out.count("Undone")) == (0, 2)
    assert json.loads(say("stats", project, "--json")[1])["articles"] == 0
    code, out, err = say("undo", project)
    assert (code, out) == (1, "")
    assert err == "annotator: There is nothing to undo.\n"
    assert say("redo", project, "2")[0] == 0
    assert say("redo", project)[2] == "annotator: There is nothing to redo.\n"
    assert say("undo", project, "0")[0] == 1
    assert say("undo", project, "many")[0] == 2


# A real process


def process(*words: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own, its output buffered as usual."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    options.setdefault("env", environment)
    return subprocess.run(
        [sys.executable, "main.py", *map(str, words)],
        cwd=ROOT,
        check=False,
        timeout=60,
        **options,
    )


def test_without_a_screen_the_window_says_so(project: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    for words in ([], ["open"], ["open", project], [project]):
        done = process(*words, env=environment, capture_output=True)
        assert done.returncode == 1
        assert is_one_sentence(done.stderr.decode())
        assert b"no screen" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of Unix")
def test_nobody_listening_is_no_fault(project: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = process("history", project, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_output_that_cannot_be_written_gets_a_sentence(project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("history", project, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr.decode()), done.stderr
    assert b"could not be written" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) == signal.SIG_IGN,
    reason="a shell’s background jobs never hear of Ctrl-C",
)
def test_ctrl_c_ends_an_import_cleanly(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3_000):
        (folder / f"{number}.txt").write_text(f"Article number {number}.\n" * 400)
    before = project.read_bytes()
    running = subprocess.Popen(
        [sys.executable, "main.py", "import", str(project), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    lock = project.with_name(f".{project.name}.lock")
    deadline = time.monotonic() + 30
    while not lock.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (1, b"")
    assert err == b"annotator: Stopped; nothing half-done was left.\n"
    assert project.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "many", "marks.jsonl", "study.annotator",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="such words can be typed on Linux only")
def test_words_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    done = process("new", tmp_path / name, "--annotator", name, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / f"{name}.annotator").exists()
    done = process("stats", tmp_path / name, "--json", capture_output=True)
    assert json.loads(done.stdout)["people"][0]["name"] == "caf\ufffd"
    done = process("check", tmp_path / f"{name}-none", capture_output=True)
    assert done.returncode == 1
    assert b"does not exist" in done.stderr


def test_the_package_can_be_run_as_a_module() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "annotator", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip().endswith(annotator.__version__)
