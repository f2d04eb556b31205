"""The suggestions on the page: which are shown, and what the inspector says of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotator.domain import labels
from annotator.domain.codebook import Codebook
from annotator.domain.identity import Id
from annotator.domain.link import Voice
from annotator.domain.mark import Mark
from annotator.domain.policy import Policy
from annotator.domain.suggestion import Suggestion
from annotator.presentation.page import PageMark
from annotator.presentation.painting import SIGNS
from annotator.services import answering
from annotator.services.project import Project
from annotator.services.wording import suggester_called


class InspectedGhost(NamedTuple):
    """What the inspector shows of a suggestion.

    Attributes:
        values: what would be filled in, in words.
        ties: what would come along (“source: Amal Haddad”).
        same: how often it is suggested in the article.
    """

    id: Id
    label: str
    colour: tuple[str, str]
    quote: str
    reason: str
    maker: str
    values: str
    ties: tuple[str, ...]
    same: int


class Ghosts:
    """The suggestions shown in the open article, each with the moment it was first shown.

    Attributes:
        by_id: every suggestion on the page.
        policy: when suggestions are shown, if not as the codebook says.
    """

    def __init__(self) -> None:
        self.by_id: dict[Id, Suggestion] = {}
        self.policy: Policy | None = None
        self._shown: dict[Id, str] = {}

    def load(self, project: Project, article: Id, own: Mapping[Id, Mark]) -> list[PageMark]:
        """Show the suggestions of an article anew; return what the page draws."""
        self.by_id, self._shown = {}, {}
        return self.refresh(project, article, own)[1]

    def refresh(
        self, project: Project, article: Id, own: Mapping[Id, Mark]
    ) -> tuple[list[Id], list[PageMark]]:
        """Bring the suggestions up to date; return which went, and what came as the page draws it.

        Args:
            own: the annotator's marks in the article; what they have already is not suggested.
        """
        codebook = project.codebook
        now = {
            item.id: item
            for item in answering.offered(project, article, self.policy, own)
            if codebook.has_layer(item.layer)
        }
        gone = [id for id in self.by_id if id not in now]
        fresh = [item for id, item in now.items() if self.by_id.get(id) != item]
        moment = project.file.clock() if fresh else ""
        for item in fresh:
            self._shown.setdefault(item.id, moment)
        self.by_id = now
        return gone, [_drawn(codebook, item) for item in fresh]

    def shown_at(self, id: Id) -> str | None:
        """Return when a suggestion was first shown here."""
        return self._shown.get(id)

    def describe(self, codebook: Codebook, id: Id) -> str:
        """Say what a suggestion on the page is, and why."""
        item = self.by_id[id]
        return f"{codebook.layer(item.layer).label}, suggested\n{item.reason}"

    def inspect(self, project: Project, id: Id) -> InspectedGhost | None:
        """Return what the inspector shows of a suggestion on the page."""
        item = self.by_id.get(id)
        if item is None:
            return None
        layer = project.codebook.layer(item.layer)
        return InspectedGhost(
            id=item.id,
            label=layer.label,
            colour=layer.colour,
            quote=_words(item),
            reason=item.reason,
            maker=suggester_called(item.suggester.name),
            values=_values(project.codebook, item),
            ties=tuple(_tie(project, item.layer, type, end) for type, end in item.links),
            same=sum(_words(other) == _words(item) for other in self.by_id.values()),
        )


def _drawn(codebook: Codebook, item: Suggestion) -> PageMark:
    layer = codebook.layer(item.layer)
    polarity = item.attributes.get("polarity")
    return PageMark(
        id=item.id,
        layer=item.layer,
        shape=layer.shape,
        colour=layer.colour,
        extents=tuple(part.extent for part in item.fragments),
        key=layer.key.upper(),
        sign=SIGNS.get(polarity, "") if isinstance(polarity, str) else "",
        ghost=True,
    )


def _values(codebook: Codebook, item: Suggestion) -> str:
    layer = codebook.layer(item.layer)
    told = []
    for name, value in item.attributes.items():
        attribute = layer.attribute(name)
        if attribute is None:
            continue
        label = labels.in_sentence(attribute.label or name)
        if isinstance(value, bool):
            told.append(label if value else f"not {label}")
        else:
            told.append(f"{label} {labels.value(attribute, value)}")
    return ", ".join(told)


def _tie(project: Project, layer: str, type: str, end: str) -> str:
    called = project.codebook.link_called(layer, type)
    if end in set(Voice):
        return f"{called}: the author" if end == Voice.AUTHOR else f"{called}: unknown"
    other = answering.known(project, end)
    return f"{called}: {_words(other)}" if other else called


def _words(item: Suggestion) -> str:
    return " ".join(" … ".join(part.slice for part in item.fragments).split())
