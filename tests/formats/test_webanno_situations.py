"""Each situation of WebAnno TSV comes in as it should, goes out, and comes back the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotator.domain.coded import CodedArticle
from annotator.formats.webanno import WebAnnoWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import (
    Taken,
    links_of,
    marks_of,
    read,
    slices_hold,
    values_in,
    without,
    write,
)
from tests.formats.webanno_situations import SITUATIONS, Situation, file_of

BOOK = default_codebook()


def came_in(situation: Situation, folder: Path) -> tuple[Taken, CodedArticle]:
    path = folder / "article.tsv"
    path.write_text(file_of(situation), encoding="utf-8", newline="")
    taken = read(path, BOOK, labels=situation.labels)
    (coded,) = taken.in_order()
    return taken, coded


def test_every_situation_has_a_name_of_its_own() -> None:
    names = [situation.name for situation in SITUATIONS]
    assert len(names) == len(set(names)) >= 100


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_a_situation_comes_in(situation: Situation, tmp_path: Path) -> None:
    taken, coded = came_in(situation, tmp_path)
    assert coded.text is not None
    if situation.text is not None:
        assert coded.text.text.split() == situation.text.split()
    assert slices_hold([coded])
    assert counted((m.layer, m.text, dict(m.attributes)) for m in coded.marks) == counted(
        situation.marks
    )
    words = {mark.id: mark.text for mark in coded.marks}
    found = sorted((words[link.start], link.type, words[link.end or ""]) for link in coded.links)
    assert found == sorted(situation.links)
    lost: Counter[str] = Counter()
    for remark in taken.remarks:
        lost[remark.kind] += remark.lost
    assert +lost == situation.lost
    said = "\n".join(remark.what for remark in taken.remarks)
    assert all(words in said for words in situation.told), said


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_a_situation_goes_out_and_comes_back(situation: Situation, tmp_path: Path) -> None:
    _, coded = came_in(situation, tmp_path)
    losses = write(WebAnnoWriter(), [coded], BOOK, tmp_path / "out")
    again = read(tmp_path / "out", BOOK)
    assert [remark for remark in again.remarks if remark.lost] == []
    (back,) = again.in_order()
    kept = without([coded], losses, BOOK)
    assert back.text == coded.text
    assert marks_of([back], by_id=True) == marks_of(kept, by_id=True)
    assert links_of([back], by_id=True) == links_of(kept, by_id=True)
    assert values_in([back]) == values_in(kept)
    assert losses == []


def counted(marks: object) -> Counter[str]:
    """Return how often each mark is there, as something that can be counted."""
    return Counter(repr((layer, words, sorted(values.items()))) for layer, words, values in marks)  # type: ignore[attr-defined]
