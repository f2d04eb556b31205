"""Walking through marks and changing the one under the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.codebook import ACTOR
from annotator.presentation import choosing, repeating
from annotator.presentation.commands.command import (
    MARK,
    Command,
    has_article,
    has_mark,
    has_selection,
)

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


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
            "mark.who-else",
            "Tie the mention to somebody else, by name",
            "Mark",
            lambda desk: desk.focus.emit("who"),
            ("Shift+E",),
            _is_open_mention,
            f"{MARK}:{ACTOR}",
        ),
        Command(
            "mark.topics",
            "Find values by typing: topics and other long lists",
            "Mark",
            lambda desk: desk.focus.emit("topics"),
            ("P",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.date",
            "Write the date",
            "Mark",
            lambda desk: desk.focus.emit("date"),
            ("O",),
            has_mark,
            MARK,
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
            "mark.start-left-letter",
            "Move the start of the mark left by a letter",
            "",
            lambda desk: desk.move_edge(at_start=True, forward=False, unit="character"),
            (),
            has_mark,
            MARK,
        ),
        Command(
            "mark.start-right-letter",
            "Move the start of the mark right by a letter",
            "",
            lambda desk: desk.move_edge(at_start=True, forward=True, unit="character"),
            (),
            has_mark,
            MARK,
        ),
        Command(
            "mark.end-left-letter",
            "Move the end of the mark left by a letter",
            "",
            lambda desk: desk.move_edge(at_start=False, forward=False, unit="character"),
            (),
            has_mark,
            MARK,
        ),
        Command(
            "mark.end-right-letter",
            "Move the end of the mark right by a letter",
            "",
            lambda desk: desk.move_edge(at_start=False, forward=True, unit="character"),
            (),
            has_mark,
            MARK,
        ),
        Command(
            "mark.choose",
            "Choose among the marks under the caret",
            "Mark",
            choosing.choose_mark,
            ("Space",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.again",
            "Once more: mark like the last mark, or do the last act again",
            "Mark",
            repeating.repeat,
            ("R",),
            has_article,
        ),
        Command(
            "mark.all",
            "Mark the same words everywhere in the article",
            "Mark",
            repeating.mark_here,
            ("M",),
            has_mark,
            MARK,
        ),
        Command(
            "mark.all-articles",
            "Mark the same words in all articles",
            "Mark",
            repeating.mark_in_project,
            ("Shift+M",),
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


def _is_open_mention(desk: Desk) -> bool:
    """Tell whether the mark under the caret is a mention that stands for nobody yet."""
    current = desk.reader.current
    return current is not None and current.layer == ACTOR and current.actor is None
