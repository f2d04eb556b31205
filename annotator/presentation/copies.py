"""Copies of articles side by side: the search for them, one pair of them, and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from annotator.domain.article import Article
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.domain.step import Outcome
from annotator.presentation.copy_pairs import PairRow, Show, pairs
from annotator.presentation.signal import Signal
from annotator.services import copy_comparison, duplicate_groups, duplicates, propagating
from annotator.services.copy_comparison import Comparison
from annotator.services.project import Project
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


DAYS: tuple[tuple[str, int | None], ...] = (
    ("Within 7 days", 7),
    ("Within 31 days", 31),
    ("Any date", None),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles, with what stands only in it."""

    article: Article
    about: str
    text: str
    only_here: tuple[Extent, ...]


class Copies:
    """What a search for copies found, one pair of it before the user.

    Attributes:
        changed: other pairs, or another one before the user.
        said: what the search or the last act came to.
        is_running: a search is going on.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.shown = Show.DOUBTFUL
        self.days: int | None = DAYS[0][1]
        self.rows: list[PairRow] = []
        self.said = ""
        self.is_running = False
        self._desk = desk
        self._found: duplicates.Found | None = None
        self._current = 0
        self._is_seen = False
        self._compared: tuple[tuple[Id, Id], Comparison] | None = None
        self._wanted: Id | None = None
        desk.saved.connect(self._acted)
        desk.project_changed.connect(self._project_changed)

    # What is shown

    def show(self) -> None:
        """Begin to follow the project; search if that was not done yet."""
        self._is_seen = True
        if self._found is None:
            self.search()
        else:
            self._reload()

    def hide(self) -> None:
        """Stop following."""
        self._is_seen = False

    def search(self) -> None:
        """Search the whole project, in small slices."""
        project, desk = self._desk.project, self._desk
        if project is None or self.is_running:
            return
        if desk.busy:
            self._say("An import or a merge is running: wait for it, then search.")
            return
        search = duplicates.Search(project.db, self.days)

        def done(error: BaseException | None) -> None:
            desk.busy = self.is_running = False
            if error is None:
                self._found = search.found
                self._begin()
            else:
                self._say("The search was stopped; search again to see what there is.")

        desk.busy = self.is_running = True
        steps = chain(duplicates.index_steps(project), search.steps())
        if not desk.window.run_slices("Looking for copies", steps, done):
            desk.busy = self.is_running = False
            self._say("Something else is running: wait for it, then search.")
        else:
            self.changed.emit(None)

    def look_within(self, days: int | None) -> None:
        """Search again with another bound on the days between copies."""
        self.days = days
        self.search()

    def choose_shown(self, shown: Show) -> None:
        """List other pairs."""
        self.shown, self._current = shown, 0
        self._reload()

    def show_article(self, article: Id) -> None:
        """List the groups, at the one that an article is in."""
        self.shown, self._wanted = Show.GROUPS, article if self.is_running else None
        self._reload()
        places = (n for n, row in enumerate(self.rows) if article in (row.one.id, row.other.id))
        self.choose(next(places, 0))

    @property
    def counts(self) -> dict[Show, int]:
        """How many pairs there are of each sort."""
        return {show: len(self._pairs(show)) for show in Show}

    @property
    def current(self) -> PairRow | None:
        """The pair before the user."""
        return self.rows[self._current] if self._current < len(self.rows) else None

    @property
    def position(self) -> int:
        """Its place in the list."""
        return self._current

    def choose(self, position: int) -> None:
        """Put another pair before the user."""
        if 0 <= position < len(self.rows) and position != self._current:
            self._current = position
            self.changed.emit(None)

    @property
    def sides(self) -> tuple[Side, Side] | None:
        """Both articles of the pair, with what stands in one of them only."""
        row, comparison = self.current, self._comparison()
        if row is None or comparison is None:
            return None
        return (
            Side(row.one, _about(row.one), comparison.text, comparison.only_in_one),
            Side(row.other, _about(row.other), comparison.other_text, comparison.only_in_other),
        )

    @property
    def heading(self) -> str:
        """What the pair is, in a sentence."""
        comparison = self._comparison()
        if comparison is None:
            return ""
        share = f"{comparison.containment:.0%}".replace("%", " %")
        return f"{share} of the shorter one stands in the other"

    def opposite(self, position: int, *, from_other: bool) -> int:
        """Return the place in the other text that stands beside a place in the one."""
        comparison = self._comparison()
        if comparison is None:
            return 0
        return comparison.opposite(position, from_other=from_other)

    # What can be decided

    def group(self) -> None:
        """Call the two copies of each other."""
        row = self.current
        if row:
            self._act(lambda project: duplicate_groups.group(project, [[row.one, row.other]]))

    def tell_apart(self) -> None:
        """Say that the two are no copies of each other."""
        row = self.current
        if row:
            self._act(
                lambda project: duplicate_groups.tell_apart(project, row.one.id, row.other.id)
            )

    def group_all(self) -> None:
        """Group all that are surely copies, after asking with the count."""
        found = self._found
        if found is None or not found.ungrouped:
            self._say("There is nothing left to group that is surely a copy.")
            return
        count = sum(map(len, found.ungrouped))
        answer = self._desk.window.ask(
            "Group all that are surely copies?",
            f"{counted(count, 'article')} in {counted(len(found.ungrouped), 'group')} share half of their "
            "words or more. Nothing is removed, and one undo takes the groups back.",
            (f"Group {counted(count, 'article')}",),
        )
        if answer == 0:
            self._desk.act_on(
                count,
                "Grouping copies",
                lambda project: duplicate_groups.group.slices(project, found.ungrouped),
                self._say_done,
            )

    def copy_marks(self) -> None:
        """Copy the annotator's marks from the more marked of the two to all copies, in one step."""
        row, project = self.current, self._desk.project
        if row is None or project is None:
            return
        model = propagating.better_marked(project, row.one.id, row.other.id)
        said = ""

        def work(project: Project) -> Slices[Outcome]:
            nonlocal said
            copied = yield from propagating.propagate.slices(project, model)
            said = copied.in_words()
            return copied.outcome

        def then(outcome: Outcome | None) -> None:
            self._say_done(outcome)
            if outcome:
                self._say(said)

        count = propagating.to_copy(project, model)
        self._desk.act_on(count, "Copying marks", work, then, is_slow=True)

    def open(self, *, other: bool) -> None:
        """Open one of the two in the reader."""
        row = self.current
        if row:
            self._desk.open_article((row.other if other else row.one).id)

    def undo(self) -> None:
        """Take the last act back."""
        self._desk.undo()

    # How it is done

    def _act(self, work: Callable[[Project], Outcome]) -> None:
        self._say_done(self._desk.act(work))

    def _say_done(self, outcome: Outcome | None) -> None:
        if outcome is None:
            self._say(self._desk.messages.last.text if self._desk.messages.last else "")
        elif outcome.step:
            self._say(outcome.step.name)

    def _begin(self) -> None:
        """Show what was found: first what has to be looked at, then what is left to group."""
        if self._wanted:
            self.show_article(self._wanted)
            return
        counts = self.counts
        self.shown = next((show for show in Show if counts[show]), Show.DOUBTFUL)
        self._current = 0
        self._list()
        if not any(counts.values()):
            self._say("No article shares a fifth of its words with another.")

    def _reload(self) -> None:
        if self._desk.project and self._found is not None:
            self._found = duplicates.as_it_stands(self._desk.project, self._found)
        self._list()

    def _list(self) -> None:
        self._compared = None
        self.rows = self._pairs(self.shown)
        self._current = min(self._current, max(len(self.rows) - 1, 0))
        self.changed.emit(None)

    def _pairs(self, show: Show) -> list[PairRow]:
        project, found = self._desk.project, self._found
        return pairs(project, found or duplicates.Found(), show) if project else []

    def _comparison(self) -> Comparison | None:
        row, project = self.current, self._desk.project
        if row is None or project is None:
            return None
        ids = row.one.id, row.other.id
        if self._compared is None or self._compared[0] != ids:
            self._compared = ids, copy_comparison.compare(project, row.one, row.other)
        return self._compared[1]

    def _acted(self, _: object) -> None:
        if self._is_seen and not self.is_running:
            self._reload()

    def _project_changed(self, _: None) -> None:
        self._found, self.rows, self.said, self._compared = None, [], "", None
        self.changed.emit(None)

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)


def _about(article: Article) -> str:
    known = [fact for fact in (article.meta.publisher, article.meta.published) if fact]
    facts = [*(known or [article.meta.source_file or ""]), counted(article.length, "character")]
    return " · ".join(fact for fact in facts if fact)
