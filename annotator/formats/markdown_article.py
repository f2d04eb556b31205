"""Markdown with front matter: one file, one article, read as it shows."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import article, headed
from annotator.formats.html_blocks import blocks_of
from annotator.formats.metadata import meta_of
from annotator.formats.txt import decode_file

MAX_DEPTH = 100
_BRACKET = re.compile(r"[\[\]]")
_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


class MarkdownReader:
    """Reads ``.md``; what stands between ``---`` or ``+++`` at the top is metadata."""

    name = "markdown"
    suffixes = (".md", ".markdown")
    about = "Markdown, with front matter as metadata"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of these suffixes."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        import markdown

        decoded = decode_file(source, context.encoding)
        said, body, remarks = _front_matter(decoded.text, source.name)
        _refuse_bottomless(body)
        parser = markdown.Markdown(extensions=["tables", "fenced_code"])
        # As all newer Markdown has it: a backslash goes before any of these signs.
        parser.ESCAPED_CHARS = list(string.punctuation)
        try:
            html = parser.convert(body)
        except (RecursionError, ValueError, AssertionError):
            raise BadInput("is Markdown nested too deeply to read") from None
        meta = meta_of(said, source.file_name)
        blocks = headed(blocks_of(html), meta.title)
        if meta.title is None and blocks and blocks[0].zone:
            meta = meta_of({"title": blocks[0].text, **said}, source.file_name)
        decoder = f"markdown, {decoded.encoding}"
        coded = article(blocks, meta, decoded.source_sha256, decoder)
        yield Read(coded, tuple(remarks))


def _refuse_bottomless(body: str) -> None:
    """Refuse brackets in brackets without end, over which the Markdown library would brood for minutes."""
    depth = 0
    for found in _BRACKET.finditer(body):
        depth = max(depth + (1 if found[0] == "[" else -1), 0)
        if depth > MAX_DEPTH:
            raise BadInput(f"has more than {MAX_DEPTH} brackets open at once: save it as .txt")


def _front_matter(text: str, where: str) -> tuple[dict[str, str], str, list[Remark]]:
    found = _FRONT.match(text)
    if not found:
        return {}, text, []
    try:
        said = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
    except BadInput as problem:
        return {}, text[found.end() :], [Remark(where, f"front matter {problem}; it was left out")]
    return {name: _text(value) for name, value in said.items()}, text[found.end() :], []


def _toml(raw: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(raw)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"is not TOML ({error})") from None


def _yaml(raw: str) -> Mapping[str, Any]:
    """Return the plain part of YAML that front matter is written in; aliases and tags are refused."""
    import srsly

    if re.search(r"(?m)(?:^|[\s:,\[{-])[&*!][\w!]", raw):
        raise BadInput("has YAML aliases or tags in it, which are not read")
    try:
        found = srsly.yaml_loads(raw)
    except Exception as error:  # noqa: BLE001  (the YAML parser has dozens of its own)
        raise BadInput(f"is not YAML ({type(error).__name__})") from None
    if not isinstance(found, dict):
        raise BadInput("is no list of names and values")
    return {str(name): value for name, value in found.items()}


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(one)}" for name, one in value.items())
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else str(value)
