"""croissant.json: the release described for machines (Croissant 1.1 with its RAI vocabulary)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.formats.release.card import ANNOTATIONS, FILES, SOFT
from annotator.formats.release.facts import NOT_KNOWN, Facts
from annotator.formats.release.fields import SOFT_FIELDS, Field, article_fields

Json = dict[str, Any]

_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_TYPES = {
    "string": "sc:Text",
    "int64": "sc:Integer",
    "float64": "sc:Float",
    "bool": "sc:Boolean",
    "date32": "sc:Date",
}

_SPLIT_URLS = {"train": "cr:TrainingSplit", "dev": "cr:ValidationSplit", "test": "cr:TestSplit"}


def croissant(facts: Facts) -> str:
    """Return croissant.json."""
    about = facts.about
    people: Any = [{"@type": "Person", "name": name} for name in about.creators]
    data: Json = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": facts.address,
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": about.name,
        "description": about.description
        or "News articles in which people marked who acts, who says what, and how it is judged.",
        "license": about.licence or NOT_KNOWN,
        "url": facts.address,
        "creator": people or [{"@type": "Organization", "name": "not stated"}],
        "datePublished": facts.day,
        "version": facts.version,
        "keywords": ["news", "quotations", "stance", "sentiment", "span annotation"],
        "inLanguage": list(facts.languages) or ["und"],
        "citeAs": about.citation or f"{facts.title}, version {facts.version}",
        **_rai(facts),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": file.path,
                "contentUrl": file.path,
                "contentSize": f"{file.size} B",
                "encodingFormat": "application/jsonlines",
                "sha256": file.sha256,
            }
            for file in _data_files(facts)
        ],
        "recordSet": [_split_set(), *_record_sets(facts)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rai(facts: Facts) -> Json:
    about = facts.about
    measured = "; ".join(
        f"{row.layer}, {row.about}, {row.measure}: {row.value}" for row in facts.agreement[:12]
    )
    said: Json = {
        "rai:dataCollection": about.collection or NOT_KNOWN,
        "rai:dataCollectionType": "Secondary Data Analysis",
        "rai:dataPreprocessingProtocol": "Texts were decoded once; line ends were made alike and nothing else was changed.",
        "rai:dataAnnotationProtocol": about.process
        or f"By codebook.md, version {facts.codebook_version}.",
        "rai:dataAnnotationPlatform": facts.program,
        "rai:dataAnnotationAnalysis": measured or "No article was finished by two annotators.",
        "rai:annotationsPerItem": ", ".join(
            f"{many} articles by {people}" for people, many in facts.per_article.items()
        ),
        "rai:annotatorDemographics": NOT_KNOWN,
        "rai:machineAnnotationTools": [f"{name} {version}" for name, version in facts.suggesters]
        or ["None"],
        "rai:dataBiases": about.limitations or NOT_KNOWN,
        "rai:dataLimitations": about.limitations or NOT_KNOWN,
        "rai:dataUseCases": about.purpose or NOT_KNOWN,
        "rai:dataSocialImpact": NOT_KNOWN,
        "rai:personalSensitiveInformation": "News names living people, with facts about politics, religion or health.",
        "rai:dataReleaseMaintenancePlan": f"Corrections come as new versions. Contact: {about.contact or 'not given'}.",
    }
    if facts.first_day:
        said["rai:dataCollectionTimeframe"] = [facts.first_day, facts.last_day]
    return said


def _data_files(facts: Facts) -> Iterator[Any]:
    paths = (*FILES.values(), ANNOTATIONS, SOFT)
    return (file for file in facts.files if file.path in paths and file.lines)


def _split_set() -> Json:
    """The splits as the vocabulary wants them, for the fields ``split`` to refer to."""
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [
            {"@type": "cr:Field", "@id": "splits/name", "name": "name", "dataType": "sc:Text"},
            {"@type": "cr:Field", "@id": "splits/url", "name": "url", "dataType": "sc:URL"},
        ],
        "data": [{"splits/name": name, "splits/url": url} for name, url in _SPLIT_URLS.items()],
    }


def _record_sets(facts: Facts) -> Iterator[Json]:
    names = {path: name for name, path in FILES.items()}
    names |= {ANNOTATIONS: "annotations", SOFT: "soft_labels"}
    for file in _data_files(facts):
        fields = SOFT_FIELDS if file.path == SOFT else article_fields(facts.codebook, facts.loose)
        name = names[file.path]
        yield {
            "@type": "cr:RecordSet",
            "@id": name,
            "name": name,
            "field": list(_fields(fields, name, file.path)),
        }


def _fields(fields: Iterable[Field], record: str, path: str) -> Iterator[Json]:
    """Yield the fields of a record set; those of an object stand within it."""
    for field in fields:
        id = f"{record}/{field.name}"
        source = {"fileObject": {"@id": path}, "extract": {"column": field.name}}
        described = _described(field, id)
        if field.fields:
            described["subField"] = list(_within(field.fields, id, source, ""))
        else:
            described |= {"dataType": _TYPES[field.type], "source": source}
        if field.name == "split":
            described["references"] = {"field": {"@id": "splits/name"}}
        yield described


def _within(fields: Iterable[Field], id: str, source: Json, path: str) -> Iterator[Json]:
    """Yield the values within an object, however deep.

    A list of objects within a list has no place in the vocabulary; the card describes it.
    """
    for field in fields:
        place = f"{path}.{field.name}" if path else field.name
        if field.fields and not field.depth:
            yield from _within(field.fields, id, source, place)
        elif not field.fields:
            yield {
                **_described(field, f"{id}/{place}"),
                "dataType": _TYPES[field.type],
                "source": {**source, "transform": {"jsonPath": place}},
            }


def _described(field: Field, id: str) -> Json:
    described: Json = {
        "@type": "cr:Field",
        "@id": id,
        "name": id,
        "description": field.about or field.name,
    }
    if field.depth:
        described |= {"isArray": True, "arrayShape": ",".join(["-1"] * field.depth)}
    return described
