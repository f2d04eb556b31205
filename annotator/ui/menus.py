"""The menus at the top and at the pointer, filled from the one table of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from annotator.presentation.menu_names import MENUS, menu_letters

if TYPE_CHECKING:
    from annotator.domain.identity import Id
    from annotator.presentation.commands import Command
    from annotator.presentation.desk import Desk
    from annotator.presentation.menu_items import Item

GROUPS = (
    "project.import", "project.export", "project.print", "project.check", "suggestion.trial",
    "team.merge", "findings.figures", "edit.delete", "view.settings", "mark.join", "mark.start-left",
    "mark.who", "mark.choose", "suggestion.next", "article.done", "article.note", "view.filter",
    "view.larger", "view.list", "view.search", "help.manual", "help.about",
)  # fmt: skip
"""Commands above which a line stands in their menu."""

QUIT = "project.quit"
"""Stands last, below the projects opened last."""


class Menus(QObject):
    """Fills each menu when it opens, so that it tells what can be done then.

    Their names are seen before the desk is there, which comes with ``serve``.

    Args:
        run: what an entry does.
        recent: the projects opened last.
    """

    _desk: Desk

    def __init__(
        self,
        window: QMainWindow,
        run: Callable[[Command], None],
        recent: Callable[[], Iterable[str]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._run = run
        self._recent = recent
        self._menus = {name: window.menuBar().addMenu(self.tr(name)) for name in MENUS}

    def serve(self, desk: Desk) -> None:
        """Offer what can be done at the desk, from now on."""
        self._desk = desk
        for name, menu in self._menus.items():
            menu.aboutToShow.connect(partial(self._fill_menu, name))
        desk.commands_changed.connect(self._give_letters)
        self._give_letters(None)

    def _give_letters(self, _: None) -> None:
        """Let Alt and a letter open each menu; a letter that Alt means something with is left alone."""
        titles = [self.tr(name) for name in MENUS]
        places = menu_letters(titles, self._desk.commands)
        for menu, title, place in zip(self._menus.values(), titles, places, strict=True):
            menu.setTitle(title if place is None else f"{title[:place]}&{title[place:]}")

    def _fill_menu(self, name: str) -> None:
        menu, family = self._menus[name], ""
        menu.clear()
        for command in self._desk.commands:
            if command.menu == name and command.id != QUIT:
                is_first = command.id in GROUPS or _family(command.id) != family
                if is_first and not menu.isEmpty():
                    menu.addSeparator()
                family = _family(command.id)
                menu.addAction(self._action(command, menu))
        if name == "Project":
            self._add_recent(menu)

    def _action(self, command: Command, menu: QMenu, words: str = "") -> QAction:
        title = words or command.title
        if command.id == "edit.undo" and self._desk.undo_name:
            title = self.tr("Undo: {}").format(self._desk.undo_name)
        if command.id == "edit.redo" and self._desk.redo_name:
            title = self.tr("Redo: {}").format(self._desk.redo_name)
        # The key stands in the words; KeyFilter is the only one that acts on it.
        title = title.replace("&", "&&")
        action = QAction(f"{title}\t{command.key}" if command.key else title, menu)
        action.setEnabled(command.available(self._desk))
        action.triggered.connect(partial(self._run_action, command))
        return action

    def _run_action(self, command: Command, _checked: bool = False) -> None:
        self._run(command)

    def _add_recent(self, menu: QMenu) -> None:
        menu.addSeparator()
        for name in self._recent():
            action = QAction(Path(name).stem.replace("&", "&&"), menu)
            action.setToolTip(name)
            action.triggered.connect(partial(self._open_recent, name))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(
            self._action(next(each for each in self._desk.commands if each.id == QUIT), menu)
        )

    def _open_recent(self, name: str, _checked: bool = False) -> None:
        self._desk.open_project(Path(name))

    def at_pointer(self, _offset: int, place: QPoint) -> None:
        """Open a menu about what lies under the pointer."""
        # Read with the first menu that is wanted: the article does not wait for it.
        from annotator.presentation import pointer_menu

        self._open(pointer_menu.groups(self._desk), place)

    def of_article(self, article: Id, place: QPoint) -> None:
        """Open an article of the list, and a menu about it."""
        from annotator.presentation import article_menu

        self._desk.open_article(article)
        self._open(article_menu.groups(self._desk), place)

    def _open(self, groups: Iterable[Iterable[Item]], place: QPoint) -> None:
        """Open a menu with a line between its groups."""
        menu = QMenu(self._window)
        for group in groups:
            menu.addSeparator()
            self._add(group, menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _add(self, items: Iterable[Item], menu: QMenu) -> None:
        from annotator.presentation.menu_items import Branch

        for item in items:
            if isinstance(item, Branch):
                self._add(item.items, menu.addMenu(item.title.replace("&", "&&")))
            else:
                action = self._action(item.command, menu, item.words)
                action.setCheckable(item.is_current)
                action.setChecked(item.is_current)
                menu.addAction(action)


def _family(id: str) -> str:
    """Return what commands of the codebook stand together by: what they do, or the layer that they tie."""
    for beginning in ("mark.as.", "mark.hold."):
        if id.startswith(beginning):
            return beginning
    layer, arrow, _ = id.partition("→")
    return layer if arrow else ""
