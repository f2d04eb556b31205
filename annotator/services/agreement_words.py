"""Agreement in words: lines for a terminal, plain values for JSON, a page for a paper's appendix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from annotator.agreement.values import Coefficient
from annotator.services.agreement import Found, Line
from annotator.services.wording import counted

DASH = "—"

NOBODY_TWICE = (
    "No article was finished by two of them, so there is nothing to compare: call articles done, or count "
    "everybody who marked anything with --unfinished."
)


def value(coefficient: Coefficient) -> str:
    """Return the value with three decimals, or a dash."""
    return DASH if coefficient.value is None else f"{coefficient.value:.3f}"


def interval(coefficient: Coefficient) -> str:
    """Return ``0.71 to 0.88``, or nothing where there is no interval."""
    found = coefficient.interval
    return f"{found.low:.2f} to {found.high:.2f}" if found else ""


def coverage(coefficient: Coefficient) -> str:
    """Return how much of the material entered: ``86 % of 394 marks``."""
    found = coefficient.coverage
    if found is None:
        return ""
    if found.share is None:
        return f"0 {found.of}"
    return f"{found.share:.0%} of {found.total:,.0f} {found.of}".replace("%", " %")


def basis(coefficient: Coefficient) -> str:
    """Return the documents behind it: ``3 articles, 1 left out``."""
    found = coefficient.basis
    if found is None:
        return ""
    words = counted(found.used, "article")
    if found.both_empty:
        words += f", {found.both_empty} empty for all"
    return f"{words}, {found.left_out} left out" if found.left_out else words


def heading(line: Line) -> str:
    """Return what a line is about: ``actor, type: person (Amal and Bea)``."""
    words = f"{line.layer}, {line.about}"
    if line.label:
        words += f": {line.label}"
    return f"{words} ({line.group})" if line.group else words


def in_words(found: Found) -> list[str]:
    """Return the table in lines."""
    lines = [
        f"{', '.join(found.annotators)}; {counted(found.articles, 'article')} finished by at least one of them."
    ]
    if found.order.draws:
        lines.append(
            f"Intervals hold 95 % of {found.order.draws:,} draws of articles with replacement (seed {found.order.seed})."
        )
    if not any(line.coefficient.basis and line.coefficient.basis.used for line in found.lines):
        return [*lines, NOBODY_TWICE]
    for title, group in groupby(found.lines, heading):
        lines += ["", title, *_block([line.coefficient for line in group])]
    return lines


def as_data(found: Found) -> dict[str, object]:
    """Return plain values for JSON; an undefined value is null with its reason."""
    order = found.order
    return {
        "annotators": list(found.annotators),
        "articles": found.articles,
        "draws": order.draws,
        "seed": order.seed,
        "unfinished_counted": order.unfinished,
        "coefficients": [_data(line) for line in found.lines],
    }


def as_markdown(found: Found, title: str) -> str:
    """Return the report as a page of Markdown."""
    lines = [f"# Agreement: {title}", ""]
    lines += [f"{line}  " for line in in_words(found)[: 2 if found.order.draws else 1]]
    for heading_, group in groupby(found.lines, heading):
        lines += [
            "",
            f"## {heading_}",
            "",
            "| measure | value | 95 % interval | coverage | articles |",
        ]
        lines.append("|---|---:|---|---|---|")
        notes: list[str] = []
        for line in group:
            one = line.coefficient
            cells = (one.name, value(one), interval(one), coverage(one), basis(one))
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
            notes += remarks(one)
        lines += ["", *(f"- {note}" for note in dict.fromkeys(notes))] if notes else []
    return "\n".join(lines) + "\n"


def remarks(coefficient: Coefficient) -> Sequence[str]:
    """Return why there is no value, and what was done to the data, as sentences."""
    reason = (f"{coefficient.name}: {coefficient.reason}.",) if coefficient.reason else ()
    return (*reason, *(f"{coefficient.name}: {note}" for note in coefficient.notes))


def _block(coefficients: Sequence[Coefficient]) -> list[str]:
    """Return a line for each coefficient; one for all where all have no value for one reason."""
    reasons = {one.reason for one in coefficients}
    if len(coefficients) > 1 and len(reasons) == 1 and "" not in reasons:
        return [f"  {DASH}  {reasons.pop()} ({len(coefficients)} measures)"]
    return [_line(one) for one in coefficients]


def _line(one: Coefficient) -> str:
    if one.value is None:
        observed = "" if one.observed is None else f" (observed {_what(one)} {one.observed:.3f})"
        return f"  {one.name:34} {DASH:>7}  {one.reason}{observed}"
    details = " · ".join(part for part in (coverage(one), basis(one)) if part)
    return f"  {one.name:34} {value(one):>7}  {interval(one):14}  {details}"


def _what(one: Coefficient) -> str:
    return "disagreement" if one.counts_disagreement else "agreement"


def _data(line: Line) -> dict[str, object]:
    one = line.coefficient
    return {
        "layer": line.layer,
        "about": line.about,
        "label": line.label or None,
        "group": line.group or None,
        "measure": one.name,
        "value": one.value,
        "reason": one.reason or None,
        "observed": one.observed,
        "expected": one.expected,
        "observed_is": _what(one),
        "coverage": asdict(one.coverage) | {"share": one.coverage.share} if one.coverage else None,
        "articles": asdict(one.basis) if one.basis else None,
        "interval": asdict(one.interval) if one.interval else None,
        "notes": list(one.notes),
    }
