"""The guards of tests/support do bite: a run of small bad tests fails where it must."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from tests.support.checkout import ROOT

BAD_AND_GOOD = """
import logging
import socket
import threading
import warnings

import pytest

release = threading.Event()


def test_bad_connects():
    with socket.socket(socket.AF_INET) as tried:
        tried.connect(("127.0.0.1", 9))


def test_bad_listens():
    with socket.socket(socket.AF_INET6) as tried:
        tried.bind(("::1", 0))


def test_bad_looks_up():
    socket.create_connection(("localhost", 9))


def test_bad_warns():
    warnings.warn("old")


def test_bad_logs():
    logging.getLogger("x").warning("surprise")


@pytest.mark.expects_log("something else")
def test_bad_logs_something_unexpected():
    logging.getLogger("x").warning("surprise")


def test_bad_leaves_a_thread():
    threading.Thread(target=release.wait, args=(5,), daemon=True).start()


def test_bad_leaves_a_window(qapp):
    from PySide6.QtWidgets import QWidget
    global window
    window = QWidget()


def test_bad_leaves_a_job(qapp):
    from PySide6.QtCore import QThreadPool
    QThreadPool.globalInstance().start(lambda: release.wait(4))


def test_bad_makes_qt_complain(qapp):
    from PySide6.QtCore import qWarning
    qWarning("broken")


def test_bad_raises_in_a_slot(qapp):
    from PySide6.QtCore import QObject
    thing = QObject()
    thing.objectNameChanged.connect(lambda name: 1 / 0)
    thing.setObjectName("x")


@pytest.mark.expects_log("sur.*")
def test_good_expects_its_log():
    logging.getLogger("x").error("surprise")


def test_good_logs_quietly():
    logging.getLogger("x").info("nothing special")


def test_good_closes_what_it_opened(qtbot):
    from PySide6.QtWidgets import QMenu, QWidget
    window = QWidget()
    QMenu(window)
    qtbot.addWidget(window)
    window.show()


def test_good_lets_its_thread_end():
    threading.Thread(target=lambda: None).start()


def test_good_speaks_to_itself():
    if hasattr(socket, "AF_UNIX"):
        one, other = socket.socketpair(socket.AF_UNIX)
        one.close()
        other.close()
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Which of the small tests came through, by name."""
    folder = tmp_path_factory.mktemp("guards")
    report = folder / "report.xml"
    tests = folder / "test_small.py"
    tests.write_text(BAD_AND_GOOD, encoding="utf-8")
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(conftest, encoding="utf-8")
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")),
            *("--rootdir", str(folder), "-p", "no:cacheprovider", "-p", "no:xdist"),
            *("--junitxml", str(report), str(tests)),
        ],
        cwd=ROOT,
        capture_output=True,
        timeout=100,
        check=False,
    )
    outcome: dict[str, bool] = {}
    for case in ET.parse(report).iter("testcase"):
        name = case.attrib["name"]
        clean = case.find("failure") is None and case.find("error") is None
        outcome[name] = outcome.get(name, True) and clean
    return outcome


def test_every_bad_test_fails(results: dict[str, bool]) -> None:
    bad = [name for name in results if name.startswith("test_bad")]
    assert len(bad) == BAD_AND_GOOD.count("def test_bad")
    assert [name for name in bad if results[name]] == []


def test_every_good_test_passes(results: dict[str, bool]) -> None:
    good = [name for name in results if name.startswith("test_good")]
    assert len(good) == BAD_AND_GOOD.count("def test_good")
    assert [name for name in good if not results[name]] == []
