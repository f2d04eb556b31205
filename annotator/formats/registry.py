"""Every format we read and write: one line each."""

from __future__ import annotations

from annotator.domain.errors import BadInput
from annotator.formats.archive_readers import FactivaReader, NexisReader
from annotator.formats.article_tables import TableReader
from annotator.formats.base import FolderWriter, Reader, Source, TextWriter
from annotator.formats.brat import BratReader, BratWriter
from annotator.formats.conll import ConllWriter, Scheme
from annotator.formats.conll_reader import ConllReader
from annotator.formats.dna import DnaReader
from annotator.formats.docbin import DocBinWriter
from annotator.formats.docbin_reader import DocBinReader
from annotator.formats.doccano import DoccanoReader, DoccanoWriter
from annotator.formats.docx import DocxReader
from annotator.formats.epub import EpubReader
from annotator.formats.event_list import EventListWriter
from annotator.formats.feed import FeedReader
from annotator.formats.hugging_face import HuggingFaceWriter
from annotator.formats.jsonl import JsonlReader, JsonlWriter
from annotator.formats.label_studio import LabelStudioWriter
from annotator.formats.label_studio_reader import LabelStudioReader
from annotator.formats.mardy import MardyReader
from annotator.formats.markdown_article import MarkdownReader
from annotator.formats.odt import OdtReader
from annotator.formats.opinions import OpinionReader, OpinionWriter
from annotator.formats.page import PageWriter
from annotator.formats.parquet import ParquetWriter
from annotator.formats.pdf import PdfReader
from annotator.formats.prodigy import ProdigyReader, ProdigyWriter
from annotator.formats.qdpx import QdpxWriter
from annotator.formats.qdpx_reader import QdpxReader
from annotator.formats.rtf import RtfReader
from annotator.formats.sample import SampleReader
from annotator.formats.saved_page import SavedPageReader
from annotator.formats.tables import Separator, TableWriter
from annotator.formats.tei import TeiWriter
from annotator.formats.txt import TextReader
from annotator.formats.uima_json import CasJsonReader, CasJsonWriter
from annotator.formats.uima_xmi import XmiReader, XmiWriter
from annotator.formats.web_annotation import WebAnnotationWriter
from annotator.formats.web_annotation_reader import WebAnnotationReader
from annotator.formats.webanno import WebAnnoWriter
from annotator.formats.webanno_reader import WebAnnoReader
from annotator.formats.xlsx import XlsxWriter

READERS: tuple[Reader, ...] = (
    NexisReader(),
    FactivaReader(),
    ConllReader(),
    TextReader(),
    JsonlReader(),
    ProdigyReader(),
    MardyReader(),
    DoccanoReader(),
    BratReader(),
    LabelStudioReader(),
    WebAnnotationReader(),
    OpinionReader(),
    DocBinReader(),
    DnaReader(),
    QdpxReader(),
    XmiReader(),
    CasJsonReader(),
    WebAnnoReader(),
    SampleReader(),
    MarkdownReader(),
    RtfReader(),
    DocxReader(),
    OdtReader(),
    EpubReader(),
    PdfReader(),
    FeedReader(),
    SavedPageReader(),
    TableReader(),
)

WRITERS: tuple[TextWriter | FolderWriter, ...] = (
    JsonlWriter(),
    TableWriter(Separator.CSV),
    TableWriter(Separator.TSV),
    XlsxWriter(),
    EventListWriter(),
    ProdigyWriter(),
    DoccanoWriter(),
    BratWriter(),
    LabelStudioWriter(),
    ConllWriter(Scheme.IOB2),
    ConllWriter(Scheme.BILOU),
    WebAnnotationWriter(),
    OpinionWriter(),
    DocBinWriter(),
    QdpxWriter(),
    XmiWriter(),
    CasJsonWriter(),
    WebAnnoWriter(),
    HuggingFaceWriter(),
    ParquetWriter(),
    TeiWriter(),
    PageWriter(),
)

COMPANIONS = frozenset(
    [
        "annotation.conf",
        "visual.conf",
        "labeling-config.xml",
        "typesystem.xml",
        "config.cfg",
        "readme.md",
    ]
)
"""Files that our folder formats bring along for other tools; they hold no articles."""


def belongs_beside(source: Source) -> bool:
    """Tell whether a file accompanies others and has nothing to read in itself."""
    return source.path.name.lower() in COMPANIONS


def reader_for(source: Source, name: str | None = None) -> Reader:
    """Return the reader named, or the one that takes the file.

    Raises:
        BadInput: none does.
    """
    if name:
        return reader_named(name)
    head = source.head()
    for reader in READERS:
        if reader.accepts(source, head):
            return reader
    if not head:
        raise BadInput("is empty: there is nothing to read")
    known = {suffix for reader in READERS for suffix in reader.suffixes}
    suffix = source.path.suffix.lower()
    if suffix in known:
        raise BadInput(
            f"is called {suffix}, but holds nothing of that kind that we read: it may be damaged, "
            "or made for another program"
        )
    suffixes = ", ".join(sorted(known))
    raise BadInput(f"is in no format we read ({suffixes}): see “annotator formats”")


def reader_named(name: str) -> Reader:
    """Return a reader by name; raise BadInput if there is none."""
    for reader in READERS:
        if reader.name == name:
            return reader
    raise BadInput(
        f"“{name}” is no format we read: choose {', '.join(reader.name for reader in READERS)}"
    )


def writer_named(name: str) -> TextWriter | FolderWriter:
    """Return a writer by name; raise BadInput if there is none."""
    for writer in WRITERS:
        if writer.name == name:
            return writer
    raise BadInput(
        f"“{name}” is no format we write: choose {', '.join(writer.name for writer in WRITERS)}"
    )
