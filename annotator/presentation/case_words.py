"""What the adjudication window says of a case: row, heading, words around it, each annotator's column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.adjudication import Choice
from annotator.domain.codebook import ACTOR, Codebook
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Voice
from annotator.domain.mark import Mark, Value
from annotator.domain.segments import paragraph_at
from annotator.presentation.mark_columns import shown_value
from annotator.services import gold_links, reading
from annotator.services.disagreements import Difference
from annotator.services.judging import Judged
from annotator.services.project import Project
from annotator.services.wording import quoted

NOT_FILLED_IN = "not filled in"
STANDS_FOR, _WHO = "Stands for", "who it stands for"

ENTRY = ""
"""In the place of an attribute: the entry of the actor book. No attribute is called so."""

_VOICES = {Voice.AUTHOR: "the author", Voice.UNKNOWN: "unknown"}

_SAID = {
    Difference.MISSED: "not everybody marked this",
    Difference.BOUNDARY: "other bounds",
    Difference.LABEL: "another kind",
    Difference.ATTRIBUTE: "other values",
    Difference.LINK: "other links",
}

_SIGNS = {
    Difference.MISSED: "M",
    Difference.BOUNDARY: "B",
    Difference.LABEL: "K",
    Difference.ATTRIBUTE: "V",
    Difference.LINK: "L",
}

_ALIKE, _DONE = "=", "✓"

_DECIDED = {
    Choice.AGREED: "agreed by all",
    Choice.ACCEPTED: "accepted",
    Choice.SEVERAL: "several accepted",
    Choice.EDITED: "accepted with changes",
    Choice.NEW: "new",
    Choice.LEFT_OUT: "left out",
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list.

    Attributes:
        sign: a letter for the gravest difference, ✓ once it is decided.
    """

    sign: str
    layer: str
    colour: tuple[str, str]
    quote: str
    about: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value or link of a mark, and whether others say otherwise.

    Attributes:
        attribute, value: what picking it gives to gold, ``ENTRY`` and an id for whom it stands for;
            no attribute for a link.
    """

    label: str
    words: str
    differs: bool
    attribute: str | None = None
    value: Value | None = None

    @property
    def can_be_picked(self) -> bool:
        """Tell whether gold can take it: a value that is filled in, or anybody or nobody it stands for."""
        return self.attribute == ENTRY or None not in (self.attribute, self.value)

    def is_picked(self, picked: Mapping[str, Value | None]) -> bool:
        """Tell whether it is among what was picked."""
        name = self.attribute
        return name is not None and name in picked and picked[name] == self.value


@dataclass(frozen=True, slots=True)
class Column:
    """How one annotator marked the case.

    Attributes:
        extents: of their mark; none if they have none.
        is_gold: whether their mark was accepted.
    """

    person: Id
    name: str
    key: str
    extents: tuple[Extent, ...]
    colour: tuple[str, str]
    facts: tuple[Fact, ...]
    is_gold: bool


def legend() -> str:
    """Return what the signs of the list mean; a line ends only between two of them."""
    told = [f"{sign} {_SAID[kind]}" for kind, sign in _SIGNS.items()]
    told += [f"{_ALIKE} all agree", f"{_DONE} decided"]
    return " · ".join(each.replace(" ", "\N{NO-BREAK SPACE}") for each in told)


def row(item: Judged, codebook: Codebook) -> CaseRow:
    """Return how a case stands in the list."""
    case = item.case
    layer = codebook.layer(case.layer)
    quote = next(iter(case.marks.values())).text
    about = _about(item)
    sign = _DONE if item.decision else _SIGNS[case.worst] if case.worst else _ALIKE
    spoken = f"{layer.label}: {quoted(quote)}, {about}"
    return CaseRow(sign, layer.label, layer.colour, quote, about, spoken)


def _about(item: Judged) -> str:
    if item.decision:
        stale = ", changed since" if item.is_stale else ""
        return f"{_DECIDED[item.decision.choice]}{stale}"
    return ", ".join(_SAID[kind] for kind in item.case.differences) or "all agree"


class CaseWords:
    """Puts cases of a project into words."""

    def __init__(self, project: Project, names: Mapping[Id, str]) -> None:
        self._project = project
        self._names = names

    def heading(self, item: Judged) -> str:
        """Return what is different, and what was decided."""
        case = item.case
        words = f"{self._project.codebook.layer(case.layer).label}: "
        words += ", ".join(_SAID[kind] for kind in case.differences) or "all agree"
        if case.details:
            labels = (self._label(case.layer, one) for one in case.details)
            told = dict.fromkeys(_WHO if one == STANDS_FOR else one.lower() for one in labels)
            words += f" ({', '.join(told)})"
        decision = item.decision
        if decision:
            words += f". Decided: {_DECIDED[decision.choice]}"
            words += f", because: {decision.reason}" if decision.reason else ""
            words += ". One of the marks was changed since" if item.is_stale else ""
            words += self._lacking(item)
        return f"{words}."

    def column(self, item: Judged, person: Id, key: str) -> Column:
        """Return how one annotator marked the case."""
        case = item.case
        mark = case.marks.get(person)
        chosen = item.decision.chosen if item.decision else ()
        return Column(
            person,
            self._names.get(person, ""),
            key,
            tuple(part.extent for part in mark.fragments) if mark else (),
            self._project.codebook.layer(case.layer).colour,
            tuple(self._facts(item, person, mark)) if mark else (),
            bool(mark and mark.id in chosen),
        )

    def _facts(self, item: Judged, person: Id, mark: Mark) -> list[Fact]:
        case = item.case
        facts = []
        for attribute in self._project.codebook.layer(case.layer).attributes:
            value = mark.attributes.get(attribute.name)
            differs = attribute.name in case.details
            if not attribute.retired and (value is not None or differs):
                label = self._label(case.layer, attribute.name)
                words = shown_value(attribute, value) or NOT_FILLED_IN
                facts.append(Fact(label, words, differs, attribute.name, value))
        if case.layer == ACTOR and (mark.actor or "actor" in case.details):
            who, differs = self._who(mark.actor), "actor" in case.details
            facts.append(Fact(STANDS_FOR, who, differs, ENTRY, mark.actor))
        for link in sorted(case.links.get(person, ()), key=lambda link: (link.type, link.id)):
            end = self._end(link.end) if link.end else _VOICES[link.voice or Voice.UNKNOWN]
            facts.append(Fact(self._label(case.layer, link.type), end, link.type in case.details))
        return facts

    def _who(self, actor: Id | None) -> str:
        found = reading.actor(self._project, actor) if actor else None
        return found.name if found else NOT_FILLED_IN

    def _label(self, layer: str, detail: str) -> str:
        """Return what an attribute, a link or “actor” is called in which annotators may differ."""
        codebook = self._project.codebook
        found = codebook.layer(layer).attribute(detail) or next(
            (link for link in codebook.links_from(layer) if link.name == detail), None
        )
        if found is None and detail == "actor":
            return STANDS_FOR
        label = (found.label if found else "") or detail
        return label[0].upper() + label[1:]

    def _end(self, mark: Id) -> str:
        found = reading.any_mark(self._project, mark)
        return quoted(found.text) if found else "a mark that is gone"

    def _lacking(self, item: Judged) -> str:
        gold = set(item.decision.gold if item.decision else ())
        lacking = [
            one for one in gold_links.lacking(self._project, item.case.article) if one.gold in gold
        ]
        if not lacking:
            return ""
        layer, codebook = item.case.layer, self._project.codebook
        types = ", ".join(dict.fromkeys(codebook.link_called(layer, one.type) for one in lacking))
        if any(one.is_open for one in lacking):
            return f". Its {types} comes when that is decided, too"
        return f". Its {types} is lacking, for that was left out"


def excerpt(text: str, start: int, end: int) -> Extent:
    """Return the paragraphs of a text that a case stands in, with one more on either side."""
    first, last = paragraph_at(text, start)[0], paragraph_at(text, end)[1]
    for _ in range(2):
        first = paragraph_at(text, max(first - 1, 0))[0]
        last = paragraph_at(text, min(last + 1, len(text)))[1]
    return first, last
