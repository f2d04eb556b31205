"""What a user can start in a large project: how long it takes, how long the window stops, and whether it can be stopped.

``python -m tests.bench.waiting PROJECT`` measures on a copy of an own project; without a name a
project of 10,000 articles with 300,000 marks is made. Each operation that shows progress is begun
twice: the first time it is cancelled, and has to leave the project as it was. A pause is what
``turns`` says it is; beside it stands what the window's own thread worked in its longest turn.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.actor import Actor
from annotator.domain.mark_query import MarkQuery
from annotator.domain.search_query import parse_query
from annotator.presentation import learning, repeating, suggesting
from annotator.presentation.agreement_table import AgreementTable
from annotator.presentation.copies import Copies
from annotator.presentation.queue import Order, Stage
from annotator.presentation.release_draft import ReleaseDraft
from annotator.presentation.transfer import ExportWish, run_export
from annotator.services import (
    actor_book,
    actor_entries,
    importing,
    mark_table,
    marking,
    merging,
)
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.store import search
from annotator.ui.actor_book.window import ActorBookWindow
from annotator.ui.inspector.mark_line import MarkLine
from annotator.ui.inspector.who_field import WhoField
from annotator.ui.main_window import MainWindow
from annotator.ui.mark_table.panel import MarkTablePanel
from annotator.ui.reading_line import ReadingLine
from annotator.ui.waiting import Waiting
from tests.bench import corpus, turns
from tests.bench.agreement import lines as double_coded
from tests.bench.bars import Bar
from tests.bench.desk import ACTORS, write_book
from tests.bench.measuring import Row, Timed, row, rows_of, table
from tests.bench.start import make
from tests.bench.turns import Turn, Turns

LONGEST, LONG = Bar(median=50), 300
"""What takes more milliseconds than ``LONG`` may pause for ``LONGEST`` at most."""
BULK = 10_000

RESTING = 0.4
"""Nothing goes on any more when so many seconds passed without work."""

SOON = 0.2
"""So many seconds after its beginning an operation is cancelled."""

CLOCK, PAUSE = ": by the clock", ": longest pause"

LISTED = "progress, cancel"
"""What a list shows that is read bit by bit: stopping it takes nothing back."""

LONG_ENOUGH = 20.0
"""What takes longer is cancelled for good: its pauses show by then."""

KILLED = """
import os, sys
from pathlib import Path
from annotator.domain.mark_query import MarkQuery
from annotator.services import mark_table, marking, project
with project.open_existing(Path(sys.argv[1])) as open_:
    ids = mark_table.ids(open_, MarkQuery(layers=("claim",)))[:10_000]
    marking.set_attribute_of_all(open_, ids, "stance", "support")
    os.kill(os.getpid(), 9)
"""


@dataclass(slots=True)
class Watched:
    """What was seen of one operation; times are milliseconds.

    Attributes:
        clock: from its beginning to its end.
        turns: of the window's loop.
        shown: what told a person that it goes on.
        stopped: how long it took to end after it was cancelled, if it was.
    """

    clock: float = 0.0
    turns: list[Turn] = field(default_factory=list)
    shown: str = ""
    stopped: float | None = None

    @property
    def longest(self) -> float:
        """The longest pause of the window."""
        return max((turn.pause for turn in self.turns), default=0.0)

    @property
    def longest_work(self) -> float:
        """The most that the window's thread worked from one turn to the next."""
        return max((turn.work for turn in self.turns), default=0.0)


@dataclass(frozen=True, slots=True)
class Waited:
    """One operation, done and cancelled.

    Attributes:
        undone: whether the cancelled one left the project as it was.
    """

    name: str
    done: Watched
    cancelled: Watched
    undone: bool

    @property
    def longest(self) -> float:
        """The longest pause of the window, whether it was cancelled or done."""
        return max(self.done.longest, self.cancelled.longest)

    @property
    def longest_work(self) -> float:
        """The most that the window's thread worked from one turn to the next."""
        return max(self.done.longest_work, self.cancelled.longest_work)

    def in_words(self) -> str:
        """Return a line of the table."""
        ended, done = self.cancelled.stopped, self.done
        stops = "–" if ended is None else f"{ended:.0f} ms"
        if not self.undone:
            stops += ", but changed"
        clock = f"> {LONG_ENOUGH:.0f} s" if done.stopped is not None else f"{done.clock:,.0f}"
        return f"{self.name:52} {clock:>9} {self.longest:9.0f} {self.longest_work:9.0f} {stops:>14}  {done.shown or '–'}"


