"""Modules that are read from disk when something in them is first used, not when they are imported.

What opens the window, or runs one command, leans on a large part of the program by name and
uses a small part of it at once. ``from annotator.services import history`` gives a module that
is still unread; the first look at something in it, ``history.undo``, reads it. A module whose
names are imported one by one (``from annotator.services.history import undo``) is read there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from importlib.abc import Loader

PACKAGE = "annotator."
"""Only modules of the program itself wait; libraries are read as they expect to be."""


def install() -> None:
    """Let modules of the program wait until they are used, from now on; a second call does nothing."""
    if Finder not in sys.meta_path:
        sys.meta_path.insert(0, Finder)


def read_all(packages: Iterable[str]) -> Iterator[str]:
    """Read what is still unread in some packages, one module at a time; yield the name of each that was."""
    import pkgutil  # not for the start

    for package in packages:
        found = pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
        for name in (one.name for one in found):
            module = import_module(name)
            if type(module) is Unread:
                _read(module)
                yield name


class Finder:
    """Finds the modules of the program, and has those that are no packages read later."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of the program is; None leaves others to the next finder."""
        if not name.startswith(PACKAGE):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec and spec.loader and spec.submodule_search_locations is None:
            spec.loader = cast("Loader", _Later(spec.loader))
        return spec


class Unread(ModuleType):
    """A module that reads itself when it is asked for anything but its own description."""

    def __getattribute__(self, name: str) -> Any:
        """Return what the module has of that name, once it has been read."""
        if not name.startswith("__"):
            _read(self)
        return ModuleType.__getattribute__(self, name)


class _Later:
    """Stands for a loader until the module is used."""

    def __init__(self, loader: Any) -> None:
        self.loader = loader
        self.begun = False
        # Held while the module is read: another thread waits, the reading one may look at it.
        self.lock = RLock()

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Unread(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it for later."""

    def __getattr__(self, name: str) -> Any:
        # Whatever else a loader can be asked: for the source of a traceback, or for data.
        return getattr(self.loader, name)


def _read(module: ModuleType) -> None:
    spec: Any = ModuleType.__getattribute__(module, "__spec__")
    later = spec.loader
    if not isinstance(later, _Later):
        return
    with later.lock:
        if later.begun:
            return
        later.begun = True
        try:
            later.loader.exec_module(module)
        except BaseException:
            # Who asks again is told the same again.
            later.begun = False
            raise
        spec.loader = module.__loader__ = later.loader
        module.__class__ = ModuleType
