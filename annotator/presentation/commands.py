"""Every command of the window, as data: menus, palette, cheat sheet, manual and tests read this one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.article import Verdict
from annotator.domain.codebook import ACTOR, Codebook, Layer
from annotator.presentation.inspector import attribute_keys

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

Run = Callable[["Desk"], None]
Condition = Callable[["Desk"], bool]

MENUS = ("Project", "Edit", "Mark", "Link", "Article", "View", "Help")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do.

    Attributes:
        id: stable name, used in settings, tests and the manual.
        keys: the first is shown; each works while no field is being typed in.
        menu: where it stands; empty keeps it out of the menus (it is in the palette).
        available: whether it can be done now.
    """

    id: str
    title: str
    menu: str
    run: Run
    keys: tuple[str, ...] = ()
    available: Condition = lambda desk: True

    @property
    def key(self) -> str:
        """The key that is shown beside the title."""
        return self.keys[0] if self.keys else ""


def has_project(desk: Desk) -> bool:
    """Tell whether a project is open."""
    return desk.project is not None


def has_article(desk: Desk) -> bool:
    """Tell whether an article is open."""
    return desk.reader.article is not None


def has_mark(desk: Desk) -> bool:
    """Tell whether a mark is under the caret."""
    return desk.reader.current is not None


def has_selection(desk: Desk) -> bool:
    """Tell whether words are selected."""
    return desk.reader.has_selection


def general_commands() -> tuple[Command, ...]:
    """Return the commands that every project has."""
    return (*_project(), *_edit(), *_marks(), *_article(), *_view())


def codebook_commands(codebook: Codebook) -> tuple[Command, ...]:
    """Return the commands that come from the codebook: marking, values, links."""
    return (
        *(_layer(layer) for layer in codebook.open_layers),
        *(_hold(layer) for layer in codebook.open_layers),
        *(command for layer in codebook.open_layers for command in _values(layer)),
        *_links(codebook),
    )


def _project() -> tuple[Command, ...]:
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
            "project.export",
            "Export …",
            "Project",
            lambda desk: desk.choose_export(),
            ("Ctrl+E",),
            has_project,
        ),
        Command(
            "project.check",
            "Check the project",
            "Project",
            lambda desk: desk.check(),
            (),
            has_project,
        ),
    )


def _edit() -> tuple[Command, ...]:
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
        ),
    )


def _marks() -> tuple[Command, ...]:
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
        ),
        Command(
            "mark.start-left",
            "Move the start of the mark left",
            "Mark",
            lambda desk: desk.move_edge(at_start=True, forward=False),
            ("<",),
            has_mark,
        ),
        Command(
            "mark.start-right",
            "Move the start of the mark right",
            "Mark",
            lambda desk: desk.move_edge(at_start=True, forward=True),
            (">",),
            has_mark,
        ),
        Command(
            "mark.end-left",
            "Move the end of the mark left",
            "Mark",
            lambda desk: desk.move_edge(at_start=False, forward=False),
            (",",),
            has_mark,
        ),
        Command(
            "mark.end-right",
            "Move the end of the mark right",
            "Mark",
            lambda desk: desk.move_edge(at_start=False, forward=True),
            (".",),
            has_mark,
        ),
        Command(
            "mark.who",
            "Tie the mention to the actor book",
            "Mark",
            lambda desk: desk.assign_actor(),
            ("E",),
            lambda desk: desk.reader.current_layer == ACTOR,
        ),
        Command(
            "mark.note",
            "Write a note on the mark",
            "Mark",
            lambda desk: desk.focus.emit("note"),
            ("N",),
            has_mark,
        ),
        Command(
            "mark.all",
            "Mark every occurrence in the article",
            "Mark",
            lambda desk: desk.mark_everywhere(),
            ("M",),
            has_mark,
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


def _article() -> tuple[Command, ...]:
    return (
        Command(
            "article.next",
            "Next open article",
            "Article",
            lambda desk: desk.go(forward=True),
            ("]", "Ctrl+PgDown"),
            has_project,
        ),
        Command(
            "article.previous",
            "Previous open article",
            "Article",
            lambda desk: desk.go(forward=False),
            ("[", "Ctrl+PgUp"),
            has_project,
        ),
        Command(
            "article.done",
            "Done with this article, on to the next",
            "Article",
            lambda desk: desk.finish(),
            ("D",),
            has_article,
        ),
        Command(
            "article.nothing",
            "Nothing found in this article, on to the next",
            "Article",
            lambda desk: desk.nothing_found(),
            ("X",),
            has_article,
        ),
        Command(
            "article.reopen",
            "Open this article again",
            "Article",
            lambda desk: desk.set_verdicts(Verdict.OPEN),
            ("Shift+D",),
            has_article,
        ),
    )


def _view() -> tuple[Command, ...]:
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
            ("Shift+F6", "Return"),
            has_mark,
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
        Command("help.keys", "Keys", "Help", lambda desk: desk.focus.emit("keys"), ("F1", "?")),
        Command("help.tour", "First steps", "Help", lambda desk: desk.focus.emit("tour")),
        Command("help.about", "About annotator", "Help", lambda desk: desk.focus.emit("about")),
    )


