"""Merging other annotators' files into this project: one transaction, one undoable step, told in a report.

Records meet by their ids, articles also by their text, people also by their name. Merging the
same file again changes nothing, and the order of files does not matter (see ``merge_rules``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from annotator.domain.article import Article
from annotator.domain.article import Verdict as Said
from annotator.domain.errors import BadInput
from annotator.domain.slices import MANY, READING, SAVING, Progress, Slices, merged
from annotator.services.collecting import let_go
from annotator.services.merge_entry import Entry, Key
from annotator.services.merge_names import Names, names_for
from annotator.services.merge_plan import KINDS, Plan
from annotator.services.merge_report import Report, Wording
from annotator.services.merge_rules import Verdict
from annotator.services.merge_standing import move
from annotator.services.project import Project
from annotator.services.wording import counted, quoted
from annotator.store import articles, codebooks, marks, replica, states
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.kinds import TABLES
from annotator.store.knowledge import MERGE
from annotator.store.project_file import ProjectFile
from annotator.store.step_writer import Writer

AT_ONCE = 10
"""So many records are told of or written between two frames of a window."""


class _DryRun(Exception):
    """Rolls back what a dry run did."""


def merge_steps(project: Project, paths: Iterable[Path], report: Report) -> Iterator[Progress]:
    """Merge files piece by piece, yielding how far it is.

    Until the last piece nothing is in the project; closing the generator early, or any
    failure, leaves the project as it was. With ``report.dry_run`` it does so always.

    Raises:
        Problem: a file is open elsewhere, damaged, from a newer annotator, or no project.
    """
    files = list(paths)
    title = quoted(files[0].stem) if len(files) == 1 else counted(len(files), "file")
    try:
        with project.step(f"{MERGE}{title}", bulk=True) as ticket:
            for number, path in enumerate(files):
                yield number, len(files), path.name
                if CAN_WAIT_ASIDE:
                    yield READING
                with replica.reading(
                    path,
                    project.annotator.name,
                    clock=project.file.clock,
                    new_id=project.file.new_id,
                ) as other:
                    for said in _merge_one(project, other, ticket.write, report, path.name):
                        yield said or (number, len(files), path.name)
                    if CAN_WAIT_ASIDE:
                        yield READING
                report.files += 1
            if CAN_WAIT_ASIDE:
                yield SAVING
            if report.dry_run:
                raise _DryRun
    except _DryRun:
        return
    project.refresh_codebook()


def merge(
    project: Project,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    tell: Callable[[int, int, str], object] | None = None,
) -> Report:
    """Merge files in one go and return the report; see ``merge_steps``."""
    report = Report(dry_run=dry_run)
    for done, total, name in merge_steps(project, paths, report):
        if tell:
            tell(done, total, name)
    return report


def _merge_one(
    project: Project, other: ProjectFile, write: Writer, report: Report, file: str
) -> Iterator[Progress | None]:
    yield None
    names = yield from names_for(project, other.db)
    # A file before this one may have brought a version that the project has not been told of.
    book = names.new_versions[-1] if names.new_versions else codebooks.latest(project.db)
    plan = Plan(project.db, other.db, names, book.codebook, file)
    try:
        yield from _carry_out(project, other, plan, names, write, report, file)
    finally:
        # Given up, hundreds of thousands of records would be forgotten at once, which stops every thread.
        let_go(plan.entries)


def _carry_out(
    project: Project,
    other: ProjectFile,
    plan: Plan,
    names: Names,
    write: Writer,
    report: Report,
    file: str,
) -> Iterator[Progress | None]:
    wording = Wording(project.db, other.db, file)
    yield from plan.build()
    _tell_names(project, other, names, report, file)
    yield from report.count(plan)
    yield None
    report.notes += yield from _coded_unasked(project, plan, wording)
    report.notes += plan.standing.notes
    for number, entry in enumerate(plan.entries.values(), 1):
        if entry.is_conflict:
            report.conflicts.append(wording.conflict(entry))
        if number % AT_ONCE == 0:
            yield None
    report.writes += len(names.new_versions)
    for version in names.new_versions:
        write.put(version)
    for article in names.unknown:
        _keep_text(project, other, article)
        yield None
    before = write.count
    twice = 0
    for number, key in enumerate((yield from _taken(plan)), 1):
        entry = plan.entries[key]
        _write(write, entry)
        twice += entry.came is not None
        if number % AT_ONCE == 0:
            yield None
    moved = yield from move(project.db, write, plan.standing.into)
    report.writes += write.count - before - twice
    if moved:
        report.notes.append(
            f"{file}: {counted(moved, 'mark')} here now {'stands' if moved == 1 else 'stand'} "
            "for the actor that theirs was merged into"
        )
    yield from _forget(plan)


def _coded_unasked(project: Project, plan: Plan, wording: Wording) -> Slices[list[str]]:
    """Tell of articles that two people coded, though they were dealt out to only one of them."""
    came: dict[tuple[str, str], None] = {}
    for number, entry in enumerate(plan.entries.values(), 1):
        if entry.kind == "mark" and entry.verdict is Verdict.NEW:
            mark = marks.TABLE.decode(entry.theirs or ())
            came[mark.article, mark.annotator] = None
        if number % AT_ONCE == 0:
            yield
    notes = []
    for number, (article, person) in enumerate(came, 1):
        if number % AT_ONCE == 0:
            yield
        asked = {
            state.annotator
            for state in states.all_of_article(project.db, article)
            if states.first_verdict(project.db, state) is Said.OPEN
        }
        others = sorted(
            wording.person(mark.annotator)
            for mark in marks.of_article(project.db, article, None)
            if mark.annotator in asked
        )
        if others and person not in asked:
            notes.append(
                f"{quoted(wording.title(article))} was coded by {wording.person(person)}, to whom it was "
                f"not assigned, and by {', '.join(dict.fromkeys(others))}"
            )
    return notes


def _taken(plan: Plan) -> Slices[list[Key]]:
    """Return what is to be written, in order: what others name comes before them."""
    place = {kind: number for number, kind in enumerate(KINDS)}
    runs: list[list[tuple[int, str]]] = []
    entries = iter(plan.entries.values())
    while some := list(islice(entries, MANY)):
        runs.append(sorted((place[entry.kind], entry.key) for entry in some if entry.is_written))
        yield
    found: list[Key] = []
    for part in merged(runs):
        found += [(KINDS[number], key) for number, key in part]
        yield
    return found


def _forget(plan: Plan) -> Slices[None]:
    """Forget what a plan holds, slice by slice: hundreds of thousands of records at once take a while."""
    while plan.entries:
        for _ in range(min(MANY, len(plan.entries))):
            plan.entries.popitem()
        yield


def _write(write: Writer, entry: Entry) -> None:
    table = TABLES[entry.kind]
    if entry.came is not None:
        # So the project knows this form, too, and takes it for old news when it comes again.
        write.put(table.decode(entry.came))
    if entry.result is not None:
        write.put(table.decode(entry.result))
    elif entry.mine is not None:
        write.remove(table.decode(entry.mine))


def _keep_text(project: Project, other: ProjectFile, article: Article) -> None:
    body = articles.text(other.db, article.text_sha256)
    if body is None:
        raise BadInput(f"{other.path.name} is damaged: the text of “{article.title}” is missing.")
    articles.keep_text(project.db, article.text_sha256, body)


def _tell_names(
    project: Project, other: ProjectFile, names: Names, report: Report, file: str
) -> None:
    report.unknown_texts += [f"{file}: {article.title}" for article in names.unknown]
    for article in names.unusable:
        report.notes.append(
            f"{file}: “{article.title}” is another text than the article of that id here; it was left out"
        )
    if other.id != project.file.id:
        report.notes.append(
            f"{file} is a project of its own; its articles were recognised by their text, its people by their name"
        )
    if names.new_versions:
        report.notes.append(
            f"{file} has another codebook; version {names.new_versions[-1].version} has everything of both"
        )
    for item in names.codebook_conflicts:
        report.conflicts.append(
            f"{file}: both codebooks changed “{item}”; the newer one’s word stands"
        )
