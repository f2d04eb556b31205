"""What the window remembers from one start to the next, kept through one small object."""

from __future__ import annotations

from pathlib import Path

from annotator.settings import preferences as kept
from annotator.settings.preferences import MAX_ZOOM, MIN_ZOOM, Preferences


class Memory:
    """Preferences, reading places and the shape of the window; written when something changes.

    Args:
        folder: where the file is kept; None keeps nothing (tests).
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.problems: list[str] = []
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

    def left(self, article: str, caret: int, top: int) -> None:
        """Remember the reading place of an article, in code points."""
        self.preferences.was_at(article, caret, top)
        self._save()

    def place(self, article: str) -> tuple[int, int] | None:
        """Return the reading place of an article, if it was read before."""
        found = self.preferences.places.get(article)
        return (found[0], found[1]) if found else None

    def zoom(self, change: int) -> int:
        """Return the zoom in percent after a change; 0 sets it back to 100."""
        now = self.preferences.zoom + change if change else 100
        self.preferences.zoom = max(MIN_ZOOM, min(MAX_ZOOM, now))
        self._save()
        return self.preferences.zoom

    def set_theme(self, theme: str) -> None:
        """Remember the theme chosen."""
        self.preferences.theme = theme
        self._save()

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
