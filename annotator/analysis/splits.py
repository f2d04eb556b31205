"""Dividing articles into train, dev and test so that nothing leaks from one into another.

Copies of one article, articles with one text and those of one address go together. The same
articles, seed and shares give the same splits on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.splits import SPLITS, Method, Wish

_OTHER_NAMES = {"training": "train", "validation": "dev", "val": "dev", "development": "dev"}


class Leak(Refused):
    """Articles that belong together stand in different splits.

    Attributes:
        articles: the split of each of them.
    """

    def __init__(self, articles: Mapping[Id, str]) -> None:
        super().__init__(
            "Articles that are copies of each other were given to different splits, which would leak "
            "from one into the other."
        )
        self.articles = dict(articles)


@dataclass(frozen=True, slots=True)
class Item:
    """What counts of an article when it is given to a split.

    Attributes:
        published: ISO date, or empty.
        ties: keys that it must not share with an article of another split.
        kept: the split it was given before, which it keeps.
    """

    id: Id
    publisher: str = ""
    published: str = ""
    ties: tuple[str, ...] = ()
    kept: str | None = None


Unit = list[Item]
"""Articles that must stay together."""

Block = list[Unit]
"""Units that are given to one split together."""


@dataclass(frozen=True, slots=True)
class Division:
    """The split of each article, and the articles that had to stay together, two and more each."""

    of: Mapping[Id, str]
    together: tuple[tuple[Id, ...], ...] = ()
    notes: tuple[str, ...] = field(default=())


def split_named(name: str | None) -> str | None:
    """Return our name of a split such as “validation”; None for one that is none."""
    name = (name or "").strip().lower()
    name = _OTHER_NAMES.get(name, name)
    return name if name in SPLITS else None


def divide(items: Sequence[Item], pairs: Iterable[tuple[Id, Id]], wish: Wish) -> Division:
    """Return a split for each article.

    Args:
        pairs: articles that must stay together beside those that share a tie.

    Raises:
        Leak: articles that belong together keep different splits from before.
        Refused: publishers cannot be told apart, as copies tie them all together.
    """
    units = _units(sorted(items, key=lambda item: item.id), pairs)
    for unit in units:
        kept = {item.id: item.kept for item in unit if item.kept}
        if len(set(kept.values())) > 1:
            raise Leak(kept)
    notes: list[str] = []
    blocks = _publishers(units) if wish.method is Method.PUBLISHER else [[unit] for unit in units]
    if wish.method is Method.PUBLISHER and len(blocks) < sum(share > 0 for share in wish.shares):
        raise Refused(
            "The articles cannot be divided by publisher: there are too few publishers, or copies tie them "
            "together. Divide by time or at random."
        )
    if wish.method is Method.TIME:
        blocks = sorted(blocks, key=lambda block: (_day(block), block[0][0].id))
        undated = sum(not _day(block) for block in blocks)
        if undated:
            notes.append(f"{undated} without a date came first.")
        found = _cut(blocks, wish)
    else:
        blocks = sorted(blocks, key=lambda block: (_stratum(block, wish), _chance(block, wish)))
        found = _deal(blocks, wish)
    together = tuple(tuple(item.id for item in unit) for unit in units if len(unit) > 1)
    return Division(found, together, tuple(notes))


def _units(items: Sequence[Item], pairs: Iterable[tuple[Id, Id]]) -> list[Unit]:
    """Return the articles in units that must stay whole, by their first id."""
    leader: dict[str, str] = {}

    def top(key: str) -> str:
        while (above := leader.get(key, key)) != key:
            leader[key] = leader.get(above, above)
            key = above
        return key

    known = {item.id for item in items}
    ties = [(item.id, f"tie {tie}") for item in items for tie in item.ties]
    ties += [(one, other) for one, other in pairs if one in known and other in known]
    for one, other in ties:
        leader[top(other)] = top(one)
    units: dict[str, Unit] = {}
    for item in items:
        units.setdefault(top(item.id), []).append(item)
    return list(units.values())


def _publishers(units: Sequence[Unit]) -> list[Block]:
    """Return the articles of a publisher, with those of publishers it shares copies with, as one block."""
    stand_ins = [
        Item(str(number), ties=tuple(item.publisher for item in unit))
        for number, unit in enumerate(units)
    ]
    return [[units[int(item.id)] for item in some] for some in _units(stand_ins, ())]


def _cut(blocks: Sequence[Block], wish: Wish) -> dict[Id, str]:
    """Give the earliest to train, those after them to dev, the latest to test."""
    total = sum(map(_size, blocks))
    train, dev, _ = wish.shares
    bounds = (total * train, total * (train + dev))
    found: dict[Id, str] = {}
    seen = 0
    for block in blocks:
        middle = seen + _size(block) / 2
        split = SPLITS[sum(middle > bound for bound in bounds)]
        _give(found, block, split)
        seen += _size(block)
    return found


def _deal(blocks: Sequence[Block], wish: Wish) -> dict[Id, str]:
    """Give each block to the split that lacks most, so that every stratum is dealt in proportion."""
    found: dict[Id, str] = {}
    given = dict.fromkeys(SPLITS, 0)
    seen = 0
    for block in blocks:
        seen += _size(block)
        split = max(
            (name for name, share in zip(SPLITS, wish.shares, strict=True) if share > 0),
            key=lambda name: (
                wish.shares[SPLITS.index(name)] * seen - given[name],
                -SPLITS.index(name),
            ),
        )
        _give(found, block, split)
        for unit in block:
            given[found[unit[0].id]] += len(unit)
    return found


def _give(found: dict[Id, str], block: Block, split: str) -> None:
    """Give a block to a split; articles that have one from before, and their copies, keep it."""
    for unit in block:
        kept = next((item.kept for item in unit if item.kept), None)
        for item in unit:
            found[item.id] = kept or split


def _size(block: Block) -> int:
    return sum(map(len, block))


def _day(block: Block) -> str:
    """Return the latest day of a block, so that nothing of a later split is older than its copy."""
    return max(item.published[:10] for unit in block for item in unit)


def _stratum(block: Block, wish: Wish) -> str:
    if wish.method is not Method.RANDOM or not wish.strata:
        return ""
    first = block[0][0]
    return first.publisher if wish.strata == "publisher" else first.published[:7]


def _chance(block: Block, wish: Wish) -> str:
    return sha256(f"{wish.seed} {block[0][0].id}".encode()).hexdigest()
