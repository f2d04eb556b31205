"""Opening, making, filling and checking a project."""

from __future__ import annotations

from annotator.presentation.commands.command import Command, has_article, has_project


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "project.new", "New project …", "Project", lambda desk: desk.new_project(), ("Ctrl+N",)
        ),
        Command(
            "project.open",
            "Open project …",
            "Project",
            lambda desk: desk.choose_project(),
            ("Ctrl+O",),
        ),
        Command(
            "project.import",
            "Import articles …",
            "Project",
            lambda desk: desk.choose_imports(),
            ("Ctrl+I",),
            has_project,
        ),
        Command(
            "project.import_folder",
            "Import a folder …",
            "Project",
            lambda desk: desk.choose_import_folder(),
            ("Ctrl+Shift+I",),
            has_project,
        ),
        Command(
            "project.export",
            "Export …",
            "Project",
            lambda desk: desk.choose_export(),
            ("Ctrl+E",),
            has_project,
        ),
        Command(
            "project.export_as",
            "Export in another format …",
            "Project",
            lambda desk: desk.choose_export_form(),
            ("Ctrl+Shift+E",),
            has_project,
        ),
        Command(
            "project.release",
            "Release a dataset …",
            "Project",
            lambda desk: desk.focus.emit("release"),
            ("Ctrl+Shift+R",),
            has_project,
        ),
        Command(
            "project.print",
            "Print the article …",
            "Project",
            lambda desk: desk.focus.emit("print"),
            ("Ctrl+P",),
            has_article,
        ),
        Command(
            "project.picture",
            "Save the article as PDF, SVG or PNG …",
            "Project",
            lambda desk: desk.focus.emit("picture"),
            ("Ctrl+Shift+S",),
            has_article,
        ),
        Command(
            "project.check",
            "Check the project",
            "Project",
            lambda desk: desk.check(),
            (),
            has_project,
        ),
        Command(
            "project.backup",
            "Back up now",
            "Project",
            lambda desk: desk.back_up(),
            (),
            has_project,
        ),
        Command(
            "project.restore",
            "Restore a backup …",
            "Project",
            lambda desk: desk.restore_backup(),
            (),
            has_project,
        ),
        Command(
            "project.quit", "Quit", "Project", lambda desk: desk.focus.emit("quit"), ("Ctrl+Q",)
        ),
    )
