"""Where files live: what comes with the program, and what it keeps for the person who uses it.

Nothing is made here; whoever writes into a folder makes it first.
"""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "ANNOTATOR_HOME"
"""Names one folder that then holds data, config and log: for portable use and for tests."""

_NAME = "annotator"
_PACKAGE = Path(__file__).resolve().parents[1]


class FolderMissing(RuntimeError):
    """A folder that comes with the program is not there: the installation is incomplete."""


def resources_folder() -> Path:
    """Icons, themes, the default codebook, lexicons and the manual."""
    return shipped_folder("resources")


def seeds_folder() -> Path:
    """The sample articles that the first start shows."""
    return shipped_folder("seeds")


def shipped_folder(name: str, package: Path = _PACKAGE) -> Path:
    """A folder that comes with the program: inside the installed package, else in the checkout."""
    places = [package / name, package.parent / name]
    for place in places:
        if place.is_dir():
            return place
    raise FolderMissing(
        f"The folder “{name}” that comes with annotator is missing: looked for {places[0]} and "
        f"{places[1]}. Install annotator again."
    )


def data_folder() -> Path:
    """Backups, the sample project and trained models."""
    return _own("data")


def config_folder() -> Path:
    """What the user chose and what the window remembers."""
    return _own("config")


def log_folder() -> Path:
    """Log files and crash reports."""
    return _own("log")


def _own(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).expanduser() / kind
    import appdirs

    folders = {
        "data": appdirs.user_data_dir,
        "config": appdirs.user_config_dir,
        "log": appdirs.user_log_dir,
    }
    return Path(folders[kind](_NAME, appauthor=False))
