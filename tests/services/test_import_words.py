"""What an import says: short where much is the same, and every item counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.coded import Remark
from annotator.formats.base import Source
from annotator.formats.remarks import Remarks
from annotator.services import saying
from annotator.services.import_report import MOST_TITLES, Counts, Preview, Report


def test_the_same_sentence_about_many_places_is_said_once() -> None:
    unknown = [Remark(f"{n}.ann", "the label “X” is unknown", n) for n in range(1, 6)]
    copies = [Remark(f"{n}.txt", f"is a copy of “story {n}”", 0) for n in range(6)]
    ordered = [Remark(f"{n}.ann, line {n}", f"claim T{n} was put in order", 0) for n in range(9)]
    few = [Remark("a.ann", "is damaged"), Remark("b.ann", "is damaged.")]
    report = Report(refused=Remarks([*unknown, *few]), notes=Remarks([*copies, *ordered]))
    assert report.details() == [
        "1.ann: the label “X” is unknown. The same in 4 other places, 15 items in all: 2.ann; 3.ann; 4.ann; 5.ann.",
        "a.ann: is damaged.",
        "b.ann: is damaged.",
        *(f"{n}.txt: is a copy of “story {n}”." for n in range(6)),
        "0.ann, line 0: claim T0 was put in order. The same in 8 other places: "
        + "; ".join(f"{n}.ann, line {n}" for n in range(1, 9))
        + ".",
    ]
    assert report.in_words() == [
        "Added nothing.",
        "Not taken: 17 items.",
        "Worth a look: 15 items.",
    ]


def test_more_different_sentences_than_memory_should_hold_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saying, "MOST_SENTENCES", 2)
    told = [Remark(f"{n}.txt", f"is a copy of “story {n}”", n) for n in range(5)]
    assert list(saying.lines([*told, *told[:1]])) == [
        "0.txt: is a copy of “story 0”.",
        "0.txt: is a copy of “story 0”.",
        "1.txt: is a copy of “story 1”.",
        "… and 3 more remarks, 9 items in all: the command line lists them all (--report FILE).",
    ]


def test_what_stands_with_no_file_is_told_apart(tmp_path: Path) -> None:
    preview = Preview()
    preview.refused.append(Remark("", "before any file"))
    for name in ("a.txt", "b.txt"):
        preview.begin(Source(tmp_path / name, name))
        preview.refused += [Remark(name, f"{n}") for n in range(MOST_TITLES + 1)]
        preview.notes.append(Remark(name, "look", 0))
        preview.end()
    preview.notes.append(Remark("", "after all", 0))
    assert [one.what for one in preview.unlisted()] == [
        "before any file", *[str(MOST_TITLES)] * 2, "after all",
    ]  # fmt: skip
    assert [file.lost for file in preview.told] == [MOST_TITLES + 1] * 2


def test_what_was_there_may_have_come_from_an_earlier_file() -> None:
    report = Report(files=2, added=Counts(articles=1), there=Counts(articles=1, marks=2))
    assert report.in_words() == [
        "Added 1 article.",
        "Already there, or in an earlier file: 1 article, 2 marks.",
    ]
