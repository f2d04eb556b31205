"""The marked article on paper and as a picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.domain.codebook import Shape
from annotator.domain.errors import BadInput
from annotator.presentation.page import Page, PageLink, PageMark
from annotator.ui.page.paper import PAPER, Paper
from annotator.ui.publishing import PICTURE_SCALE, save
from tests.ui.conftest import Hands

BLUE, BROWN = ("#0072b2", "#56b4e9"), ("#8a5a00", "#e6a83c")


def page_of(text: str, *marks: PageMark, links: tuple[PageLink, ...] = ()) -> Page:
    make_application()
    page = Page()
    page.show("x", text, marks, links)
    return page


def run(page: Page, path: Path, title: str = "Port strike") -> None:
    for _ in save(page, path, title):
        pass


def distance(one: QColor, other: QColor) -> int:
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
    )


def test_pages_hold_every_line_once_and_cut_none() -> None:
    text = "\n\n".join(
        "Some words that fill a line or two. " * (number % 9) for number in range(80)
    )
    paper = Paper(page_of(text), 600, "Title")
    assert [done for done, _ in paper.lay_out()][-1] == 159
    pages = paper.pages(500)
    lines = list(paper._lines())
    assert len(pages) > 3
    for line in lines:
        holding = [page for page in pages if page.top <= line[0] and line[1] <= page.bottom]
        assert len(holding) == 1
    assert all(page.bottom - page.top <= 500 for page in pages)


def test_a_picture_shows_the_marks_where_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    text = "Amal Haddad said “we will not go back” on Monday."
    page = page_of(
        text,
        PageMark("a", "actor", Shape.BOX, BLUE, ((0, 11),)),
        PageMark("c", "claim", Shape.BRACKETS, BROWN, ((18, 37),), margin="Haddad · oppose"),
    )
    page.set_current("a")
    run(page, tmp_path / "page.png")
    image = QImage(str(tmp_path / "page.png"))
    paper = Paper(page, image.width() / PICTURE_SCALE)
    tint = PAPER.tint(QColor(BLUE[0]), PAPER.box)
    for start, end, is_marked in ((0, 11, True), (12, 16, False)):
        rect = paper._column.rects(start, end)[0]
        points = [
            image.pixelColor(round(x * PICTURE_SCALE), round((rect.top() + 3) * PICTURE_SCALE))
            for x in range(round(rect.left()) + 3, round(rect.right()) - 3)
        ]
        shares = sum(distance(colour, tint) < 12 for colour in points) / len(points)
        assert (shares > 0.5) is is_marked
    line = paper._column.rects(18, 37)[0]
    below = [
        image.pixelColor(round(line.center().x() * PICTURE_SCALE), round(y * PICTURE_SCALE))
        for y in range(round(line.bottom()) - 6, round(line.bottom()) + 8)
    ]
    assert min(distance(colour, QColor(BROWN[0])) for colour in below) < 25
    assert image.text("Title") == "Port strike"


def test_nothing_chosen_on_the_screen_is_on_paper(qtbot: QtBot) -> None:
    page = page_of("One two three.", PageMark("a", "actor", Shape.BOX, BLUE, ((4, 7),), key="A"))

    def picture() -> QImage:
        paper = Paper(page, 400)
        image = QImage(400, 200, QImage.Format.Format_RGB32)
        image.fill(PAPER.page)
        painter = QPainter(image)
        paper.paint(painter, paper.whole())
        painter.end()
        return image

    plain = picture()
    page.set_current("a")
    page.hover("a")
    assert picture() == plain
    page.select(0, 3)
    page.next_focus()
    assert picture() == plain
    page.toggle_layer("actor")
    assert picture() != plain


def test_a_pdf_has_the_pages_and_the_title(qtbot: QtBot, tmp_path: Path) -> None:
    text = "\n\n".join("Some words that fill a line or two. " * 6 for _ in range(60))
    marks = [
        PageMark(f"{n}", "claim", Shape.WAVE, BROWN, ((n * 300, n * 300 + 20),)) for n in range(30)
    ]
    page = page_of(text, *marks)
    run(page, tmp_path / "page.pdf")
    raw = (tmp_path / "page.pdf").read_bytes()
    assert raw.startswith(b"%PDF-1.")
    count = len(re.findall(rb"/Type\s*/Page\b(?!s)", raw))
    assert count >= 4
    assert "Port strike".encode("utf-16-be") in raw or b"Port strike" in raw


def test_an_svg_is_well_formed_and_has_the_words(qtbot: QtBot, tmp_path: Path) -> None:
    text = "Amal <Haddad> & others said سلام 😀."
    page = page_of(
        text,
        PageMark("a", "actor", Shape.BOX, BLUE, ((0, 4),)),
        PageMark("b", "actor", Shape.BOX, BLUE, ((16, 22),)),
        links=(PageLink("a", "b", "source"),),
    )
    page.show_all_links(True)
    run(page, tmp_path / "page.svg")
    root = ET.parse(tmp_path / "page.svg").getroot()
    words = "".join(root.itertext())
    assert "Amal" in words
    assert "<Haddad>" in words.replace("\xa0", " ")
    assert root.get("viewBox", "").startswith("0 0 860 ")


def test_bad_places_are_refused_and_leave_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of("One two.")
    with pytest.raises(BadInput, match="must end in"):
        run(page, tmp_path / "page.doc")
    with pytest.raises(BadInput, match="could not be written"):
        run(page, tmp_path / "nowhere" / "page.svg")
    long = page_of("word\n\n" * 2_000)
    with pytest.raises(BadInput, match="too long"):
        run(long, tmp_path / "page.png")
    assert list(tmp_path.iterdir()) == []


def test_saving_goes_on_between_events_and_says_so(
    open_window: Callable[..., Hands], qtbot: QtBot, tmp_path: Path
) -> None:
    hands = open_window()
    hands.drag("Amal Haddad")
    hands.press("A")
    said: list[str] = []
    hands.desk.messages.said.connect(lambda message: said.append(message.text))
    hands.window.popups.publishing.save_to(tmp_path / "page.pdf")
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["Saved as page.pdf."]
    assert (tmp_path / "page.pdf").stat().st_size > 1000
    hands.window.popups.publishing.save_to(tmp_path / "page.txt")
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said[1].startswith("“page.txt” must end in")
    QApplication.processEvents()


def test_printing_fills_the_pages_of_a_printer(
    open_window: Callable[..., Hands], qtbot: QtBot, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    hands = open_window("\n\n".join("Words to print, many of them. " * 20 for _ in range(40)))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    hands.window.popups.publishing.print_on(printer)
    qtbot.waitUntil(lambda: hands.window._job is None)
    raw = (tmp_path / "printed.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", raw)) >= 3
