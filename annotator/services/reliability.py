"""The reliability report: one page for a paper's appendix, as Markdown or as HTML.

It holds what a reader of a paper asks for, layer by layer: how well marks, their values, links
and statements agree, on how much material, and with which intervals. Every other figure is in
``agreement_words.as_markdown``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from annotator import __version__
from annotator.domain.errors import BadInput
from annotator.services.agreement import Found, Line
from annotator.services.agreement_words import DASH, coverage, value
from annotator.services.wording import counted
from annotator.services.writing import spare_projects, write_bytes, write_text

SUFFIXES = (".md", ".html", ".pdf")
"""The forms in which a report can be written."""

AsPdf = Callable[[str, str], bytes]
"""Makes a PDF of a page of HTML and its title."""

_SHAPES = (
    ("F1, same bounds", "span F1, exact"),
    ("F1, any overlap", "span F1, any overlap"),
    ("token κ", "token κ"),
    ("token α", "token α"),
    ("α_U", "α_U"),
)
_VALUES = ("nominal", "ordinal")
_OTHERS = (
    "actor identity, κ",
    "actor identity, F1",
    "links F1, overlap",
    "statements F1",
    "statements α, nominal",
    "SF1",
)

_DEFINITIONS = (
    "F1 and κ (Cohen 1960) are means over pairs of annotators, counted over all articles together; "
    "marks are matched one-to-one by greatest intersection. α is Krippendorff’s (2004), over all "
    "annotators at once; α_U is his coefficient for unitizing, over characters. α of a value and F1 "
    "of links rest on marks that were matched; the share that was is given. SF1 is the sentiment "
    "graph F1 of Barnes et al. (2021). A dash stands where a coefficient is not defined."
)

_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 10pt/1.4 Georgia, "Times New Roman", serif; max-width: 48em; margin: 2em auto; padding: 0 1em; }}
h1 {{ font-size: 15pt; margin: 0 0 6pt; }}
h2 {{ font-size: 11pt; margin: 12pt 0 3pt; }}
p {{ margin: 0 0 6pt; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ padding: 2pt 8pt 2pt 0; text-align: left; vertical-align: top; font-size: 9pt; }}
th {{ border-bottom: 1px solid #666; }}
</style></head><body>
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the report: heading, names of columns, rows of cells."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The page before it has a form: paragraphs, tables, and notes below them."""

    title: str
    opening: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


def report(found: Found, title: str) -> Report:
    """Return the report on agreement that was measured; ``title`` names the study."""
    whole = [line for line in found.lines if not line.group and not line.label]
    sheets = [sheet for sheet in (_marks(whole), _values(whole), _others(whole)) if sheet.rows]
    sheets += [sheet for sheet in [_drift(found)] if sheet.rows]
    return Report(
        f"Reliability of {title}",
        tuple(_opening(found, whole)),
        tuple(sheets),
        (_DEFINITIONS, *_undefined(whole, sheets)),
    )


