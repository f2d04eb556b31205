"""The codebook while it is being edited: a draft, what is wrong with it, and putting it into force."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotator.domain.codebook import (
    COLOURS,
    Attribute,
    Code,
    Codebook,
    Definition,
    Kind,
    Layer,
    LinkType,
    Shape,
)
from annotator.domain.codebook_edits import Item, Path, item, items, put
from annotator.domain.errors import Problem
from annotator.domain.mark_query import MarkQuery
from annotator.presentation.code_usage import CodeUsage, Rechecks
from annotator.presentation.codebook_problems import problems
from annotator.presentation.codebook_tree import Line, lines
from annotator.presentation.signal import Signal
from annotator.services import codebook_editing, rechecking, value_editing
from annotator.services.rechecking import Recheck

if TYPE_CHECKING:
    from annotator.domain.step import Outcome
    from annotator.presentation.desk import Desk

__all__ = ["COLOURS", "CodebookEditor", "Recheck"]


class CodebookEditor:
    """A draft of the codebook in force.

    Attributes:
        changed: the draft, or what is chosen in it, is another.
        draft: None while no project is open.
        chosen: the item being edited.
        counting: counts the marks that have the value chosen.
        rechecking: looks for what ``rechecks`` tells.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.counting = CodeUsage()
        self.rechecking = Rechecks(self.counting.readings)
        self.desk = desk
        self.draft: Codebook | None = None
        self.chosen: Path | None = None
        self._base: Codebook | None = None
        desk.saved.connect(self._acted)
        # What was counted amid long work, such as a look into files, may never have been so.
        desk.freed.connect(lambda _: self._renew())
        desk.project_changed.connect(self._other_project)
        self.discard()

    # The draft

    @property
    def is_changed(self) -> bool:
        """Tell whether the draft differs from the codebook in force."""
        return self.draft != self._base

    @property
    def version(self) -> int:
        """The version in force."""
        return self.desk.project.book.version if self.desk.project else 0

    def discard(self) -> None:
        """Begin again with the codebook in force."""
        self._base = self.draft = self.desk.project.codebook if self.desk.project else None
        if self.draft and (self.chosen is None or not self._has(self.chosen)):
            self.chosen = Path(self.draft.layers[0].name) if self.draft.layers else None
        self.changed.emit(None)

    def choose(self, path: Path | None) -> None:
        """Say which item is edited."""
        if path != self.chosen:
            self.chosen = path
            self.changed.emit(None)

    def lines(self) -> list[Line]:
        """Return the tree, line by line; values stand under their parent."""
        return lines(self.draft) if self.draft else []

    def item(self) -> Item | None:
        """Return the item chosen."""
        return item(self.draft, self.chosen) if self.draft and self.chosen else None

    def is_new(self, path: Path) -> bool:
        """Tell whether an item is not in force yet, so that its name and kind are still free."""
        return self._base is None or path not in {found for found, _ in items(self._base)}

    def set(self, **values: Any) -> None:
        """Change fields of the item chosen, by their names in the codebook."""
        thing = self.item()
        if thing is not None and self.chosen is not None:
            self._put(self.chosen, replace(thing, **values))

    def define(self, text: str, examples: Sequence[str], counter_examples: Sequence[str]) -> None:
        """Say what the item chosen means."""
        self.set(definition=Definition(text, tuple(examples), tuple(counter_examples)))

    def retire(self, *, retired: bool) -> None:
        """Take the item chosen out of use, or bring it back; marks that use it stay."""
        self.set(retired=retired)

    # Adding

    def add_layer(self, label: str) -> None:
        """Add a layer and choose it."""
        if self.draft and label.strip():
            colour = COLOURS[len(self.draft.layers) % len(COLOURS)]
            name = self._free_name(label, [layer.name for layer in self.draft.layers])
            self._add(Path(name), Layer(name, label.strip(), "", Shape.DASHED, colour))

    def add_attribute(self, label: str, kind: Kind = Kind.SEVERAL) -> None:
        """Add an attribute to the layer chosen and choose it."""
        if self.draft and self.chosen and not self.chosen.link and label.strip():
            layer = self.draft.layer(self.chosen.layer)
            name = self._free_name(label, [known.name for known in layer.attributes])
            codes = (Code("1"),) if kind in (Kind.CHOICE, Kind.SCALE) else ()
            self._add(Path(layer.name, name), Attribute(name, kind, codes, label.strip()))

    def add_code(self, label: str) -> None:
        """Add a value to the attribute chosen and choose it."""
        path = self.chosen
        attribute = self._attribute()
        if path and attribute and label.strip():
            name = self._free_name(label, [code.name for code in attribute.codes])
            if attribute.kind is Kind.SCALE:
                name = str(1 + max((int(code.name) for code in attribute.codes), default=0))
            self._add(Path(path.layer, path.attribute, name), Code(name, label.strip()))

    def add_link(self, label: str) -> None:
        """Add a link type that begins at the layer chosen, and choose it."""
        if self.draft and self.chosen and label.strip():
            start = self.chosen.layer
            known = [link.name for link in self.draft.links if link.start == start]
            name = self._free_name(label, known)
            link = LinkType(name, start, (self.draft.layers[0].name,), label.strip())
            self._add(Path(start, link=name), link)

    @property
    def can_take_codes(self) -> bool:
        """Tell whether values can be added where one is."""
        attribute = self._attribute()
        return attribute is not None and attribute.kind in (Kind.CHOICE, Kind.SEVERAL, Kind.SCALE)

    def siblings(self) -> list[Code]:
        """Return the other values in use beside the one chosen."""
        attribute = self._attribute()
        if attribute is None or self.chosen is None or not self.chosen.code:
            return []
        return [
            code for code in attribute.codes if code.name != self.chosen.code and not code.retired
        ]

    # What is wrong

    def problems(self) -> list[str]:
        """Return what stands against the draft, in sentences; clashing keys and faint colours."""
        return problems(self.draft) if self.draft else []

    # Acts

    def apply(self) -> bool:
        """Put the draft into force; False if that was refused."""
        draft = self.draft
        if draft is None or not self.is_changed:
            return True
        faults = [told for told in self.problems() if "no colour" in told or "nowhere" in told]
        if faults:
            self.desk.messages.problem(faults[0])
            return False
        return self.desk.act(lambda project: codebook_editing.apply(project, draft)) is not None

    def rename_code(self, name: str) -> None:
        """Give the value chosen another name, in every mark too; the draft goes into force first."""
        path = self.chosen
        if not path or not path.code or not self.apply():
            return
        wanted = " ".join(name.split())

        def then(outcome: Outcome | None) -> None:
            if outcome and outcome.step:
                self.chosen = replace(path, code=wanted)
                self.discard()

        self.desk.act_on(
            self._touched(path, [path.code]),
            f"Renaming {path.code}",
            lambda project: value_editing.rename_code.slices(project, path, wanted),
            then,
        )

    def merge_codes(self, others: Sequence[str]) -> None:
        """Make other values one with the one chosen, in every mark."""
        path = self.chosen
        if path and path.code and self.apply():
            self.desk.act_on(
                self._touched(path, others),
                f"Merging into {path.code}",
                lambda project: value_editing.merge_codes.slices(project, path, others),
            )

    def split_code(self, names: Sequence[str]) -> MarkQuery | None:
        """Retire the value chosen for several new ones; return what finds the marks to decide on.

        No mark is changed yet, so it is soon done.
        """
        path = self.chosen
        parts = [Code(name.strip()) for name in names if name.strip()]
        if path is None or not path.code or not self.apply():
            return None
        act = self.desk.act(lambda project: value_editing.split_code(project, path, parts, {}))
        if act is None:
            return None
        return MarkQuery(layers=(path.layer,), values=((path.attribute, path.code),))

    def usage(self) -> int | None:
        """Return how many marks have the value chosen; None until they are counted, see ``counting``."""
        project, path = self.desk.project, self.chosen
        if project is None or path is None or not path.code or self.is_new(path):
            return 0
        return self.counting.of(project, path)

    def rechecks(self) -> list[Recheck]:
        """Return definitions that changed since one's own marks were made, as far as they are found."""
        return self.rechecking.of(self.desk.project) if self.desk.project else []

    def confirm(self, recheck: Recheck) -> None:
        """Say that all marks of a recheck hold."""
        self.desk.act_on(
            recheck.count,
            "Rechecking",
            lambda project: rechecking.confirm.slices(project, recheck),
            lambda _: self.changed.emit(None),
        )

    def _touched(self, path: Path, codes: Sequence[str]) -> int:
        project = self.desk.project
        return value_editing.touched(project, path, codes) if project else 0

    def _acted(self, _: str) -> None:
        """Follow acts that changed the codebook, undo among them; a draft made before them is gone."""
        project = self.desk.project
        if project and project.codebook != self._base:
            self.discard()
        self._renew()

    def _renew(self) -> None:
        self.rechecking.renew()
        self.counting.renew()

    def _other_project(self, _: None) -> None:
        self.counting.forget()
        self.rechecking.forget()
        self.discard()

    def _has(self, path: Path) -> bool:
        return self.draft is not None and path in {found for found, _ in items(self.draft)}

    def _attribute(self) -> Attribute | None:
        if self.draft is None or self.chosen is None or not self.chosen.attribute:
            return None
        return self.draft.layer(self.chosen.layer).attribute(self.chosen.attribute)

    def _add(self, path: Path, thing: Item) -> None:
        if self._put(path, thing):
            self.choose(path)

    def _put(self, path: Path, thing: Item) -> bool:
        if self.draft is None:
            return False
        return self._try(lambda book: put(book, path, thing))

    def _try(self, change: Callable[[Codebook], Codebook]) -> bool:
        if self.draft is None:
            return False
        try:
            self.draft = change(self.draft)
        except Problem as problem:
            self.desk.messages.problem(str(problem))
            self.changed.emit(None)
            return False
        self.changed.emit(None)
        return True

    def _free_name(self, label: str, taken: Sequence[str]) -> str:
        plain = re.sub(r"[\W_]+", "_", label.strip().casefold()).strip("_") or "item"
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain}_{number}", number + 1
        return name
