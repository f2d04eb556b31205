"""A row of the list of articles: what it shows, and how it follows an act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from annotator.domain.article import Article, State, Verdict
from annotator.domain.codebook import CUE, Codebook, Layer
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.step import Change
from annotator.presentation.queue import Stage, stages
from annotator.services.reading import Listed
from annotator.services.wording import counted

ALIKE = 4_096
"""So many signs are kept at hand; they differ by layer, verdict and number of marks."""


@dataclass(frozen=True, slots=True)
class LayerSign:
    """The state of one layer in a row: its letter, the verdict, and how much is marked."""

    layer: str
    letter: str
    label: str
    verdict: Verdict
    count: int
    colour: tuple[str, str]


class Keyword(NamedTuple):
    """A coloured search that an article fits.

    Attributes:
        letter: what stands for it in the row.
        colour: in the light and the dark theme.
    """

    letter: str
    words: str
    colour: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row of the list.

    Attributes:
        copies: how many copies it has, in words; nothing if there are none.
        stages: every stage it is at.
    """

    id: Id
    title: str
    subtitle: str
    signs: tuple[LayerSign, ...]
    copies: str = ""
    published: str = ""
    publisher: str = ""
    keywords: tuple[Keyword, ...] = ()
    stages: tuple[Stage, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Find out its stages: thousands of rows are asked for them when others are to be shown."""
        object.__setattr__(self, "stages", _stages_of(self.signs))

    @property
    def spoken(self) -> str:
        """What a screen reader says for it."""
        parts = [f"{sign.label}: {sign.verdict.value}, {sign.count}" for sign in self.signs]
        return f"{self.title}. {'; '.join([self.copies, *parts] if self.copies else parts)}"

    @property
    def is_finished(self) -> bool:
        """Tell whether every layer has a verdict."""
        return Stage.FINISHED in self.stages

    def after(self, changes: Iterable[Change]) -> ArticleRow:
        """Return the row as it is once the annotator's marks and verdicts in it changed."""
        return replace(self, signs=_signs_after(self.signs, changes))


def row_of(listed: Listed, codebook: Codebook | None) -> ArticleRow:
    """Return the row of an article, with a sign for each layer in use but that of cues."""
    article = listed.article
    signs = tuple(
        _sign(
            layer.name,
            layer.key.upper(),
            layer.label,
            listed.verdicts.get(layer.name, Verdict.OPEN),
            listed.counts.get(layer.name, 0),
            layer.colour,
        )
        for layer in (signed_layers(codebook) if codebook else ())
    )
    copies = _counted_copies(listed.copies)
    subtitle = " · ".join(fact for fact in (copies, *_known(article)) if fact)
    return ArticleRow(
        article.id,
        article.title,
        subtitle,
        signs,
        copies,
        article.meta.published or "",
        article.meta.publisher or "",
    )


def signed_layers(codebook: Codebook) -> list[Layer]:
    """Return the layers that have a sign in the row: those in use but that of cues."""
    return [layer for layer in codebook.open_layers if layer.name != CUE]


@lru_cache(ALIKE)
def _sign(
    layer: str, letter: str, label: str, verdict: Verdict, count: int, colour: tuple[str, str]
) -> LayerSign:
    """Return a sign; rows that say the same share it, or a long list would be mostly signs."""
    return LayerSign(layer, letter, label, verdict, count, colour)


def _known(article: Article) -> list[str]:
    """Return what stands under the title: facts, or else the file; its length if the file is the title."""
    meta = article.meta
    facts = [fact for fact in (meta.publisher, meta.published, meta.author) if fact]
    if facts:
        return facts
    if meta.source_file and meta.title:
        return [meta.source_file]
    return [counted(article.length, "character")]


def _counted_copies(count: int) -> str:
    """Return how many copies an article has, for the line under its title; nothing if there are none."""
    return f"{count} cop{'y' if count == 1 else 'ies'}" if count else ""


def _stages_of(signs: Iterable[LayerSign]) -> tuple[Stage, ...]:
    verdicts = [sign.verdict for sign in signs]
    return stages(
        is_finished=Verdict.OPEN not in verdicts,
        is_touched=any(sign.count for sign in signs)
        or verdicts.count(Verdict.OPEN) < len(verdicts),
        is_empty=verdicts.count(Verdict.NOTHING_FOUND) == len(verdicts),
    )


def _signs_after(signs: tuple[LayerSign, ...], changes: Iterable[Change]) -> tuple[LayerSign, ...]:
    """Return the signs of a row after its marks and verdicts changed."""
    more: Counter[str] = Counter()
    verdicts: dict[str, Verdict] = {}
    for change in changes:
        if isinstance(change.before, Mark):
            more[change.before.layer] -= 1
        if isinstance(change.after, Mark):
            more[change.after.layer] += 1
        if isinstance(change.before, State):
            verdicts[change.before.layer] = Verdict.OPEN
        if isinstance(change.after, State):
            verdicts[change.after.layer] = change.after.verdict
    return tuple(
        replace(
            sign,
            count=sign.count + more[sign.layer],
            verdict=verdicts.get(sign.layer, sign.verdict),
        )
        for sign in signs
    )
