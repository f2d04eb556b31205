"""The inspector while no mark is current: what this article is, and how far one is with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.domain.article import Article, Verdict
from annotator.presentation.article_state import ArticleState
from annotator.presentation.desk import Desk
from annotator.presentation.inspector import Choice
from annotator.presentation.shortening import begun, in_quotes, short
from annotator.presentation.worked import minutes_here
from annotator.ui.inspector import parts
from annotator.ui.inspector.note_field import NoteField

LINK_LETTERS, LEAST_LETTERS = 34, 10
"""So much of a title or of the words of a mark fits into a line; and so much of the words at least."""

GAPS = 12
"""How many things not filled in are listed."""


class ArticleCard(QWidget):
    """Shows the open article and its verdicts, and says how to begin."""

    def __init__(self, desk: Desk, shown: ArticleState | None) -> None:
        super().__init__()
        self._desk = desk
        self.note: NoteField | None = None
        self.minutes = parts.label("", "muted", wrap=False)
        self.shown = shown
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        for widget in self._widgets(shown) if shown else [self._invitation()]:
            layout.addWidget(widget)
        layout.addStretch(1)

    def _invitation(self) -> QWidget:
        words = (
            self.tr(
                "Drop articles on the window, or choose files with Ctrl+I, a folder with Ctrl+Shift+I."
            )
            if self._desk.project
            else self.tr("Open a project (Ctrl+O) or make one (Ctrl+N).")
        )
        return parts.label(words, "muted")

    def _widgets(self, shown: ArticleState) -> list[QWidget]:
        widgets: list[QWidget] = [self._hint(shown), parts.line()]
        for layer in shown.layers:
            title = parts.heading(f"{layer.label} · {layer.count:,}")
            options = tuple(
                Choice(item.value, text, "", item is layer.verdict, "")
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
                    shown.done_key,
                    self._desk.finish,
                    name="primary",
                    kind=parts.OnceButton,
                ),
                parts.button(
                    self.tr("Nothing found"),
                    shown.nothing_key,
                    self._desk.nothing_found,
                    kind=parts.OnceButton,
                ),
            )
        )
        if shown.gaps:
            # Below the buttons, which stay where they were pressed.
            widgets += self._gaps(shown)
        return [
            *widgets,
            parts.line(),
            *self._copies(shown.copies),
            *self._note(shown),
            *self._facts(shown.article),
            self.minutes,
        ]

    def show_minutes(self) -> None:
        """Show how long one worked on the article; called when there is time to add it up."""
        found = minutes_here(self._desk)
        if found:
            self.minutes.setText(self.tr("You worked on it for {}").format(found))

    def _note(self, shown: ArticleState) -> list[QWidget]:
        article, key = shown.article, shown.note_key.replace("Shift+", "⇧")
        keep = partial(self._desk.set_article_note, article.id)
        self.note = NoteField(article.note, keep, self.tr("Note on the article"))
        return [parts.heading(self.tr("Note  {}").format(key)), self.note, parts.line()]

    def _copies(self, copies: tuple[Article, ...]) -> list[QWidget]:
        """The copies of the article, each to be opened, and the way to see them side by side."""
        if not copies:
            return []
        links: list[QWidget] = [
            parts.button(
                short(copy.title, LINK_LETTERS),
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

    def _gaps(self, shown: ArticleState) -> list[QWidget]:
        """What is not filled in, each leading to its mark, and the way to overrule it."""
        gaps = shown.gaps
        links: list[QWidget] = []
        for gap in gaps[:GAPS]:
            what = f"{begun(gap.what)} · {gap.layer.lower()}"
            words = in_quotes(gap.words, max(LINK_LETTERS - len(what) - 4, LEAST_LETTERS))
            links.append(
                parts.button(
                    f"{what} {words}",
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
        # The key stands on the button above, which does the same now.
        anyway = parts.button(self.tr("Done anyway"), "", self._desk.finish)
        title = parts.heading(self.tr("Not filled in · {}").format(len(gaps)))
        return [parts.column(title, *links, spacing=0), reason, parts.row(anyway)]

    def _fill_in(self, mark: str) -> None:
        self._desk.reader.select_mark(mark)
        self._desk.reader.show_gaps(())
        self._desk.focus.emit("page")

    def _take_reason(self, text: str) -> None:
        self._desk.reader.reason = text

    def _hint(self, shown: ArticleState) -> QWidget:
        if shown.held:
            return parts.label(
                self.tr("Holding “{}”: every selection is marked. Escape lets go.").format(
                    shown.held
                )
            )
        keys = [layer.key for layer in shown.layers if layer.key]
        listed = (
            f"{', '.join(keys[:-1])} {self.tr('or')} {keys[-1]}" if len(keys) > 1 else "".join(keys)
        )
        if shown.has_selection:
            return parts.label(self.tr("Words are selected. Press {} to mark them.").format(listed))
        if not shown.has_marks:
            return parts.label(
                self.tr("Nothing marked yet. Select words and press {}.").format(listed)
            )
        return parts.label(
            self.tr("Select words and press {}; Tab walks through the marks.").format(listed),
            "muted",
        )

    def _set(self, layer: str, verdict: str) -> None:
        self._desk.set_verdicts(Verdict(verdict), [layer])

    def _facts(self, article: Article) -> list[QWidget]:
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