def _layer(layer: Layer) -> Command:
    name = layer.name
    return Command(
        f"mark.as.{name}",
        f"Mark as {layer.label.lower()}",
        "Mark",
        lambda desk: desk.mark(name),
        (layer.key.upper(),) if layer.key else (),
        has_article,
    )


def _hold(layer: Layer) -> Command:
    name = layer.name
    return Command(
        f"mark.hold.{name}",
        f"Hold {layer.label.lower()}: every selection marks",
        "Mark",
        lambda desk: desk.hold(name),
        (f"Shift+{layer.key.upper()}",) if layer.key else (),
        has_article,
    )


def _values(layer: Layer) -> list[Command]:
    commands = []
    for key, (attribute, code) in attribute_keys(layer).items():
        label = (code.label or code.name).lower()

        def run(desk: Desk, attribute: str = attribute.name, code: str = code.name) -> None:
            desk.toggle_value(attribute, code)

        def here(desk: Desk, name: str = layer.name) -> bool:
            return desk.reader.current_layer == name

        commands.append(
            Command(
                f"value.{layer.name}.{attribute.name}.{code.name}",
                f"{layer.label}: {(attribute.label or attribute.name).lower()} {label}",
                "",
                run,
                (key.upper(),),
                here,
            )
        )
    return commands


def _links(codebook: Codebook) -> list[Command]:
    commands = []
    for link in codebook.links:
        if link.retired:
            continue

        def here(desk: Desk, start: str = link.start) -> bool:
            return desk.reader.current_layer == start

        def nearest(desk: Desk, type: str = link.name) -> None:
            desk.tie_to_nearest(type)

        def choose(desk: Desk, type: str = link.name) -> None:
            desk.begin_link(type)

        words = f"{codebook.layer(link.start).label}: {link.name}"
        keys = (link.key.upper(),) if link.key else ()
        commands.append(
            Command(f"link.{link.id}", f"{words} is the nearest", "Link", nearest, keys, here)
        )
        commands.append(
            Command(
                f"link.{link.id}.choose",
                f"{words}, choose …",
                "Link",
                choose,
                tuple(f"Shift+{key}" for key in keys),
                here,
            )
        )
    commands.append(
        Command(
            "link.voice",
            "The author says or feels this",
            "Link",
            lambda desk: desk.tie_author(),
            ("V",),
            _takes_voice,
        )
    )
    commands.append(
        Command(
            "link.unknown",
            "Source or holder is unknown",
            "Link",
            lambda desk: desk.tie_unknown(),
            ("Shift+V",),
            _takes_voice,
        )
    )
    commands.append(
        Command(
            "link.pick",
            "Tie to the mark under the caret",
            "",
            lambda desk: desk.end_link(),
            ("Return",),
            lambda desk: desk.reader.linking is not None,
        )
    )
    return commands


def _takes_voice(desk: Desk) -> bool:
    layer = desk.reader.current_layer
    return bool(
        desk.project
        and layer
        and any(link.voices for link in desk.project.codebook.links_from(layer))
    )
