"""The form for one item of the codebook, and how its definition reads."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook import Attribute, Code, Definition, Kind, Layer, LinkType, Shape
from annotator.presentation import rich_text
from annotator.presentation.codebook_editor import COLOURS, CodebookEditor
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.codebook.colours import ColourField
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector import parts

KINDS = (Kind.CHOICE, Kind.SEVERAL, Kind.TEXT, Kind.DATE, Kind.YES_NO, Kind.SCALE)


class ItemForm(QWidget):
    """Changes the draft as it is typed; made anew for each item."""

    split_asked = Signal(object)

    def __init__(self, editor: CodebookEditor) -> None:
        super().__init__()
        self._editor = editor
        self._path = editor.chosen
        thing = editor.item()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(8)
        if thing is None or self._path is None:
            self._layout.addWidget(parts.label(self.tr("Choose an item on the left."), "muted"))
            self._layout.addStretch(1)
            return
        self.label = QLineEdit(thing.label)
        self.label.setObjectName("title")
        self.label.setPlaceholderText(thing.name)
        self.label.setAccessibleName(self.tr("Label"))
        self.label.textEdited.connect(
            lambda text: editor.set(label=text.strip() or self._unnamed())
        )
        self._layout.addWidget(self.label)
        self._stored = parts.label("", "muted")
        self._layout.addWidget(self._stored)
        self.show_usage()
        self._layout.addWidget(self._facts(thing))
        self._layout.addWidget(parts.line())
        self._definition(thing.definition)
        self._layout.addWidget(parts.line())
        self._layout.addWidget(self._note(thing.note))
        self._layout.addWidget(self._acts(thing))

    def _unnamed(self) -> str:
        """Return the label of an item without one: layers always have one."""
        thing = self._editor.item()
        return thing.name if isinstance(thing, Layer) else ""

    def show_usage(self) -> None:
        """Show what the item is called in the project, and how many marks have it, once they are counted."""
        thing = self._editor.item()
        if thing is None or self._path != self._editor.chosen:
            return
        what = self._path.words if self._path else thing.name
        if isinstance(thing, Code):
            count = self._editor.usage()
            if count:
                marks = self.tr("1 mark") if count == 1 else self.tr("{:,} marks").format(count)
                what = f"{what} · {marks}"
        if thing.retired:
            what = self.tr("{} · retired").format(what)
        self._stored.setText(what)

    def _facts(self, thing: Layer | Attribute | Code | LinkType) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=12)
        if not isinstance(thing, Attribute):
            flow.addWidget(_named(self.tr("Key"), self._key(thing.key)))
        if isinstance(thing, Layer):
            flow.addWidget(_named(self.tr("Drawn as"), self._shape(thing)))
            flow.addWidget(_named(self.tr("Colour"), self._colour(thing.colour, none=False)))
        if isinstance(thing, Attribute):
            flow.addWidget(_named(self.tr("Holds"), self._kind(thing)))
            flow.addWidget(self._flag("required", self.tr("must be filled in"), on=thing.required))
        if isinstance(thing, Code):
            flow.addWidget(_named(self.tr("Stands under"), self._parent(thing)))
            flow.addWidget(_named(self.tr("Colour"), self._colour(thing.colour, none=True)))
        if isinstance(thing, LinkType):
            flow.addWidget(_named(self.tr("Leads to"), self._ends(thing)))
            for name, words in (
                ("required", self.tr("must be filled in")),
                ("several", self.tr("several at once")),
                ("voices", self.tr("the author, or unknown")),
            ):
                flow.addWidget(self._flag(name, words, on=bool(getattr(thing, name))))
        return holder

    def _key(self, key: str) -> QLineEdit:
        field = QLineEdit(key.upper())
        field.setMaxLength(1)
        field.setFixedWidth(44)
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        field.setAccessibleName(self.tr("Key"))
        field.textEdited.connect(lambda text: self._editor.set(key=text.strip().lower()))
        return field

    def _shape(self, layer: Layer) -> ChoiceBox:
        box = ChoiceBox(self.tr("How marks are drawn"))
        box.offer([(shape.value, shape) for shape in Shape], layer.shape)
        box.activated.connect(lambda _: self._editor.set(shape=Shape(box.currentData())))
        return box

    def _colour(self, colour: tuple[str, str] | None, *, none: bool) -> QWidget:
        field = ColourField(colour, COLOURS, none=none)
        field.chosen.connect(lambda pair: self._editor.set(colour=pair))
        return field

    def _kind(self, attribute: Attribute) -> ChoiceBox:
        box = ChoiceBox(self.tr("What the attribute holds"))
        names = {
            Kind.CHOICE: self.tr("one of its values"),
            Kind.SEVERAL: self.tr("several values"),
            Kind.TEXT: self.tr("a text"),
            Kind.DATE: self.tr("a date"),
            Kind.YES_NO: self.tr("yes or no"),
            Kind.SCALE: self.tr("a point of a scale"),
        }
        box.offer([(names[kind], kind) for kind in KINDS], attribute.kind)
        box.setEnabled(self._path is not None and self._editor.is_new(self._path))
        box.activated.connect(lambda _: self._set_kind(Kind(box.currentData())))
        return box

    def _set_kind(self, kind: Kind) -> None:
        needs = kind in (Kind.CHOICE, Kind.SCALE)
        thing = self._editor.item()
        codes = thing.codes if isinstance(thing, Attribute) else ()
        if needs and (not codes or kind is Kind.SCALE):
            codes = (Code("1"),)
        self._editor.set(kind=kind, codes=codes)

    def _parent(self, code: Code) -> ChoiceBox:
        box = ChoiceBox(self.tr("The value it stands under"))
        others = [(other.label or other.name, other.name) for other in self._editor.siblings()]
        box.offer([(self.tr("none"), ""), *others], code.parent)
        box.activated.connect(lambda _: self._editor.set(parent=str(box.currentData())))
        return box

    def _ends(self, link: LinkType) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for layer in self._editor.draft.layers if self._editor.draft else ():
            chip = parts.button(layer.label, "", partial(self._turn_end, layer.name))
            chip.setCheckable(True)
            chip.setChecked(layer.name in link.ends)
            row.addWidget(chip)
        return holder

    def _turn_end(self, name: str) -> None:
        thing = self._editor.item()
        if isinstance(thing, LinkType):
            ends = [end for end in thing.ends if end != name]
            self._editor.set(ends=tuple(ends if name in thing.ends else [*thing.ends, name]))

    def _flag(self, name: str, words: str, *, on: bool) -> QCheckBox:
        box = TickBox(words)
        box.setChecked(on)
        box.toggled.connect(lambda now: self._editor.set(**{name: now}))
        return box

    def _definition(self, definition: Definition) -> None:
        self.text = _field(definition.text, self.tr("What it means. **bold**, *italic*, lists."))
        self.examples = _field(
            "\n".join(map(_one_line, definition.examples)), self.tr("One example in each line")
        )
        self.counter_examples = _field(
            "\n".join(map(_one_line, definition.counter_examples)),
            self.tr("One counter-example in each line"),
        )
        self.preview = parts.rich(rich_text.of_definition(definition), "definition")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.preview.setContentsMargins(12, 0, 4, 0)
        shown = QScrollArea()
        shown.setObjectName("panel")
        shown.setWidgetResizable(True)
        shown.setFrameShape(QScrollArea.Shape.NoFrame)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setWidget(self.preview)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        titles = (self.tr("Definition"), self.tr("Examples"), self.tr("Counter-examples"))
        fields = (self.text, self.examples, self.counter_examples)
        for number, (title, field) in enumerate(zip(titles, fields, strict=True)):
            field.setAccessibleName(title)
            field.textChanged.connect(self._defined)
            grid.addWidget(parts.heading(title), number * 2, 0)
            grid.addWidget(field, number * 2 + 1, 0)
        grid.addWidget(parts.heading(self.tr("How it reads")), 0, 1)
        grid.addWidget(shown, 1, 1, 5, 1)
        grid.setRowStretch(1, 2)
        grid.setRowStretch(3, 1)
        grid.setRowStretch(5, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._layout.addLayout(grid, 1)

    def _note(self, note: str) -> QLineEdit:
        field = QLineEdit(note)
        field.setPlaceholderText(self.tr("A note to those who write the codebook"))
        field.setAccessibleName(self.tr("Note"))
        field.textEdited.connect(lambda text: self._editor.set(note=" ".join(text.split())))
        self.note = field
        return field

    def _defined(self) -> None:
        self._editor.define(
            self.text.toPlainText().strip("\n"),
            _lines(self.examples),
            _lines(self.counter_examples),
        )
        thing = self._editor.item()
        if thing:
            self.preview.setText(rich_text.of_definition(thing.definition))

    def _acts(self, thing: Layer | Attribute | Code | LinkType) -> QWidget:
        turn = self.tr("Bring back") if thing.retired else self.tr("Retire")
        widgets: list[QWidget] = [
            parts.button(turn, "", partial(self._editor.retire, retired=not thing.retired))
        ]
        if isinstance(thing, Code) and self._path and not self._editor.is_new(self._path):
            self.name = QLineEdit()
            self.name.setPlaceholderText(self.tr("rename {} to …").format(thing.name))
            self.name.setAccessibleName(self.tr("Another stored name, in every mark"))
            self.name.returnPressed.connect(lambda: self._editor.rename_code(self.name.text()))
            self.parts = QLineEdit()
            self.parts.setPlaceholderText(self.tr("split into: one, two"))
            self.parts.setAccessibleName(self.tr("Names of the values to split it into"))
            self.parts.returnPressed.connect(self._split)
            self.merge = ChoiceBox(self.tr("Merge another value into this one"))
            others = [(code.label or code.name, code.name) for code in self._editor.siblings()]
            self.merge.offer([(self.tr("merge with …"), ""), *others], "")
            self.merge.activated.connect(self._merge)
            widgets += [self.merge, self.name, self.parts]
        return parts.row(*widgets)

    def _merge(self, _: int) -> None:
        other = str(self.merge.currentData() or "")
        if other:
            self._editor.merge_codes([other])

    def _split(self) -> None:
        query = self._editor.split_code(self.parts.text().split(","))
        if query is not None:
            self.split_asked.emit(query)


def _named(title: str, widget: QWidget) -> QWidget:
    return parts.row(parts.label(title, "heading", wrap=False), widget)


def _field(text: str, hint: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setPlaceholderText(hint)
    field.setTabChangesFocus(True)
    field.setMinimumHeight(52)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    return field


def _lines(field: QPlainTextEdit) -> list[str]:
    return [line.strip() for line in field.toPlainText().split("\n") if line.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())
