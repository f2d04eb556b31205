"""Ten thousand marks in one article go out and come back, in every format that does both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.coded import CodedArticle
from annotator.domain.fragment import Fragment
from annotator.domain.identity import derived_id
from annotator.domain.link import link_id
from annotator.formats.registry import READERS, WRITERS
from tests.formats.contract import links_of, marks_of, read, without, write
from tests.formats.test_known_cases import BOOK, coded

MANY, WIDTH = 10_000, 6
READ = {reader.name for reader in READERS} | {"bilou"}
KEEPS_NO_IDS = {"conll", "bilou"}


def article() -> CodedArticle:
    """Return one long sentence of so many words, each word marked, every third one tied."""
    words = [f"w{number:04}"[:5] for number in range(MANY)]
    text = " ".join(words) + "."
    first = coded(text, ("actor", words[0]), ("claim", words[1]), links=[("source", 1, 0)])
    one, link = first.marks[0], first.links[0]
    marks = tuple(
        replace(
            one,
            id=derived_id("mark", word),
            layer=("actor", "claim", "sentiment")[number % 3],
            fragments=(Fragment(number * WIDTH, number * WIDTH + 5, word),),
        )
        for number, word in enumerate(words)
    )
    ties = tuple(
        replace(
            link,
            id=link_id(marks[number].id, "source", marks[number - 1].id),
            start=marks[number].id,
            end=marks[number - 1].id,
        )
        for number in range(1, MANY, 3)
    )
    return replace(first, marks=marks, links=ties)


@pytest.mark.parametrize(
    "writer", [each for each in WRITERS if each.name in READ], ids=lambda each: each.name
)
def test_ten_thousand_marks_come_back(writer, tmp_path: Path) -> None:  # I3
    whole = article()
    target = tmp_path / f"out{'' if writer.suffix == '.zip' else writer.suffix}"
    losses = write(writer, [whole], BOOK, target)
    kept = without([whole], losses, BOOK)
    came = read(target, BOOK).in_order()
    by_id = writer.name not in KEEPS_NO_IDS
    assert marks_of(came, by_id) == marks_of(kept, by_id)
    assert links_of(came, by_id) == links_of(kept, by_id)
    if writer.name != "semeval":  # holds sentiment and what it is about
        assert sum(len(item.marks) for item in came) == MANY