def prove_form(path: Path) -> None:
    """Raise BadInput unless a report can be written in the form that the file's name asks for."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(
            f"{path.name} names no form of the report: let it end in {', '.join(SUFFIXES)}."
        )
    spare_projects(path)


def write(page: Report, path: Path, as_pdf: AsPdf) -> None:
    """Write the report, whole or not at all, in the form that the file's name asks for.

    Raises:
        BadInput: another suffix, or a place that cannot be written to.
    """
    prove_form(path)
    kind = path.suffix.lower()
    if kind == ".pdf":
        write_bytes(path, as_pdf(as_html(page), page.title))
    else:
        write_text(path, as_html(page) if kind == ".html" else as_markdown(page))


def as_markdown(page: Report) -> str:
    """Return the report as Markdown."""
    parts = [f"# {page.title}", *page.opening]
    for sheet in page.sheets:
        rows = [sheet.columns, tuple("---" for _ in sheet.columns), *sheet.rows]
        table = "\n".join(f"| {' | '.join(map(_spared, row))} |" for row in rows)
        parts += [f"## {sheet.heading}", table]
    return "\n\n".join([*parts, *page.notes]) + "\n"


def as_html(page: Report) -> str:
    """Return the report as a page of HTML that loads nothing and runs nothing."""
    parts = [_HEAD.format(title=escape(page.title)), f"<h1>{escape(page.title)}</h1>"]
    parts += [f"<p>{escape(words)}</p>" for words in page.opening]
    for sheet in page.sheets:
        parts += [f"<h2>{escape(sheet.heading)}</h2>", '<table width="100%">']
        parts.append(_row("th", sheet.columns))
        parts += [_row("td", row) for row in sheet.rows]
        parts.append("</table>")
    parts.append("<h2>Notes</h2>")
    parts += [f"<p>{escape(words)}</p>" for words in page.notes]
    return "\n".join([*parts, "</body></html>", ""])


def _opening(found: Found, lines: Sequence[Line]) -> Iterator[str]:
    compared = max(
        (line.coefficient.basis.used for line in lines if line.coefficient.basis), default=0
    )
    who = counted(len(found.annotators), "annotator")
    yield (
        f"{who} ({', '.join(found.annotators)}) coded {counted(found.articles, 'article')}; "
        f"those finished by two or more of them ({compared:,}) are compared."
    )
    if found.order.draws:
        yield (
            f"In brackets: 95 % of {found.order.draws:,} draws of articles with replacement "
            f"(seed {found.order.seed}). Computed by annotator {__version__}."
        )


def _marks(lines: Sequence[Line]) -> Sheet:
    rows = []
    for layer in dict.fromkeys(line.layer for line in lines):
        own = {line.coefficient.name: line for line in _about(lines, layer, "marks")}
        if any(line.coefficient.value is not None for line in own.values()):
            cells = [_cell(own[name]) if name in own else "" for _, name in _SHAPES]
            rows.append((layer, *cells))
    return Sheet("Marks", ("layer", *(short for short, _ in _SHAPES)), tuple(rows))


def _values(lines: Sequence[Line]) -> Sheet:
    rows = [
        (f"{line.layer}: {line.about}", scale, _cell(line), coverage(line.coefficient))
        for line in lines
        for scale in _VALUES
        if line.coefficient.name == f"α of {line.about}, {scale}" and _is_marked(line)
    ]
    return Sheet("Values of matched marks", ("value", "scale", "α", "rests on"), tuple(rows))


def _others(lines: Sequence[Line]) -> Sheet:
    rows = [
        (f"{line.layer}: {line.about}", line.coefficient.name, _cell(line))
        for line in lines
        if line.coefficient.name.startswith(_OTHERS)
        and not line.coefficient.name.startswith("SF1 without")
        and line.coefficient.value is not None
    ]
    return Sheet("Actors, links and statements", ("about", "measure", "value"), tuple(rows))


def _drift(found: Found) -> Sheet:
    """Return token α of each layer by the parts that were asked for: pairs, publishers, months."""
    lines = [
        line
        for line in found.lines
        if line.group and line.about == "marks" and line.coefficient.name == "token α"
    ]
    layers = list(dict.fromkeys(line.layer for line in lines))
    cells = {(line.group, line.layer): _cell(line) for line in lines}
    groups = dict.fromkeys(line.group for line in lines)
    rows = tuple((group, *(cells.get((group, layer), "") for layer in layers)) for group in groups)
    return Sheet(f"Token α by {found.order.by}", (found.order.by, *layers), rows)


def _undefined(lines: Sequence[Line], sheets: Sequence[Sheet]) -> Iterator[str]:
    """Yield why cells of the tables hold a dash, each reason once."""
    if not any(DASH in row for sheet in sheets for row in sheet.rows):
        return
    names = {name for _, name in _SHAPES}
    layers = {line.layer for line in lines if line.coefficient.value is not None}
    reasons: dict[str, list[str]] = {}
    for line in lines:
        one = line.coefficient
        shown = one.name in names if line.about == "marks" else one.name.startswith("α of")
        if one.reason and shown and line.layer in layers and _is_marked(line):
            reasons.setdefault(one.reason, []).append(f"{line.layer}, {one.name}")
    for reason, where in reasons.items():
        yield f"{'; '.join(dict.fromkeys(where))}: {reason}."


def _about(lines: Iterable[Line], layer: str, about: str) -> list[Line]:
    return [line for line in lines if (line.layer, line.about) == (layer, about)]


def _is_marked(line: Line) -> bool:
    """Tell whether there was anything for the coefficient to look at."""
    one = line.coefficient
    return one.value is not None or bool(one.coverage and one.coverage.used)


def _cell(line: Line) -> str:
    found = line.coefficient.interval
    bounds = f" [{found.low:.2f}, {found.high:.2f}]" if found else ""
    return f"{value(line.coefficient)}{bounds}"


def _row(tag: str, cells: Iterable[str]) -> str:
    inside = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{inside}</tr>"


def _spared(cell: str) -> str:
    return cell.replace("|", "\\|")
