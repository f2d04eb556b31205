"""UIMA: an article as a common analysis structure, the neutral form of its XMI and JSON files.

Offsets are UTF-16 units. A mark is an annotation of the type of its layer with its values
as features; a link is an annotation with ``Governor`` and ``Dependent``, at the place of the
dependent, as INCEpTION draws relations. Tokens and sentences come along, since INCEpTION
needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.codebook import ACTOR, Codebook, Kind
from annotator.domain.coded import SUGGESTIONS, CodedArticle, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.segments import paragraphs, sentences, tokens
from annotator.formats.base import ReadContext, Source, WriteContext, title_of
from annotator.formats.flat import ENTITY, ENTITY_ID, FRAGMENT, VOICE, flatten, full_text
from annotator.formats.folder import NAME, SideCar, home_of
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.names import identifier, unescaped
from annotator.formats.offsets import Ruler, Unit
from annotator.formats.safe_xml import without_controls

TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"  # noqa: S105 - a word, no secret
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
OURS = "annotator."
LINK = "annotator.link."
MARK_ID = "markId"
STRING, STRINGS, ANNOTATION = "uima.cas.String", "uima.cas.StringArray", "uima.tcas.Annotation"
_TAKEN = {"begin", "end", "sofa", "id", "self", MARK_ID, "Governor", "Dependent"}
_NOT_MARKS = (
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.clarin.",
    "de.tudarmstadt.ukp.inception.",
)


@dataclass(slots=True)
class Feature:
    """One annotation or other structure; ``refs`` name other structures by id."""

    id: int
    type: str
    place: tuple[int, int] | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    refs: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Cas:
    """A text and what is said about it, offsets in UTF-16 units."""

    text: str
    features: list[Feature] = field(default_factory=list)


def types_of(codebook: Codebook) -> dict[str, dict[str, str]]:
    """Return every type we write, with the range of each of its features."""
    types: dict[str, dict[str, str]] = {
        SENTENCE: {},
        TOKEN: {},
        DOCUMENT: {"documentTitle": STRING, "documentId": STRING},
    }
    for layer in codebook.layers:
        features = {MARK_ID: STRING}
        for attribute in layer.attributes:
            several = attribute.kind is Kind.SEVERAL
            features[feature_name(attribute.name)] = STRINGS if several else STRING
        for link in codebook.links:
            if link.start == layer.name and link.voices:
                features[feature_name(link.name + VOICE)] = STRINGS
        if layer.name == ACTOR:
            features |= {ENTITY: STRING, ENTITY_ID: STRING}
        types[OURS + identifier(layer.name)] = features
    for name in dict.fromkeys([FRAGMENT, *(link.name for link in codebook.links)]):
        types[LINK + identifier(name)] = {"Governor": ANNOTATION, "Dependent": ANNOTATION}
    return types


def feature_name(name: str) -> str:
    """Return the name of a feature for an attribute.

    Names that UIMA needs itself are escaped; a name that begins with ``_`` gets ``f_`` before
    it, because Python's library for these files drops such a beginning.
    """
    if name in _TAKEN:
        return f"f__x{ord(name[0]):04X}_{name[1:]}"
    own = identifier(name)
    return f"f_{own}" if own.startswith(("_", "f_")) else own


def attribute_name(feature: str) -> str:
    """Return the name of the attribute that a feature was made for."""
    return unescaped(feature.removeprefix("f_"))


def cas_of(coded: CodedArticle, context: WriteContext) -> Cas:
    """Return an article as one person coded it."""
    text = full_text(coded)
    ruler = Ruler(text, Unit.UTF16)
    flat = flatten(coded, context)
    cas = Cas(text)

    def add(type: str, start: int, end: int) -> Feature:
        place = (ruler.from_points(start), ruler.from_points(end))
        made = Feature(len(cas.features) + 2, type, place)
        cas.features.append(made)
        return made

    document = add(DOCUMENT, 0, len(text))
    document.values = {"documentTitle": [title_of(coded)], "documentId": [coded.id or ""]}
    for paragraph in paragraphs(text):
        for sentence in sentences(text, *paragraph):
            add(SENTENCE, *sentence)
            for token in tokens(text, *sentence):
                add(TOKEN, *token)
    made: dict[str, Feature] = {}
    for stretch in flat.stretches:
        feature = add(OURS + identifier(stretch.mark.layer), *stretch.part.extent)
        feature.values = {MARK_ID: [stretch.id]}
        if not stretch.number:
            for name, said in flat.values[stretch.mark.id].items():
                own = name if name in (ENTITY, ENTITY_ID) else feature_name(name)
                feature.values[own] = said
        made[stretch.id] = feature
    for tie in flat.ties:
        end = made[tie.end]
        link = Feature(len(cas.features) + 2, LINK + identifier(tie.type), end.place)
        link.refs = {"Governor": made[tie.start].id, "Dependent": end.id}
        cas.features.append(link)
    return cas


def write_each(
    articles: Iterable[CodedArticle],
    folder: Path,
    suffix: str,
    context: WriteContext,
    write: Callable[[CodedArticle], str],
) -> None:
    """Write a file for each article and annotator, and the articles themselves beside."""
    with (folder / NAME).open("w", encoding="utf-8", newline="\n") as side:
        side_car = SideCar(side, context)
        for coded in articles:
            file = folder / side_car.add(coded, suffix)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(write(coded).encode())


def read_cas(cas: Cas, source: Source, context: ReadContext) -> Iterator[Read]:
    """Yield the article of a structure."""
    home = home_of(source.path)
    if home and home.view == SUGGESTIONS:
        raise BadInput("holds suggestions, which are no marks until a person accepts them")
    article = ForeignArticle(source.name, cas.text, Unit.UTF16)
    if home:
        article.annotator, article.view, article.id = home.annotator, home.view, home.id
        known = context.text_of(home.sha256)
        if known is not None and without_controls(known)[0] == without_controls(cas.text)[0]:
            article.text = known
    else:
        article.meta = {"title": _title(cas)}
    ids = _marks(cas, article)
    _links(cas, article, ids)
    if home and not home.annotator and not article.marks:
        article.annotator = None
    yield article.read(context)


def _title(cas: Cas) -> str | None:
    """Return what the structure calls its document, often the name of a file."""
    said = (
        one for feature in cas.features if feature.type == DOCUMENT
        for one in feature.values.get("documentTitle", ())
    )  # fmt: skip
    return next(filter(None, said), None)


def _marks(cas: Cas, article: ForeignArticle) -> dict[int, str]:
    """Fill in the marks; return their ids by those of the structure."""
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for feature in cas.features:
        if (
            feature.place is None
            or feature.type.startswith(_NOT_MARKS)
            or "Governor" in feature.refs
        ):
            continue
        ours = feature.type.startswith(OURS)
        name = feature.type.rpartition(".")[2]
        id = next(iter(feature.values.get(MARK_ID, ())), "") or f"{feature.type}-{feature.id}"
        if id in taken:
            id = f"{id}-{feature.id}"
        taken.add(id)
        ids[feature.id] = id
        values = {
            key if key in (ENTITY, ENTITY_ID) else attribute_name(key): said
            for key, said in feature.values.items()
            if key != MARK_ID
        }
        label = unescaped(name)
        if not ours and "value" in values:
            label = values.pop("value")[0]
        layer = label if ours else None
        article.marks.append(ForeignMark(id, label, [feature.place], layer=layer, values=values))
    return ids


def _links(cas: Cas, article: ForeignArticle, ids: dict[int, str]) -> None:
    for feature in cas.features:
        if "Governor" not in feature.refs or "Dependent" not in feature.refs:
            if feature.refs and feature.type.startswith(LINK):
                what = "a link leads nowhere; it was left out"
                article.remarks.append(Remark(article.where, what, 1, "link"))
            continue
        if feature.type.startswith(_NOT_MARKS):
            continue
        name = unescaped(feature.type.rpartition(".")[2])
        if not feature.type.startswith(LINK):
            name = next(iter(feature.values.get("label", feature.values.get("value", ()))), name)
        start, end = feature.refs["Governor"], feature.refs["Dependent"]
        article.links.append(
            ForeignLink(
                name, ids.get(start, f"structure {start}"), ids.get(end, f"structure {end}")
            )
        )
