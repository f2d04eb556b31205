"""annotator works without the internet, and so do its tests: sockets to the outside are refused.

Local sockets (AF_UNIX) stay open, because Qt and multiprocessing speak to themselves through them.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

_INTERNET = {socket.AF_INET, socket.AF_INET6}
_GUARDED = ("connect", "connect_ex", "bind", "sendto")


class NetworkUsed(AssertionError):
    """A test, or the code it runs, reached for the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection, binding and name look-up of the internet families."""
    for name in _GUARDED:
        monkeypatch.setattr(socket.socket, name, _refusing(name, getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", _refuse_look_up)


def _refusing(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if self.family in _INTERNET:
            raise NetworkUsed(f"socket.{name}{arguments!r}: annotator never uses the network.")
        return original(self, *arguments)

    return guarded


def _refuse_look_up(host: object, *_arguments: object, **_options: object) -> Any:
    raise NetworkUsed(f"look-up of {host!r}: annotator never uses the network.")
