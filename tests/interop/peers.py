"""Other programs, each installed into an environment of its own when it is first needed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SIDES = Path(__file__).parent / "sides"
INSTALL_SECONDS, RUN_SECONDS = 1200, 1200

PEERS = {
    # doccano names no upper bounds, and some of what it needs has moved on since.
    "doccano": ("doccano==1.8.4", "marshmallow<4", "setuptools<81", "pandas<3", "numpy<2"),
    "label_studio": ("label-studio>=1.20",),
    "cassis": ("dkpro-cassis>=0.12",),
    "refi": ("pyrefiqda>=0.3",),
    "release": ("datasets>=4", "pandas>=2", "mlcroissant>=1.1"),
    "datasets": ("datasets>=4", "pandas>=2"),
}
"""What each needs; the name is that of its script too."""


class Missing(Exception):
    """A peer cannot be installed here; the sentence says why."""


@dataclass(frozen=True)
class Peer:
    """An installed program.

    Attributes:
        python: its interpreter.
    """

    name: str
    python: Path

    def ask(self, *arguments: object, scratch: Path) -> Any:
        """Run its script with a scratch folder as home, and return the JSON of its last line.

        Raises:
            AssertionError: it failed; with the end of what it said.
        """
        bare = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        done = subprocess.run(
            [self.python, SIDES / f"{self.name}_side.py", *map(str, arguments)],
            cwd=scratch,
            env={**bare, "HOME": str(scratch), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"},
            capture_output=True,
            timeout=RUN_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
        return json.loads(done.stdout.decode().strip().splitlines()[-1])


def installed(name: str, home: Path) -> Peer:
    """Return a peer, installing it below ``home`` if it is not there.

    Raises:
        Missing: it cannot be installed.
    """
    wanted = PEERS[name]
    stamp = hashlib.sha256(repr((wanted, sys.version_info[:2])).encode()).hexdigest()[:10]
    place = home / f"{name}-{stamp}"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = place / "ready"
    if not ready.exists():
        uv = [sys.executable, "-m", "uv"]
        _run(name, [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place)])
        _run(name, [*uv, "pip", "install", "--quiet", "--python", str(python), *wanted])
        ready.touch()
    return Peer(name, python)


def _run(name: str, command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=INSTALL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{name} does not install here: {error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise Missing(f"{name} does not install here: {said[0]}")
