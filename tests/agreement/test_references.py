"""Random inputs give what independent programs give; ``data/references.json`` says which."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from annotator.agreement.alignment import Stretch, Weights
from annotator.agreement.alpha import Scale, krippendorff_alpha
from annotator.agreement.gamma import disorder
from annotator.agreement.kappa import cohen_kappa, crossed, fleiss_kappa, scott_pi
from annotator.agreement.schemes import Scheme, score
from annotator.agreement.segmentation import boundaries, boundary_similarity
from annotator.agreement.units import span
from tests.bench import polnear_agreement

REFERENCES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "references.json").read_text("utf-8")
)
EXACT = {"abs": 1e-9, "rel": 0}


@pytest.mark.parametrize("case", REFERENCES["alpha"])
@pytest.mark.parametrize("scale", list(Scale))
def test_alpha_as_krippendorff(case: dict[str, Any], scale: Scale) -> None:
    found = krippendorff_alpha(case["units"], scale)
    assert found.value == pytest.approx(case[scale.value], **EXACT)


@pytest.mark.parametrize("case", REFERENCES["kappa"])
def test_kappa_as_scikit_learn_and_nltk(case: dict[str, Any]) -> None:
    table = crossed(case["first"], case["second"])
    assert cohen_kappa(table).value == pytest.approx(case["kappa_sklearn"], **EXACT)
    assert cohen_kappa(table).value == pytest.approx(case["kappa_nltk"], **EXACT)
    assert scott_pi(table).value == pytest.approx(case["pi_nltk"], **EXACT)
    alpha = krippendorff_alpha(zip(case["first"], case["second"], strict=True))
    assert alpha.value == pytest.approx(case["alpha_nltk"], **EXACT)


@pytest.mark.parametrize("case", REFERENCES["fleiss"])
def test_fleiss_as_statsmodels(case: dict[str, Any]) -> None:
    units = [dict(enumerate(counts)) for counts in case["counts"]]
    assert fleiss_kappa(units).value == pytest.approx(case["kappa"], **EXACT)


@pytest.mark.parametrize("case", REFERENCES["schemes"])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_schemes_as_nervaluate(case: dict[str, Any], scheme: Scheme) -> None:
    found = score(
        scheme, [span(*mark) for mark in case["found"]], [span(*mark) for mark in case["reference"]]
    )
    printed = case[scheme.value]
    counts = ("correct", "incorrect", "partial", "missed", "spurious")
    assert {name: getattr(found, name) for name in counts} == {
        name: printed[name] for name in counts
    }
    for name in ("precision", "recall", "f1"):
        assert getattr(found, name) == pytest.approx(printed[name], **EXACT)


@pytest.mark.parametrize("case", REFERENCES["boundaries"])
def test_boundary_similarity_as_segeval(case: dict[str, Any]) -> None:
    found = boundary_similarity(boundaries(case["first"]), boundaries(case["second"]))
    assert (found.value if found.value is not None else 1.0) == pytest.approx(
        case["similarity"], **EXACT
    )


@pytest.mark.parametrize("case", REFERENCES["gamma"])
def test_disorder_as_pygamma(case: dict[str, Any]) -> None:
    people: dict[str, list[Stretch]] = {}
    for who, start, end, label in case["units"]:
        people.setdefault(who, []).append(Stretch(start, end, label))
    weights = Weights(case["alpha"], case["beta"])
    # The other program computes in single precision.
    assert disorder(list(people.values()), weights) == pytest.approx(case["disorder"], rel=2e-6)


@pytest.mark.skipif("ANNOTATOR_SHARED" not in os.environ, reason="needs the corpus")
def test_polnear_has_the_published_figures() -> None:
    folder = Path(os.environ["ANNOTATOR_SHARED"]) / "polnear" / "train"
    published = {
        "token α": 0.754,
        "source exact": 0.78,
        "source overlap": 0.84,
        "cue exact": 0.70,
        "cue overlap": 0.82,
        "content exact": 0.69,
        "content overlap": 0.88,
    }
    assert polnear_agreement.figures(folder) == pytest.approx(published, abs=0.02)
