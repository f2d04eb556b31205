"""The bench of memory measures every format there is, with files that each reader really takes."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.formats.registry import READERS, WRITERS
from annotator.services import importing
from tests.bench import corpus
from tests.bench.many_files import MAKERS
from tests.bench.streaming import EXPORT, IMPORT, works
from tests.support.material import make_project

EACH = 3


def test_every_format_is_measured() -> None:
    found = works()
    assert {work.format for work in found if work.act == EXPORT} == {item.name for item in WRITERS}
    exported = {item.name for item in READERS} & {item.name for item in WRITERS}
    assert {item.name for item in READERS} == exported | MAKERS.keys()
    shapes = {shape for makers in MAKERS.values() for shape in makers}
    imported = [work.format for work in found if work.act == IMPORT]
    assert sorted(imported) == sorted(exported | shapes)
    assert all(work.maker() for work in found if work.format in shapes)


def test_the_files_that_are_made_hold_what_they_should(tmp_path: Path) -> None:
    shapes = [(shape, make) for makers in MAKERS.values() for shape, make in makers.items()]
    for number, (shape, make) in enumerate(shapes):
        chance = random.Random(number)
        folder = tmp_path / "in" / shape
        folder.mkdir(parents=True)
        make(folder, [corpus.text_of(chance, 300) for _ in range(EACH)])
    with make_project(tmp_path) as project:
        report = importing.import_all(project, [tmp_path / "in"])
    books = EACH + 1  # each book of three has a second story, which is the same in all of them
    # The speakers of the statements stand nowhere in the texts.
    assert [one for one in report.refused if "study.dna" not in one.where] == []
    assert report.added.articles == EACH * (len(shapes) - 1) + books
