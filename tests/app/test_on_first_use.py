"""Modules of the program are read when they are used; what is read then is whole, in any thread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BEGIN = """
import sys, threading
import annotator
from annotator.app import on_first_use
on_first_use.install()
on_first_use.install()
annotator.__path__.append(sys.argv[1])

def is_read(module):
    return type(module) is not on_first_use.Unread
"""


def said(folder: Path, program: str, **modules: str) -> list[str]:
    """Return the lines that a program prints, beside which these modules of ours lie."""
    for name, source in modules.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + program, str(folder)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_module_is_read_when_something_in_it_is_used(tmp_path: Path) -> None:
    program = """
from annotator import late
print("imported", is_read(late), late.__name__, is_read(late))
print(late.twice(4), is_read(late))
import annotator.late
print(late is annotator.late is sys.modules["annotator.late"])
"""
    source = "print('read')\ndef twice(number): return 2 * number\n"
    assert said(tmp_path, program, late=source) == [
        "imported False annotator.late False",
        "read",
        "8 True",
        "True",
    ]


def test_a_name_that_is_imported_is_read_at_once(tmp_path: Path) -> None:
    program = "from annotator.late import NUMBER\nprint(NUMBER)"
    assert said(tmp_path, program, late="print('read')\nNUMBER = 3\n") == ["read", "3"]


def test_libraries_are_read_as_ever(tmp_path: Path) -> None:
    program = "import colorsys\nprint(is_read(colorsys))"
    assert said(tmp_path, program) == ["True"]


def test_a_module_may_look_at_itself_while_it_is_read(tmp_path: Path) -> None:
    source = "import sys\nNUMBER = 3\nOTHER = sys.modules[__name__].NUMBER + 1\n"
    assert said(tmp_path, "from annotator import late\nprint(late.OTHER)", late=source) == ["4"]


def test_a_fault_in_a_module_is_told_whenever_it_is_used(tmp_path: Path) -> None:
    program = """
from annotator import late
for _ in range(2):
    try:
        late.NUMBER
    except ZeroDivisionError:
        print("divided by zero")
"""
    assert said(tmp_path, program, late="NUMBER = 1 / 0\n") == ["divided by zero"] * 2


def test_a_thread_never_sees_half_a_module(tmp_path: Path) -> None:
    program = """
annotator.begun = threading.Event()
annotator.seen = threading.Event()
from annotator import late

found = []
def look():
    found.append(late.NUMBER)

threads = [threading.Thread(target=look) for _ in range(2)]
threads[0].start()
annotator.begun.wait(10)
threads[1].start()
for thread in threads:
    thread.join()
print(*found)
"""
    source = """
import annotator
annotator.begun.set()
annotator.seen.wait(0.3)
NUMBER = 3
"""
    assert said(tmp_path, program, late=source) == ["3 3"]


def test_what_is_unread_in_a_package_is_read_one_after_the_other(tmp_path: Path) -> None:
    package = tmp_path / "late"
    package.mkdir()
    for name, source in {
        "__init__": "from annotator.late import known",
        "known": "print('read known')\nNAME = 1",
        "used": "print('read used')\nNAME = 1",
        "unknown": "print('read unknown')\nfrom annotator.late.used import NAME",
    }.items():
        (package / f"{name}.py").write_text(source, encoding="utf-8")
    program = """
import annotator.late
annotator.late.known.NAME
for name in on_first_use.read_all(["annotator.late"]):
    print(name)
print(list(on_first_use.read_all(["annotator.late"])))
"""
    assert said(tmp_path, program) == [
        "read known",
        "read unknown",
        "read used",
        "annotator.late.unknown",
        "[]",
    ]


def test_a_command_reads_no_other(tmp_path: Path) -> None:
    program = """
from annotator.app.command_line import run
run(["formats", "--json"])
others = [sys.modules[f"annotator.app.commands.{name}"] for name in ("merge", "open_", "train")]
print(*map(is_read, others))
"""
    assert said(tmp_path, program)[-1] == "False False False"
