"""Forty acts on a real-shaped article, with how many gestures each may take: a key, a click or a drag is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.mark import Mark
from annotator.presentation.memory import Memory
from annotator.settings.places import seeds_folder
from annotator.ui.main_window import MainWindow
from tests.support.hands import Hands
from tests.support.material import make_project

SPAN, HELD, SAME, ONE, TIE, TIE_OTHER, WHOLE = 2, 1, 1, 1, 1, 2, 6
"""At most: a span whose layer is chosen by its key; one while the layer is held; the same words
everywhere; changing, deleting, undoing; a tie when the proposed one is right, and when another is
chosen; actor, claim, source and stance from nothing."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to get done: what, with how many gestures at most, how, and whether it is done."""

    name: str
    most: int
    do: Callable[[Hands], object]
    is_done: Callable[[Hands], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """An act, how many gestures it took, and whether it was done."""

    act: Act
    gestures: int
    is_done: bool


def texts() -> tuple[str, ...]:
    """Return the articles of the script."""
    first = seeds_folder() / "01-harbour-strike.txt"
    return first.read_text(encoding="utf-8"), "Nothing to mark here.\n", "The last one.\n"


def open_window(folder: Path) -> MainWindow:
    """Return a shown window on a new project with the articles of the script."""
    project = make_project(folder, *texts())
    project.close()
    memory = Memory(None)
    memory.preferences.tour_done = True
    memory.preferences.theme = "light"
    window = MainWindow(memory, "test")
    window.show()
    window.start(project.path)
    window.activateWindow()
    window.page.setFocus()
    return window


def run(hands: Hands) -> list[Counted]:
    """Do everything, in order."""
    found = []
    for act in ACTS:
        before = hands.gestures
        act.do(hands)
        hands.settle()
        found.append(Counted(act, hands.gestures - before, act.is_done(hands)))
    return found


def _drag_and(words: str, *keys: str, occurrence: int = 0) -> Callable[[Hands], object]:
    def do(hands: Hands) -> None:
        hands.drag(words, occurrence)
        hands.press(*keys)

    return do


def _press(*keys: str) -> Callable[[Hands], object]:
    return lambda hands: hands.press(*keys)


def _tie_by_click(words: str) -> Callable[[Hands], object]:
    def do(hands: Hands) -> None:
        hands.press("L")
        hands.click(words)

    return do


def _from_nothing(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "F", "-")


def _current(hands: Hands) -> Mark | None:
    return hands.desk.reader.current


def _is(layer: str, text: str) -> Callable[[Hands], bool]:
    def check(hands: Hands) -> bool:
        mark = _current(hands)
        return mark is not None and (mark.layer, mark.text) == (layer, text)

    return check


def _has(name: str, value: object) -> Callable[[Hands], bool]:
    def check(hands: Hands) -> bool:
        mark = _current(hands)
        return mark is not None and mark.attributes.get(name) == value

    return check


def _tied(type: str, text: str) -> Callable[[Hands], bool]:
    """Some link of this type leads to a mark of these words, or to that voice."""

    def check(hands: Hands) -> bool:
        reader = hands.desk.reader
        return any(
            link.type == type
            and (reader.marks[link.end].text if link.end else str(link.voice)) == text
            for link in reader.links.values()
        )

    return check


def _marks(layer: str, text: str, count: int) -> Callable[[Hands], bool]:
    def check(hands: Hands) -> bool:
        marks = hands.desk.reader.marks.values()
        return sum((mark.layer, mark.text) == (layer, text) for mark in marks) == count

    return check


def _shows(start: str) -> Callable[[Hands], bool]:
    return lambda hands: hands.page.text.startswith(start)


UNION, OFFER = "Harbour Workers' Union", "an insult to people who work while the city sleeps"
QUOTE = "We will not go back … until every night shift is paid for what it takes out of a body"

ACTS: tuple[Act, ...] = (
    Act("mark an actor", SPAN, _drag_and(UNION, "A"), _is("actor", UNION)),
    Act("say its type", ONE, _press("2"), _has("type", "organisation")),
    Act("tie it to the actor book", ONE, _press("E"), lambda hands: bool(_current(hands).actor)),  # type: ignore[union-attr]
    Act("mark a claim", SPAN, _drag_and(OFFER, "C"), _is("claim", OFFER)),
    Act("tie it to its source", TIE, _press("F"), _tied("source", UNION)),
    Act("say its stance", ONE, _press("-"), _has("stance", "oppose")),
    Act("mark a cue", SPAN, _drag_and("called", "Q"), _is("cue", "called")),
    Act("tie cue and claim", TIE_OTHER, _tie_by_click("city sleeps"), _tied("cue", "called")),
    Act("mark a sentiment", SPAN, _drag_and("an insult", "S"), _is("sentiment", "an insult")),
    Act("say its polarity", ONE, _press("-"), _has("polarity", "negative")),
    Act("say its intensity", ONE, _press("3"), _has("intensity", 3)),
    Act("tie it to its holder", TIE, _press("F"), _tied("holder", UNION)),
    Act("actor, claim, source, stance", WHOLE, _from_nothing, _tied("source", "Amal Haddad")),
    Act(
        "go on with the quotation after “said”",
        SPAN,
        _drag_and("until every night shift is paid for what it takes out of a body", "J"),
        _is("claim", QUOTE),
    ),
    Act("mark its cue", SPAN, _drag_and("said", "Q", occurrence=0), _is("cue", "said")),
    Act("tie the cue", TIE_OTHER, _tie_by_click("We will not"), _tied("cue", "said")),
    Act("mark a group", SPAN, _drag_and("crews", "A"), _is("actor", "crews")),
    Act("say its type", ONE, _press("6"), _has("type", "group")),
    Act("mark it everywhere", SAME, _press("M"), _marks("actor", "crews", 3)),
    Act("take that back", ONE, _press("Ctrl+Z"), _marks("actor", "crews", 1)),
    Act("do it again", ONE, _press("Ctrl+Shift+Z"), _marks("actor", "crews", 3)),
    Act("relabel", ONE, _press("S"), _is("sentiment", "crews")),
    Act("take that back", ONE, _press("Ctrl+Z"), _is("actor", "crews")),
    Act("delete", ONE, _press("Delete"), _marks("actor", "crews", 2)),
    Act("take that back", ONE, _press("Ctrl+Z"), _marks("actor", "crews", 3)),
    Act("hold a layer", ONE, _press("Shift+A"), lambda hands: hands.desk.reader.held == "actor"),
    Act("mark while it is held", HELD, _drag_and("Joris Brandt"), _is("actor", "Joris Brandt")),
    Act("mark while it is held", HELD, _drag_and("Lena Ode"), _is("actor", "Lena Ode")),
    Act("mark while it is held", HELD, _drag_and("Piet Roos"), _is("actor", "Piet Roos")),
    Act("let go of it", ONE, _press("Escape"), lambda hands: hands.desk.reader.held is None),
    Act(
        "mark a claim",
        SPAN,
        _drag_and("the accounts of the property company were public", "C"),
        _is("claim", "the accounts of the property company were public"),
    ),
    Act("tie it to its source", TIE, _press("F"), _tied("source", "Joris Brandt")),
    Act("mark a sentiment", SPAN, _drag_and("reckless", "S"), _is("sentiment", "reckless")),
    Act(
        "choose its holder", TIE_OTHER, _press("Shift+F", "Return"), _tied("holder", "Joris Brandt")
    ),
    Act(
        "mark what the author says",
        SPAN,
        _drag_and("Every other port on the coast pays at least 25 percent for nights", "C"),
        lambda hands: hands.desk.reader.current_layer == "claim",
    ),
    Act("say that it is the author", TIE, _press("V"), _tied("source", "author")),
    Act("mark an actor", SPAN, _drag_and("Ingrid Solheim", "A"), _is("actor", "Ingrid Solheim")),
    Act("once more", SPAN, _drag_and("Harbour List", "R"), _is("actor", "Harbour List")),
    Act("done although types are missing", TIE_OTHER, _press("D", "D"), _shows("Nothing to mark")),
    Act("nothing found, on to the next", ONE, _press("X"), _shows("The last one")),
)
