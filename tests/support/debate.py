"""A made-up debate: who claims what, and who judges whom, over a year and in three papers."""

from __future__ import annotations

import json
import random
from pathlib import Path

from annotator.services import importing
from annotator.services.project import Project
from tests.support.material import make_project

PEOPLE = (
    "Lena Ode", "Marco Ruiz", "Harbour Workers’ Union", "Port Authority", "Transport Ministry",
    "Sofia Lindqvist", "Green Quay Initiative", "Malmberg Logistics", "City Council", "Joris Brandt",
    "Chamber of Trade", "Kita Parents’ Association", "Dredging Board", "Amal Haddad",
)  # fmt: skip
TOPICS = (
    "night pay", "automation", "port dues", "dredging", "shore power", "strike law", "rail link",
    "noise limits",
)  # fmt: skip
PAPERS = ("Veldhaven Courier", "Evening Post", "Harbour Weekly")


def make_debate(folder: Path, *, articles: int = 24, claims: int = 6, seed: int = 5) -> Project:
    """Return a project in which everybody has views that hardly change."""
    project = make_project(folder, name="debate")
    file = folder / "debate.jsonl"
    write_debate(file, articles=articles, claims=claims, seed=seed)
    importing.import_all(project, [file])
    file.unlink()
    return project


def write_debate(file: Path, *, articles: int, claims: int, seed: int = 5) -> None:
    """Write the debate as our own JSONL; the same seed gives the same bytes."""
    dice = random.Random(seed)
    views = {(who, topic): dice.random() < 0.5 for who in PEOPLE for topic in TOPICS}
    entities = [
        {
            "id": f"e{number}",
            "name": name,
            "type": "organisation",
            "aliases": [],
            "external_id": None,
        }
        for number, name in enumerate(PEOPLE)
    ]
    with file.open("w", encoding="utf-8") as out:
        for number in range(articles):
            out.write(json.dumps(_article(number, claims, dice, views, entities)) + "\n")


def _article(number: int, claims: int, dice: random.Random, views: dict, entities: list) -> dict:
    text = f"Article {number}.\n"
    actors: list[dict] = []
    said: list[dict] = []
    felt: list[dict] = []
    for at in range(claims):
        who = min(int(dice.expovariate(0.25)), len(PEOPLE) - 1)
        topic = dice.choice(TOPICS)
        other = dice.choice([n for n in range(len(PEOPLE)) if n != who])
        start = len(text)
        words = f"{PEOPLE[who]} spoke about {topic} and about {PEOPLE[other]}."
        text += f"{words}\n"
        for key, person in (("a", who), ("b", other)):
            place = text.index(PEOPLE[person], start)
            actors.append({
                "id": f"{key}{at}", "start": place, "end": place + len(PEOPLE[person]),
                "type": "organisation", "entity": f"e{person}",
            })  # fmt: skip
        stance = "support" if views[PEOPLE[who], topic] else "oppose"
        said.append({
            "id": f"c{at}", "start": start, "end": start + len(words), "mode": "reported",
            "stance": stance, "topics": [topic], "sources": [f"a{at}"],
        })  # fmt: skip
        if dice.random() < 0.5:
            felt.append({
                "id": f"s{at}", "start": start, "end": start + len(words) - 1,
                "polarity": "positive" if (who + other) % 2 else "negative",
                "intensity": dice.randint(1, 3), "holder": f"a{at}", "target": f"b{at}",
            })  # fmt: skip
    month, day = number * 12 // 24 % 12 + 1, number * 7 % 28 + 1
    return {
        "format": "annotator/1", "text": text, "annotator": ("Amal", "Bea")[number % 2],
        "meta": {
            "title": f"Debate, part {number + 1}", "publisher": PAPERS[number % 3],
            "published": f"2024-{month:02}-{day:02}",
        },
        "states": {"claim": "done"} if number % 4 else {},
        "entities": entities, "actors": actors, "claims": said, "sentiments": felt,
    }  # fmt: skip
