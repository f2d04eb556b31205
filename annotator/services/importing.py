"""Importing articles and marks: one transaction and one undoable step, told in a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, DoubtfulEncoding, Problem
from annotator.domain.text import DecodedText
from annotator.formats.base import ReadContext, Reader, Source
from annotator.formats.registry import belongs_beside, reader_for
from annotator.formats.strict_json import parse
from annotator.formats.txt import decode_file
from annotator.services import duplicates
from annotator.services.project import Project
from annotator.services.sources import collect, unpacked
from annotator.services.taking import Counts, Taker
from annotator.services.wording import counted, quoted
from annotator.services.worker import OWN, Worker
from annotator.store import articles, foreign_file

AskEncoding = Callable[[str, bytes, tuple[str, ...]], str | None]
"""Given a file's name, its bytes and candidates, returns the encoding a person chose, or None."""

Progress = tuple[int, int, str]


@dataclass(slots=True)
class Report:
    """What an import did.

    Attributes:
        files: how many were read.
        added, there: what is new in the project, and what was in it already.
        refused: what was not taken, with file, line and reason.
        notes: what was taken but deserves a look.
    """

    files: int = 0
    added: Counts = field(default_factory=Counts)
    there: Counts = field(default_factory=Counts)
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    dry_run: bool = False

    def in_words(self) -> list[str]:
        """Return what was added, what was there and how much was refused, in short sentences."""
        lines = [
            f"{'Would add' if self.dry_run else 'Added'} {self.added.in_words() or 'nothing'}."
        ]
        if self.there.in_words():
            lines.append(f"Already there: {self.there.in_words()}.")
        if self.refused:
            lines.append(f"Not taken: {counted(len(self.refused), 'item')}.")
        if self.notes:
            lines.append(f"Worth a look: {counted(len(self.notes), 'item')}.")
        return lines

    def details(self) -> list[str]:
        """Return a line for each thing refused or worth a look."""
        return [f"{remark.where}: {remark.what}." for remark in (*self.refused, *self.notes)]


class _DryRun(Exception):
    """Rolls back what a dry run did."""


def import_steps(
    project: Project,
    paths: Iterable[Path],
    report: Report,
    *,
    format: str | None = None,
    annotator: str | None = None,
    encoding: str | None = None,
    ask_encoding: AskEncoding | None = None,
    labels: Mapping[str, str] | None = None,
    offset_unit: str | None = None,
) -> Iterator[Progress]:
    """Import files and folders piece by piece, yielding how far it is.

    Until the last piece nothing is in the project; closing the generator early, or any
    failure, leaves the project as it was. With ``report.dry_run`` it does so always.

    ``labels`` says what labels of other tools mean (``{"PER": "actor:person"}``),
    ``offset_unit`` what their offsets count where a file does not show it.

    Raises:
        Problem: the disk is full, or the project cannot be written to.
    """
    with ExitStack() as stack:
        worker = stack.enter_context(Worker())
        sources = unpacked(collect(paths, report.refused), stack, report.refused)
        name = sources[0].name if len(sources) == 1 else counted(len(sources), "file")
        try:
            with project.step(f"Import {quoted(name)}", bulk=True) as ticket:
                taker = Taker(project, ticket.write, report.added, report.there, report.refused)
                context = replace(
                    _context(project, sources, taker, annotator, encoding),
                    labels=labels or {},
                    offset_unit=offset_unit,
                )
                for number, source in enumerate(sources):
                    yield number, len(sources), source.name
                    if len(sources) > 1 and belongs_beside(source):
                        continue
                    yield from _import_one(
                        source,
                        context,
                        worker,
                        taker,
                        report,
                        format,
                        ask_encoding,
                        number,
                        len(sources),
                    )
                if report.added.articles:
                    yield from duplicates.notice(project, report.notes)
                if report.dry_run:
                    raise _DryRun
        except _DryRun:
            return


def import_all(
    project: Project,
    paths: Iterable[Path],
    *,
    format: str | None = None,
    annotator: str | None = None,
    encoding: str | None = None,
    dry_run: bool = False,
    tell: Callable[[int, int, str], object] | None = None,
    labels: Mapping[str, str] | None = None,
    offset_unit: str | None = None,
) -> Report:
    """Import files and folders in one go and return the report."""
    report = Report(dry_run=dry_run)
    steps = import_steps(
        project,
        paths,
        report,
        format=format,
        annotator=annotator,
        encoding=encoding,
        labels=labels,
        offset_unit=offset_unit,
    )
    for done, total, name in steps:
        if tell:
            tell(done, total, name)
    return report


def label_mapping(file: Path) -> dict[str, str]:
    """Return what a mapping file says foreign labels mean.

    Raises:
        BadInput: it cannot be read, or is no JSON object of texts.
    """
    try:
        said = parse(file.read_bytes())
    except (OSError, Problem) as problem:
        raise BadInput(f"{file.name} cannot be used as label mapping: {problem}") from None
    if not isinstance(said, dict) or not all(isinstance(item, str) for item in said.values()):
        raise BadInput(
            f"{file.name} is no label mapping: it should be an object such as "
            '{"PER": "actor:person"}'
        )
    return said


def _import_one(
    source: Source,
    context: ReadContext,
    worker: Worker,
    taker: Taker,
    report: Report,
    format: str | None,
    ask_encoding: AskEncoding | None,
    number: int,
    total: int,
) -> Iterator[Progress]:
    try:
        reader = reader_for(source, format)
        for read in _read(reader, source, context, worker):
            if read is None:
                yield number, total, source.name
                continue
            for remark in read.remarks:
                (report.refused if remark.lost else report.notes).append(remark)
            if read.coded:
                taker.take(read.coded, source.name)
            yield number, total, source.name
        report.files += 1
    except DoubtfulEncoding as doubt:
        chosen = (
            ask_encoding(source.name, source.head(200_000), doubt.candidates)
            if ask_encoding
            else None
        )
        if chosen:
            again = replace(context, encoding=chosen)
            yield from _import_one(
                source, again, worker, taker, report, format, None, number, total
            )
        else:
            report.refused.append(Remark(source.name, str(doubt)))
    except Problem as problem:
        report.refused.append(Remark(source.name, str(problem).rstrip(".")))
    except OSError as error:
        report.refused.append(Remark(source.name, f"cannot be read ({error.strerror})"))


def _read(
    reader: Reader, source: Source, context: ReadContext, worker: Worker
) -> Iterator[Read | None]:
    """Yield what a reader finds; foreign formats are read in another process."""
    if reader.name in OWN:
        return iter(reader.read(source, context))
    return worker.read(reader.name, source, context)


def _context(
    project: Project,
    sources: list[Source],
    taker: Taker,
    annotator: str | None,
    encoding: str | None,
) -> ReadContext:
    by_name = {source.file_name: source for source in sources}

    def text_named(name: str) -> DecodedText | None:
        source = by_name.get(name) or by_name.get(f"{name}.txt")
        try:
            return decode_file(source, encoding) if source else None
        except Problem:
            return None

    def text_of(sha256: str) -> str | None:
        return articles.text(project.db, sha256) if articles.with_text(project.db, sha256) else None

    return ReadContext(
        codebook=project.codebook,
        codebook_version=project.book.version,
        now=project.file.clock(),
        annotator_id=taker.annotator_id,
        text_of=text_of,
        text_named=text_named,
        annotator=annotator or project.annotator.name,
        encoding=encoding,
        rows_of=foreign_file.rows,
    )
