"""Files on their way into the project: what they would bring, what to choose, then the import itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.presentation import transfer
from annotator.presentation.incoming_files import (
    Fate,
    FileRow,
    brings,
    fate_of,
    said,
    urgency,
    with_way_on,
)
from annotator.presentation.signal import Signal
from annotator.services import column_choices, foreign_labels, importing, saying
from annotator.services.column_choices import key_of_columns
from annotator.services.import_report import FileReport, Preview
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting

__all__ = ["NONE", "Fate", "FileReport", "FileRow", "Incoming"]

Progress = tuple[int, int, str]
NONE = "none of them"
"""Chosen for a field that no column is taken for."""


class Incoming:
    """The dry run of an import, shown file by file; what is chosen holds for the import.

    Attributes:
        changed: another state, other files, or other choices.
        row_changed: a file was left out, or is taken after all; the place of its row.
        is_looking: the dry run is going on.
        doing: how far it is, in words.
        files: those that were looked at, those that want somebody's attention first.
        rows: a row for each of them; followed where a file is left out.
    """

    def __init__(self, desk: Acting) -> None:
        self._desk = desk
        self.changed: Signal[None] = Signal()
        self.row_changed: Signal[int] = Signal()
        self.is_looking = False
        self.doing = ""
        self.files: tuple[FileReport, ...] = ()
        self.rows: list[FileRow] = []
        self._fates: Counter[Fate] = Counter()
        self._places: dict[str, list[int]] = {}
        self.preview = Preview()
        self._paths: tuple[Path, ...] = ()
        self._encodings: dict[str, str] = {}
        self._doubts: dict[str, tuple[tuple[str, ...], bytes]] = {}
        self._left_out: set[str] = set()
        self._meanings: dict[str, dict[str, str]] = {}
        self._labels: dict[str, str] = {}
        self._stopped = False

    # Looking

    def look(self, paths: Sequence[Path]) -> None:
        """Look at other files; choices of the last time are gone."""
        self._paths = tuple(paths)
        self._encodings, self._left_out, self._meanings, self._labels = {}, set(), {}, {}
        self._doubts = {}
        self._look()

    def leave(self) -> None:
        """Stop looking; nothing comes in."""
        self._stopped = True

    @property
    def can_import(self) -> bool:
        """Whether there is something new to take."""
        some = self.preview.beyond or self._fates[Fate.NEW]
        return not self.is_looking and bool(some)

    def summary(self) -> str:
        """Return what would come in, in a sentence or two."""
        if self.is_looking:
            return self.doing or "Looking at the files …"
        lines = self.preview.in_words()
        if self.preview.beyond:
            listed = f"{counted(len(self.preview.told), 'file')} are listed"
            more = f"{self.preview.beyond:,} more"
            is_well = self.preview.is_all_well_beyond
            lines.append(f"{listed}, {more} {'come in with them' if is_well else 'are not'}.")
        asks = self._fates[Fate.ASKS]
        if asks:
            lines.append(
                f"{counted(asks, 'file')} ask for your choice.".replace("1 file ask", "1 file asks")
            )
        return " ".join(lines)

    def beyond(self) -> list[str]:
        """Return what was refused or is worth a look outside the files that are listed."""
        return list(saying.lines(map(with_way_on, self.preview.unlisted())))

    def details_of(self, file: FileReport) -> list[str]:
        """Return a line for what is not taken of a file, what deserves a look, and each article."""
        lines = [f"{Fate.REFUSED.value}: {one}" for one in said(file, file.refused)]
        lines += [f"worth a look: {one}" for one in said(file, file.notes)]
        lines += [
            f"{Fate.NEW.value if is_new else Fate.THERE.value}: {title}"
            for title, is_new in file.titles
        ]
        more = file.added.articles + file.there.articles - len(file.titles)
        return [*lines, f"… and {counted(more, 'article')} more"] if more > 0 else lines

    # Choosing

    def is_left_out(self, name: str) -> bool:
        """Tell whether a file is not to be taken."""
        return name in self._left_out

    def doubt_of(self, file: FileReport) -> tuple[tuple[str, ...], bytes] | None:
        """Return the encodings to choose from and how the file begins, also after one was chosen."""
        return self._doubts.get(file.name)

    def encoding_of(self, name: str) -> str | None:
        """Return the encoding chosen for a file."""
        return self._encodings.get(name)

    def choose_encoding(self, name: str, encoding: str) -> None:
        """Read a file in this encoding, and look again."""
        if self._encodings.get(name) != encoding:
            self._encodings[name] = encoding
            self._look()

    def meaning_of(self, file: FileReport) -> Mapping[str, str]:
        """Return which column of a table is taken for which field."""
        if file.look is None:
            return {}
        return self._meanings.get(key_of_columns(file.look.columns), file.look.meaning)

    def choose_columns(self, file: FileReport, meaning: Mapping[str, str]) -> None:
        """Take columns for these fields, in every table with the same columns, and look again."""
        if file.look and dict(self.meaning_of(file)) != dict(meaning):
            # Fields without a column are said too, else they would be guessed again.
            said = {field: meaning.get(field, "") for field in file.look.fields}
            self._meanings[key_of_columns(file.look.columns)] = said
            self._look()

    def leave_out(self, name: str, *, out: bool) -> None:
        """Leave a file out, or take it after all."""
        if out:
            self._left_out.add(name)
        else:
            self._left_out.discard(name)
        for place in self._places.get(name, ()):
            before, row = self.rows[place], self._row_of(self.files[place])
            self._fates[before.fate] -= 1
            self._fates[row.fate] += 1
            self.rows[place] = row
            self.row_changed.emit(place)

    @property
    def unknown_labels(self) -> dict[str, int]:
        """Labels of other tools that mean nothing here, with the marks each would cost."""
        return {} if self.is_looking else self.preview.unknown_labels

    def ask_labels(self) -> None:
        """Ask what those labels mean, and look again."""
        project = self._desk.project
        if project is None:
            return
        asked = list(self.unknown_labels.items())
        said = self._desk.window.ask_labels(asked, foreign_labels.own(project.codebook))
        if said:
            self._labels |= said
            self._look()

    # Importing

    def take(self) -> bool:
        """Import what was shown; tell whether that began."""
        project = self._desk.project
        if project is None or not self.can_import:
            return False
        for file in self.preview.told:
            if file.look and key_of_columns(file.look.columns) in self._meanings:
                column_choices.keep(file.look, self.meaning_of(file))
        choices = importing.Choices(dict(self._encodings), frozenset(self._left_out))
        presets = {**column_choices.kept(), **self._meanings}
        return transfer.run_import(self._desk, project, self._paths, choices, presets, self._labels)

    # Inside

    def _look(self) -> None:
        project = self._desk.project
        if project is None or self._desk.busy:
            if project:
                self._desk.messages.problem(
                    "An import is running: wait for it, or cancel it below."
                )
            return
        self.preview = Preview()
        self.files = ()
        self._list()
        self._stopped, self.is_looking, self.doing = False, True, ""
        work = importing.import_steps(
            project,
            self._paths,
            self.preview,
            presets={**column_choices.kept(), **self._meanings},
            choices=importing.Choices(dict(self._encodings)),
            labels=self._labels,
        )
        self._desk.busy = True
        if not self._desk.window.run_slices("Looking at", self._told(work), self._looked):
            self._desk.busy = self.is_looking = False
        self.changed.emit(None)

    def _told(self, work: Iterator[Progress]) -> Iterator[Progress]:
        try:
            for done, total, name in work:
                place = f" ({done + 1:,} of {total:,})" if total else ""
                doing = f"Looking at {name}{place} …"
                if doing != self.doing:
                    self.doing = doing
                    self.changed.emit(None)
                if self._stopped:
                    return
                yield done, total, name
        finally:
            close = getattr(work, "close", None)
            if close:
                close()

    def _looked(self, error: BaseException | None) -> None:
        self._desk.busy = self.is_looking = False
        if error is not None:
            self._stopped = True
            self.preview = Preview()
        self.files = tuple(sorted(self.preview.told, key=urgency))
        for file in self.files:
            if file.candidates:
                self._doubts[file.name] = file.candidates, file.sample
        self._list()
        self.changed.emit(None)

    def _list(self) -> None:
        """Make the rows of the files anew, and count what becomes of them."""
        self.rows = [self._row_of(file) for file in self.files]
        self._fates = Counter(row.fate for row in self.rows)
        self._places = {}
        for place, row in enumerate(self.rows):
            self._places.setdefault(row.name, []).append(place)

    def _row_of(self, file: FileReport) -> FileRow:
        fate = Fate.LEFT_OUT if file.name in self._left_out else fate_of(file)
        return FileRow(file.name, fate, brings(file, fate))
