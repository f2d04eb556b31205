"""The program has no way to the network: nothing in it imports one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.checkout import ROOT

WAYS_OUT = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
LOCAL_ONLY = {"QLocalServer", "QLocalSocket"}
"""What Qt's network module has for talking to another window on the same machine."""

HARMLESS = {"socket.gethostname"}
"""The name of this machine, for the note beside an open project."""


def test_no_module_imports_a_way_to_the_network() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "annotator").rglob("*.py"))
        for name in _imported(path)
        if _leads_out(name)
    ]
    assert found == []


def _imported(path: Path) -> Iterator[str]:
    """Names that a module imports; of the socket module, what it uses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (
                alias.name for alias in node.names if alias.name != "socket" or alias.asname
            )
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "socket":
                yield f"socket.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _leads_out(name: str) -> bool:
    if name in HARMLESS:
        return False
    if name.startswith("PySide6.QtNetwork"):
        return name.rpartition(".")[2] not in LOCAL_ONLY
    return any(name == way or name.startswith(f"{way}.") for way in WAYS_OUT)
