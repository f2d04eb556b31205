"""What is measured on each layer: marks, labels, values, links, and what a study makes of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.agreement.alpha import Scale
from annotator.agreement.attributes import attribute_alpha
from annotator.agreement.coding import cu_alpha, k_u_alpha, u_alpha, u_alpha_relevance
from annotator.agreement.gamma import Chance, gamma
from annotator.agreement.gathering import (
    Labels,
    Values,
    actor,
    attribute,
    by_attribute,
    by_layer,
)
from annotator.agreement.identity import identity_f1, identity_kappa
from annotator.agreement.links import link_f1, same_end
from annotator.agreement.measure import Measure
from annotator.agreement.opinions import sentiment_f1
from annotator.agreement.pairing import HALF
from annotator.agreement.schemes import Scheme, scheme_f1
from annotator.agreement.spans import exact_f1, overlap_f1, touch_f1
from annotator.agreement.statements import statement_alpha, statement_f1
from annotator.agreement.tokens import token_alpha, token_kappa
from annotator.agreement.unitizing import unitizing_alpha
from annotator.domain.codebook import ACTOR, CLAIM, Attribute, Codebook, Kind, Layer
from annotator.domain.mark import Mark, Value

STANCES = ("oppose", "neutral", "support")
"""Stances in their order; any other value, such as “none”, has no place in it."""


class Family(StrEnum):
    """Measures that are chosen together."""

    SPANS = "spans"
    SCHEMES = "schemes"
    TOKENS = "tokens"
    UNITS = "units"
    GAMMA = "gamma"
    VALUES = "values"
    LINKS = "links"
    STUDY = "study"


ABOUT = {
    Family.SPANS: "F1 of marks: exact, overlapping, IoU ≥ 0.5, many-to-one",
    Family.SCHEMES: "F1 under the schemes strict, exact, partial and type",
    Family.TOKENS: "κ and α over tokens",
    Family.UNITS: "α_U, uα, |uα, cuα and (k)uα over characters",
    Family.GAMMA: "γ, drawn from a fixed seed; slow, only when asked for",
    Family.VALUES: "α of the values of marks that were paired, and who is meant",
    Family.LINKS: "same end, and F1 of links",
    Family.STUDY: "statements (actor, claim, stance) and opinions (SF1)",
}

USUAL = tuple(family for family in Family if family is not Family.GAMMA)
"""What is measured unless something is chosen."""


@dataclass(frozen=True)
class Part:
    """Measures that share one way of looking at the marks of a layer.

    Attributes:
        about: what is compared, in words.
        by_label: whether each label is measured by itself, too.
        tied: whether links are looked at.
    """

    layer: str
    about: str
    measures: tuple[Measure, ...]
    label: Labels = by_layer
    value: Values | None = None
    by_label: bool = False
    tied: bool = False


def plan(codebook: Codebook, layer: Layer, families: Sequence[Family], seed: int) -> list[Part]:
    """Return what is to be measured on a layer, in the order it is shown."""
    wanted = set(families)
    parts = []
    shapes = _shapes(wanted, seed)
    if shapes:
        parts.append(Part(layer.name, "marks", shapes))
        kind = label_attribute(layer)
        if kind:
            parts.append(
                Part(layer.name, kind.name, shapes, by_attribute(kind.name), by_label=True)
            )
    if Family.VALUES in wanted:
        parts += _values(layer)
    if Family.LINKS in wanted:
        parts += _links(codebook, layer)
    if Family.STUDY in wanted:
        parts += _study(codebook, layer)
    return parts


def label_measures(families: Sequence[Family], label: str) -> list[Measure]:
    """Return the measures of one label by itself, without a look at the others."""
    found: list[Measure] = []
    if Family.SPANS in families:
        found += [exact_f1(), overlap_f1()]
    if Family.TOKENS in families:
        found += [token_kappa(), token_alpha()]
    if Family.UNITS in families:
        found += [unitizing_alpha(label), u_alpha_relevance()]
    return found


def among_labels(families: Sequence[Family], label: str) -> list[Measure]:
    """Return the measures of how well one label is told from the others."""
    return [k_u_alpha(label)] if Family.UNITS in families else []


def label_attribute(layer: Layer) -> Attribute | None:
    """Return the attribute that says what kind of mark it is: the first choice that must be made."""
    choices = [item for item in layer.attributes if item.kind is Kind.CHOICE and not item.retired]
    return next((item for item in choices if item.required), choices[0] if choices else None)


def stance_on_scale(mark: Mark) -> Value | None:
    """Return the stance of a mark if it has a place between oppose and support."""
    value = mark.attributes.get("stance")
    return value if value in STANCES else None


def _shapes(wanted: set[Family], seed: int) -> tuple[Measure, ...]:
    groups = {
        Family.SPANS: (exact_f1(), overlap_f1(), overlap_f1(HALF), touch_f1()),
        Family.SCHEMES: tuple(scheme_f1(scheme) for scheme in Scheme),
        Family.TOKENS: (token_kappa(), token_kappa(union_only=True), token_alpha()),
        Family.UNITS: (unitizing_alpha(), u_alpha(), u_alpha_relevance(), cu_alpha()),
        Family.GAMMA: (gamma(chance=Chance(seed)),),
    }
    return tuple(
        measure for family, measures in groups.items() if family in wanted for measure in measures
    )


def _values(layer: Layer) -> list[Part]:
    parts = []
    for item in layer.attributes:
        if item.retired or item.kind in (Kind.TEXT, Kind.DATE):
            continue
        order: Sequence[Hashable] | None = None
        scale = Scale.NOMINAL
        if item.kind is Kind.SCALE:
            scale, order = Scale.ORDINAL, sorted(int(code.name) for code in item.codes)
        measure = attribute_alpha(item.name, scale, order)
        parts.append(Part(layer.name, item.name, (measure,), value=attribute(item.name)))
        if item.name == "stance" and all(item.code(name) for name in STANCES):
            ordered = attribute_alpha("stance", Scale.ORDINAL, STANCES)
            parts.append(Part(layer.name, "stance", (ordered,), value=stance_on_scale))
    if layer.name == ACTOR:
        measures = (identity_kappa(), identity_f1(), attribute_alpha("actor"))
        parts.append(Part(layer.name, "who is meant", measures, value=actor))
    return parts


def _links(codebook: Codebook, layer: Layer) -> list[Part]:
    parts = []
    for link in codebook.links_from(layer.name):
        measures = (
            same_end(link.name, by_name=ACTOR in link.ends),
            link_f1(type=link.name),
            link_f1(exact=True, type=link.name),
        )
        parts.append(Part(layer.name, link.name, measures, tied=True))
    return parts


def _study(codebook: Codebook, layer: Layer) -> list[Part]:
    names = {link.name for link in codebook.links_from(layer.name)}
    parts = []
    if layer.name == CLAIM and "source" in names and layer.attribute("stance"):
        topics = by_attribute("topics") if layer.attribute("topics") else by_layer
        measures = (statement_f1(), statement_alpha())
        stance = attribute("stance")
        parts.append(Part(layer.name, "statements", measures, topics, stance, tied=True))
        scaled = (statement_alpha(Scale.ORDINAL, STANCES),)
        parts.append(Part(layer.name, "statements", scaled, topics, stance_on_scale, tied=True))
    if {"holder", "target"} <= names and layer.attribute("polarity"):
        opinions = (sentiment_f1(), sentiment_f1(polar=False))
        polarity = attribute("polarity")
        parts.append(Part(layer.name, "opinions", opinions, value=polarity, tied=True))
    return parts
