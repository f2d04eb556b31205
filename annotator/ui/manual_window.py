"""The manual in a window of its own: contents and a field on the left, the page on the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.manual import Manual, Page
from annotator.ui.inspector import parts
from annotator.ui.pacing import NEXT_TURN_MILLISECONDS
from annotator.ui.staying import StayingDialog
from annotator.ui.theme import Theme

TARGET = Qt.ItemDataRole.UserRole

PICTURE = 620
"""Pictures are shown so wide at most."""


class ManualWindow(StayingDialog):
    """Contents and a field on the left, the page on the right."""

    def __init__(self, manual: Manual, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Manual"))
        self._manual = manual
        self._here = ""
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in the manual"))
        self.field.setAccessibleName(self.tr("Find in the manual"))
        self.field.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Contents of the manual"))
        self.contents.setFrameShape(QListWidget.Shape.NoFrame)
        self.contents.setProperty("keeps_keys", True)
        self.back = parts.button(self.tr("Back"), "", manual.back, name="quiet")
        self.back.setAutoDefault(False)
        self.page = QTextBrowser()
        self.page.setAccessibleName(self.tr("Page of the manual"))
        self.page.setOpenLinks(False)
        self.page.setSearchPaths([str(manual.folder)])
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._lay_out()
        self.set_theme(theme)
        self.field.textChanged.connect(manual.look_for)
        self.field.returnPressed.connect(self._to_contents)
        self.contents.currentItemChanged.connect(self._choose)
        self.page.anchorClicked.connect(self._follow)
        manual.turned.connect(self._turn)
        manual.found_changed.connect(self._fill)
        self._pages: Iterator[Page] = iter(())
        self._between = QTimer(self)
        self._between.setInterval(NEXT_TURN_MILLISECONDS)
        self._between.timeout.connect(self._fill_on)
        self._fill(None)
        self.resize(980, 700)

    def set_theme(self, theme: Theme) -> None:
        """Show the pages in another theme."""
        self.page.document().setDefaultStyleSheet(
            f"""
            body {{ line-height: 140%; }}
            h1 {{ font-size: 20pt; }} h2 {{ font-size: 14pt; margin-top: 22px; }}
            td, th {{ padding: 3px 14px 3px 0; text-align: left; }}
            a {{ color: {theme.accent.name()}; }}
            code {{ background-color: {theme.panel.name()}; }}
            """
        )
        self.page.document().setDocumentMargin(28)

    @property
    def is_filling(self) -> bool:
        """Whether pages are still being added to the contents."""
        return self._between.isActive()

    def show_topic(self, target: str) -> None:
        """Open a page and section, and come to the front."""
        self._manual.open(target)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.field)
        left.addWidget(self.contents, 1)
        left.addWidget(self.back)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(270)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self.page, 1)

    def _fill(self, _: None) -> None:
        blocked = self.contents.blockSignals(True)
        self.contents.clear()
        self._between.stop()
        if self.field.text().strip():
            for place in self._manual.found:
                self._add(place.title, f"{place.page}#{place.anchor}")
            if not self._manual.found:
                self._add(self.tr("Nothing in the manual has all of this."), "")
        else:
            self._pages = self._manual.pages
            self._between.start()
        self.contents.blockSignals(blocked)

    def _fill_on(self) -> None:
        """Add the next page to the contents: the page that is read does not wait for the others."""
        page = next(self._pages, None)
        if page is None:
            self._between.stop()
            return
        self._add(page.title, page.name, bold=True)
        for heading in page.headings[1:]:
            if heading.level == 2:
                self._add(f"   {heading.title}", f"{page.name}#{heading.anchor}")

    def _add(self, title: str, target: str, *, bold: bool = False) -> None:
        item = QListWidgetItem(title, self.contents)
        item.setData(TARGET, target)
        font = QFont(self.contents.font())
        font.setBold(bold)
        item.setFont(font)
        if not target:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _to_contents(self) -> None:
        self.contents.setFocus()
        self.contents.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item and item.data(TARGET):
            self._manual.open(item.data(TARGET))

    def _follow(self, url: QUrl) -> None:
        if url.isRelative():
            here = url.path() or self._here
            self._manual.open(f"{here}#{url.fragment()}" if url.fragment() else here)
        else:
            QDesktopServices.openUrl(url)

    def _turn(self, turned: tuple[Page, str]) -> None:
        page, anchor = turned
        self._here = page.name
        self.page.setHtml(page.html.replace("<img ", f'<img width="{PICTURE}" '))
        self.back.setEnabled(self._manual.can_go_back)
        if anchor:
            # The page has to be laid out before it can be scrolled.
            self.page.document().size()
            self.page.scrollToAnchor(anchor)
