"""Evaluating: one file or view of a project against another, article by article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.coded import CodedArticle, Remark
from annotator.domain.errors import BadInput
from annotator.domain.identity import derived_id, system_clock
from annotator.domain.suffix import SUFFIX
from annotator.formats.base import ReadContext, Source
from annotator.formats.jsonl import JsonlReader
from annotator.services import opening
from annotator.services.codebooks import default_codebook
from annotator.services.coding import coded_articles
from annotator.services.exporting import VIEWS
from annotator.services.scoring import Scores, score
from annotator.services.wording import counted


@dataclass(slots=True)
class Evaluation:
    """Scores, and what could not be compared.

    Attributes:
        alone: articles that only one of the two sides has.
        remarks: what could not be read.
    """

    scores: Scores
    alone: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """Return everything as plain data."""
        return {
            **self.scores.as_data(),
            "only_on_one_side": self.alone,
            "not_read": [f"{remark.where} {remark.what}" for remark in self.remarks],
        }

    def in_words(self) -> list[str]:
        """Return everything in words."""
        lines = self.scores.in_words()
        if self.alone:
            are = (
                "is on one side only and was"
                if self.alone == 1
                else "are on one side only and were"
            )
            lines.append(f"{counted(self.alone, 'article')} {are} left out.")
        lines += [f"{remark.where} {remark.what}." for remark in self.remarks[:20]]
        return lines


def evaluate(predicted: str, reference: str, *, anywhere: bool = False) -> Evaluation:
    """Score one side against the other; each is a JSONL file, or a project with ``:view`` behind it.

    An article that several people coded is compared with each of them.

    Raises:
        BadInput: a side cannot be read, or both have no article in common.
    """
    remarks: list[Remark] = []
    mine = _by_text(predicted, remarks, anywhere=anywhere)
    theirs = _by_text(reference, remarks, anywhere=anywhere)
    common = sorted(mine.keys() & theirs.keys())
    if not common:
        raise BadInput(
            f"{predicted} and {reference} have no coded article in common: texts have to be the same."
        )
    pairs = ((one, two) for sha in common for one in mine[sha] for two in theirs[sha])
    return Evaluation(score(pairs), len(mine.keys() ^ theirs.keys()), remarks)


def _by_text(side: str, remarks: list[Remark], *, anywhere: bool) -> dict[str, list[CodedArticle]]:
    found: dict[str, list[CodedArticle]] = {}
    with _codings(side, remarks, anywhere=anywhere) as codings:
        for coded in codings:
            if coded.annotator or coded.marks or coded.states or coded.view != "annotator":
                found.setdefault(coded.text_sha256, []).append(coded)
    return found


@contextmanager
def _codings(
    side: str, remarks: list[Remark], *, anywhere: bool
) -> Iterator[Iterator[CodedArticle]]:
    name, _, view = side.rpartition(":")
    if view not in VIEWS or not name:
        name, view = side, VIEWS[0]
    path = Path(name)
    if path.suffix == SUFFIX or path.with_name(path.name + SUFFIX).exists():
        with opening.open_project(path, None, anywhere=anywhere) as project:
            yield coded_articles(project.db, view)
    else:
        yield _lines(path, remarks)


def _lines(path: Path, remarks: list[Remark]) -> Iterator[CodedArticle]:
    if not path.is_file():
        raise BadInput(f"{path.name} is not there: name a JSONL file, or a project and its view.")
    nobody: Callable[[str], None] = lambda _: None  # noqa: E731
    context = ReadContext(
        codebook=default_codebook(),
        codebook_version=1,
        now=system_clock(),
        annotator_id=lambda person: derived_id("annotator", person),
        text_of=nobody,
        text_named=nobody,
        annotator="predicted",
    )
    for read in JsonlReader().read(Source(path, path.name), context):
        remarks += read.remarks
        if read.coded is not None:
            yield read.coded
