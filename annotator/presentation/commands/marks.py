"""Walking through marks and changing the one under the caret."""

from __future__ import annotations

from annotator.domain.codebook import ACTOR
from annotator.presentation.commands.command import (
    MARK,
    Command,
    has_article,
    has_mark,
    has_selection,
)


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "mark.next",
            "Next mark",
            "Mark",
            lambda desk: desk.reader.step_mark(forward=True),
            ("Tab",),
            has_article,
        ),
        Command(
            "mark.previous",
            "Previous mark",
            "Mark",
            lambda desk: desk.reader.step_mark(forward=False),
            ("Shift+Tab",),
            has_article,
        ),
        Command(
            "mark.join",
            "Add the selected words to the last mark",
            "Mark",
            lambda desk: desk.join_selection(),
            ("J",),
            has_selection,
        ),
        Command(
            "mark.cut",
            "Take the fragment under the caret out of the mark",
            "Mark",
            lambda desk: desk.cut_fragment(),
            ("Shift+J",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.start-left",
            "Move the start of the mark left",
            "Mark",
            lambda desk: desk.move_edge(at_start=True, forward=False),
            ("<",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.start-right",
            "Move the start of the mark right",
            "Mark",
            lambda desk: desk.move_edge(at_start=True, forward=True),
            (">",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.end-left",
            "Move the end of the mark left",
            "Mark",
            lambda desk: desk.move_edge(at_start=False, forward=False),
            (",",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.end-right",
            "Move the end of the mark right",
            "Mark",
            lambda desk: desk.move_edge(at_start=False, forward=True),
            (".",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.who",
            "Tie the mention to the actor book",
            "Mark",
            lambda desk: desk.assign_actor(),
            ("E",),
            lambda desk: desk.reader.current_layer == ACTOR,
            f"{MARK}:{ACTOR}",
        ),
        Command(
            "mark.note",
            "Write a note on the mark",
            "Mark",
            lambda desk: desk.focus.emit("note"),
            ("N",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.all",
            "Mark every occurrence in the article",
            "Mark",
            lambda desk: desk.mark_everywhere(),
            ("M",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.release",
            "Let go: no selection, no held layer",
            "Mark",
            lambda desk: desk.let_go(),
            ("Escape",),
            has_article,
        ),
    )
