"""Reading the files of an import one after the other, each by its reader, and taking what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.domain.coded import Read, Remark, TableLook
from annotator.domain.errors import DoubtfulEncoding, Problem
from annotator.domain.slices import READING, Progress
from annotator.formats.base import ReadContext, Reader, Source
from annotator.services.import_report import Preview, Report
from annotator.services.sources import Sources
from annotator.services.taking import Taker
from annotator.services.worker import OWN, Worker
from annotator.store.connection import CAN_WAIT_ASIDE

LARGE_BYTES = 8_000_000
"""Our own lines of so many bytes and more are read in another process while this one writes."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for single files after a dry run.

    Attributes:
        encodings: by the name of the file in the report.
        left_out: files that are not to be read.
    """

    encodings: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


class FileReading:
    """Reads file after file and takes what is in them.

    Attributes:
        saw_table: told how each table looks, where somebody wants to know.
    """

    def __init__(
        self,
        context: ReadContext,
        worker: Worker,
        taker: Taker,
        report: Report,
        format: str | None,
        choices: Choices,
    ) -> None:
        self._context = context
        self._worker = worker
        self._taker = taker
        self._report = report
        self._preview = report if isinstance(report, Preview) else None
        self._format = format
        self._choices = choices
        self.saw_table: Callable[[TableLook], object] | None = None

    def read_all(self, sources: Sources) -> Iterator[Progress]:
        """Read every file, yielding how far it is."""
        if CAN_WAIT_ASIDE:
            # Reading the modules of all readers takes longer than a frame.
            yield READING
        from annotator.formats.registry import belongs_beside

        for number, source in enumerate(sources):
            yield number, len(sources), source.name
            if source.name in self._choices.left_out or (
                len(sources) > 1 and belongs_beside(source)
            ):
                continue
            if self._preview:
                self._preview.begin(source)
            encoding = self._choices.encodings.get(source.name)
            context = replace(self._context, encoding=encoding) if encoding else self._context
            for step in self._read_one(source, context):
                yield step or (number, len(sources), source.name)
            if self._preview:
                self._preview.end()

    def _read_one(self, source: Source, context: ReadContext) -> Iterator[Progress | None]:
        from annotator.formats.registry import reader_for

        refused = self._report.refused
        try:
            reader = reader_for(source, self._format)
            for read in self._pieces(reader, source, context):
                if read:
                    self._take(read, reader.name, source)
                yield None
                if self._taker.is_behind:
                    if CAN_WAIT_ASIDE:
                        yield READING
                    self._taker.catch_up()
                    yield None
            self._report.files += 1
        except DoubtfulEncoding as doubt:
            if self._preview:
                self._preview.doubted(source, doubt)
            refused.append(Remark(source.name, str(doubt)))
        except Problem as problem:
            refused.append(Remark(source.name, str(problem).rstrip(".")))
        except OSError as error:
            refused.append(Remark(source.name, f"cannot be read ({error.strerror})"))

    def _take(self, read: Read, format: str, source: Source) -> None:
        for remark in read.remarks:
            (self._report.refused if remark.lost else self._report.notes).append(remark)
        before = self._report.added.articles
        if read.cells:
            self._taker.take_cells(read.cells, source.name)
        elif read.coded:
            self._taker.take(read.coded, source.name)
        if read.look and self.saw_table:
            self.saw_table(read.look)
        if self._preview:
            self._preview.saw(read, format, is_new=self._report.added.articles > before)

    def _pieces(
        self, reader: Reader, source: Source, context: ReadContext
    ) -> Iterator[Read | None]:
        """Yield what a reader finds; foreign formats, and much of our own, are read in another process."""
        if reader.name in OWN and not is_large(reader, source):
            return iter(reader.read(source, context))
        return self._worker.read(reader.name, source, context)


def is_large(reader: Reader, source: Source) -> bool:
    """Tell whether a file of our own lines is read in another process."""
    return reader.name == "jsonl" and bytes_of(source) >= LARGE_BYTES


def bytes_of(source: Source) -> int:
    """Return how large a file is; one that cannot be asked is told of when it is read."""
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
