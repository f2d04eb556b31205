"""What an import says: short where much is the same, and every item counted."""

from __future__ import annotations

from annotator.domain.coded import Remark
from annotator.services.import_report import Report
from annotator.services.taking import Counts


def test_the_same_sentence_about_many_places_is_said_once() -> None:
    unknown = [Remark(f"{n}.ann", "the label “X” is unknown", n) for n in range(1, 6)]
    copies = [Remark(f"{n}.txt", f"is a copy of “story {n}”", 0) for n in range(6)]
    ordered = [Remark(f"{n}.ann, line {n}", f"claim T{n} was put in order", 0) for n in range(9)]
    few = [Remark("a.ann", "is damaged"), Remark("b.ann", "is damaged.")]
    report = Report(refused=[*unknown, *few], notes=[*copies, *ordered])
    assert report.details() == [
        "1.ann: the label “X” is unknown. The same in 4 other places, 15 items in all.",
        "a.ann: is damaged.",
        "b.ann: is damaged.",
        *(f"{n}.txt: is a copy of “story {n}”." for n in range(6)),
        "0.ann, line 0: claim T0 was put in order. The same in 8 other places.",
    ]
    assert report.in_words() == [
        "Added nothing.",
        "Not taken: 17 items.",
        "Worth a look: 15 items.",
    ]


def test_what_was_there_may_have_come_from_an_earlier_file() -> None:
    report = Report(files=2, added=Counts(articles=1), there=Counts(articles=1, marks=2))
    assert report.in_words() == [
        "Added 1 article.",
        "Already there, or in an earlier file: 1 article, 2 marks.",
    ]
