"""Links, attributes, actors, opinions, statements and boundaries, by hand and as printed."""

from __future__ import annotations

import pytest

from annotator.agreement.alpha import Scale, krippendorff_alpha
from annotator.agreement.attributes import attribute_alpha
from annotator.agreement.identity import identity_f1, identity_kappa
from annotator.agreement.links import link_f1, same_end
from annotator.agreement.measure import assess
from annotator.agreement.opinions import Opinion, opinion_score, opinions_of, sentiment_f1
from annotator.agreement.segmentation import boundaries, boundary_similarity
from annotator.agreement.statements import Statement, statement_alpha, statement_f1, statements_of
from annotator.agreement.units import Document, Span, Tie, span
from tests.agreement.shapes import document, nothing, value

SENTENCE = [
    "Even",
    "though",
    "the",
    "price",
    "is",
    "decent",
    "for",
    "Paris",
    ",",
    "I",
    "would",
    "not",
    "recommend",
    "this",
    "hotel",
    ".",
]


def words(text: str) -> frozenset[int]:
    return frozenset(SENTENCE.index(word) for word in text.split())


NEGATIVE = Opinion(words("I"), words("this hotel"), words("would not recommend"), "Neg")
POSITIVE = Opinion(words(""), words("the price"), words("decent"), "Pos")
SHORTER = Opinion(words("I"), words("hotel"), words("not recommend"), "Neg")


def test_sentiment_graphs_t20() -> None:
    gold = [NEGATIVE, POSITIVE]
    both = opinion_score([SHORTER, POSITIVE], gold)
    assert both.precision == pytest.approx(1.0)
    assert both.recall == pytest.approx(0.8611, abs=5e-5)
    assert both.f1 == pytest.approx(0.9254, abs=5e-5)
    first = opinion_score([SHORTER], gold)
    assert first.recall == pytest.approx(0.3611, abs=5e-5)
    assert first.f1 == pytest.approx(0.5306, abs=5e-5)
    wrong = [NEGATIVE, POSITIVE._replace(polarity="Neg")]
    assert opinion_score(wrong, gold).f1 == pytest.approx(0.5)
    assert opinion_score(wrong, gold, polar=False).f1 == pytest.approx(1.0)
    nobody = [NEGATIVE._replace(holder=frozenset()), POSITIVE]
    assert opinion_score(nobody, gold).f1 == pytest.approx(0.5)
    assert opinion_score([], []).f1 is None
    assert opinion_score([], gold).f1 == 0


def test_sentiment_graphs_of_documents() -> None:
    expression = span(20, 30, "sentiment", "negative")
    shorter = span(22, 30, "sentiment", "negative")
    hotel, she = span(31, 36, "actor"), span(10, 12, "actor")
    tokens = tuple((at, at + 1) for at in range(40))
    one = Document(
        "one",
        40,
        {"A": (expression,), "B": (shorter,)},
        tokens,
        {
            "A": (Tie("holder", expression, she), Tie("target", expression, hotel)),
            "B": (Tie("holder", shorter, she), Tie("target", shorter, hotel)),
        },
    )
    (opinion,) = opinions_of(one, "B")
    assert opinion == (
        frozenset({10, 11}),
        frozenset(range(31, 36)),
        frozenset(range(22, 30)),
        "negative",
    )
    recall = (1 + 1 + 0.8) / 3
    assert value(sentiment_f1(), one) == pytest.approx(2 * recall / (1 + recall))


@pytest.mark.parametrize(
    ("first", "second", "similarity"),
    [
        ([2, 3, 6], [5, 6], 0.5),
        ([2, 3, 6], [2, 3, 3, 3], 0.6667),
        ([2, 3, 6], [2, 2, 7], 0.75),
        ([2, 3, 6], [1, 1, 3, 1, 5], 0.5),
        ([11], [5, 6], 0),
    ],
)
def test_boundary_similarity_t21(first, second, similarity) -> None:
    found = boundary_similarity(boundaries(first), boundaries(second))
    assert found.value == pytest.approx(similarity, abs=5e-5)
    assert boundary_similarity([], []).value is None


