"""Files say nothing about the machine they were written on, and the papers agree with the code."""

from __future__ import annotations

import re

import annotator
from tests.support.checkout import ROOT, tracked_files

MACHINE_PATH = re.compile(rb"(?<![\w.~/:-])/(?:home|root|opt|work|Users)/[\w.]|[A-Z]:\\+Users\\+\w")
PACKAGE_INDEX = re.compile(
    rb"https?://[^\s\"'<>]+/simple\b|" + b"python" + b"hosted|" + b"py" + rb"pi\.org"
)


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert _lines_that_match(MACHINE_PATH) == []


def test_no_file_names_a_package_index() -> None:
    assert _lines_that_match(PACKAGE_INDEX) == []


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATH.search(b"see " + b"/" + b"home/anna/x.txt")
    assert MACHINE_PATH.search(b'"' + b"/" + b"opt/wheels")
    assert not MACHINE_PATH.search(b"https://example.org/" + b"home/page")
    assert not MACHINE_PATH.search(b"tests/" + b"work/x")
    assert PACKAGE_INDEX.search(b"https://index.example" + b"/simple")


def test_the_lock_names_no_place_at_all() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find-links)", lock, re.MULTILINE)


def test_the_changelog_names_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^#+ .*\b{re.escape(annotator.__version__)}\b", changelog, re.MULTILINE)


def test_every_make_command_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    named = {
        word
        for page in pages
        for word in re.findall(r"`make ([a-z-]+)[` ]", page.read_text("utf-8"))
    }
    assert named
    assert named <= targets


def _lines_that_match(pattern: re.Pattern[bytes]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1)
        if pattern.search(line)
    ]
