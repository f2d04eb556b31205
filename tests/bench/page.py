"""How fast the page paints: first paint, scrolled frames, caret moves, a new mark, another article.

Figures are milliseconds, median and 95th percentile. A frame is what the widget has Qt paint
when the bar moves, as on the screen; a whole frame is everything in view painted anew. The same strokes on a bare ``QTextEdit``
with formats in its document are measured beside them, since only ratios travel.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.domain.codebook import Shape
from annotator.presentation.page import Page, PageMark
from annotator.ui.page.view import PageView
from tests.bench.bars import Bar
from tests.bench.measuring import Row, Timed, row, timed

WIDTH, HEIGHT = 1000, 800

SHAPES = (
    ("actor", Shape.BOX, ("#0072b2", "#56b4e9"), 3),
    ("claim", Shape.BRACKETS, ("#8a5a00", "#e6a83c"), 24),
    ("cue", Shape.DOTTED, ("#666a71", "#9aa0a6"), 1),
    ("sentiment", Shape.WAVE, ("#c2410c", "#ff8a5c"), 4),
)
"""Layer, shape, colours, and how many words a mark of it covers at most."""

SIZES = (
    ("20 KB, 300 marks", 20_000, 300),
    ("50 KB, 500 marks", 50_000, 500),
    ("60 KB, 2,000 marks", 60_000, 2_000),
    ("20 KB, 10,000 marks", 20_000, 10_000),
    ("1 MB, 10,000 marks", 1_000_000, 10_000),
)


BARS = {
    **dict.fromkeys(("scroll step", "scroll smoothly", "caret move", "hover"), Bar(p95=8)),
    "mark → painted": Bar(p95=16),
}
"""What a person would feel: at 120 frames a second one frame lasts 8 ms."""

SCALED = Bar(p95=16)
"""On a screen of twice the scale a frame has four times the pixels."""

OPENED, OPENED_BAR = "50 KB, 500 marks: first paint", Bar(median=100)


def run(*, quick: bool = False) -> list[Row]:
    """Return the figures of every size; ``quick`` takes fewer frames."""
    return [*frames(quick=quick), *scaled(quick=quick)]


def scaled(*, quick: bool) -> list[Row]:
    """Return the frames of the two heaviest pages on a screen of twice the scale."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.page", *(["--quick"] if quick else [])],
        env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [Row(**item) for item in json.loads(done.stdout)]


def frames(*, quick: bool) -> Iterator[Row]:
    """Measure every size on the screen of this process."""
    application = QApplication.instance() or QApplication([])
    frames = 40 if quick else 150
    for name, characters, count in SIZES:
        text = make_text(characters)
        marks = make_marks(text, count)
        yield from _of_page(application, name, text, marks, frames)
        if count <= 2_000:
            yield from _of_text_edit(application, name, text, marks, frames)


def make_text(characters: int) -> str:
    """Return news-like text of about this length; the same one every time."""
    chance = random.Random(7)
    letters = "eeeetttaaaoooiiinnnsssrrrhhhlldducmfpgwybvk"
    words = ["".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(800)]
    words += ["—", "“no”", "naïve", "café", "🌾", "لكن"]
    found, length = [], 0
    while length < characters:
        paragraph = " ".join(chance.choices(words, k=chance.randint(25, 90))) + "."
        found.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(found)


def make_marks(text: str, count: int) -> list[PageMark]:
    """Return marks of all layers, many of them nested and crossing; the same ones every time."""
    chance = random.Random(11)
    starts = [0, *(place + 1 for place, sign in enumerate(text) if sign in " \n")]
    starts = [place for place in starts if place < len(text) and not text[place].isspace()]
    found = []
    for number in range(count):
        layer, shape, colour, most = chance.choice(SHAPES)
        first = chance.randrange(len(starts) - most - 1)
        begin, after = starts[first], starts[first + chance.randint(1, most)]
        found.append(
            PageMark(
                f"{number:05}", layer, shape, colour, ((begin, after - 1),),
                key=layer[0].upper(),
                sign="−" if layer == "sentiment" else "",
                weight=chance.randint(1, 3),
                margin="Haddad · oppose" if layer == "claim" else None,
            )
        )  # fmt: skip
    return found


