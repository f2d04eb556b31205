"""A warning in the log that a test did not announce fails the test.

A test that wants one says so: ``@pytest.mark.expects_log("could not be read")``. Each argument is a
regular expression searched in ``logger: message``; without arguments every record is welcome.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Iterator

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "expects_log(*patterns): log records from WARNING up that match a pattern are part of the "
        "test; without patterns, all are.",
    )


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Listen at the root logger, put logging and crash hooks back, then judge what was heard."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    listener = _Listener()
    root.addHandler(listener)
    try:
        yield
    finally:
        for added in [h for h in root.handlers if h not in handlers]:
            root.removeHandler(added)
            added.close()
        root.handlers[:] = handlers
        root.setLevel(level)
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    unexpected = [line for line in listener.heard if not _is_expected(line, request.node)]
    if unexpected:
        pytest.fail("unexpected log records:\n  " + "\n  ".join(unexpected), pytrace=False)


def _is_expected(line: str, node: pytest.Item) -> bool:
    markers = list(node.iter_markers("expects_log"))
    return any(
        not marker.args or any(re.search(pattern, line) for pattern in marker.args)
        for marker in markers
    )
