"""How far the people of PolNeAR agree, where several marked one article.

``python -m tests.bench.polnear_agreement FOLDER`` takes the folder of the corpus, whose
training part is looked at, or of one part, and prints α over tokens (source, cue, content or none; published: 0.754) and, for each role, the mean
F1 of two people over the outer bounds of what they marked: the same bounds, and any overlap.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator.agreement.measure import Measure, assess
from annotator.agreement.spans import exact_f1, touch_f1
from annotator.agreement.tokens import token_alpha
from annotator.agreement.units import Document, Span
from annotator.domain.segments import tokens
from tests.bench.polnear import ROLES, Attributed, files_of, read_one


def documents(folder: Path) -> Iterator[Document]:
    """Yield the articles that several people marked, with roles as labels."""
    for name, paths in files_of(folder):
        if len(paths) > 1:
            people = {path.stem.rpartition("_")[2]: read_one(folder, name, path) for path in paths}
            yield _document(name, people)


def figures(folder: Path) -> dict[str, float]:
    """Return the coefficients by name: ``token α``, ``source exact``, ``source overlap`` …"""
    marked = list(documents(folder))
    found = {"token α": _value(token_alpha(), marked)}
    for role in ROLES:
        own = [_by_outer_bounds(document.only(role)) for document in marked]
        found[f"{role} exact"] = _value(exact_f1(), own)
        found[f"{role} overlap"] = _value(touch_f1(), own)
    return found


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the corpus, or one part of it")
    folder = parser.parse_args().folder
    training = folder / "train"
    for name, value in figures(training if training.is_dir() else folder).items():
        print(f"{name:16} {value:.3f}")
    return 0


def _document(name: str, people: dict[str, Attributed]) -> Document:
    text = next(iter(people.values())).text
    spans = {
        who: tuple(Span(extents, role) for role in ROLES for extents in article.spans[role])
        for who, article in people.items()
    }
    return Document(name, len(text), spans, tuple(tokens(text, 0, len(text))))


def _by_outer_bounds(document: Document) -> Document:
    """Return the document with marks of several fragments as one, as the published figures have them."""
    bounds = {
        who: tuple(Span(((item.start, item.end),), item.label) for item in spans)
        for who, spans in document.spans.items()
    }
    return replace(document, spans=bounds)


def _value(measure: Measure, marked: list[Document]) -> float:
    value = assess(measure, marked).value
    if value is None:
        raise ValueError(f"{measure.name} has no value: is this the folder of a part of PolNeAR?")
    return value


if __name__ == "__main__":
    raise SystemExit(main())
