"""A release loads in other programs just as it was written, and its description is valid."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.release import About, Texts
from annotator.services import project as projects
from annotator.services import releasing
from annotator.services.release_plan import Order
from tests.interop.peers import Peer
from tests.support.study import PEOPLE, make_study

Ask = Callable[[str], Peer]
Json = dict[str, Any]

pytestmark = pytest.mark.timeout(3000)

ORDER = Order(About("docks", licence="CC-BY-4.0", creators=("The dock study",)), "1.0.0", draws=10)

HUB = {"train": "train", "dev": "validation", "test": "test"}


def lines(folder: Path, name: str) -> list[Json]:
    path = folder / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


@pytest.mark.parametrize("texts", list(Texts))
def test_a_release_loads_everywhere_as_it_was_written(
    texts: Texts, peer: Ask, tmp_path: Path
) -> None:
    with projects.open_existing(make_study(tmp_path), PEOPLE[0]) as project:
        folder = releasing.release(project, replace(ORDER, texts=texts), tmp_path).folder
    found = peer("release").ask(folder, scratch=tmp_path)
    rows = found["datasets"]
    assert rows["default"] == {hub: lines(folder, name) for name, hub in HUB.items()}
    for name in ("annotations", "soft_labels"):
        assert rows[name] == {"train": lines(folder, name)}
    for path in (folder / "data").iterdir():
        written = lines(folder, path.stem)
        assert found["pandas"][path.name] == [list(written[0]), len(written)]

    assert found["issues"] == ""
    assert found["records"].pop("splits") == list(HUB)
    ids = {name: [line["id"] for line in lines(folder, name)] for name in found["records"]}
    assert found["records"] == ids
    fragments = [mark["fragments"] for line in lines(folder, "train") for mark in line["claims"]]
    assert found["starts"] == fragments


def test_spacy_finds_the_words_of_every_mark(tmp_path: Path) -> None:
    import spacy

    with projects.open_existing(make_study(tmp_path), PEOPLE[0]) as project:
        folder = releasing.release(project, ORDER, tmp_path).folder
    nlp = spacy.blank("en")
    count = 0
    for line in lines(folder, "annotations"):
        doc = nlp(line["text"])
        for kind in ("actors", "claims", "sentiments", "other"):
            for mark in line[kind]:
                spans = [doc.char_span(start, end) for start, end in mark["fragments"]]
                assert all(spans)
                assert " … ".join(span.text for span in spans) == mark["text"]
                count += 1
    assert count == 84
