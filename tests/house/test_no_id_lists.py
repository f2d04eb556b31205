"""No statement grows with the number of ids: they go in as one JSON value, or as a join."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.checkout import ROOT

_LIST = re.compile(r"\bIN\s*\(\s*(?:[?:{]|$)|\bVALUES\s*\{", re.IGNORECASE)
MODULES = sorted((ROOT / "annotator").rglob("*.py"))


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string; what is put into one stands there as ``{}``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            ]
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def lists_in(source: str) -> list[int]:
    """Return the lines on which a statement takes a list of values."""
    return sorted({line for line, text in texts(source) if _LIST.search(text)})


@pytest.mark.parametrize(
    "source",
    [
        'f"SELECT 1 FROM mark WHERE id IN ({marks})"',
        '"DELETE FROM mark WHERE id IN (" + "?, ?" + ")"',
        '"DELETE FROM mark WHERE id IN (?, ?)"',
        'f"INSERT INTO mark VALUES {rows}"',
    ],
)
def test_a_list_is_seen(source: str) -> None:
    assert lists_in(source) == [1]


def test_no_list_is_taken_for_one() -> None:
    assert lists_in("\"WHERE id IN (SELECT value FROM json_each(?)) AND view IN ('gold')\"") == []


def test_statements_have_one_length() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in MODULES
        if (lines := lists_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}