def run(project: Path) -> list[Row]:
    """Return two rows for each operation: how long it takes, and the longest pause."""
    return [
        made
        for one in waited(project)
        for made in _rows(one.name, [one.done.clock], [one.longest], [one.longest_work])
    ]


def several(*arguments: object, times: int) -> list[Row]:
    """Return the rows of so many runs, each in a process and on a copy of its own.

    What the program causes comes again in each run, and what the machine does, such as fetching
    memory that it had given away, does not: the median counts, and the longest stands beside it.
    """
    runs = [rows_of("tests.bench.waiting", *arguments) for _ in range(times)]
    found: list[Row] = []
    for first in range(0, len(runs[0]), 2):
        clocks, pauses = ([one[place] for one in runs] for place in (first, first + 1))
        found += _rows(
            clocks[0].name.removesuffix(CLOCK),
            [one.median for one in clocks],
            [one.median for one in pauses],
            [one.cpu_p95 or 0.0 for one in pauses],
        )
    return found


def _rows(name: str, clocks: list[float], pauses: list[float], works: list[float]) -> list[Row]:
    longest = Timed()
    longest += pauses
    longest.cpu += works
    bar = LONGEST if statistics.median(clocks) > LONG else None
    return [row(f"{name}{CLOCK}", clocks), row(f"{name}{PAUSE}", longest, bar=bar)]


def waited(project: Path) -> Iterator[Waited]:
    """Do and cancel each operation in a window on an own project."""
    with turns.window() as window:
        for name, begin in _operations(window, project):
            before = _acts(window.desk.project)
            cancelled = _watched(window, begin, stop_after=SOON)
            if cancelled.stopped is None:
                yield Waited(name, cancelled, cancelled, undone=True)
                continue
            is_closed = window.desk.project is None
            is_list = cancelled.shown == LISTED
            undone = is_list or is_closed or _acts(window.desk.project) == before
            _read_to_the_end(window)
            if is_closed and before is not None:
                # It was closed all the same: only its backup was cancelled.
                window.start(project)
                _common_word(window)
            yield Waited(name, _watched(window, begin, stop_after=LONG_ENOUGH), cancelled, undone)


def _need_actors(project: Path) -> None:
    """Give a project a large actor book, unless it has one."""
    with projects.open_existing(project) as opened:
        (count,) = opened.db.execute("SELECT count(*) FROM actor").fetchone()
        if count < ACTORS:
            write_book(opened)


def _acts(project: Project | None) -> object:
    """Return what changes with every act."""
    if project is None:
        return None
    return project.db.execute("SELECT count(*), sum(state = 'done') FROM step").fetchone()


def _watched(window: MainWindow, begin: Callable[[], object], *, stop_after: float) -> Watched:
    """Begin an operation and watch it until nothing goes on any more."""
    found = Watched()
    begun = time.perf_counter()
    rest, stopped_at = begun + RESTING, 0.0

    def seen(turn: Turn) -> None:
        nonlocal rest, stopped_at
        moment = time.perf_counter()
        found.turns.append(turn)
        dialog = QApplication.activeModalWidget()
        is_waiting = isinstance(dialog, Waiting)
        filling = [line for line in _lines(window) if line.is_going_on]
        telling = [line for line in filling if line.can_be_stopped and not line.button.isHidden()]
        is_long = window._job is not None or is_waiting
        goes_on = is_long or bool(filling)
        if is_long and not found.shown:
            found.shown = "window with progress" if is_waiting else "progress below"
        elif telling and not found.shown:
            found.shown = LISTED
        if window.articles.is_told_again and not found.shown:
            found.shown = "progress under the list"
        if window.inspector.is_counting and not found.shown:
            found.shown = "beside the mark; ends with it"
        # What follows needs the project: its opening is waited for, however busy the machine is.
        is_needed = is_waiting and stop_after > SOON
        can_stop = is_long or bool(telling)
        if can_stop and not stopped_at and moment - begun > stop_after and not is_needed:
            stopped_at = moment
            if isinstance(dialog, Waiting):
                dialog.reject()
            elif window._job is not None:
                window.cancel_work()
            for line in telling:
                line.button.click()
        elif not goes_on and stopped_at and found.stopped is None:
            found.stopped = (moment - stopped_at) * 1000
        if goes_on or turn.work > 1 or window.desk.library.is_being_read:
            found.clock = (moment - begun) * 1000
            rest = moment + RESTING

    watching = Turns(seen)
    begin()
    rest = time.perf_counter() + RESTING
    turns.until(
        lambda: (
            time.perf_counter() > rest
            and window._job is None
            and not any(line.is_going_on for line in _lines(window))
        )
    )
    watching.stop()
    return found


