"""When suggestions are shown: layer by layer, and which share of the articles never shows any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFormLayout, QSpinBox, QWidget

from annotator.domain.policy import Policy
from annotator.ui.asking import form_layout, two_answers
from annotator.ui.boxes import ChoiceBox
from annotator.ui.inspector import parts


class PolicyDialog(QDialog):
    """Asks the lead of a study.

    Attributes:
        boxes: whether a layer is shown at once, by its name.
        kept_back, by_chance: articles of a hundred.
    """

    def __init__(
        self, parent: QWidget, policy: Policy, layers: Sequence[tuple[str, str]], harmless: str
    ) -> None:
        """``layers`` are names and labels; ``harmless`` is the one that may well be shown at once."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("When suggestions are shown"))
        self._harmless = harmless
        self.boxes: dict[str, ChoiceBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for name, label in layers:
            box = self.boxes[name] = ChoiceBox(self.tr("When {} is suggested").format(label))
            box.setMaximumWidth(280)
            box.offer(
                [(self.tr("at once"), True), (self.tr("as a second look, when done"), False)],
                name in policy.first,
            )
            box.currentIndexChanged.connect(self._tell)
            form.addRow(label, box)
        self.kept_back = self._share(self.tr("Articles without suggestions"), policy.kept_back)
        self.by_chance = self._share(self.tr("Articles that come by chance"), policy.by_chance)
        form.addRow(self.tr("Never suggest in"), self.kept_back)
        form.addRow(self.tr("Next by chance"), self.by_chance)
        self.note = parts.label("", "muted")
        layout = form_layout(
            self,
            self.tr(
                "This holds for everybody who works with the codebook. Articles without "
                "suggestions show how far people agree by themselves, and how good the "
                "suggestions are; articles by chance keep the sample fair where the others "
                "are queued by what can be learned from them."
            ),
        )
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addWidget(two_answers(self, self.tr("Keep"), self.tr("Cancel")))
        self.resize(460, 0)
        self.kept_back.valueChanged.connect(self._tell)
        self._tell()

    @property
    def policy(self) -> Policy:
        """What was answered."""
        first = tuple(name for name, box in self.boxes.items() if box.currentData())
        return Policy(first, self.kept_back.value(), self.by_chance.value())

    def _share(self, name: str, value: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(0, 100)
        spin.setSuffix(self.tr(" of 100 articles"))
        spin.setAccessibleName(name)
        spin.setValue(value)
        return spin

    def _tell(self) -> None:
        """Say what the choice costs, where it costs something."""
        led = [name for name in self.policy.first if name != self._harmless]
        said = []
        if led:
            said.append(
                self.tr("Whoever sees a judgement first tends to follow it: at once is for names.")
            )
        if not self.kept_back.value():
            said.append(self.tr("Nothing is left to tell how good the suggestions are."))
        self.note.setText(" ".join(said))
