"""The suggester that learned from annotators, and spaCy pipelines made by others.

A model is a folder; its card is read at once, spaCy and the weights only when it is first
asked. Nothing in it is ever unpickled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.assist.as_written import AsWritten
from annotator.assist.choosing import chosen, label_of, ruled
from annotator.assist.job import Choice, Whole
from annotator.assist.proposal import ATTRIBUTE, Proposal, Proposes, Request
from annotator.assist.rules import ACTOR, Rules
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.domain.mark import Suggester, Value
from annotator.domain.text import trim

if TYPE_CHECKING:
    from spacy.language import Language

CARD = "card.json"

_ENTITY_TYPES = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "NORP": "group", "GPE": "government",
}  # fmt: skip


class Model:
    """Proposes what trained recognisers find, beside the rules where they help."""

    def __init__(self, folder: Path, lexicons: Path) -> None:
        self.folder = folder
        self.card = _card(folder)
        self._lexicons = lexicons

    @property
    def maker(self) -> Suggester:
        """Name and version of the model."""
        return Suggester(str(self.card["name"]), str(self.card["version"]))

    @property
    def about(self) -> str:
        """What it learned from."""
        return str(self.card["about"])

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers it knows."""
        return tuple(self.card["layers"])

    @property
    def trusted(self) -> frozenset[str]:
        """The layers on which it did at least as well as the rules, on articles it never learned."""
        behind = {
            result["layer"]
            for result in self.card.get("results", ())
            if (result.get("rules_exact_f1") or 0.0) > (result.get("exact_f1") or 0.0)
        }
        return frozenset(self.layers) - behind

    def propose(self, request: Request) -> list[Proposal]:
        """Return what the pipelines find, layer by layer."""
        from annotator.assist.hints import hints
        from annotator.assist.recognising import found_by, predict

        text = request.text
        found: list[Proposal] = []
        if self.card.get("foreign"):
            for nlp in self._pipelines:
                for whole in predict(nlp, text):
                    found += self._proposals(text, ACTOR, whole)
            return found
        told = hints(text, request.language, self._lexicons)
        by_rules = self._rules.propose(request)
        votes: dict[str, list[list[Whole]]] = {layer: [] for layer in self.layers}
        for nlp in self._pipelines:
            by_layer = found_by(nlp, text, told)
            for layer in nlp.meta["layers"]:
                votes[layer].append(by_layer.get(layer, []))
        for layer in self.layers:
            choice, label = self._choices[layer]
            heard = {} if label is None else ruled(by_rules, layer, label)
            for item in chosen(choice, votes[layer], heard):
                found += self._proposals(text, layer, item.whole, item.proposal)
        return found

    @property
    def _rules(self) -> Proposes:
        return (AsWritten if self.card.get("as_written") else Rules)(self._lexicons)

    @property
    def _choices(self) -> dict[str, tuple[Choice, str | None]]:
        """For each layer what to believe, and the label of its rules; None where none is heard."""
        return {
            result["layer"]: (
                Choice(**result["choice"]),
                label_of(result["layer"], result["labels"]) if result["with_rules"] else None,
            )
            for result in self.card["results"]
        }

    def _proposals(
        self, text: str, layer: str, whole: Whole, by_rule: Proposal | None = None
    ) -> Iterator[Proposal]:
        """Yield what is learned as a proposal, or what the rules see and experience speaks for."""
        if by_rule is not None:
            reason = f"{by_rule.reason}; “{self.card['name']}” speaks for it"
            yield replace(by_rule, reason=reason, links=())
            return
        parts, label = whole
        places = [trim(text, start, end) for start, end in parts]
        kept = tuple(place for place in places if place)
        if kept:
            yield self._proposal(layer, kept, label)

    def _proposal(self, layer: str, places: tuple[Extent, ...], label: str) -> Proposal:
        values: dict[str, Value] = {}
        type = _ENTITY_TYPES.get(label, label) if self.card.get("foreign") else label
        if layer in ATTRIBUTE and type != layer:
            values[ATTRIBUTE[layer]] = type
        reason = f"learned by “{self.card['name']}”: {type}"
        return Proposal(layer, places, reason, 0.5, values)

    @cached_property
    def _pipelines(self) -> list[Language]:
        self._check_version()
        import spacy

        folders = [
            self.folder / name / str(number + 1)
            for name, count in self.card.get("recognisers", {}).items()
            for number in range(count)
        ]
        try:
            return [spacy.load(folder) for folder in folders or [self.folder]]
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise BadInput(
                f"The model in {self.folder.name} cannot be loaded ({type(error).__name__}): "
                "it is damaged or made by another version; remove it and train again."
            ) from error

    def _check_version(self) -> None:
        import spacy

        from annotator.assist.hints import VERSION

        if self.card.get("hints", VERSION) != VERSION:
            raise BadInput(
                f"The model in {self.folder.name} was made by another version of annotator: "
                "train it again."
            )
        made, here = str(self.card["spacy"]).split(".")[:2], spacy.__version__.split(".")[:2]
        if made != here:
            raise BadInput(
                f"The model in {self.folder.name} was made with spaCy {self.card['spacy']}, "
                f"and this is {spacy.__version__}: train it again."
            )


def _card(folder: Path) -> dict[str, Any]:
    """Return the card of a model of ours, or what a spaCy pipeline says of itself."""
    try:
        if (folder / CARD).is_file():
            card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
            if {"name", "version", "about", "layers", "spacy"} <= card.keys():
                return card
        elif (folder / "meta.json").is_file():
            return _foreign(json.loads((folder / "meta.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{folder.name} has a card that cannot be read ({type(error).__name__}): "
            "choose another model folder."
        ) from error
    raise BadInput(
        f"{folder.name} is no model: a folder is needed in which annotator or spaCy keeps one."
    )


def _foreign(meta: dict[str, Any]) -> dict[str, Any]:
    name = f"{meta['lang']}_{meta['name']}"
    version = str(meta["spacy_version"]).lstrip("><=~^ ").split(",")[0]
    return {
        "name": name,
        "version": str(meta["version"]),
        "about": f"The spaCy pipeline {name}; proposes actors.",
        "layers": ["actor"],
        "spacy": version,
        "foreign": True,
    }
