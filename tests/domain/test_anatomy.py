"""Zones say what a stretch of a text is; the rules that find them are strict."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.anatomy import (
    EXTRA,
    Quiet,
    Zone,
    ZoneKind,
    completed,
    dateline,
    guess,
    quiet,
    with_zones,
    zones,
)
from annotator.domain.article import Meta

STORY = """Harbour strike enters second week

By Ana Ruiz and Omar Said

VELDHAVEN, 14 March (Reuters) — Dock workers will stay off the job, their union said.

“We will not go back,” said Amal Haddad – by hand, as she put it.

Photo: Workers at the gate on Monday

© 2026 The Daily. All rights reserved.
"""


def named(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(zone.kind.value, text[zone.start : zone.end]) for zone in guess(text, title)]


def test_the_rules_find_the_parts_of_a_story() -> None:
    assert named(STORY, "Harbour strike enters second week") == [
        ("headline", "Harbour strike enters second week"),
        ("byline", "By Ana Ruiz and Omar Said"),
        ("dateline", "VELDHAVEN, 14 March (Reuters)"),
        ("caption", "Photo: Workers at the gate on Monday"),
        ("boilerplate", "© 2026 The Daily. All rights reserved."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By the time the third summer came, nobody talked about the weather any more.",
        "By Monday",
        "Photo evidence was shown to the court on Monday, said the judge.",
        "Von einem Streit war die Rede.",
        "The U.N. — which met on Monday — said nothing.",
        "He said: all rights are rights.",
        "Related matters were left for later, the court said.",
    ],
)
def test_what_only_begins_alike_is_left_alone(line: str) -> None:
    text = f"A headline\n\n{line}\n\nMore of it."
    assert [kind for kind, words in named(text) if words != "By Monday"] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("PORT SAID, May 4 (AP) — The canal", "PORT SAID, May 4 (AP)"),
        ("LONDON (Reuters) - The bank", "LONDON (Reuters)"),
        ("Berlin (dpa) - Die Bank", "Berlin (dpa)"),
        ("MÜNCHEN – Die Bahn", "MÜNCHEN"),
        ("The bank – a large one – failed", None),
        ("A – B", None),
    ],
)
def test_datelines(line: str, found: str | None) -> None:
    end = dateline(line)
    assert (line[:end] if end else None) == found


def test_what_the_source_told_comes_before_the_rules() -> None:
    told = [Zone(0, 7, ZoneKind.CAPTION)]
    meta = with_zones(Meta(title="Harbour strike enters second week"), told)
    assert zones(meta, STORY) == tuple(told)
    assert with_zones(Meta(), []) == Meta()


@pytest.mark.parametrize(
    "raw", ["", "x", "[]x", '[["headline",0,999]]', '[["poem",0,3]]', '[["byline",4,4]]', "[1]"]
)
def test_zones_that_do_not_fit_are_as_good_as_none(raw: str) -> None:
    meta = Meta(title="Harbour strike enters second week", extra={EXTRA: raw})
    assert zones(meta, STORY) == tuple(guess(STORY, meta.title))


@pytest.mark.parametrize(
    "line",
    [
        "FILE PHOTO: A ship", "Bild: dpa", "A ship (Photo by Ana Ruiz)", "Workers (Somebody/Getty Images)",
        "(c) 2026 Daily", "Copyright by the Daily", "Alle Rechte vorbehalten", "Tous droits réservés", "Foto – Ana",
        "Todos los derechos reservados", "Tutti i diritti riservati", "Sign up for our letter", "Subscribe to the Daily",
        "Follow us on X", "Click here", "READ MORE: x", "Read also: x", "Related: x", "Share this", "Advertisement",
        "Story continues below", "This material may not be published, broadcast or rewritten", "Légende : x",
    ],
)  # fmt: skip
def test_asides_of_every_kind_are_found(line: str) -> None:
    assert named(f"{STORY[:200]}\n\n{line}\n")[-1][1] == line


@given(text=st.text(st.sampled_from("AB y\n(),—-–©By:Photo"), max_size=200))
def test_zones_lie_in_order_inside_the_text(text: str) -> None:
    found = list(guess(text, "By A"))
    assert found == sorted(found)
    for zone in found:
        assert 0 <= zone.start < zone.end <= len(text)
        assert text[zone.start : zone.end].strip()
    for before, after in pairwise(found):
        assert before.end <= after.start


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(list(ZoneKind))), max_size=6
).map(lambda items: [Zone(start, start + length, kind) for start, length, kind in items])


@given(told=spans, found=spans)
def test_the_rules_only_fill_gaps(told: list[Zone], found: list[Zone]) -> None:
    told = [
        zone
        for place, zone in enumerate(sorted(told))
        if all(zone.start >= one.end for one in sorted(told)[:place])
    ]
    result = completed(told, found)
    assert [zone for zone in told if zone not in result] == []
    for zone in result:
        if zone not in told:
            assert all(zone.end <= one.start or zone.start >= one.end for one in told)


lines = st.sampled_from(
    [
        *STORY.splitlines(),
        "By Ana Ruiz",
        "LIMA (AP) — Rain fell.",
        "Photo: the gate",
        "   ",
        "©",
        "A plain line of the story.",
    ]
)


@given(written=st.lists(lines, max_size=30), told=st.booleans(), title=st.sampled_from([None, "©"]))
def test_what_is_quiet_is_the_same_paragraph_by_paragraph(
    written: list[str], told: bool, title: str | None
) -> None:
    text = "\n".join(written)
    meta = Meta(title=title)
    if told:
        meta = with_zones(meta, guess(text, title))
    parts, start = Quiet(meta, text), 0
    found: dict[tuple[int, int], None] = {}
    for line in text.split("\n"):
        found |= dict.fromkeys(parts.within(start, start + len(line)))
        start += len(line) + 1
    assert tuple(found) == quiet(zones(meta, text))
