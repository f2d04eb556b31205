"""What the window remembers from one start to the next, kept through one small object."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.presentation import queue
from annotator.presentation.signal import Signal
from annotator.settings import preferences as kept
from annotator.settings.options import BY_NAME, Number
from annotator.settings.preferences import Preferences

if TYPE_CHECKING:
    from annotator.presentation.commands.keymap import OwnKeys


class Memory:
    """Preferences, reading places and the shape of the window; written when something changes.

    Args:
        folder: where the file is kept; None keeps nothing (tests).

    Attributes:
        changed: the user chose otherwise; the name of the option, ``keys`` or ``searches``.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.problems: list[str] = []
        self.changed: Signal[str] = Signal()
        self.preferences = Preferences()
        if folder:
            self.preferences, self.problems = kept.load(folder)

    def recent(self) -> list[str]:
        """Return the projects opened last that are still there."""
        return [name for name in self.preferences.recent if Path(name).exists()]

    def last_project(self) -> Path | None:
        """Return the project opened last, if it is still there."""
        found = self.recent()
        return Path(found[0]) if found else None

    def last_article(self, project: Path) -> str | None:
        """Return the article that was open when the project was left."""
        return self.preferences.articles.get(str(project.resolve()))

    def opened(self, project: Path) -> None:
        """Remember that a project was opened."""
        self.preferences.opened(project)
        self._save()

    def was_in(self, project: Path, article: str) -> None:
        """Remember which article a project was left at."""
        self.preferences.articles[str(project.resolve())] = article
        self._save()

    def order(self, project: Path) -> queue.Order:
        """Return the order the articles of a project were last listed in."""
        kept_order = self.preferences.orders.get(str(project.resolve()), "")
        return queue.Order(kept_order) if kept_order in set(queue.Order) else queue.Order.GIVEN

    def listed_in(self, project: Path, order: queue.Order) -> None:
        """Remember the order the articles of a project are listed in."""
        self.preferences.orders[str(project.resolve())] = order.value
        self._save()

    def folder(self, purpose: str) -> Path | None:
        """Return the folder used last for a purpose, if it is still there."""
        name = self.preferences.folders.get(purpose)
        return Path(name) if name and Path(name).is_dir() else None

    def used(self, purpose: str, folder: Path) -> None:
        """Remember the folder used last for a purpose."""
        self.preferences.folders[purpose] = str(folder)
        self._save()

    def left(self, article: str, caret: int, top: int) -> None:
        """Remember the reading place of an article, in code points."""
        self.preferences.was_at(article, caret, top)
        self._save()

    def place(self, article: str) -> tuple[int, int] | None:
        """Return the reading place of an article, if it was read before."""
        found = self.preferences.places.get(article)
        return (found[0], found[1]) if found else None

    def set(self, name: str, value: object) -> None:
        """Keep what the user chose for an option, and tell who listens.

        Raises:
            ValueError: there is no such option, or it does not take this value.
        """
        if name not in BY_NAME or not BY_NAME[name].kind.accepts(value):
            raise ValueError(f"no value for the option {name}: {value!r}")
        if getattr(self.preferences, name) != value:
            setattr(self.preferences, name, value)
            self._save()
            self.changed.emit(name)

    def set_back(self, names: Iterable[str]) -> None:
        """Set options back to what they were at first."""
        first = Preferences()
        for name in names:
            self.set(name, getattr(first, name))

    def set_keys(self, keys: OwnKeys) -> None:
        """Keep the user's own keys."""
        self.preferences.keys = {command: list(own) for command, own in keys.items()}
        self._save()
        self.changed.emit("keys")

    def set_searches(self, searches: list[list[str]]) -> None:
        """Keep the searches that are wanted again: words, kind and colour of each."""
        self.preferences.searches = searches
        self._save()
        self.changed.emit("searches")

    def zoom(self, change: int) -> None:
        """Change the zoom by so many percent, within its range; 0 sets it back to 100."""
        kind = BY_NAME["zoom"].kind
        now = self.preferences.zoom + change if change else 100
        if isinstance(kind, Number):
            self.set("zoom", int(max(kind.least, min(kind.most, now))))

    def window(self, geometry: str, panels: list[int]) -> None:
        """Remember the shape of the window."""
        self.preferences.geometry, self.preferences.panels = geometry, list(panels)
        self._save()

    def dismiss_tour(self) -> None:
        """Remember that the first steps are not wanted again."""
        self.preferences.tour_done = True
        self._save()

    def _save(self) -> None:
        if self._folder:
            try:
                kept.save(self.preferences, self._folder)
            except OSError as error:
                # Preferences are a comfort; work goes on without them.
                self.problems.append(f"The preferences could not be kept ({error.strerror}).")
