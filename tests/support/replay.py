"""An article coded from nothing by key presses alone, after records that say what it should hold.

Moving the caret and stretching a selection are counted apart: they are what a reader's eyes and the arrows do,
and the limits on gestures count a selection as one.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annotator.domain.link import Voice
from annotator.domain.mark import Mark
from annotator.presentation.page_steps import target, token_edge
from annotator.services import actor_book, linking
from tests.support.hands import Hands

Record = dict[str, Any]
Span = tuple[int, int]

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
UNITS = (
    ("paragraph", Qt.KeyboardModifier.ControlModifier),
    ("sentence", Qt.KeyboardModifier.AltModifier),
    ("token", Qt.KeyboardModifier.ControlModifier),
    ("character", NONE),
)
"""From the largest step down, with what is held beside an arrow."""


class Replay:
    """Codes the open article.

    Attributes:
        most: the largest number of gestures that an act took, by what it was.
        walked: how many ties led further than the nine likeliest marks.
    """

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.page = hands.page
        self.most: Counter[str] = Counter()
        self.walked = 0
        self._made: dict[str, str] = {}
        self._cues: dict[Span, str] = {}

    def code(self, coded: Record) -> None:
        """Make every record of the article."""
        entities = {entity["id"]: entity for entity in coded["entities"]}
        for actor in sorted(coded["actors"], key=lambda one: one["start"]):
            self._actor(actor, entities.get(actor["entity"]))
        for cue in sorted({_span(one["cue"]) for one in coded["claims"] if one["cue"]}):
            self._cues[cue] = self._mark([cue], "Q")
        for claim in sorted(coded["claims"], key=lambda one: one["start"]):
            self._claim(claim)
        for sentiment in sorted(coded["sentiments"], key=lambda one: one["start"]):
            self._sentiment(sentiment)

    def _actor(self, actor: Record, entity: Record | None) -> None:
        self._made[actor["id"]] = self._mark(_spans(actor), "A")
        self._value("actor", "type", actor["type"])
        self._value("actor", "named", actor["named"])
        if entity:
            self._who(entity["name"])

    def _claim(self, claim: Record) -> None:
        made = self._mark(_spans(claim), "C")
        self._value("claim", "mode", claim["mode"])
        self._value("claim", "stance", claim["stance"])
        if claim["cue"]:
            self._tie(made, "cue", "U", self._cues[_span(claim["cue"])])
        self._tie(made, "source", "F", self._made.get(claim["source"]))

    def _sentiment(self, sentiment: Record) -> None:
        made = self._mark(_spans(sentiment), "S")
        self._value("sentiment", "polarity", sentiment["polarity"])
        self._value("sentiment", "intensity", sentiment["intensity"])
        self._tie(made, "holder", "F", self._made.get(sentiment["holder"]))
        if sentiment["target"]:
            self._tie(made, "target", "T", self._made[sentiment["target"]])

    # Acts

    def _mark(self, spans: list[Span], key: str) -> str:
        """Mark the first span, and add the others to it as further fragments."""
        for number, span in enumerate(spans):
            self._select(span)
            self._press("J" if number else key, "mark a span", selected=1)
        made = self._current
        assert [fragment.extent for fragment in made.fragments] == spans
        return made.id

    def _value(self, layer: str, attribute: str, value: object) -> None:
        if self._current.attributes.get(attribute) == value:
            return
        name = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        self._press(self._key(f"value.{layer}.{attribute}.{name}"), "change a value")
        assert self._current.attributes.get(attribute) == value

    def _who(self, name: str) -> None:
        """Tie to the entry of a name: with one key where the program guesses it, else by typing."""
        project, mark = self.hands.desk.project, self._current
        assert project
        guess = actor_book.guess(project, mark)
        if name == (guess.name if guess else mark.text):
            self._press("E", "tie to the entry that is guessed")
        else:
            self.hands.press("Shift+E")
            # Where popups come and go, the platform of tests does not always say which window is active.
            field = self.hands.window.focusWidget()
            assert isinstance(field, QLineEdit)
            QTest.keyClicks(field, name)
            QTest.keyClick(field, Qt.Key.Key_Return)
            self.hands.settle()
            self.hands.window.activateWindow()
            self.hands.settle()
        assert self._current.actor
        assert actor_book.entry(project, self._current.actor).name == name

    def _tie(self, start: str, type: str, key: str, end: str | None) -> None:
        """Tie to a mark, or to the author if it is None."""
        project = self.hands.desk.project
        assert project
        if end is None:
            self._press("V", "tie to the author")
        else:
            likely = linking.proposals(project, start, type)
            place = likely.index(end)
            if place == 0:
                self._press(key, "tie to the proposed one")
            elif place < 9:
                before = self.hands.gestures
                self.hands.press(f"Shift+{key}", str(place + 1))
                self._count("tie to another one", self.hands.gestures - before)
            else:
                self._walk(key, end)
        tied = [link for link in project.links_of(start) if link.type == type]
        assert [link.end or link.voice for link in tied] == [end or Voice.AUTHOR]
        assert self._current.id == start

    def _walk(self, key: str, end: str) -> None:
        self.walked += 1
        self.hands.press(f"Shift+{key}")
        self._to(self.hands.desk.reader.marks[end].start)
        while self._current.id != end:
            self.hands.press("Tab")
        self.hands.press("Return")

    # Keys

    def _press(self, key: str, act: str, selected: int = 0) -> None:
        self.hands.press(key)
        self._count(act, selected + 1)

    def _count(self, act: str, gestures: int) -> None:
        self.most[act] = max(self.most[act], gestures)

    def _key(self, command: str) -> str:
        return self.hands.desk.key_of(command)

    @property
    def _current(self) -> Mark:
        current = self.hands.desk.reader.current
        assert current
        return current

    def _select(self, span: Span) -> None:
        self._to(span[0])
        while self.page.caret < span[1]:
            word = token_edge(self.page.text, self.page.caret, forward=True)
            held = Qt.KeyboardModifier.ControlModifier if word <= span[1] else NONE
            self._arrow(held | SHIFT, forward=True)
        assert self.page.selection == span

    def _to(self, offset: int) -> None:
        """Walk the caret to an offset, in the largest steps that do not pass it."""
        if self.page.selections:
            self.hands.press("Escape")
        while self.page.caret != offset:
            forward = self.page.caret < offset
            unit, held = next(
                (unit, held) for unit, held in UNITS if self._reaches(unit, offset, forward=forward)
            )
            if unit == "paragraph":
                arrow = Qt.Key.Key_Down if forward else Qt.Key.Key_Up
                QTest.keyClick(self.hands.window.page, arrow, held)
            else:
                self._arrow(held, forward=forward)

    def _reaches(self, unit: str, offset: int, *, forward: bool) -> bool:
        caret = self.page.caret
        there = target(self.page.text, caret, unit, forward=forward)
        return caret < there <= offset if forward else offset <= there < caret

    def _arrow(self, held: Qt.KeyboardModifier, *, forward: bool) -> None:
        """Press an arrow; in a paragraph that runs from right to left, left is forward."""
        view = self.hands.window.page
        paragraph = view.column.paragraph(self.page.paragraph_of(self.page.caret))
        right = forward != paragraph.is_rtl
        QTest.keyClick(view, Qt.Key.Key_Right if right else Qt.Key.Key_Left, held)


def _spans(record: Record) -> list[Span]:
    return [(start, end) for start, end in record.get("fragments") or [_span(record)]]


def _span(record: Record) -> Span:
    return record["start"], record["end"]
