"""The inspector while no mark is current: what this article is, and how far one is with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.domain.article import Article, Verdict
from annotator.presentation.desk import Desk
from annotator.presentation.finishing import Gap
from annotator.presentation.inspector import Choice
from annotator.presentation.worked import minutes_here
from annotator.ui.inspector import parts
from annotator.ui.inspector.note_field import NoteField

GAPS = 12
"""How many things not filled in are listed."""


class ArticleCard(QWidget):
    """Shows the open article and its verdicts, and says how to begin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.note: NoteField | None = None
        self.minutes = parts.label("", "muted", wrap=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for widget in self._widgets():
            layout.addWidget(widget)
        layout.addStretch(1)

    def _widgets(self) -> list[QWidget]:
        article, project = self._desk.reader.article, self._desk.project
        if project is None:
            return [parts.label(self.tr("Open a project (Ctrl+O) or make one (Ctrl+N)."), "muted")]
        if article is None:
            return [
                parts.label(
                    self.tr("Drop articles on the window, or choose files with Ctrl+I."), "muted"
                )
            ]
        gaps = self._desk.reader.gaps
        widgets: list[QWidget] = [*(self._gaps(gaps) if gaps else [self._hint()]), parts.line()]
        for layer in project.codebook.open_layers:
            verdict = self._desk.reader.verdicts.get(layer.name, Verdict.OPEN)
            count = self._desk.reader.count(layer.name)
            title = parts.heading(f"{layer.label} · {count}")
            options = tuple(
                Choice(item.value, text, "", item is verdict, "")
                for item, text in (
                    (Verdict.OPEN, self.tr("open")),
                    (Verdict.DONE, self.tr("done")),
                    (Verdict.NOTHING_FOUND, self.tr("nothing found")),
                )
            )
            widgets.append(
                parts.column(
                    title, parts.choices(options, partial(self._set, layer.name), layer.label)
                )
            )
        widgets.append(
            parts.row(
                parts.button(
                    self.tr("Done, next"),
                    self._desk.key_of("article.done"),
                    self._desk.finish,
                    name="primary",
                ),
                parts.button(
                    self.tr("Nothing found"),
                    self._desk.key_of("article.nothing"),
                    self._desk.nothing_found,
                ),
            )
        )
        return [
            *widgets,
            parts.line(),
            *self._copies(),
            *self._note(article),
            *self._facts(),
            self.minutes,
        ]

    def show_minutes(self) -> None:
        """Show how long one worked on the article; called when there is time to add it up."""
        found = minutes_here(self._desk)
        if found:
            self.minutes.setText(self.tr("You worked on it for {}").format(found))

    def _note(self, article: Article) -> list[QWidget]:
        key = self._desk.key_of("article.note").replace("Shift+", "⇧")
        keep = partial(self._desk.set_article_note, article.id)
        self.note = NoteField(article.note, keep, self.tr("Note on the article"))
        return [parts.heading(self.tr("Note  {}").format(key)), self.note, parts.line()]

    def _copies(self) -> list[QWidget]:
        """The copies of the article, each to be opened, and the way to see them side by side."""
        copies = self._desk.reader.copies
        if not copies:
            return []
        links: list[QWidget] = [
            parts.button(
                _short(copy.title, 34),
                "",
                partial(self._desk.open_article, copy.id),
                name="link",
                hint=copy.title,
            )
            for copy in copies[:GAPS]
        ]
        if len(copies) > GAPS:
            links.append(parts.label(self.tr("and {} more").format(len(copies) - GAPS), "muted"))
        title = parts.heading(self.tr("Copies · {}").format(len(copies)))
        beside = parts.button(
            self.tr("Compare them"), "", partial(self._desk.focus.emit, "copies-here")
        )
        return [parts.column(title, *links, spacing=0), parts.row(beside), parts.line()]

    def _gaps(self, gaps: tuple[Gap, ...]) -> list[QWidget]:
        """What is not filled in, each leading to its mark, and the way to overrule it."""
        links: list[QWidget] = []
        for gap in gaps[:GAPS]:
            words = _short(gap.words, 28)
            links.append(
                parts.button(
                    f"{gap.what} · {gap.layer.lower()} “{words}”",
                    "",
                    partial(self._fill_in, gap.mark),
                    name="link",
                    hint=gap.words,
                )
            )
        if len(gaps) > GAPS:
            links.append(parts.label(self.tr("and {} more").format(len(gaps) - GAPS), "muted"))
        reason = QLineEdit(self._desk.reader.reason)
        reason.setPlaceholderText(self.tr("why it is done anyway (as you like)"))
        reason.setAccessibleName(self.tr("Why the article is done anyway"))
        reason.textEdited.connect(self._take_reason)
        reason.returnPressed.connect(self._desk.finish)
        anyway = parts.button(
            self.tr("Done anyway"), self._desk.key_of("article.done"), self._desk.finish
        )
        title = parts.heading(self.tr("Not filled in · {}").format(len(gaps)))
        return [parts.column(title, *links, spacing=0), reason, parts.row(anyway)]

    def _fill_in(self, mark: str) -> None:
        self._desk.reader.select_mark(mark)
        self._desk.reader.show_gaps(())
        self._desk.focus.emit("page")

    def _take_reason(self, text: str) -> None:
        self._desk.reader.reason = text

    def _hint(self) -> QWidget:
        project, held = self._desk.project, self._desk.reader.held
        if held:
            return parts.label(
                self.tr("Holding “{}”: every selection is marked. Escape lets go.").format(held)
            )
        keys = (
            [self._desk.key_of(f"mark.as.{layer.name}") for layer in project.codebook.open_layers]
            if project
            else []
        )
        keys = [key for key in keys if key]
        listed = (
            f"{', '.join(keys[:-1])} {self.tr('or')} {keys[-1]}" if len(keys) > 1 else "".join(keys)
        )
        if self._desk.reader.has_selection:
            return parts.label(self.tr("Words are selected. Press {} to mark them.").format(listed))
        if not self._desk.reader.marks:
            return parts.label(
                self.tr("Nothing marked yet. Select words and press {}.").format(listed)
            )
        return parts.label(
            self.tr("Select words and press {}; Tab walks through the marks.").format(listed),
            "muted",
        )

    def _set(self, layer: str, verdict: str) -> None:
        self._desk.set_verdicts(Verdict(verdict), [layer])

    def _facts(self) -> list[QWidget]:
        article = self._desk.reader.article
        if article is None:
            return []
        meta = article.meta
        facts = (
            (self.tr("Publisher"), meta.publisher),
            (self.tr("Author"), meta.author),
            (self.tr("Published"), meta.published),
            (self.tr("Language"), meta.language),
            (self.tr("File"), meta.source_file),
            (self.tr("Length"), self.tr("{:,} characters").format(article.length)),
        )
        return [
            parts.row(parts.label(name, "muted", wrap=False), parts.label(value), stretch=1)
            for name, value in facts
            if value
        ]


def _short(words: str, length: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
