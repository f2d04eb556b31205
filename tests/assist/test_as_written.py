"""Attributions as they are written: source, cue and content, in sentences made for these tests."""

from __future__ import annotations

import pytest

from annotator.assist.as_written import AsWritten
from annotator.assist.proposal import Request
from annotator.settings.places import resources_folder

SUGGESTER = AsWritten(resources_folder() / "lexicons")


def read(text: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each attribution."""
    found = SUGGESTER.propose(Request(text, "en"))
    words = [" … ".join(text[start:end] for start, end in item.extents) for item in found]
    return [
        (*(words[int(dict(item.links)[type])] if type in dict(item.links) else ""
           for type in ("source", "cue")), words[number])
        for number, item in enumerate(found)
        if item.layer == "claim"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“The ferry is late,” she said.", ("she", "said", "“The ferry is late,”")),
        (
            "As the Harbour Post noted, the ferry is never on time.",
            ("the Harbour Post", "noted", "the ferry is never on time"),
        ),
        (
            "But, the former pilot added, it is not the boat's fault.",
            ("the former pilot", "added", "it is not the boat's fault"),
        ),
        (
            "A recent port survey found 40 percent support for a new pier.",
            ("A recent port survey", "found", "40 percent support for a new pier"),
        ),
        (
            "The plan was rejected by the council.",
            ("the council", "was rejected", "The plan"),
        ),
        (
            "The crossing will be rough, said Lena Ode, director of the ferry line.",
            ("Lena Ode, director of the ferry line", "said", "The crossing will be rough"),
        ),
        (
            "Many fear the harbour will close.",
            ("Many", "fear", "the harbour will close"),
        ),
        (
            "Union leaders point out that the dues went up.",
            ("Union leaders", "point out", "that the dues went up"),
        ),
        (
            "The poll shows gains in the north.",
            ("The poll", "shows", "gains in the north"),
        ),
        (
            "The pilot, an old hand who has left the line, said the engine family was known to fail.",
            (
                "The pilot, an old hand who has left the line,",
                "said",
                "the engine family was known to fail",
            ),
        ),
        (
            "In May, a survey by a centre that counts boats, named twelve ports.",
            ("a survey by a centre", "named", "twelve ports"),
        ),
        (
            "Ode testified, for example, that the lamp was out.",
            ("Ode", "testified", "that the lamp was out"),
        ),
        (
            "Sen. Amal Haddad (I-Vt.) said the pier was safe.",
            ("Sen. Amal Haddad (I-Vt.)", "said", "the pier was safe"),
        ),
        (
            "Karim Nasser — a cook from the port — says the kitchen is cold.",
            ("Karim Nasser", "says", "the kitchen is cold"),
        ),
        (
            "The crew made the dubious claim that the map was wrong.",
            ("The crew", "claim", "that the map was wrong"),
        ),
        ("More from the port report: “Nobody counted the boats this year.”",
         ("More from the port report", ":", "“Nobody counted the boats this year.”")),
    ],
)  # fmt: skip
def test_an_attribution_is_read_as_it_stands(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in read(text)


def test_a_wish_is_a_content_here() -> None:
    assert ("The mayor", "wants", "to close the pier") in read("The mayor wants to close the pier.")


def test_no_cue_is_no_attribution() -> None:
    assert read("The ferry left at nine. The harbour was empty.") == []


@pytest.mark.parametrize(
    "text", ["Both alleged owners left.", "The claims desk of the port is shut."]
)
def test_a_noun_that_looks_like_a_verb_is_no_cue(text: str) -> None:
    assert read(text) == []
