"""MARDY and DebateNet files: claims with actors, categories, date and position, also where letters are scrambled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator.services.codebooks import default_codebook
from tests.formats.contract import read

TEXT = "Das Amt plant Lager. „Niemals“, sagt Amal 😀 Haddad. Ende."


def claim(words: str, text: str = TEXT, **said: Any) -> dict[str, Any]:
    begin = text.index(words)
    return {
        "quote": words,
        "begin": begin,
        "end": begin + len(words),
        "cdate": "20150113",
        "actorvalues": ["per_Amal Haddad", "org_Das Amt", "20"],
        "claims": ["200", "204"],
        "cpos": "-1",
        **said,
    }


def taken(tmp_path: Path, *claims: object, text: str = TEXT, **more: object) -> Any:
    file = tmp_path / "108654.json"
    article = {"entities": [], "sentences": [], "claims": list(claims), "tokens": [], "text": text}
    file.write_text(json.dumps({**article, **more}), encoding="utf-8")
    return read(file, default_codebook())


def test_claims_come_with_topics_date_stance_and_actors(tmp_path: Path) -> None:
    result = taken(tmp_path, claim("Niemals"), claim("plant Lager", cpos="1", actorvalues=[]))
    (coded,) = result.in_order()
    claims = {mark.text: dict(mark.attributes) for mark in coded.marks}
    assert claims == {
        "Niemals": {"topics": ("200", "204"), "stance": "oppose", "date": "2015-01-13"},
        "plant Lager": {"topics": ("200", "204"), "stance": "support", "date": "2015-01-13"},
    }
    book = sorted((actor.name, actor.type) for actor in result.book.values())
    assert book == [("Amal Haddad", "person"), ("Das Amt", "organisation")]
    assert sum(remark.lost for remark in result.remarks if remark.kind == "link") == 3


def test_several_claims_may_share_one_passage(tmp_path: Path) -> None:
    result = taken(tmp_path, claim("Niemals"), claim("Niemals", cpos="1"))
    (coded,) = result.in_order()
    assert [mark.text for mark in coded.marks] == ["Niemals", "Niemals"]


def test_scrambled_texts_keep_the_places(tmp_path: Path) -> None:
    result = taken(tmp_path, {**claim("plant Lager."), "quote": "sagte Hallo."})
    assert [mark.text for coded in result.in_order() for mark in coded.marks] == ["plant Lager."]
    assert any("scrambled" in remark.what for remark in result.remarks)


def test_words_that_stand_elsewhere_are_told(tmp_path: Path) -> None:
    result = taken(tmp_path, {**claim("plant Lager."), "quote": "something else entirely"})
    assert [len(coded.marks) for coded in result.in_order()] == [0]
    assert [remark.lost for remark in result.remarks if remark.kind == "mark"] == [1]


def test_places_may_count_utf16_units(tmp_path: Path) -> None:
    place = {"begin": len("Das Amt plant Lager. „Niemals“, sagt Amal 😀 ") + 1}
    moved = {**claim("Haddad"), **place, "end": place["begin"] + len("Haddad")}
    (coded,) = taken(tmp_path, moved).in_order()
    assert [mark.text for mark in coded.marks] == ["Haddad"]


def test_nothing_odd_vanishes_unsaid(tmp_path: Path) -> None:
    odd = claim("Niemals", cpos="maybe", cdate="soon")
    result = taken(
        tmp_path,
        odd,
        {"begin": 3},
        claim("Ende", end=900),
        entities=[{"begin": 0, "end": 3, "category": "I-ORG"}],
    )
    (coded,) = result.in_order()
    assert [(mark.text, set(mark.attributes)) for mark in coded.marks] == [("Niemals", {"topics"})]
    said = " ".join(remark.what for remark in result.remarks if remark.lost)
    for words in ("maybe", "soon", "no pair of whole numbers", "outside the text", "by a program"):
        assert words in said
