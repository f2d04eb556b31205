"""Which article of a release goes into which split, and what is told about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from annotator.analysis.copies import Pair
from annotator.analysis.splits import Division, Item, Leak, divide, split_named
from annotator.domain.article import Article
from annotator.domain.errors import Refused
from annotator.domain.identity import Id, derived_id
from annotator.domain.release import Release
from annotator.domain.splits import SPLITS, Method, Wish
from annotator.services.wording import quoted


def method_in_words(wish: Wish) -> str:
    """Return how articles were divided."""
    shares = ", ".join(
        f"{share:.0%} {name}".replace("%", " %")
        for name, share in zip(SPLITS, wish.shares, strict=True)
    )
    how = {
        Method.RANDOM: "At random" + (f", each {wish.strata} in proportion" if wish.strata else ""),
        Method.TIME: "By time, the earliest in train and the latest in test",
        Method.PUBLISHER: "By publisher, each in one split only",
    }[wish.method]
    return f"{how} ({shares})."


def division_of(
    some: Sequence[Article], wish: Wish, pairs: Iterable[Pair], last: Release | None
) -> Division:
    """Return the split of each article: what was released before keeps its own.

    Raises:
        Refused: copies stand in different splits already.
    """
    items = [
        Item(
            one.id,
            one.meta.publisher or "",
            one.meta.published or "",
            tuple(_ties(one)),
            (last.splits.get(one.id) if last else None) or split_named(one.split),
        )
        for one in some
    ]
    sure = [(pair.one, pair.other) for pair in pairs if pair.is_sure]
    try:
        return divide(items, sure, wish)
    except Leak as leak:
        titles = {one.id: one.title for one in some}
        listed = ", ".join(
            f"{quoted(titles[id])} in {split}" for id, split in list(leak.articles.items())[:4]
        )
        raise Refused(
            f"Nothing was written: articles that are copies of each other stand in different splits ({listed}). "
            "Give them one split, or say that they are no copies."
        ) from leak


def _ties(article: Article) -> list[str]:
    ties = [f"text {article.text_sha256}"]
    if article.duplicate_group:
        ties.append(f"group {article.duplicate_group}")
    if article.meta.url:
        ties.append(f"url {article.meta.url.strip().rstrip('/')}")
    return ties


def groups_of(
    division: Division, every: Mapping[Id, Article], pairs: Iterable[Pair]
) -> dict[Id, str]:
    """Return the name of each group of copies; articles that only share an address are none."""
    copies = {id for pair in pairs if pair.is_sure for id in (pair.one, pair.other)}
    texts = Counter(every[id].text_sha256 for id in division.of)
    found: dict[Id, str] = {}
    for unit in division.together:
        own = [
            id
            for id in unit
            if id in copies or every[id].duplicate_group or texts[every[id].text_sha256] > 1
        ]
        if len(own) > 1:
            found |= dict.fromkeys(own, derived_id("copies", min(own)))
    return found


def nearest_across(pairs: Iterable[Pair], splits: Mapping[Id, str]) -> float | None:
    """Return the largest share of words that articles of different splits have in common, if any is told."""
    across = [
        pair.containment
        for pair in pairs
        if pair.one in splits and pair.other in splits and splits[pair.one] != splits[pair.other]
    ]
    return max(across, default=None)
