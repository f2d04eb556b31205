"""Counting what goes into a release, article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from annotator.domain.article import Article
from annotator.domain.codebook import Codebook, Kind
from annotator.domain.identity import Id
from annotator.formats.release.fields import PUBLISHED, date_name, is_day
from annotator.formats.release.lines import DAY_LENGTH
from annotator.services.release_material import Piece, prints


class Tally:
    """Counts pieces as they go by."""

    def __init__(
        self, people: Mapping[str, Id], every: Mapping[Id, Article], codebook: Codebook
    ) -> None:
        self._ids = people
        self._articles = every
        self._dates = {
            (layer.name, item.name)
            for layer in codebook.layers
            for item in layer.attributes
            if item.kind is Kind.DATE
        }
        self.prints: dict[Id, dict[str, str]] = {}
        self.final: list[Id] = []
        self.people: set[str] = set()
        self.marks: Counter[str] = Counter()
        self.origins: Counter[str] = Counter()
        self.per_article: Counter[int] = Counter()
        self.suggesters: set[tuple[str, str]] = set()
        self.annotations = 0
        self.loose: set[str] = set()

    def add(self, piece: Piece) -> None:
        """Count one article."""
        self.prints[piece.id] = prints(piece, self._ids, self._articles[piece.id])
        self.people.update(piece.people)
        published = self._articles[piece.id].meta.published
        if published and not is_day(published[:DAY_LENGTH]):
            self.loose.add(PUBLISHED)
        self.per_article[len(piece.own)] += 1
        self.annotations += len(piece.own)
        for coded in (*piece.own, *([piece.final] if piece.final else [])):
            if coded.annotator:
                self.people.add(coded.annotator)
            for mark in coded.marks:
                self.loose |= {
                    date_name(mark.layer, name)
                    for name, value in mark.attributes.items()
                    if (mark.layer, name) in self._dates and not is_day(str(value))
                }
                if mark.made.suggester:
                    self.suggesters.add((mark.made.suggester.name, mark.made.suggester.version))
        if piece.final:
            self.final.append(piece.id)
            self.marks.update(mark.layer for mark in piece.final.marks)
            self.origins.update(mark.made.origin.value for mark in piece.final.marks)
