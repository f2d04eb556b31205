"""The checkout that the tests stand in: its files, and what pyproject.toml says."""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

_NOT_OURS = {".git", ".venv", "build", "dist", "bench", "screenshots"}


@cache
def tracked_files() -> list[Path]:
    """Every file that git keeps; in an unpacked source archive, every file that is ours."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout.decode()
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if _is_ours(path.relative_to(ROOT))]
    return [path for path in files if path.is_file()]


@cache
def pyproject() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _is_ours(path: Path) -> bool:
    return not any(
        part in _NOT_OURS or part.endswith("_cache") or part == "__pycache__" for part in path.parts
    )
