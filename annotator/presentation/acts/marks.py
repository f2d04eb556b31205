"""Making marks and changing the one under the caret."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from annotator.domain import labels
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.presentation.acts.base import Acting
from annotator.presentation.page_edges import moved_edge
from annotator.presentation.value_keys import stored_value
from annotator.services import actor_book, marking, recognising


class MarkActs(Acting):
    """Acts on the selection and on the mark under the caret."""

    def mark(self, layer: str) -> None:
        """Mark the selection on a layer, or move the mark under the caret to it."""
        article, current = self.reader.article, self.reader.current
        if not self.project or article is None:
            return
        self.again = partial(self.mark, layer)
        if current and not self.reader.has_selection:
            if current.layer == layer:
                self.messages.done(
                    f"This is marked as {labels.layer(self.project.codebook, layer)} already."
                )
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
        known = self.project.codebook.layer(layer) if self.project else None
        is_shown = self.reader.page.is_visible(layer)
        if known:
            self.messages.done(
                f"{known.label}: shown again."
                if is_shown
                else f"{known.label}: hidden on the page; a click on it in the bar shows it again."
            )

    def use_layer(self, layer: str) -> None:
        """Do what a click on a layer asks for: mark the selected words; with none, show or hide it.

        A hidden layer that marks is shown, so that the new mark is seen; one that is held is let go.
        """
        if self.reader.held == layer and not self.reader.has_selection:
            self.hold(layer)
            return
        if not self.reader.has_selection:
            self.toggle_layer(layer)
            return
        if not self.reader.page.is_visible(layer):
            self.toggle_layer(layer)
        self.mark(layer)
        self.focus.emit("page")

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
        if not recent or recent not in self.reader.marks:
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
            self._act_on_book(current.id)

    def _act_on_book(self, mark: Id) -> None:
        """Tie a mention to the best guess; a large book is arranged slice by slice for it."""
        if self.project is None or recognising.is_arranged(self.project):
            self._act(lambda project: actor_book.assign_best(project, mark))
        else:
            self.act_in_slices(
                "Looking through the actor book",
                lambda project: actor_book.assign_best.slices(project, mark),
            )

    def unassign_actor(self) -> None:
        """Untie the mention under the caret from the actor book."""
        current = self.reader.current
        if current:
            self._act(lambda project: actor_book.assign(project, current.id, None))
