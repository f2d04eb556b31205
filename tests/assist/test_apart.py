"""Suggesters in a process of their own say the same as here."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.assist.apart import Errand, do, run
from annotator.assist.gazetteer import Entry, Gazetteer
from annotator.assist.proposal import Request
from annotator.domain.errors import Problem
from annotator.settings.places import resources_folder

TEXT = "“We stay,” said Lena Holm. It was a disgraceful offer, said the big union. 😀\n"
NAMES = Gazetteer([Entry("Dockers", "organisation", ("Dockers", "the big union"))])
LEXICONS = str(resources_folder() / "lexicons")


def test_the_answer_is_the_same(tmp_path: Path) -> None:
    errand = Errand(Request(TEXT, "en", NAMES), LEXICONS)
    assert run(errand, lambda: True) == do(errand)
    answers, troubles = do(errand)
    assert troubles == []
    assert {item.layer for _, found in answers for item in found} == {
        "actor", "claim", "cue", "sentiment",
    }  # fmt: skip


def test_it_can_be_stopped() -> None:
    with pytest.raises(Problem, match="stopped"):
        run(Errand(Request(TEXT * 20_000, "en"), LEXICONS), lambda: False)


def test_a_model_that_cannot_be_used_is_told_and_the_rules_answer(tmp_path: Path) -> None:
    errand = Errand(Request(TEXT, "en"), LEXICONS, (str(tmp_path),))
    answers, (trouble,) = run(errand, lambda: True)
    assert "is no model" in trouble
    assert [maker.name for maker, _ in answers] == ["rules"]
