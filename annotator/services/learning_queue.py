"""Which article teaches most: those about which suggesters are unsure or differ, some by chance.

A score is a mean over the suggestions of an article, so that long articles do not come first
for being long. A share of the queue is taken by chance, so that what is counted later still
tells something about all articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.identity import Id
from annotator.services.answering import is_kept_back
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import articles, states, suggestions

BY_CHANCE = "by chance, so that counts stay fair"


@dataclass(frozen=True, slots=True)
class Turn:
    """One article of the queue.

    Attributes:
        worth: how much it could teach, 0 to 1; None where it came by chance.
        reason: why it comes here, in words.
    """

    article: Id
    worth: float | None
    reason: str


@dataclass(slots=True)
class _Waiting:
    """What waits in one article."""

    count: int = 0
    unsure: float = 0.0
    first: str = ""
    others: int = 0


def queue(project: Project) -> list[Turn]:
    """Return the articles on which something is open for the annotator, in the order of the queue."""
    policy = project.codebook.suggesting
    seed = f"{project.file.id} {project.annotator.id}"
    open_ones = list(_open(project))
    by_chance = sorted(open_ones, key=lambda id: _chance(seed, id))
    waiting = _waiting(project)
    known = {
        id: _turn(id, waiting[id])
        for id in open_ones
        if id in waiting and not is_kept_back(id, policy.kept_back)
    }
    best = sorted(known.values(), key=lambda turn: (-(turn.worth or 0.0), turn.article))
    return list(_mixed(best, by_chance, policy.by_chance, seed))


def _mixed(best: list[Turn], by_chance: list[Id], share: int, seed: str) -> Iterator[Turn]:
    """Yield each article once: the most worth first, a share of them taken by chance."""
    taken: set[Id] = set()
    ranked, drawn = iter(best), iter(by_chance)
    for place in range(len(by_chance)):
        turn = None
        if int(_chance(seed, f"place {place}"), 16) % 100 >= share:
            turn = next((item for item in ranked if item.article not in taken), None)
        if turn is None:
            id = next((id for id in drawn if id not in taken), None)
            turn = Turn(id, None, BY_CHANCE) if id is not None else None
        if turn is None:
            turn = next((item for item in ranked if item.article not in taken), None)
        if turn is None:
            return
        taken.add(turn.article)
        yield turn


def _open(project: Project) -> Iterator[Id]:
    layers = [layer.name for layer in project.codebook.open_layers]
    finished = states.finished(project.db, project.annotator.id, layers) if layers else None
    # Only their ids: reading ten thousand articles takes longer than a window may wait.
    for id in articles.ids(project.db):
        if finished is not None and id not in finished:
            yield id


def _waiting(project: Project) -> dict[Id, _Waiting]:
    found: dict[Id, _Waiting] = {}
    for article, suggester, count, unsure in suggestions.unsureness(project.db):
        item = found.setdefault(article, _Waiting())
        item.unsure += unsure * count
        item.count += count
        if item.first:
            # A second suggester keeps only what the first one has not proposed just so.
            item.others += count
        item.first = item.first or suggester
    return found


def _turn(id: Id, waiting: _Waiting) -> Turn:
    unsure = waiting.unsure / waiting.count
    differ = waiting.others / waiting.count
    told = [f"{unsure:.0%} unsure on {counted(waiting.count, 'suggestion')}"]
    if waiting.others:
        told.append(f"suggesters differ on {waiting.others:,}")
    return Turn(id, (unsure + differ) / 2, "; ".join(told))


def _chance(seed: str, thing: str) -> str:
    return hashlib.sha256(f"{seed} {thing}".encode()).hexdigest()