def _lines(window: MainWindow) -> list[ReadingLine]:
    """Return what can say of the lists that are seen how far they are read."""
    actors, cases = window.tools._actors, window.tools.team._adjudication
    lines = [actors.reached, *(card.reached for card in actors._made)] if actors else []
    # The one of the marks takes no room until it is late.
    marks = [window.tools._marks.progress] if window.tools._marks else []
    lines += [cases.progress] if cases else []
    return [*(line for line in lines if line.isVisible()), *marks]


def _read_to_the_end(window: MainWindow) -> None:
    """Read what was stopped: what is begun once more begins as it did."""
    for line in _lines(window):
        if line.is_stopped:
            line.read_on()
    turns.until(lambda: not any(line.is_going_on for line in _lines(window)))


def _operations(window: MainWindow, project: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    desk, tools = window.desk, window.tools
    folder = project.parent
    other, source = folder / "other.annotator", folder / "more.jsonl"
    shutil.copyfile(project, other)
    with projects.open_existing(other) as second:
        ids = mark_table.ids(second, MarkQuery(layers=("actor",)))[:BULK]
        marking.set_attribute_of_all(second, ids, "type", "group")
    chance = random.Random(8)
    with source.open("w", encoding="utf-8") as file:
        for number in range(1_000_000, 1_001_000):
            line = corpus.line(chance, number, corpus.text_of(chance, 2_500), 30)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    _killed(project)
    turns.settle_disk()
    yield "open it after a crash, with its log", lambda: window.start(project)
    desk.close()
    os.utime(project)
    yield "open it when another program touched it", lambda: window.start(project)
    yield "list: by title", lambda: desk.library.set_order(Order.TITLE)
    yield "list: only open ones", lambda: desk.library.set_stage(Stage.OPEN)
    yield "list: find a word", lambda: desk.library.set_filter("article 99")
    desk.library.set_filter("")
    yield "list: all, as given", lambda: desk.library.set_order(Order.GIVEN)
    yield "search: open the panel", tools.show_search
    yield "search: a common word", lambda: tools.search.field.setText("ter")
    yield "colour a search in the list", lambda: tools.search._search.keep("teal")
    yield "marks: open the table", tools.toggle_marks
    yield "marks: all articles", lambda: tools.marks._table.set_scope(everywhere=True)
    yield "marks: by one value", lambda: tools.marks.show_query(MarkQuery(layers=("claim",)))
    yield "marks: by words", lambda: tools.marks._table.sort(2, descending=False)
    yield "marks: choose all", tools.marks.view.selectAll
    yield "marks: copy all", tools.marks.view.copy
    yield "marks: set a value of all", lambda: _change_all(tools.marks)
    tools.marks.hide()
    yield from _actor_book(window)
    yield "codebook: open", tools.show_codebook
    tools.codebook.close()
    for name in ("manual", "settings", "network", "figures"):
        yield f"{name}: open", partial(desk.focus.emit, name)
    ids = mark_table.ids(_open(window), MarkQuery(layers=("claim",)))[:BULK]
    yield f"set a value of {BULK:,} marks", lambda: _set_values(window, ids)
    yield "undo it", desk.undo
    yield "redo it", desk.redo
    count, mark = _common_word(window)
    yield "go to a mark of a common word", mark
    yield "type a name for it", lambda: _type_name(window)
    desk.focus.emit("page")
    _go_to_topics(window, ids)
    yield "type a topic", lambda: _type_topic(window)
    mark()
    yield "count this word in all articles", count
    yield "mark it in all articles", lambda: repeating.mark_in_project(desk)
    yield "undo it", desk.undo
    yield f"delete {BULK:,} marks", lambda: _delete(window, ids)
    yield "undo it", desk.undo
    yield "read everything anew, as after a change of the codebook", desk.refresh
    yield "import 1,000 articles, 30,000 marks", lambda: _import(window, source)
    yield "undo of the import", desk.undo
    yield "merge another file of it", lambda: _merge(window, other)
    yield (
        "export",
        lambda: run_export(desk, _open(window), ExportWish(folder / "out.jsonl", "jsonl")),
    )
    yield "check", desk.check
    yield "figures, with their window", tools.findings.figures.view.count
    yield "network, with its window", tools.findings.network.view.compute
    yield "agreement", AgreementTable(desk).measure
    yield "preview of a release", _release(window)
    yield "learning", lambda: learning.learn(desk, steps=20)
    yield "look for copies", _copies(window)
    yield "suggestions in this article", lambda: suggesting.suggest_here(desk)
    yield "undo of them", desk.undo
    yield from _adjudication(window, project)
    yield "close the project", desk.close


def _adjudication(window: MainWindow, project: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Decide between two annotators who finished the same thousand articles, in a project of their own."""
    source, team = project.parent / "team.jsonl", project.parent / "team.annotator"
    lines = double_coded(articles=1_000, people=2, marks=30)
    source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with projects.create(team, default_codebook(), "A01") as made:
        importing.import_all(made, [source])
    turns.settle_disk()
    window.start(team)
    turns.until(lambda: not window.desk.library.is_being_read)
    shown = window.tools.team

    def compare() -> None:
        shown.show_adjudication()
        shown.adjudication.desk.reload()

    yield "adjudication: open, 60,000 marks", compare
    cases = shown.adjudication.desk
    yield "adjudication: decide one case", lambda: cases.accept(0)
    yield "undo it", window.desk.undo
    window.ask = lambda *_: 0  # type: ignore[method-assign]
    yield "adjudication: accept what all agree on", cases.accept_agreed
    yield "undo it", window.desk.undo
    shown.adjudication.close()
    window.start(project)


def _change_all(marks: MarkTablePanel) -> None:
    table = marks._table
    stance = next(one for one in table.columns if one.attribute and one.attribute.name == "stance")
    table.set_value(marks.view.chosen(), stance, "support")


def _actor_book(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done in the actor book, and beside it, with an entry of very many mentions."""
    desk, tools = window.desk, window.tools
    project = _open(window)
    many = mark_table.ids(project, MarkQuery(layers=("actor",)))[: 3 * BULK]
    entry = next(
        change.after.id
        for change in actor_entries.create(project, "Everybody").changes
        if isinstance(change.after, Actor)
    )
    actor_book.assign_all(project, many, entry)
    desk.refresh()
    turns.until(lambda: not desk.library.is_being_read)
    yield "actor book: open", lambda: _book(window)
    yield (
        f"actor book: choose an entry of {len(many):,} mentions",
        lambda: _choose(tools.actors, entry),
    )
    yield "actor book: an act beside it", lambda: _mark_here(window)
    yield "actor book: open mentions", lambda: _open_mentions(tools.actors)
    yield "actor book: an act beside them", lambda: _mark_here(window)
    yield "actor book: their third words", lambda: _third_words(tools.actors)
    tools.actors.close()


def _book(window: MainWindow) -> None:
    """Open the actor book, also once more."""
    if window.tools._actors:
        window.tools._actors.close()
    window.tools.show_actors()


def _choose(actors: ActorBookWindow, entry: str) -> None:
    actors._book.choose([])
    actors.choose(entry)


def _open_mentions(actors: ActorBookWindow) -> None:
    """Look at the open mentions as if for the first time."""
    book = actors._book
    book.shows_open, book.reading._tally, book.reading.open = False, None, []
    book.set_filter("")
    actors.show_open()


def _type_name(window: MainWindow) -> None:
    """Type the beginning of a name into the field for whom a mention stands for, and give it up."""
    window.desk.focus.emit("who")
    field = window.focusWidget()
    if not isinstance(field, WhoField):
        raise RuntimeError("there is no field for whom it stands for")
    field.offer()  # without a window manager no focus comes that would do this
    QTest.keyClicks(field, "an")
    if not field.completer().completionCount():
        raise RuntimeError("no names are offered")
    field.settle()


def _third_words(actors: ActorBookWindow) -> None:
    actors.open_list.clearSelection()
    actors.open_list.selectRow(2)


def _go_to_topics(window: MainWindow, claims: list[str]) -> None:
    """Give many claims a topic, and go to one of them."""
    desk, project = window.desk, _open(window)
    marking.set_attribute_of_all(project, claims, "topics", ("pay", "night work"))
    desk.refresh()
    turns.until(lambda: not desk.library.is_being_read)
    desk.open_article(project.own_mark(claims[0]).article)
    desk.reader.select_mark(claims[0])
    turns.until(lambda: not window.inspector._later.isActive())


def _type_topic(window: MainWindow) -> None:
    """Type the beginning of a topic, and give it up."""
    window.desk.focus.emit("topics")
    field = window.focusWidget()
    if not isinstance(field, MarkLine):
        raise RuntimeError("there is no field for topics")
    QTest.keyClicks(field, "ni")
    field.settle()


def _mark_here(window: MainWindow) -> None:
    """Mark a few characters of the article that is shown."""
    place = len(window.desk.reader.marks)
    window.desk.act(lambda one: marking.mark(one, _shown(window), [(place, place + 6)], "actor"))


def _open(window: MainWindow) -> Project:
    if window.desk.project is None:
        raise RuntimeError("the project was not opened")
    return window.desk.project


def _killed(project: Path) -> None:
    """Leave a project as a process does that is killed after a large act."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(project)], check=False)
    if done.returncode != -signal.SIGKILL:
        raise RuntimeError("nobody was killed")


def _set_values(window: MainWindow, ids: list[str]) -> None:
    window.desk.act_in_slices(
        "Changing",
        lambda project: marking.set_attribute_of_all.slices(project, ids, "stance", "oppose"),
    )


def _common_word(window: MainWindow) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return what counts, and what makes current, a mark of a word that stands in many articles."""
    project, reader = _open(window), window.desk.reader
    text, seen = reader.page.text, dict[str, int]()
    for word in sorted(set(text.split()))[:60]:
        if word.isalpha() and f" {word} " in text:
            seen[word] = search.count_texts(project.db, parse_query(word))
    word = max(seen, key=lambda word: seen[word])
    start = text.index(f" {word} ") + 1
    extent = start, start + len(word)
    window.desk.act(lambda one: marking.mark(one, _shown(window), [extent], "actor"))
    made = next(id for id, mark in reader.marks.items() if (mark.start, mark.end) == extent)

    def go() -> None:
        reader.page.set_current(None)
        reader.select_mark(made)

    def count() -> None:
        reader.counted = None
        repeating.mark_in_project(window.desk)

    return count, go


def _shown(window: MainWindow) -> str:
    article = window.desk.reader.article
    if article is None:
        raise RuntimeError("no article is shown")
    return article.id


def _delete(window: MainWindow, ids: list[str]) -> None:
    window.desk.act_in_slices("Deleting", lambda project: marking.delete.slices(project, ids))


def _import(window: MainWindow, source: Path) -> None:
    steps = importing.import_steps(_open(window), [source], importing.Report())
    window.run_slices("Importing", steps, lambda error: window.desk.refresh())


def _merge(window: MainWindow, other: Path) -> None:
    steps = merging.merge_steps(_open(window), [other], merging.Report())
    window.run_slices("Merging", steps, lambda error: window.desk.refresh())


def _copies(window: MainWindow) -> Callable[[], object]:
    return Copies(window.desk).search


def _release(window: MainWindow) -> Callable[[], object]:
    draft = ReleaseDraft(window.desk)
    draft.show()
    return draft.preview


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, nargs="?")
    parser.add_argument("--json", type=Path, help="write rows for the table of all measurements")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        project = Path(folder) / "large.annotator"
        if chosen.project:
            shutil.copyfile(chosen.project, project)
        else:
            make(project, 10_000)
        _need_actors(project)
        if chosen.json:
            rows = run(project)
            chosen.json.write_text(json.dumps([one.as_data() for one in rows]), encoding="utf-8")
            print(table(rows))
            return
        print(
            f"{'what':52} {'clock ms':>9} {'pause ms':>9} {'its work':>9} {'Cancel ends in':>14}  shows"
        )
        for one in waited(project):
            print(one.in_words(), flush=True)


if __name__ == "__main__":
    main()
