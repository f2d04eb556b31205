"""The release window: what is known of the dataset on the left, what it would hold on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.splits import Method
from annotator.presentation.release_draft import (
    METHODS,
    SHARES,
    STRATA,
    TEXTS,
    VOTES,
    ReleaseDraft,
)
from annotator.ui.boxes import ChoiceBox
from annotator.ui.file_questions import asking_over
from annotator.ui.inspector import parts
from annotator.ui.staying import StayingDialog
from annotator.ui.work_bar import WorkBar

FIELDS = (
    ("name", "Name", "of the folder, such as harbour-news"),
    ("title", "Title", "for people"),
    ("description", "Description", "a sentence or two"),
    ("licence", "Licence of the marks", "such as CC-BY-4.0"),
    ("creators", "Creators", "separated by semicolons"),
    ("url", "Address", "where it will be found"),
    ("contact", "Contact", "who is asked to take something out"),
    ("citation", "Citation", "how it is cited"),
    ("purpose", "Purpose", "what it was made for"),
    ("collection", "Collection", "how the articles were collected"),
    ("process", "Annotation", "how annotators were trained and worked"),
    ("limitations", "Limitations", "known biases"),
)


class ReleaseWindow(StayingDialog):
    """Stays open beside the main window; nothing is written before the button is pressed."""

    def __init__(self, draft: ReleaseDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Release a dataset"))
        self.resize(940, 680)
        self.draft = draft
        self.version = QLineEdit()
        self.version.setAccessibleName(self.tr("Version"))
        self.fields: dict[str, QLineEdit] = {}
        self.texts = self._choice(self.tr("Texts"), TEXTS, draft.choose_texts)
        self.votes = self._choice(self.tr("Not adjudicated"), VOTES, draft.choose_votes)
        self.method = self._choice(self.tr("Splits"), METHODS, self._wish("method"))
        self.strata = self._choice(self.tr("Evenly"), STRATA, self._wish("strata"))
        self.shares = self._choice(
            self.tr("Shares of train, dev and test"), SHARES, self._wish("shares")
        )
        self.seed = QSpinBox()
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setAccessibleName(self.tr("Seed of the splits"))
        self.heading = parts.label("", "layer")
        self.stale = parts.label(self.tr("Something changed since: preview again."), "muted")
        self.rows = QGridLayout()
        self.notes = parts.label("")
        self.said = parts.label("", "muted")
        self.work = WorkBar()
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.preview = parts.button(self.tr("Preview"), "F5", draft.preview)
        self.write = parts.button(self.tr("Write release …"), "", self._write, name="primary")
        self._lay_out()
        self._connect()
        self._refresh(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what a release would hold."""
        super().showEvent(event)
        self.draft.show()
        self.version.setFocus()

    def write_to(self, parent: Path) -> None:
        """Write the release into a folder."""
        self.draft.write(parent)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setSizes([540, 380])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.addWidget(splitter)

    def _left(self) -> QWidget:
        """Return the form."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        lines: list[tuple[str, QWidget]] = []
        for name, label, hint in FIELDS:
            field = QLineEdit()
            field.setPlaceholderText(self.tr(hint))
            field.setAccessibleName(self.tr(label))
            self.fields[name] = field
            lines.append((self.tr(label), field))
        divided = parts.row(self.method, self.strata)
        more = parts.row(self.shares, parts.label(self.tr("Seed"), "muted", wrap=False), self.seed)
        lines[1:1] = [
            (self.tr("Version"), self.version),
            (self.tr("Texts"), self.texts),
            (self.tr("Not adjudicated"), self.votes),
            (self.tr("Splits"), divided),
            ("", more),
        ]
        for number, (label, widget) in enumerate(lines):
            grid.addWidget(parts.label(label, "muted", wrap=False), number, 0)
            grid.addWidget(widget, number, 1)
        grid.setColumnStretch(1, 1)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 14, 0)
        column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("inspector")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(form)
        return area

    def _right(self) -> QWidget:
        """Return what the release would hold, and the buttons."""
        self.rows.setHorizontalSpacing(16)
        self.rows.setVerticalSpacing(4)
        self.rows.setColumnStretch(1, 1)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(14, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(self.stale)
        layout.addLayout(self.rows)
        layout.addWidget(parts.line())
        layout.addWidget(self.notes)
        layout.addStretch(1)
        layout.addWidget(self.said)
        layout.addWidget(self.work)
        layout.addWidget(parts.row(self.preview, self.write))
        return right

    def _connect(self) -> None:
        self.draft.changed.connect(self._refresh)
        self.version.textEdited.connect(self.draft.choose_version)
        for name, field in self.fields.items():
            field.textEdited.connect(partial(self._fill_in, name))
        self.seed.valueChanged.connect(self._wish("seed"))
        shortcut = QShortcut(QKeySequence("F5"), self)
        shortcut.activated.connect(self.draft.preview)

    def _choice(
        self, name: str, items: tuple[tuple[str, object], ...], choose: Callable[..., None]
    ) -> ChoiceBox:
        box = ChoiceBox(name)
        box.setMaximumWidth(260)
        box.offer(items, items[0][1])
        box.activated.connect(lambda _=0: choose(box.currentData()))
        return box

    def _wish(self, name: str) -> Callable[[object], None]:
        return lambda value: self.draft.choose_wish(**{name: value})

    def _fill_in(self, name: str, text: str) -> None:
        if name == "creators":
            people = tuple(part.strip() for part in text.split(";") if part.strip())
            self.draft.fill_in(creators=people)
        else:
            self.draft.fill_in(**{name: text.strip()})

    def _refresh(self, _: None) -> None:
        draft = self.draft
        self._show(self.version, draft.order.version)
        for name, field in self.fields.items():
            if not field.hasFocus():
                value = getattr(draft.order.about, name)
                self._show(field, "; ".join(value) if isinstance(value, tuple) else value)
        self.texts.offer(TEXTS, draft.order.texts)
        self.votes.offer(VOTES, draft.order.votes)
        wish = draft.order.wish
        self.method.offer(METHODS, wish.method)
        self.strata.offer(STRATA, wish.strata)
        self.strata.setEnabled(wish.method is Method.RANDOM)
        self.shares.offer(SHARES, wish.shares)
        self.seed.blockSignals(True)
        self.seed.setValue(wish.seed)
        self.seed.blockSignals(False)
        self.heading.setText(draft.title)
        self.stale.setVisible(draft.is_stale)
        self._show_facts()
        self.notes.setText("\n\n".join(draft.plan.notes) if draft.plan else "")
        self.said.setText(draft.said)
        self.work.show_running(is_running=draft.is_running)
        self.preview.setEnabled(not draft.is_running)
        self.write.setEnabled(not draft.is_running and draft.plan is not None)

    def _show_facts(self) -> None:
        while self.rows.count():
            item = self.rows.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for number, fact in enumerate(self.draft.facts):
            self.rows.addWidget(parts.label(self.tr(fact.name), "muted", wrap=False), number, 0)
            self.rows.addWidget(parts.label(fact.value, wrap=False), number, 1)

    def _show(self, field: QLineEdit, text: str) -> None:
        if not field.hasFocus() and field.text() != text:
            field.setText(text)

    def _write(self) -> None:
        title = self.tr("Where the folder {} is made").format(self.draft.title)
        folder = asking_over(self).target_folder(self, title)
        if folder:
            self.write_to(folder)
