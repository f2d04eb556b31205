"""What is shown, and how."""

from __future__ import annotations

from annotator.presentation.commands.command import (
    MARK,
    Command,
    has_article,
    has_mark,
    has_project,
)


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "view.palette",
            "All commands …",
            "View",
            lambda desk: desk.focus.emit("palette"),
            ("Ctrl+K", "Ctrl+Shift+P"),
        ),
        Command(
            "view.filter",
            "Find an article by typing",
            "View",
            lambda desk: desk.focus.emit("filter"),
            ("Ctrl+F", "/"),
            has_project,
        ),
        Command(
            "view.page", "To the article", "View", lambda desk: desk.focus.emit("page"), ("F6",)
        ),
        Command(
            "view.inspector",
            "To the inspector",
            "View",
            lambda desk: desk.focus.emit("inspector"),
            ("Shift+F6", "Enter"),
            lambda desk: has_mark(desk) and desk.reader.linking is None,
            MARK,
        ),
        Command(
            "view.larger",
            "Larger text",
            "View",
            lambda desk: desk.zoom.emit(10),
            ("Ctrl++", "Ctrl+="),
        ),
        Command(
            "view.smaller", "Smaller text", "View", lambda desk: desk.zoom.emit(-10), ("Ctrl+-",)
        ),
        Command(
            "view.normal", "Normal text size", "View", lambda desk: desk.zoom.emit(0), ("Ctrl+0",)
        ),
        Command(
            "view.theme", "Light or dark", "View", lambda desk: desk.focus.emit("theme"), ("F8",)
        ),
        Command(
            "view.list",
            "Show or hide the list of articles",
            "View",
            lambda desk: desk.focus.emit("toggle-list"),
            ("F3",),
        ),
        Command(
            "view.details",
            "Show or hide the inspector",
            "View",
            lambda desk: desk.focus.emit("toggle-inspector"),
            ("F4",),
        ),
        Command(
            "view.find",
            "Find words in this article",
            "View",
            lambda desk: desk.focus.emit("find"),
            ("Ctrl+G",),
            has_article,
        ),
        Command(
            "view.focus",
            "Focus on paragraph or sentence",
            "View",
            lambda desk: desk.reader.page.next_focus(),
            ("F9",),
            has_article,
        ),
        Command(
            "view.links",
            "Show all links",
            "View",
            lambda desk: desk.reader.page.show_all_links(not desk.reader.page.all_links),
            ("Shift+L",),
            has_article,
        ),
        Command(
            "view.overview",
            "Show or hide the overview of marks",
            "View",
            lambda desk: desk.focus.emit("overview"),
        ),
        Command(
            "view.quiet",
            "Dim bylines and boilerplate, or not",
            "View",
            lambda desk: desk.focus.emit("quiet"),
        ),
        Command(
            "view.settings",
            "Settings …",
            "Edit",
            lambda desk: desk.focus.emit("settings"),
            ("Ctrl+,",),
            also="preferences options",
        ),
        Command("view.own-keys", "Change keys …", "Help", lambda desk: desk.focus.emit("own-keys")),
        Command(
            "help.here",
            "Help on this part of the window",
            "Help",
            lambda desk: desk.focus.emit("help"),
            ("F1",),
        ),
        Command("help.manual", "The manual", "Help", lambda desk: desk.focus.emit("manual")),
        Command(
            "help.keys", "Keys", "Help", lambda desk: desk.focus.emit("keys"), ("?", "Shift+F1")
        ),
        Command("help.tour", "First steps", "Help", lambda desk: desk.focus.emit("tour")),
        Command("help.about", "About annotator", "Help", lambda desk: desk.focus.emit("about")),
    )
