"""List and inspector make room where the page would be too narrow to read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter

PANELS = (270, 690, 320)
"""Widths of list, page and inspector at first."""

LIST_LEAST, PAGE_LEAST, INSPECTOR_LEAST = 220, 460, 280
"""Narrower than this none of them is of use: a page of so many pixels has lines of some eight words."""

LEASTS = (LIST_LEAST, PAGE_LEAST, INSPECTOR_LEAST)
LIST, PAGE, INSPECTOR = range(3)


def fitting(
    width: int,
    wanted: Sequence[int],
    open_: Collection[int] = (LIST, INSPECTOR),
    keep: int = PAGE,
) -> tuple[int, int, int]:
    """Return the widths of list, page and inspector in a window; 0 for one that is folded or not open.

    The inspector folds first, then the list, until the page can be read; where both may stay,
    they are made as narrow as they have to be.

    Args:
        width: of the window.
        wanted: the widths that were chosen for the three; 0 where none was.
        open_: whichever of list and inspector is open at all.
        keep: one of them that does not fold, for somebody has just asked for it.
    """
    shown = set(open_)
    for panel in (INSPECTOR, LIST):
        if PAGE_LEAST + sum(LEASTS[each] for each in shown) > width and panel != keep:
            shown.discard(panel)
    sizes = {each: max(wanted[each] or PANELS[each], LEASTS[each]) for each in shown}
    for panel in (INSPECTOR, LIST):
        lacks = PAGE_LEAST - (width - sum(sizes.values()))
        if lacks > 0 and panel in sizes:
            sizes[panel] = max(sizes[panel] - lacks, LEASTS[panel])
    return sizes.get(LIST, 0), max(width - sum(sizes.values()), 0), sizes.get(INSPECTOR, 0)


class Folding(QObject):
    """Folds list and inspector of a splitter away, and back when there is room again.

    One that somebody shows stays, and the other one goes if there is no room for both.

    Attributes:
        wanted: the widths of the three that were chosen, also of those that are folded now.
    """

    def __init__(self, splitter: QSplitter, wanted: Sequence[int]) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._panels = {
            each: widget for each in (LIST, INSPECTOR) if (widget := splitter.widget(each))
        }
        self.wanted = list(wanted)
        self._folded: set[int] = set()
        self._asked_for = PAGE
        self._is_at_it = False
        splitter.installEventFilter(self)
        splitter.splitterMoved.connect(self._dragged)
        for widget in self._panels.values():
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the window changes its width, and when somebody shows or hides a panel."""
        kind = event.type()
        if watched is self._splitter:
            if kind == QEvent.Type.Resize:
                self.fit(self._splitter.width())
        elif kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and not self._is_at_it:
            panel = next(each for each in self._panels if self._panels[each] is watched)
            self._folded.discard(panel)
            self._asked_for = panel if kind == QEvent.Type.ShowToParent else PAGE
            self.fit(self._splitter.width())
        return False

    def fit(self, width: int) -> None:
        """Let the three be as wide as there is room for in a window of this width."""
        shown = {each for each, widget in self._panels.items() if not widget.isHidden()}
        open_ = shown | self._folded
        edges = len(self._panels) * self._splitter.handleWidth()
        sizes = fitting(width - edges, self.wanted, open_, self._asked_for)
        self._folded = {each for each in open_ if not sizes[each]}
        self._is_at_it = True
        for each in open_:
            self._panels[each].setVisible(each not in self._folded)
        self._splitter.setSizes(list(sizes))
        self._is_at_it = False

    def _dragged(self, *_: int) -> None:
        """Note the widths that somebody chose with the mouse."""
        for each, size in enumerate(self._splitter.sizes()):
            self.wanted[each] = size or self.wanted[each]
