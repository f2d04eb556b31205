"""Threads, processes, windows and copies of projects that outlive their test fail it: the next one starts clean.

Qt is looked at only where the test has loaded it.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 2.0
"""Seconds that a thread or process already on its way out may take."""

_OF_QT_ITSELF = {"QTipLabel", "QRollEffect", "QAlphaWidget", "QShapedPixmapWidget"}
"""Windows that Qt makes for itself and keeps."""


@pytest.fixture(scope="session", autouse=True)
def temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that this process makes temporary files in, which nobody else uses."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def nothing_left_behind(temporary_files: Path) -> Iterator[None]:
    """Compare what lives after the test with what lived before it."""
    threads = set(threading.enumerate())
    windows = _windows()
    yield
    left = [*_new_windows(windows), *_busy_pool(), *_new_threads(threads), *_child_processes()]
    left += _copies(temporary_files)
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def _new_threads(before: set[threading.Thread]) -> list[str]:
    deadline = time.monotonic() + _PATIENCE
    while True:
        left = [
            thread
            for thread in threading.enumerate()
            # A thread of Qt's that once ran Python code is only a name here, never removed.
            if thread not in before and not isinstance(thread, threading._DummyThread)
        ]
        if not left or time.monotonic() > deadline:
            return [f"thread {thread.name!r}" for thread in left]
        left[0].join(0.05)


def _child_processes() -> list[str]:
    multiprocessing = sys.modules.get("multiprocessing")
    if multiprocessing is None:
        return []
    deadline = time.monotonic() + _PATIENCE
    while True:
        left = multiprocessing.active_children()
        if not left or time.monotonic() > deadline:
            break
        left[0].join(0.05)
    for child in left:
        child.terminate()
    return [f"process {child.name!r}" for child in left]


def _copies(folder: Path) -> list[str]:
    copies = list(folder.glob("*.snapshot*"))
    for copy in copies:
        copy.unlink()
    return [f"copy of a project {copy.name!r}" for copy in copies]


def _application() -> QApplication | None:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return None if widgets is None else widgets.QApplication.instance()


def _windows() -> list[QWidget]:
    """Top-level widgets that nobody owns; a menu or dialog with a parent goes when its parent goes."""
    application = _application()
    if application is None:
        return []
    return [
        window
        for window in application.topLevelWidgets()
        if window.parent() is None and window.metaObject().className() not in _OF_QT_ITSELF
    ]


def _new_windows(before: list[QWidget]) -> list[str]:
    if not _windows():
        return []
    _let_go()
    left = [window for window in _windows() if window not in before]
    names = [f"window {window.metaObject().className()} {window.objectName()!r}" for window in left]
    for window in left:
        window.close()
        window.deleteLater()
    if left:
        del window
        left.clear()
        _let_go()
    return names


def _let_go() -> None:
    """Carry out what was asked with ``deleteLater`` and collect what only cycles keep alive."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _busy_pool() -> list[str]:
    core = sys.modules.get("PySide6.QtCore")
    if core is None or _application() is None:
        return []
    pool = core.QThreadPool.globalInstance()
    return [] if pool.waitForDone(int(_PATIENCE * 1000)) else ["a job in Qt's thread pool"]
