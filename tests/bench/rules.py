"""How fast the rules read, on one core, beside spaCy's blank pipeline that only cuts into words.

``python -m tests.bench.rules`` measures several kinds of text. Figures are milliseconds of the
processor for 1,000 words, so that other work on the machine does not count.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Sequence

from annotator.assist.cutting import cutter
from annotator.assist.lexicons import words
from annotator.assist.proposal import Request
from annotator.assist.rules import Rules
from annotator.assist.sentences import plain
from annotator.settings.places import resources_folder, seeds_folder
from tests.bench import corpus
from tests.bench.bars import Bar
from tests.bench.measuring import Row, Timed, row, table

NAMES = (
    "Lena Holm",
    "Piet Maas",
    "Mayor Amal Haddad",
    "Ola Berg of the Dock Union",
    "police officials",
)
VERBS = ("said", "told reporters", "insisted", "wrote on Monday", "warned")
ROUNDS = 7
BAR = Bar(3, median=50)
"""Fifty milliseconds for a thousand words are 20,000 words a second."""
LEXICONS = resources_folder() / "lexicons"


def run() -> list[Row]:
    """Return a row for each kind of text."""
    return [_row(name, texts) for name, texts in kinds().items()]


def kinds() -> dict[str, list[str]]:
    """Return some ten thousand words of each kind of text."""
    chance = random.Random(5)
    seeds = [path.read_text(encoding="utf-8") for path in sorted(seeds_folder().glob("*.txt"))]
    return {
        "sample articles": seeds * 4,
        "nothing but speech": [_speech(chance) for _ in range(12)],
        "headlines": [_headlines(chance) for _ in range(12)],
        "words never seen": [corpus.text_of(chance, 6_000) for _ in range(12)],
    }


def _row(name: str, texts: Sequence[str]) -> Row:
    import spacy

    rules = Rules(LEXICONS)
    count = sum(len(text.split()) for text in texts)
    beside, own = Timed(), Timed()
    for _ in range(ROUNDS):
        # Both begin afresh: a tokenizer that saw a word before only looks it up.
        nlp = spacy.blank("en")
        gc.collect()
        beside.add(lambda nlp=nlp: list(nlp.pipe(texts)))
        plain.cache_clear()
        cutter.cache_clear()
        cutter("en", words(LEXICONS, "en")["abbreviation"])
        gc.collect()
        own.add(lambda: [rules.propose(Request(text, "en")) for text in texts])
    return row(
        f"rules, one core, 1,000 words: {name}",
        [took * 1_000 / count for took in own.cpu],
        beside=("nlp.pipe", [took * 1_000 / count for took in beside.cpu]),
        bar=BAR,
    )


def _speech(chance: random.Random) -> str:
    parts = []
    for _ in range(60):
        said = " ".join(corpus.words(chance, chance.randint(6, 16), odd=False)).capitalize()
        who, verb = chance.choice(NAMES), chance.choice(VERBS)
        parts.append(
            chance.choice((f"“{said},” {who} {verb}.", f"{who} {verb} that {said.lower()}."))
        )
    return "\n\n".join(parts)


def _headlines(chance: random.Random) -> str:
    return "\n".join(
        " ".join(corpus.words(chance, chance.randint(5, 11), odd=False)).title() for _ in range(120)
    )


if __name__ == "__main__":
    print(table(run()))
