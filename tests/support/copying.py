"""Copies of a text as papers make them: cut, reworded, with their own lines around."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.bench.corpus import text_of

Edit = Callable[[str, random.Random], str]


def cut(share: float) -> Edit:
    """Keep so much of the beginning."""

    def edit(text: str, _: random.Random) -> str:
        words = text.split(" ")
        return " ".join(words[: max(1, round(len(words) * share))])

    return edit


def reworded(share: float) -> Edit:
    """Put another word in the place of so many."""

    def edit(text: str, chance: random.Random) -> str:
        words = text.split(" ")
        return " ".join(
            f"other{chance.randrange(10**6)}" if chance.random() < share else word for word in words
        )

    return edit


def with_boilerplate(text: str, _: random.Random) -> str:
    """Put the lines of a paper around it."""
    return (
        "By Rosa Lindqvist\nALMAR (Reuters) - "
        + text
        + "\nSign up for our morning newsletter.\n© 2026 The Almar Courier. All rights reserved.\n"
    )


def half_and_more(text: str, chance: random.Random) -> str:
    """Keep half and add what another desk wrote: as many words as that half has at most."""
    kept = cut(0.55)(text, chance)
    return kept + "\n\n" + text_of(chance, len(kept))


EDITS: dict[str, Edit] = {
    "cut to 80 %": cut(0.8),
    "cut to 50 %": cut(0.5),
    "2 % reworded": reworded(0.02),
    "5 % reworded": reworded(0.05),
    "boilerplate": with_boilerplate,
    "half and new": half_and_more,
}
"""Copies that keep at least half, by the kind of edit."""
