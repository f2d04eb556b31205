"""spaCy's own commands on what we wrote: the data is clean, the configuration trains."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.coded import CodedArticle
from annotator.formats.registry import writer_named
from annotator.services.codebooks import default_codebook
from tests.formats.contract import write
from tests.formats.test_known_cases import coded

pytestmark = pytest.mark.timeout(1800)

WHO = ("Amal Haddad", "the harbour union", "Lviv council", "Béa Ölmez", "the port authority")
SAID = ("said", "denied", "announced on Monday", "told reporters")
WHAT = (
    "that wages must rise",
    "that the night shift ends",
    "there was no money left",
    "the strike goes on",
)


def articles(count: int, split: str, chance: random.Random) -> list[CodedArticle]:
    """Return short news in plain English, with actors, cues and claims."""
    found = []
    for number in range(count):
        who, said, what = chance.choice(WHO), chance.choice(SAID), chance.choice(WHAT)
        other = chance.choice([name for name in WHO if name != who])
        text = (
            f"Report {number} of {split}.\n\nYesterday {who} {said} {what}. Nobody asked {other}."
        )
        made = coded(
            text,
            ("actor", who),
            ("cue", said),
            ("claim", what),
            ("actor", other),
            links=[("source", 2, 0), ("cue", 2, 1)],
        )
        found.append(replace(made, split=split))
        quiet = coded(f"Weather of {split} {number}.\n\nRain, said {who}.", ("actor", who))
        found.append(replace(quiet, split=split))
    return found


def spacy(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command of spaCy."""
    return subprocess.run(
        [sys.executable, "-m", "spacy", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export with a training and a development split."""
    chance = random.Random(5)
    out = tmp_path_factory.mktemp("spacy") / "out"
    everything = articles(120, "train", chance) + articles(40, "dev", chance)
    assert write(writer_named("spacy"), everything, default_codebook(), out) == []
    return out


def paths(corpus: Path) -> tuple[object, ...]:
    """Return where the splits are, as spaCy wants to be told."""
    return ("--paths.train", corpus / "train", "--paths.dev", corpus / "dev")


def test_debug_data_has_nothing_to_object_to(corpus: Path) -> None:
    done = spacy("debug", "data", corpus / "config.cfg", *paths(corpus), "--no-format")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    for wanted in (
        "Corpus is loadable",
        "No overlap between training and evaluation data",
        "No entities consisting of or starting/ending with whitespace",
        "No entities crossing sentence boundaries",
        "Spans are distinct from the rest of the corpus",
    ):
        assert wanted in said, said
    # The one warning is that two hundred short texts are few.
    assert "error" not in said.lower(), said
    assert "1 warning" in said, said


def test_the_configuration_trains(corpus: Path, tmp_path: Path) -> None:
    done = spacy(
        "train", corpus / "config.cfg", *paths(corpus), "--output", tmp_path / "model",
        "--training.max_steps", 40, "--training.eval_frequency", 20,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    import spacy as library

    nlp = library.load(tmp_path / "model" / "model-best")
    doc = nlp("Yesterday Amal Haddad said that wages must rise.")
    assert "claim" in doc.spans
    assert nlp.meta["performance"]["ents_f"] > 0.5