SAID = span(20, 40, "claim")
SAID_TOO = span(22, 40, "claim")
ALSO = span(50, 60, "claim")
ANN, ANN_LATER, BOB = span(0, 3, "actor"), span(70, 73, "actor"), span(10, 13, "actor")


def linked(a: tuple[Tie, ...], b: tuple[Tie, ...]) -> Document:
    return Document("one", 80, {"A": (SAID, ALSO), "B": (SAID_TOO, ALSO)}, (), {"A": a, "B": b})


@pytest.mark.parametrize(
    ("mine", "theirs", "share"),
    [
        (Tie("source", SAID, ANN), Tie("source", SAID_TOO, span(0, 2, "actor")), 1.0),
        (Tie("source", SAID, ANN), Tie("source", SAID_TOO, BOB), 0.5),
        (Tie("source", SAID, ANN), None, 0.5),
        (Tie("source", SAID, voice="author"), Tie("source", SAID_TOO, voice="author"), 1.0),
        (Tie("source", SAID, voice="author"), Tie("source", SAID_TOO, voice="unknown"), 0.5),
        (Tie("source", SAID, voice="author"), None, 0.5),
        (Tie("source", SAID, voice="author"), Tie("source", SAID_TOO, ANN), 0.5),
        (Tie("holder", SAID, ANN), None, 1.0),
    ],
)
def test_same_end_of_matched_marks(mine: Tie, theirs: Tie | None, share: float) -> None:
    one = linked((mine,), (theirs,) if theirs else ())
    assert value(same_end("source"), one) == share


def test_one_actor_at_another_place_is_the_same_end_only_by_name() -> None:
    one = linked(
        (Tie("source", SAID, ANN, name="ann"),), (Tie("source", SAID_TOO, ANN_LATER, name="ann"),)
    )
    assert value(same_end("source"), one) == 0.5
    assert value(same_end("source", by_name=True), one) == 1.0


def test_several_ends_each_need_their_counterpart() -> None:
    both = (Tie("about", SAID, ANN), Tie("about", SAID, BOB))
    assert value(same_end("about"), linked(both, (Tie("about", SAID_TOO, BOB),))) == 0.5
    turned = (Tie("about", SAID_TOO, BOB), Tie("about", SAID_TOO, ANN))
    assert value(same_end("about"), linked(both, turned)) == 1.0


def test_links_as_triples() -> None:
    one = linked(
        (Tie("source", SAID, ANN), Tie("source", ALSO, BOB), Tie("about", ALSO, ANN)),
        (Tie("source", SAID_TOO, ANN), Tie("source", ALSO, BOB), Tie("source", ALSO, ANN)),
    )
    assert value(link_f1(exact=True), one) == pytest.approx(2 * 1 / 6)
    assert value(link_f1(), one) == pytest.approx(2 * 2 / 6)
    assert value(link_f1(type="source"), one) == pytest.approx(2 * 2 / 5)
    assert "nobody made such a link" in nothing(link_f1(type="inside"), one).reason


def test_a_voice_is_an_end() -> None:
    author = Tie("source", SAID, voice="author")
    one = linked((author,), (Tie("source", SAID_TOO, voice="author"),))
    assert value(link_f1(), one) == 1.0
    other = linked((author,), (Tie("source", SAID_TOO, voice="unknown"),))
    assert value(link_f1(), other) == 0.0


def test_attributes_of_marks_all_made_are_plain_alpha() -> None:
    stances = [(1, 1, 2), (2, 2, 2), (3, 1, 3), (1, 1, 1), (2, 3, 3)]
    people = {
        name: [(at * 10, at * 10 + 5, "claim", row[column]) for at, row in enumerate(stances)]
        for column, name in enumerate("ABC")
    }
    one = document(60, **people)
    for scale in Scale:
        expected = krippendorff_alpha(stances, scale).value
        assert value(attribute_alpha("stance", scale), one) == pytest.approx(expected)


