"""Which fields the lines of a release have: the one description that lines, card and Croissant follow."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.domain.codebook import ACTOR, CLAIM, SENTIMENT, Attribute, Codebook, Kind
from annotator.domain.mark import Origin

Json = dict[str, Any]

STRING, INTEGER, NUMBER, BOOLEAN, DAY = "string", "int64", "float64", "bool", "date32"

PUBLISHED = "published"

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])", re.ASCII)


def is_day(text: str) -> bool:
    """Tell whether a text is a whole day; a year or a month alone is none."""
    return bool(_DAY.fullmatch(text))


def date_name(layer: str, attribute: str) -> str:
    """Return what a date of a layer is called among those that are no whole days."""
    return f"{layer}.{attribute}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line.

    Attributes:
        type: of the value, or of each value of a list; empty where there are fields within.
        depth: 0 for one value, 1 for a list, 2 for a list of lists.
        fields: the fields within, if it is an object.
        about: what it says, for people.
    """

    name: str
    type: str = STRING
    depth: int = 0
    fields: tuple[Field, ...] = ()
    about: str = ""


def shaped(fields: Iterable[Field], record: Json) -> Json:
    """Return a record with exactly these fields in this order; what is absent is null or empty.

    So every line has the same keys and types, and a loader that looks at the first few only
    learns the truth about all.
    """
    return {field.name: _value(field, field.depth, record.get(field.name)) for field in fields}


def article_fields(codebook: Codebook, loose: Collection[str] = ()) -> tuple[Field, ...]:
    """Return the fields of a line that says how an article was coded.

    Args:
        loose: dates that are not all whole days (``published``, ``claim.date``), which stay texts.
            All others are typed as days, or loaders would guess times of day into them.
    """
    layers = {layer.name: layer for layer in codebook.layers}
    states = tuple(Field(layer.name) for layer in codebook.open_layers)
    free = [layer for layer in codebook.layers if layer.name not in (ACTOR, CLAIM, SENTIMENT)]
    other = {item.name: _of(item, layer.name, loose) for layer in free for item in layer.attributes}
    return (
        Field("format", about="what kind of line this is"),
        Field("id", about="of the article, the same in every version"),
        Field("text", about="of the article; null in a release without texts"),
        Field("text_sha256", about="of the text in UTF-8, by which it can be put back"),
        Field("offset_unit", about="what offsets count: always Unicode code points"),
        Field("meta", "", fields=_meta(loose), about="what is known about the article"),
        Field("split", about="train, dev or test; null where the article is in none"),
        Field("duplicate_group", about="the same for all copies of one article; never across splits"),
        Field("view", about="gold: adjudicated; annotator: as one annotator coded it; majority: what most said"),
        Field("annotator", about="a pseudonym; of the adjudicator where the view is gold"),
        Field("codebook_version", INTEGER),
        Field("states", "", fields=states, about="by layer: done, nothing found or open"),
        Field("entities", "", 1, _ENTITY, "who the actors mentioned are"),
        Field("actors", "", 1, _mark(layers, ACTOR, loose), "mentions of actors"),
        Field("claims", "", 1, _mark(layers, CLAIM, loose), "what is said, by whom, with which stance"),
        Field("sentiments", "", 1, _mark(layers, SENTIMENT, loose), "who judges whom or what, and how"),
        Field("other", "", 1, _other(tuple(other.values())), "marks of all other layers"),
        Field("annotation", "", fields=_ANNOTATION, about="how the line came about"),
    )  # fmt: skip


SOFT_FIELDS = (
    Field("id", about="of the group of marks"),
    Field("article", about="id of the article"),
    Field("split"),
    Field("layer"),
    Field("annotators", depth=1, about="who finished the layer in this article"),
    Field("share", NUMBER, about="how many of them marked it, from 0 to 1"),
    Field(
        "marks",
        "",
        1,
        (
            Field("annotator"),
            Field("id", about="of the mark in annotations.jsonl"),
            Field("fragments", INTEGER, 2),
        ),
        "how each of them marked it",
    ),
    Field(
        "labels",
        "",
        1,
        (
            Field("attribute"),
            Field("hard", about="the value that more than half chose; null where there is none"),
            Field(
                "soft",
                "",
                1,
                (Field("value"), Field("count", INTEGER), Field("share", NUMBER)),
                "each value with how many of those who marked it chose it",
            ),
        ),
        "by attribute",
    ),
)
"""The fields of a line that says how far annotators agree on one thing in the text."""

