"""UIMA CAS as XMI, with its type system beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.coded import CodedArticle, Read
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source, WriteContext, title_of
from annotator.formats.blocks import raw_of
from annotator.formats.safe_xml import MAX_BYTES, attribute, parse, tag, without_controls
from annotator.formats.safe_xml import text as escaped
from annotator.formats.uima import (
    ANNOTATION,
    STRINGS,
    Cas,
    Feature,
    cas_of,
    read_cas,
    types_of,
    write_each,
)

TYPES = "TypeSystem.xml"
_XMI = "{http://www.omg.org/XMI}"
_CAS = "{http:///uima/cas.ecore}"


class XmiReader:
    """Reads what INCEpTION, WebAnno and cassis write, and our own."""

    name = "xmi"
    suffixes = (".xmi",)
    about = "UIMA CAS XMI (INCEpTION)"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take files of this suffix, and XML that says so."""
        return source.path.suffix.lower() in self.suffixes or b"<xmi:XMI" in head

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        yield from read_cas(_cas(raw_of(source, MAX_BYTES)), source, context)


class XmiWriter:
    """Writes a folder for each annotator, and the type system that INCEpTION asks for."""

    name = "xmi"
    suffix = ".zip"
    about = "UIMA CAS XMI (INCEpTION): all marks with their values and links, and the type system"
    tells_view = True
    needs_text = True
    packed = False
    cannot_carry = (
        "control characters, which XML forbids: each becomes a space",
        "a mark of several fragments as one: it becomes several, tied by “_fragment”",
        "notes, and who or what suggested a mark",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write a file for each article and annotator."""
        (folder / TYPES).write_bytes(type_system(types_of(context.codebook)).encode())

        def write(coded: CodedArticle) -> str:
            return "".join(_xmi(coded, context))

        write_each(articles, folder, ".xmi", context, write)


def type_system(types: dict[str, dict[str, str]]) -> str:
    """Return the description of types and of the range of each of their features."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>',
    ]
    for name, features in types.items():
        lines.append(
            f"<typeDescription><name>{name}</name><description/>"
            f"<supertypeName>{ANNOTATION}</supertypeName><features>"
        )
        for feature, kind in features.items():
            once = "<multipleReferencesAllowed>false</multipleReferencesAllowed>"
            lines.append(
                f"<featureDescription><name>{feature}</name><description/>"
                f"<rangeTypeName>{kind}</rangeTypeName>{once if kind == STRINGS else ''}"
                "</featureDescription>"
            )
        lines.append("</features></typeDescription>")
    return "\n".join([*lines, "</types></typeSystemDescription>", ""])


def _xmi(coded: CodedArticle, context: WriteContext) -> Iterator[str]:
    cas = cas_of(coded, context)
    types = types_of(context.codebook)
    text, gone = without_controls(cas.text)
    if gone:
        context.lose(title_of(coded), "control characters became spaces", gone)
    spaces = {_package(name) for name in types}
    prefixes = {package: f"n{number}" for number, package in enumerate(sorted(spaces))}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"'
    yield ' xmlns:cas="http:///uima/cas.ecore"'
    for package, prefix in prefixes.items():
        yield f' xmlns:{prefix}="http:///{package.replace(".", "/")}.ecore"'
    yield ' xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
    for feature in cas.features:
        yield _element(feature, prefixes, types[feature.type])
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={attribute(text)}/>'
    members = " ".join(str(feature.id) for feature in cas.features)
    yield f'{sofa}\n<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'


def _element(feature: Feature, prefixes: dict[str, str], ranges: dict[str, str]) -> str:
    name = f"{prefixes[_package(feature.type)]}:{feature.type.rpartition('.')[2]}"
    begin, end = feature.place or (0, 0)
    said = {"xmi__id": str(feature.id), "sofa": "1", "begin": str(begin), "end": str(end)}
    open_tag = tag(name, **said)
    children = ""
    for key, texts in feature.values.items():
        plain = [without_controls(text)[0] for text in texts]
        if ranges.get(key) == STRINGS:
            children += "".join(f"<{key}>{escaped(text)}</{key}>" for text in plain)
        else:
            open_tag += f" {key}={attribute(plain[0] if plain else '')}"
    for key, id in feature.refs.items():
        open_tag += f' {key}="{id}"'
    return f"<{open_tag}>{children}</{name}>\n" if children else f"<{open_tag}/>\n"


def _package(type: str) -> str:
    return type.rpartition(".")[0]


def _cas(raw: bytes) -> Cas:
    root = parse(raw)
    text = None
    cas = Cas("")
    for element in root:
        namespace, _, name = element.tag.removeprefix("{").rpartition("}")
        if element.tag == f"{_CAS}Sofa":
            if text is not None:
                raise BadInput("holds several texts, of which we would not know which is meant")
            text = element.get("sofaString") or ""
            continue
        if namespace == _CAS.strip("{}"):
            continue
        package = namespace.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
        id = element.get(f"{_XMI}id", "")
        feature = Feature(int(id) if id.isdecimal() and len(id) < 10 else -1, f"{package}.{name}")
        begin, end = element.get("begin", ""), element.get("end", "")
        if begin.isdecimal() and end.isdecimal() and max(len(begin), len(end)) < 10:
            feature.place = (int(begin), int(end))
        for key, value in element.items():
            if key in ("begin", "end", "sofa") or key.startswith("{"):
                continue
            if key in ("Governor", "Dependent"):
                feature.refs[key] = int(value) if value.isdecimal() and len(value) < 10 else -1
            else:
                feature.values[key] = [value]
        for child in element:
            feature.values.setdefault(child.tag.rpartition("}")[2], []).append(child.text or "")
        cas.features.append(feature)
    if text is None:
        raise BadInput("holds no text (no Sofa)")
    cas.text = text
    return cas