def test_attributes_compare_matched_marks_only_and_say_how_many() -> None:
    one = document(
        60,
        A=[(0, 5, "claim", "support"), (10, 15, "claim", "oppose"), (20, 25, "claim", None)],
        B=[(1, 5, "claim", "support"), (10, 16, "claim", "support"), (20, 25, "claim", "oppose")],
    )
    found = assess(attribute_alpha("stance"), [one])
    assert found.coverage
    assert (found.coverage.used, found.coverage.total) == (4, 6)
    assert found.observed == pytest.approx(0.5)
    order = ("oppose", "neutral", "support")
    assert assess(attribute_alpha("stance", Scale.ORDINAL, order), [one]).value is not None


def mentions(values: str) -> list[tuple[object, ...]]:
    return [
        (at * 10, at * 10 + 5, "actor", None if who == "-" else who)
        for at, who in enumerate(values)
    ]


def test_actor_identity_by_groups_not_by_names() -> None:
    same = document(90, A=mentions("xxyyz"), B=mentions("11223"))
    assert value(identity_f1(), same) == 1.0
    assert value(identity_kappa(), same) == pytest.approx(1.0)
    # A: {0,1}, {2,3}; B: {0,1}, {2,4}: one pair of two shared, of ten pairs
    other = document(90, A=mentions("xxyyz"), B=mentions("11232"))
    assert value(identity_f1(), other) == pytest.approx(2 * 1 / 4)
    observed, chance = 8 / 10, (2 * 2 + 8 * 8) / 100
    assert value(identity_kappa(), other) == pytest.approx((observed - chance) / (1 - chance))


def test_mentions_tied_to_nobody_are_left_out() -> None:
    one = document(90, A=mentions("xx-y"), B=mentions("11-2"))
    found = assess(identity_f1(), [one])
    assert found.value == 1.0
    assert found.coverage
    assert (found.coverage.used, found.coverage.total) == (6, 8)
    nothing(identity_f1(), document(90, A=mentions("xyz"), B=mentions("123")))


def stated(id: str, **people: str) -> Document:
    """``ann+ bob-`` as claims, with their stance."""
    spans: dict[str, tuple[Span, ...]] = {}
    ties: dict[str, tuple[Tie, ...]] = {}
    for person, text in people.items():
        parts = text.split()
        spans[person] = tuple(
            span(at * 5, at * 5 + 4, "border", part[-1]) for at, part in enumerate(parts)
        )
        ties[person] = tuple(
            Tie("source", item, None, "unknown", part[:-1])
            for item, part in zip(spans[person], parts, strict=True)
        )
    return Document(id, 100, spans, (), ties)


def test_statements_of_an_article() -> None:
    one = stated("1", A="ann+ ann+ bob-", B="bob- ann+")
    assert statements_of(one, "A") == {
        Statement("ann", "border", "+"),
        Statement("bob", "border", "-"),
    }
    assert value(statement_f1(), one) == 1.0
    assert value(statement_alpha(), one) == 1.0


def test_a_statement_that_only_one_found_is_disagreement() -> None:
    one = stated("1", A="ann+ bob-", B="ann+")
    two = stated("2", A="ann-", B="ann-")
    assert value(statement_f1(), one, two) == pytest.approx(2 * 2 / 5)
    expected = krippendorff_alpha([("+", "+"), ("-", "0"), ("-", "-")]).value
    assert value(statement_alpha(), one, two) == pytest.approx(expected)
    ordinal = assess(statement_alpha(Scale.ORDINAL, ("-", "+")), [one, two])
    assert ordinal.value == 1.0
    assert ordinal.coverage
    assert (ordinal.coverage.used, ordinal.coverage.total) == (4, 6)


def test_claims_without_a_known_source_state_nothing() -> None:
    one = Document("1", 100, {"A": (span(0, 4, "border", "+"),), "B": ()})
    assert statements_of(one, "A") == set()
    nothing(statement_f1(), one)
    assert "nobody marked" in nothing(statement_alpha(), one).reason


def test_draws_that_leave_a_value_out_are_no_fault() -> None:
    pairs = [("oppose", "neutral"), ("support", "support"), ("none", "support")]
    project = [
        document(10, f"d{n}", A=[(0, 5, "x", a)], B=[(0, 5, "x", b)])
        for n, (a, b) in enumerate(pairs)
    ]
    measure = attribute_alpha("stance", Scale.ORDINAL, ("oppose", "neutral", "support"))
    assert assess(measure, project, draws=60).interval is not None
