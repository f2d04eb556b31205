"""Which article teaches most: those about which suggesters are unsure or differ, some by chance.

A score is a mean over the suggestions of an article, so that long articles do not come first
for being long. A share of the queue is taken by chance, so that what is counted later still
tells something about all articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, sliced
from annotator.services.answering import is_kept_back
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import articles, states, suggestions

ARTICLES = 200
"""In so many articles is looked for what is open and what waits in one slice."""

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


@sliced
def queue(project: Project) -> Slices[list[Turn]]:
    """Return the articles on which something is open for the annotator, in the order of the queue."""
    policy = project.codebook.suggesting
    seed = f"{project.file.id} {project.annotator.id}"
    drawn: list[tuple[str, Id]] = []
    best: list[Turn] = []
    for some in articles.ids_in_pages(project.db, ARTICLES):
        open_ones = _open(project, some)
        drawn += [(_chance(seed, id), id) for id in open_ones]
        asked = [id for id in open_ones if not is_kept_back(id, policy.kept_back)]
        best += [_turn(id, waiting) for id, waiting in _waiting(project, asked).items()]
        yield
    by_chance = [id for _, id in sorted(drawn)]
    yield
    best.sort(key=lambda turn: (-(turn.worth or 0.0), turn.article))
    turns: list[Turn] = []
    for turn in _mixed(best, by_chance, policy.by_chance, seed):
        turns.append(turn)
        if len(turns) % MANY == 0:
            yield
    return turns


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


def _open(project: Project, some: Sequence[Id]) -> list[Id]:
    """Return on which of some articles something is open."""
    layers = [layer.name for layer in project.codebook.open_layers]
    if not layers:
        return []
    finished = states.finished(project.db, project.annotator.id, layers, some)
    return [id for id in some if id not in finished]


def _waiting(project: Project, some: Sequence[Id]) -> dict[Id, _Waiting]:
    """Return what waits in some articles, as far as anything does."""
    found: dict[Id, _Waiting] = {}
    for article, suggester, count, unsure in suggestions.unsureness(project.db, some):
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
