"""The desk: everything the window shows and everything it can be told to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from annotator.domain.actor import Actor
from annotator.domain.adjudication import Adjudication
from annotator.domain.article import Annotator, Article, State, Verdict
from annotator.domain.codebook import CodebookVersion
from annotator.domain.errors import Problem, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark, Value, View
from annotator.domain.step import Outcome, Record
from annotator.presentation import finishing, transfer, tying
from annotator.presentation.choosing import Choosing
from annotator.presentation.commands import Command, codebook_commands, general_commands
from annotator.presentation.commands.keymap import OwnKeys, with_keys
from annotator.presentation.finding import Finder
from annotator.presentation.inspector import stored_value
from annotator.presentation.library import Library
from annotator.presentation.messages import Messages
from annotator.presentation.page_edges import moved_edge
from annotator.presentation.port import Window
from annotator.presentation.reader import Reader
from annotator.presentation.rescue import Rescue
from annotator.presentation.signal import Signal
from annotator.services import actor_book, backups, checking, history, linking, marking, states
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.services.wording import counted

T = TypeVar("T")


class Desk:
    """An open project with its list, its open article and its messages.

    Attributes:
        focus: asks the window to show or focus a part of itself, by name.
        zoom: asks the window for larger (+) or smaller (−) text, in percent; 0 is normal.
        project_changed: another project was opened, or none is open now.
        commands_changed: the codebook brought other commands, or keys were changed.
        chooser: asks the window to let the user choose one of a few things beside the caret.
        again: does the last act once more, on what is current then.
    """

    def __init__(self, window: Window, annotator: str | None = None) -> None:
        self.window = window
        self.annotator_name = annotator
        self.project: Project | None = None
        self.library = Library()
        self.reader = Reader()
        self.finder = Finder(self.reader.page)
        self.messages = Messages()
        self.focus: Signal[str] = Signal()
        self.zoom: Signal[int] = Signal()
        self.project_changed: Signal[None] = Signal()
        self.commands_changed: Signal[None] = Signal()
        self.saved: Signal[str] = Signal()
        self.resting: Signal[Project] = Signal()
        self.closing: Signal[Project] = Signal()
        self._rescue = Rescue(window, self.messages)
        self.chooser: Signal[Choosing] = Signal()
        self.commands: tuple[Command, ...] = general_commands()
        self._own_keys: OwnKeys = {}
        self._keys: dict[str, str] = {}
        self.busy = False
        self.again: Callable[[], None] | None = None

    # Projects

    def open_project(self, path: Path, article: Id | None = None) -> bool:
        """Open a project in place of the present one, which stays open if that fails."""
        if self.project and self.project.path.resolve() == path.resolve():
            return True
        found = self._rescue.open(path, self.annotator_name)
        return found is not None and self._take_over(lambda: found, article)

    def make_project(self, path: Path) -> bool:
        """Make an empty project and open it."""
        return self._take_over(
            lambda: projects.create(path, default_codebook(), self.annotator_name), None
        )

    def choose_project(self) -> None:
        """Let the user choose a project, and open it."""
        path = self.window.ask_project()
        if path:
            self.open_project(path)

    def new_project(self) -> None:
        """Let the user choose a place, and make a project there."""
        path = self.window.ask_new_project()
        if path:
            self.make_project(path)

    def close(self) -> None:
        """Close the project; everything acknowledged is in it."""
        if self.project:
            project, self.project = self.project, None
            self.closing.emit(project)
            self.reader.clear()
            self.library.show(None)
            project.close()
            self.project_changed.emit(None)

    def settle(self) -> None:
        """While nobody works, bring the one file up to date, so that a copy of it is complete."""
        if self.project and not self.busy:
            self._try(self.project.file.settle)
            self.resting.emit(self.project)

    def back_up(self) -> None:
        """Make a verified backup now, and say so."""
        made = self._try(lambda: (backups.make(self._open),))
        if made is not None:
            self.messages.done(
                f"Backed up and verified: {made[0].path.name}."
                if made[0]
                else "The newest backup holds everything already."
            )

    def restore_backup(self) -> None:
        """Let the user choose a backup, and put it in the place of the open project."""
        project = self.project
        if project is None:
            return
        known = backups.of_project(project)
        if not known:
            self.messages.problem(
                "There is no backup of this project yet: one is made when it is closed."
            )
            return
        chosen = self.window.choose(
            "Restore a backup",
            "The project as it is now is kept in a folder beside it.",
            [backups.told(backup) for backup in known],
            "Restore",
        )
        if chosen is not None:
            path = project.path
            self.close()
            if self._rescue.restore(path, known[chosen]):
                said = self.messages.last
                self.open_project(path)
                if said:
                    self.messages.said.emit(said)
            else:
                self.open_project(path)

    def check(self) -> None:
        """Prove the project whole and say so."""
        found = self._try(lambda: checking.problems(self._open))
        if found is None:
            return
        if found:
            self.window.show_report(f"{counted(len(found), 'problem')} found", found[:1], found)
        else:
            self.messages.done("The project is whole: every mark, link and step was checked.")

    # Articles

    def open_article(self, article: Id) -> None:
        """Open an article in the reader."""
        if self.project and (self.reader.article is None or self.reader.article.id != article):
            project = self.project
            self._try(lambda: self.reader.show(project, article))
            self.library.set_current(article)

    def go(self, *, forward: bool) -> None:
        """Open the next or previous article that is not finished, or say that there is none."""
        found = self.library.neighbour(forward)
        if found is None:
            self.messages.done("No further open article " + ("below." if forward else "above."))
        else:
            self.open_article(found)

    def finish(self) -> None:
        """Call the article done and go on: layers without marks are “nothing found”."""
        finishing.finish(self)

    def nothing_found(self) -> None:
        """Say that the article has nothing to mark, and go on."""
        layers = [layer.name for layer in self._open.codebook.open_layers] if self.project else []
        self.conclude(
            lambda project, article: states.set_verdict(
                project, article, layers, Verdict.NOTHING_FOUND
            )
        )

    def set_verdicts(self, verdict: Verdict, layers: Iterable[str] | None = None) -> None:
        """Set the verdict on layers of the open article (None: on all)."""
        article = self.reader.article
        if self.project and article:
            names = list(layers or (layer.name for layer in self.project.codebook.open_layers))
            self._act(lambda project: states.set_verdict(project, article.id, names, verdict))

    # Marks

    def mark(self, layer: str) -> None:
        """Mark the selection on a layer, or move the mark under the caret to it."""
        article, current = self.reader.article, self.reader.current
        if not self.project or article is None:
            return
        self.again = partial(self.mark, layer)
        if current and not self.reader.has_selection:
            if current.layer == layer:
                self.messages.done(f"This is marked as {layer} already.")
            else:
                self._act(lambda project: marking.relabel(project, current.id, layer))
            return
        outcome = self._act(
            lambda project: marking.mark(project, article.id, self.reader.extents_to_mark(), layer)
        )
        self._make_current(outcome)

    def hold(self, layer: str) -> None:
        """Hold a layer as the tool, so that every selection marks; once more lets it go."""
        self.reader.held = None if self.reader.held == layer else layer
        self.reader.changed.emit(None)

    def toggle_layer(self, layer: str) -> None:
        """Show or hide the marks of a layer."""
        self.reader.page.toggle_layer(layer)
        self.reader.changed.emit(None)

    def selection_finished(self) -> None:
        """Mark what was just selected, if a layer is held."""
        if self.reader.held and self.reader.has_selection:
            self.mark(self.reader.held)

    def delete_mark(self) -> None:
        """Delete the mark under the caret with its links."""
        current = self.reader.current
        if current:
            self._act(lambda project: marking.delete(project, [current.id]))

    def toggle_value(self, attribute: str, code: str) -> None:
        """Give the mark under the caret a value of an attribute; a second time takes it off."""
        current = self.reader.current
        if not current or not self.project:
            return
        kind = self.project.codebook.layer(current.layer).attribute(attribute)
        known = kind.code(code) if kind else None
        if kind and known:
            value = stored_value(kind, known)
            off = current.attributes.get(attribute) == value and not kind.required
            self.set_value(attribute, None if off else value)

    def set_value(self, attribute: str, value: Value | None) -> None:
        """Give the mark under the caret the value of an attribute (None takes it off)."""
        current = self.reader.current
        if current:
            self.again = partial(self.set_value, attribute, value)
            self._act(lambda project: marking.set_attribute(project, current.id, attribute, value))

    def set_note_of(self, mark: Id, note: str) -> None:
        """Write a note on a mark."""
        if mark in self.reader.marks:
            self._act(lambda project: marking.set_note(project, mark, note))

    def join_selection(self) -> None:
        """Add the selected words to the mark that was current last, as a further fragment."""
        recent = self.reader.recent
        if recent not in self.reader.marks:
            self.messages.problem("Make or choose the mark first, then select the words to add.")
            return
        outcome = self._act(
            lambda project: marking.add_fragment(project, recent, self.reader.page.selections)
        )
        self._make_current(outcome)

    def cut_fragment(self) -> None:
        """Take the fragment under the caret out of the mark."""
        current = self.reader.current
        if current:
            self._act(
                lambda project: marking.remove_fragment(project, current.id, self.reader.page.caret)
            )

    def move_edge(self, *, at_start: bool, forward: bool, unit: str = "token") -> None:
        """Move the start or the end of the mark under the caret by a word or a ``character``."""
        current = self.reader.current
        if current:
            extents = [part.extent for part in current.fragments]
            moved = moved_edge(
                self.reader.page.text, extents, at_start=at_start, forward=forward, unit=unit
            )
            self._act(lambda project: marking.reshape(project, current.id, moved))

    def reshape(self, mark: Id, extents: Iterable[Extent]) -> None:
        """Give a mark other bounds."""
        self._act(lambda project: marking.reshape(project, mark, extents))

    def assign_actor(self) -> None:
        """Tie the mention under the caret to the best guess in the actor book, or to a new entry."""
        current = self.reader.current
        if current:
            self.again = self.assign_actor
            self._act(lambda project: actor_book.assign_best(project, current.id))

    def unassign_actor(self) -> None:
        """Untie the mention under the caret from the actor book."""
        current = self.reader.current
        if current:
            self._act(lambda project: actor_book.assign(project, current.id, None))

    # Links

    def tie_to_nearest(self, type: str) -> None:
        """Tie the mark under the caret to its most plausible partner."""
        current = self.reader.current
        if current:
            self.again = partial(self.tie_to_nearest, type)
            self._act(lambda project: linking.tie_to_nearest(project, current.id, type))

    def begin_link(self, type: str) -> None:
        """Let the user choose the partner: the caret goes to the most plausible one."""
        current = self.reader.current
        if not current or not self.project:
            return
        project = self.project
        found = self._try(lambda: linking.proposals(project, current.id, type))
        if found:
            self.reader.linking = (current.id, type)
            self.reader.page.set_current(found[0].id)
            self.messages.done(f"Choose the {type}: Tab or click, then Enter. Escape leaves it.")
            self.reader.changed.emit(None)
        elif found is not None:
            self.messages.problem(f"There is nothing yet to be the {type}: mark it first.")

    def end_link(self) -> None:
        """Tie to the mark under the caret; where several ties fit, let the user choose."""
        current = self.reader.current
        if self.reader.linking and current:
            start, type = self.reader.linking
            self.reader.linking = None
            if type:
                self._act(lambda project: linking.tie(project, start, type, current.id))
            else:
                tying.join(self, start, current.id)
            self.reader.select_mark(start)

    def tie(self, start: Id, type: str, end: Id) -> None:
        """Tie one mark to another."""
        self._act(lambda project: linking.tie(project, start, type, end))

    def tie_author(self) -> None:
        """Say that the author is the source or holder of the mark under the caret."""
        self._tie_voice(Voice.AUTHOR)

    def tie_unknown(self) -> None:
        """Say that the source or holder of the mark under the caret is not known."""
        self._tie_voice(Voice.UNKNOWN)

    def untie(self, link: Id) -> None:
        """Take a link away."""
        self._act(lambda project: linking.untie(project, link))

    def let_go(self) -> None:
        """Give up what is half done: choosing a partner, a held layer, a selection."""
        if self.reader.linking:
            start, _ = self.reader.linking
            self.reader.linking = None
            self.reader.select_mark(start)
        elif self.reader.held:
            self.reader.held = None
        else:
            self.reader.page.clear_selection()
        self.reader.changed.emit(None)

    # Undo

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self.undo_name)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to redo."""
        return bool(self.redo_name)

    @property
    def undo_name(self) -> str:
        """What undo would take back, or nothing."""
        step = history.next_undo(self.project) if self.project else None
        return step.name if step else ""

    @property
    def redo_name(self) -> str:
        """What redo would do again, or nothing."""
        step = history.next_redo(self.project) if self.project else None
        return step.name if step else ""

    def local_time(self) -> str:
        """Return the present time of day, for the status line."""
        return datetime.now().astimezone().strftime("%H:%M")

    def undo(self) -> None:
        """Take the last act back, wherever it was."""
        self._act(history.undo, saying="Undone: {}")

    def redo(self) -> None:
        """Do the act again that was undone last."""
        self._act(history.redo, saying="Redone: {}")

    # Keys

    def key_of(self, command: str) -> str:
        """Return the key that is shown beside a command, or nothing."""
        return self._keys.get(command, "")

    def set_own_keys(self, own: OwnKeys) -> None:
        """Let the user's own keys take the place of those in the table."""
        self._own_keys = dict(own)
        self._take_commands(
            (*codebook_commands(self.project.codebook), *general_commands())
            if self.project
            else general_commands()
        )

    # Import and export

    def choose_imports(self) -> None:
        """Let the user choose files, and import them."""
        paths = self.window.ask_imports()
        if paths:
            self.import_paths(paths)

    def import_paths(self, paths: Iterable[Path]) -> None:
        """Import files and folders into the open project."""
        if self.project:
            transfer.run_import(self, self.project, list(paths))

    def choose_export(self) -> None:
        """Let the user choose a file, and export to it."""
        if self.project:
            path = self.window.ask_export(f"{self.project.path.stem}.jsonl")
            if path:
                transfer.run_export(self, self.project, path)

    # How every act runs

    def act(self, work: Callable[[Project], Outcome]) -> Outcome | None:
        """Run an act on the open project, show what it changed, and say its name."""
        return self._act(work)

    def refresh(self) -> None:
        """Read everything anew, after an act that touched more than can be told one by one."""
        if not self.project:
            return
        self.project.refresh_codebook()
        self.library.show(self.project)
        article = self.reader.article
        if article and self.library.index_of(article.id) is not None:
            self.reader.show(self.project, article.id)
        elif self.library.rows:
            self.open_article(self.library.rows[0].id)
        else:
            self.reader.clear()
        self.saved.emit(self.project.file.clock())

    @property
    def _open(self) -> Project:
        if self.project is None:
            raise Refused("No project is open: open one first.")
        return self.project

    def _act(self, work: Callable[[Project], Outcome], saying: str = "{}") -> Outcome | None:
        project = self.project
        if project is None:
            return None
        if self.busy:
            self.messages.problem("An import is running: wait for it, or cancel it below.")
            return None
        outcome = self._try(lambda: work(project))
        if outcome is None or outcome.step is None:
            return outcome
        self._show(project, outcome)
        self.messages.done(saying.format(outcome.step.name), undoable=saying == "{}")
        self.saved.emit(project.file.clock())
        return outcome

    def _show(self, project: Project, outcome: Outcome) -> None:
        """Refresh exactly what an outcome touched; gold is not on the page."""
        records = [change.after or change.before for change in outcome.changes]
        if records and all(map(_is_gold, records)):
            return
        wide = not outcome.changes or any(
            isinstance(record, Article | CodebookVersion) for record in records
        )
        if wide:
            self._rebuild_commands(project)
            self.refresh()
            return
        where = outcome.step.article if outcome.step else None
        if where and (self.reader.article is None or self.reader.article.id != where):
            self.open_article(where)
        else:
            self.reader.apply(outcome)
        touched = {record.article for record in records if isinstance(record, Mark | State)}
        for article in touched:
            self.library.refresh(project, article)
        if any(isinstance(record, Actor) for record in records):
            self.reader.changed.emit(None)

    def _take_over(self, opening: Callable[[], Project], article: Id | None) -> bool:
        opened = self._try(opening)
        if opened is None:
            return False
        self.close()
        self.project = opened
        self._rebuild_commands(opened)
        self.library.show(opened)
        self.project_changed.emit(None)
        first = article or next((row.id for row in self.library.rows if not row.is_finished), None)
        rows = self.library.rows
        chosen = (
            first
            if first and self.library.index_of(first) is not None
            else (rows[0].id if rows else None)
        )
        if chosen:
            self.open_article(chosen)
        return True

    def _rebuild_commands(self, project: Project) -> None:
        self._take_commands((*codebook_commands(project.codebook), *general_commands()))

    def _take_commands(self, table: tuple[Command, ...]) -> None:
        self.commands = with_keys(table, self._own_keys)
        self._keys = {command.id: command.key for command in self.commands}
        self.commands_changed.emit(None)

    def conclude(self, work: Callable[[Project, Id], Outcome]) -> None:
        """Give the open article its verdict, and go on to the next open one."""
        article = self.reader.article
        if article is None:
            return
        outcome = self._act(lambda project: work(project, article.id))
        following = self.library.neighbour(forward=True) or self.library.neighbour(forward=False)
        if outcome is not None and following:
            self.open_article(following)
        elif outcome is not None:
            self.messages.done(
                "That was the last open article among those the filter shows."
                if self.library.filter
                else "That was the last open article: all have a verdict.",
                undoable=True,
            )

    def _tie_voice(self, voice: Voice) -> None:
        current = self.reader.current
        if current and self.project:
            kinds = [
                kind for kind in self.project.codebook.links_from(current.layer) if kind.voices
            ]
            if kinds:
                self._act(lambda project: linking.tie(project, current.id, kinds[0].name, voice))

    def _make_current(self, outcome: Outcome | None) -> None:
        for change in outcome.changes if outcome else ():
            if isinstance(change.after, Mark):
                self.reader.page.clear_selection()
                self.reader.select_mark(change.after.id)
                return

    def _try(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except Problem as problem:
            self.messages.problem(str(problem))
            return None


def _is_gold(record: Record | None) -> bool:
    """Tell whether a record belongs to the adjudicated view alone."""
    if isinstance(record, Mark | Link):
        return record.view is View.GOLD
    return isinstance(record, Adjudication | Annotator)