def _of_page(
    application: object, name: str, text: str, marks: list[PageMark], frames: int
) -> Iterator[Row]:
    view, page = PageView(), Page()
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.setFocus()
    _settle()

    def first() -> None:
        page.show("article", text, marks, [])
        view.set_page(page)
        view.viewport().repaint()

    yield _figure(name, "first paint", timed(first, 1))
    yield from _scrolling(name, view, frames, "")
    chance = random.Random(3)

    def caret() -> None:
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
        view.keyPressEvent(key)
        _settle()

    page.move_to(len(text) // 2)
    _settle()
    yield _figure(name, "caret move", timed(caret, frames))
    seen = [id for id, item in page.marks.items() if abs(item.start - page.caret) < 1_500] or [None]

    def hover() -> None:
        page.hover(chance.choice(seen))
        _settle()

    yield _figure(name, "hover", timed(hover, frames))
    page.hover(None)

    def mark() -> None:
        start = page.caret + chance.randint(0, 400)
        new = PageMark(
            f"new{start}", "actor", Shape.BOX, SHAPES[0][2], ((start, min(start + 9, len(text))),)
        )
        page.change_marks([], [new])
        _settle()

    yield _figure(name, "mark → painted", timed(mark, frames // 2))
    other = "Another article.\n\n" + text[: min(len(text), 6_000)]

    def switch() -> None:
        page.show("other", other, [], [])
        view.viewport().repaint()
        page.show("article", text, marks, [])
        view.viewport().repaint()

    yield _figure(name, "switch there and back", timed(switch, 3))
    view.close()
    view.deleteLater()


def _of_text_edit(
    application: object, name: str, text: str, marks: list[PageMark], frames: int
) -> Iterator[Row]:
    """The plain way: formats merged into the document of a ``QTextEdit``; overlaps do not show."""
    edit = QTextEdit()
    edit.resize(WIDTH, HEIGHT)
    edit.show()
    _settle()

    def first() -> None:
        edit.setPlainText(text)
        cursor = QTextCursor(edit.document())
        cursor.beginEditBlock()
        for mark in marks:
            look = QTextCharFormat()
            look.setBackground(QColor(mark.colour[0]).lighter(170))
            cursor.setPosition(mark.start)
            cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)
        cursor.endEditBlock()
        edit.viewport().repaint()

    yield _figure(name, "plain: first paint", timed(first, 1))
    yield from _scrolling(name, edit, frames, "plain: ")
    edit.close()
    edit.deleteLater()


def _scrolling(name: str, view: PageView | QTextEdit, frames: int, prefix: str) -> Iterator[Row]:
    bar, chance = view.verticalScrollBar(), random.Random(5)

    def step() -> None:
        bar.setValue((bar.value() + 60) % max(bar.maximum(), 1))
        _settle()

    def whole() -> None:
        bar.setValue((bar.value() + 60) % max(bar.maximum(), 1))
        view.viewport().repaint()

    def smooth() -> None:
        bar.setValue((bar.value() + 3) % max(bar.maximum(), 1))
        _settle()

    def jump() -> None:
        bar.setValue(chance.randrange(max(bar.maximum(), 1)))
        view.viewport().repaint()

    for what, act in (
        ("scroll step", step),
        ("scroll smoothly", smooth),
        ("whole frame", whole),
        ("jump", jump),
    ):
        yield _figure(name, prefix + what, timed(act, frames))


def _settle() -> None:
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def _figure(article: str, what: str, times: Timed) -> Row:
    name = f"{article}: {what}"
    return row(name, times, bar=OPENED_BAR if name == OPENED else BARS.get(what))


def main() -> None:
    """Print the frames on the screen of this process as JSON; ``--quick`` takes fewer."""
    application = QApplication([])
    frames = 40 if "--quick" in sys.argv else 150
    found = []
    for name, characters, count in SIZES:
        if count == 10_000:
            text = make_text(characters)
            rows = _of_page(application, name, text, make_marks(text, count), frames)
            found += [
                {
                    **asdict(item),
                    "name": f"scale 2, {item.name}",
                    "bar": str(SCALED),
                    "holds": SCALED.holds(item.median, item.p95, item.yardstick_median),
                }
                for item in rows
                if item.bar == str(BARS["hover"])
            ]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
