"""Undo, redo, delete."""

from __future__ import annotations

from annotator.presentation.commands.command import MARK, Command, has_mark


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "edit.undo",
            "Undo",
            "Edit",
            lambda desk: desk.undo(),
            ("Ctrl+Z",),
            lambda desk: desk.can_undo,
        ),
        Command(
            "edit.redo",
            "Redo",
            "Edit",
            lambda desk: desk.redo(),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            lambda desk: desk.can_redo,
        ),
        Command(
            "edit.delete",
            "Delete the mark",
            "Edit",
            lambda desk: desk.delete_mark(),
            ("Delete", "Backspace"),
            has_mark,
            MARK,
            also="remove",
        ),
    )
