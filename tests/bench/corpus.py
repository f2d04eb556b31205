"""Articles and marks made for measuring: the same ones every time, from nothing but a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.identity import derived_id
from annotator.domain.text import sha256_of

_SYLLABLES = [
    "ka",
    "ren",
    "to",
    "mi",
    "sol",
    "ver",
    "dan",
    "el",
    "ru",
    "na",
    "bri",
    "os",
    "tal",
    "en",
    "fo",
    "qui",
    "lam",
    "ster",
    "ae",
    "po",
]
_ODD = ("😀", "é", "سلام", "“so”", "l’or", "שלום")


def words(chance: random.Random, count: int, *, odd: bool) -> list[str]:
    """Return made-up words; with ``odd`` some emoji, Arabic and curly quotes among them."""
    made = []
    for _ in range(count):
        if odd and chance.random() < 0.02:
            made.append(chance.choice(_ODD))
        else:
            word = "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3))))
            made.append(word.capitalize() if chance.random() < 0.12 else word)
    return made


def text_of(chance: random.Random, length: int, *, odd: bool = False) -> str:
    """Return a text of about so many characters, in sentences and paragraphs."""
    parts: list[str] = []
    size = 0
    while size < length:
        sentence = " ".join(words(chance, chance.randint(6, 24), odd=odd)).capitalize() + "."
        parts.append(sentence + ("\n\n" if chance.random() < 0.25 else " "))
        size += len(parts[-1])
    return "".join(parts).strip() + "\n"


def extents(chance: random.Random, text: str, count: int) -> list[tuple[int, int]]:
    """Return places of marks at word edges, from one word to a long sentence, overlapping freely."""
    starts = [
        0,
        *(
            place + 1
            for place, sign in enumerate(text[:-1])
            if sign in " \n" and text[place + 1] not in " \n"
        ),
    ]
    found = []
    while len(found) < count:
        first = chance.randrange(len(starts) - 1)
        last = min(first + chance.choice((1, 1, 2, 2, 3, 8, 15)), len(starts) - 1)
        start, end = starts[first], starts[last]
        while end > start and text[end - 1] in " \n":
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def lines(articles: int, marks: int, seed: int = 7) -> Iterator[str]:
    """Yield lines of our JSONL: articles of 300 to 3,000 words with so many marks each."""
    chance = random.Random(seed)
    for number in range(articles):
        text = text_of(
            chance, min(int(1800 * chance.paretovariate(2.2)), 18_000), odd=number % 7 == 0
        )
        yield json.dumps(line(chance, number, text, marks), ensure_ascii=False)


def line(chance: random.Random, number: int, text: str, count: int) -> dict[str, Any]:
    """Return one article with so many actors and claims, each claim with its source."""
    return coded_line(chance, number, text, extents(chance, text, count))


def coded_line(
    chance: random.Random,
    number: int,
    text: str,
    places: Iterable[tuple[int, int]],
    who: str = "A01",
) -> dict[str, Any]:
    """Return a line of our JSONL with a mark at each place: two actors, then a claim of one of them."""
    actors: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for serial, (start, end) in enumerate(places):
        base = {
            "id": derived_id("bench", str(number), str(serial), *([who] if who != "A01" else [])),
            "start": start,
            "end": end,
            "text": text[start:end],
            "fragments": [[start, end]],
        }
        if serial % 3 or not actors:
            actors.append(
                {
                    **base,
                    "type": "person",
                    "entity": None,
                    "named": True,
                    "origin": "manual",
                    "suggester": None,
                }
            )
        else:
            source = chance.choice(actors)["id"]
            claims.append(
                {
                    **base, "mode": "direct", "stance": "none", "kind": None, "topics": [], "date": None,
                    "sources": [source], "source_voice": None, "cue": None, "addressees": [], "about": [],
                    "inside": None, "origin": "manual", "suggester": None,
                }
            )  # fmt: skip
    return {
        "format": "annotator/1", "id": derived_id("bench article", str(number)), "text": text,
        "text_sha256": sha256_of(text), "offset_unit": "codepoint",
        "meta": {"title": f"Article {number}", "author": None, "publisher": f"Paper {number % 9}", "url": None,
                 "published": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}", "language": "en", "licence": None,
                 "source_file": None, "extra": {}},
        "split": None, "duplicate_group": None, "view": "annotator", "annotator": who, "codebook_version": 1,
        "states": {"actor": "done", "claim": "open", "cue": "open", "sentiment": "open"},
        "entities": [], "actors": actors, "claims": claims, "sentiments": [], "other": [],
    }  # fmt: skip
