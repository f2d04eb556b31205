"""Structured sentiment: what the task's scorer would make of our files, and the oddities of public ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.opinions import OpinionWriter
from annotator.services.codebooks import default_codebook
from tests.formats.contract import Wish, make, read, write


def tokens_of(text: str, places: list[str]) -> list[int]:
    """Return the tokens that a scorer counts for an element: from edge to edge, else too much or nothing."""
    edges, position = [], 0
    for word in text.split(" "):
        edges.append((position, position + len(word)))
        position += len(word) + 1
    found: list[int] = []
    for place in places:
        start, end = map(int, place.split(":"))
        inside = False
        for number, (begin, stop) in enumerate(edges):
            inside = inside or begin == start
            if inside:
                found.append(number)
            if stop == end:
                inside = False
    return found


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_every_element_is_whole_tokens(tmp_path_factory, seed: int) -> None:  # C17
    book, coded = make(seed, Wish(odd=False, marks=25))
    out = tmp_path_factory.mktemp("ssa") / "out"
    write(OpinionWriter(), coded, book, out)
    for sentence in json.loads((out / "opinions.json").read_text(encoding="utf-8")):
        words = sentence["text"].split(" ")
        for opinion in sentence["opinions"]:
            for role in ("Source", "Target", "Polar_expression"):
                said, places = opinion[role]
                counted = [words[number] for number in tokens_of(sentence["text"], places)]
                assert " ".join(counted) == " ".join(said)
                assert len(said) == len(places)


Graph = tuple[frozenset[int], frozenset[int], frozenset[int], str]


def graphs_of(sentence: dict[str, Any]) -> list[Graph]:
    """Return the opinions of a sentence as holder, target and expression tokens, and polarity."""
    return [
        (
            *(
                frozenset(tokens_of(sentence["text"], opinion[role][1]))
                for role in ("Source", "Target", "Polar_expression")
            ),
            opinion["Polarity"],
        )
        for opinion in sentence["opinions"]
    ]


def share(one: Graph, other: Graph) -> float:
    """Return how much of one opinion the other covers: the mean over its elements, 0 if any misses."""
    if one[3] != other[3]:
        return 0
    shares = []
    for mine, yours in zip(one[:3], other[:3], strict=True):
        if mine and yours and not mine & yours:
            return 0
        if bool(mine) != bool(yours):
            return 0
        shares.append(len(mine & yours) / len(mine) if mine else 1)
    return sum(shares) / len(shares)


def score(gold: list[dict[str, Any]], said: list[dict[str, Any]]) -> float | None:
    """Return the sentiment graph F1 as the task describes it; None where there is no opinion."""
    by_id = {sentence["sent_id"]: graphs_of(sentence) for sentence in gold}
    pairs = [(by_id[sentence["sent_id"]], graphs_of(sentence)) for sentence in said]
    precision = [
        max((share(one, two) for two in own), default=0) for own, all in pairs for one in all
    ]
    recall = [max((share(one, two) for two in all), default=0) for own, all in pairs for one in own]
    if not precision or not recall:
        return None
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return 2 * p * r / (p + r) if p + r else 0.0


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_a_file_scores_one_against_itself_and_after_a_round_trip(  # I2
    tmp_path_factory, seed: int
) -> None:
    book, coded = make(seed, Wish(odd=False, marks=25))
    folder = tmp_path_factory.mktemp("ssa")
    losses = write(OpinionWriter(), coded, book, folder / "one")
    write(OpinionWriter(), read(folder / "one", book).in_order(), book, folder / "two")
    one, two = (
        json.loads((folder / name / "opinions.json").read_text(encoding="utf-8"))
        for name in ("one", "two")
    )
    count = sum(len(sentence["opinions"]) for sentence in one)
    assert score(one, one) == (1.0 if count else None)
    if not any(loss.kind == "mark" for loss in losses):
        assert score(one, two) == (1.0 if count else None)
    ids = [sentence["sent_id"] for sentence in one]
    assert len(set(ids)) == len(ids)
    assert all(graph[2] for sentence in one for graph in graphs_of(sentence))


def test_the_score_falls_with_what_is_missing() -> None:
    whole = sentence(opinion())
    assert score([whole], [whole]) == 1.0
    part = sentence(opinion(Polar_expression=[["condemned"], ["13:22"]]))
    assert 0.8 < (score([whole], [part]) or 0) < 1
    assert score([whole], [sentence(opinion(Polarity="Positive"))]) == 0.0


def taken(tmp_path: Path, *sentences: dict[str, object]):
    file = tmp_path / "train.json"
    file.write_text(json.dumps(sentences), encoding="utf-8")
    return read(file, default_codebook())


def opinion(**changes: object) -> dict[str, object]:
    base: dict[str, object] = {
        "Source": [["Kyiv"], ["0:4"]],
        "Target": [["the attack"], ["23:33"]],
        "Polar_expression": [["sharply condemned"], ["5:22"]],
        "Polarity": "Negative",
        "Intensity": "Strong",
    }
    return {**base, **changes}


def sentence(*opinions: dict[str, object]) -> dict[str, object]:
    return {"sent_id": "d1-3", "text": "Kyiv sharply condemned the attack .", "opinions": opinions}


def test_a_public_sentence_becomes_marks_and_links(tmp_path: Path) -> None:
    result = taken(tmp_path, sentence(opinion(), opinion(Intensity=None, Polarity="Positive")))
    (coded,) = result.in_order()
    judged = [dict(mark.attributes) for mark in coded.marks if mark.layer == "sentiment"]
    assert judged == [{"polarity": "negative", "intensity": 3}, {"polarity": "positive"}]
    assert sorted(mark.text for mark in coded.marks if mark.layer == "actor") == [
        "Kyiv",
        "the attack",
    ]
    assert sorted(link.type for link in coded.links) == ["holder", "holder", "target", "target"]


def test_a_dummy_place_is_an_implicit_holder_and_told(tmp_path: Path) -> None:  # C18
    result = taken(tmp_path, sentence(opinion(Source=[["Nik"], ["0:3"]], Target=[[], []])))
    (coded,) = result.in_order()
    assert [str(link.voice) for link in coded.links] == ["unknown"]
    assert [remark.lost for remark in result.remarks] == [1]


def test_unknown_keys_and_neutral_are_told(tmp_path: Path) -> None:  # C19
    odd = opinion(
        NOT=True, Source_is_author=True, Source=[[], []], Polarity="Neutral", Intensity="Slight"
    )
    result = taken(tmp_path, sentence(odd))
    (coded,) = result.in_order()
    assert {"intensity": 1} in [dict(mark.attributes) for mark in coded.marks]
    assert "author" in [str(link.voice) for link in coded.links]
    told = " ".join(remark.what for remark in result.remarks)
    assert "NOT" in told
    assert "polarity" in told