_ENTITY = (
    Field("id"), Field("name"), Field("type"), Field("aliases", depth=1), Field("external_id"),
)  # fmt: skip

_ANNOTATION = (
    Field("annotators", depth=1, about="pseudonyms of all who finished a layer of the article"),
    Field(
        "origins",
        "",
        fields=tuple(Field(origin.value, INTEGER) for origin in Origin),
        about="how many marks were made by hand, accepted from a suggestion, and so on",
    ),
)

_PLACE = (
    Field("id"),
    Field("start", INTEGER, about="of the first fragment, in code points from 0"),
    Field("end", INTEGER, about="of the last fragment, not included"),
    Field("text", about="the words, fragments joined by “ … ”; null in a release without texts"),
    Field("fragments", INTEGER, 2, about="[start, end) of each part"),
)

_SUGGESTER = Field(
    "suggester", "", fields=(Field("name"), Field("version")), about="who proposed it"
)
_CUE = Field("cue", "", fields=(Field("start", INTEGER), Field("end", INTEGER), Field("text")))
_LINKS = Field("links", "", 1, (Field("type"), Field("end"), Field("voice")))

_OWN: dict[str, tuple[Field | str, ...]] = {
    ACTOR: ("type", Field("entity", about="id of an entity"), "named"),
    CLAIM: (
        "mode", "stance", "kind", "topics", "date",
        Field("sources", depth=1, about="ids of actors"), Field("source_voice"), _CUE,
        Field("addressees", depth=1), Field("about", depth=1), Field("inside"),
    ),
    SENTIMENT: (
        "polarity", "intensity", Field("holder", about="id of an actor"), Field("holder_voice"),
        Field("target", about="id of an actor or a claim"),
    ),
}  # fmt: skip
"""Fields of a layer of its own; a name stands for the attribute the codebook has of it."""

_USUAL = {"named": BOOLEAN, "intensity": INTEGER}


def _meta(loose: Collection[str]) -> tuple[Field, ...]:
    published = STRING if PUBLISHED in loose else DAY
    return (
        Field("title"),
        Field("author", about="as the publisher named them"),
        Field("publisher"),
        Field("url"),
        Field(PUBLISHED, published, about="the day, as far as it is known"),
        Field("language", about="BCP 47"),
        Field("licence", about="of the text"),
    )


def _mark(layers: dict[str, Any], name: str, loose: Collection[str]) -> tuple[Field, ...]:
    layer = layers.get(name)
    attributes = {item.name: item for item in layer.attributes} if layer else {}
    own: list[Field] = []
    for field in _OWN[name]:
        if isinstance(field, Field):
            own.append(field)
        elif field in attributes:
            own.append(_of(attributes.pop(field), name, loose))
        else:
            own.append(Field(field, _USUAL.get(field, STRING), int(field == "topics")))
    extra = tuple(_of(item, name, loose) for item in attributes.values())
    more = (Field("attributes", "", fields=extra),) if extra else ()
    return (*_PLACE, *own, Field("origin"), _SUGGESTER, *more, _LINKS)


def _other(attributes: Sequence[Field]) -> tuple[Field, ...]:
    more = (Field("attributes", "", fields=tuple(attributes)),) if attributes else ()
    return (*_PLACE, Field("layer"), Field("origin"), _SUGGESTER, *more, _LINKS)


def _of(attribute: Attribute, layer: str, loose: Collection[str]) -> Field:
    if attribute.kind is Kind.DATE:
        is_loose = date_name(layer, attribute.name) in loose
        return Field(attribute.name, STRING if is_loose else DAY)
    counts = attribute.kind is Kind.SCALE and all(
        code.name.lstrip("-").isdigit() for code in attribute.codes
    )
    type = BOOLEAN if attribute.kind is Kind.YES_NO else INTEGER if counts else STRING
    return Field(attribute.name, type, int(attribute.kind is Kind.SEVERAL))


def _value(field: Field, depth: int, value: Any) -> Any:
    if depth:
        return [_value(field, depth - 1, item) for item in value or ()]
    if field.fields:
        return shaped(field.fields, value) if value is not None else None
    if value is None or _fits(field.type, value):
        return value
    return str(value) if field.type == STRING else None


def _fits(type: str, value: Any) -> bool:
    if isinstance(value, bool) or type == BOOLEAN:
        return isinstance(value, bool) and type == BOOLEAN
    if type == NUMBER:
        return isinstance(value, int | float)
    return isinstance(value, int if type == INTEGER else str)
