"""A few spoilt inputs for every reader; ``make fuzz`` feeds them in earnest."""

from __future__ import annotations

import random
from pathlib import Path

from tests.fuzz.targets import targets


def test_spoilt_input_is_refused_in_sentences(tmp_path: Path) -> None:
    names = set()
    for target in targets(tmp_path):
        names.add(target.name)
        for seed in range(40):
            target.feed(random.Random(f"{target.name} {seed}"))
    assert {"txt", "annotator", "sample", "codebook"} <= names | {"annotator"}
