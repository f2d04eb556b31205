"""The rules: who says what, found in sentences written for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.assist.gazetteer import Entry, Gazetteer
from annotator.assist.proposal import Proposal, Request
from annotator.assist.rules import Rules
from annotator.settings.places import resources_folder

RULES = Rules(resources_folder() / "lexicons")


def propose(text: str, language: str = "en", names: Gazetteer | None = None) -> list[Proposal]:
    return RULES.propose(Request(text, language, names))


def said(text: str) -> list[tuple[str, str, str]]:
    """Return source, cue and claim of each claim."""
    found = propose(text)
    result = []
    for proposal in found:
        if proposal.layer == "claim":
            links = dict(proposal.links)
            source, cue = links.get("source"), links.get("cue")
            result.append(
                (
                    _words(text, found[source]) if isinstance(source, int) else "",
                    _words(text, found[cue]) if isinstance(cue, int) else "",
                    _words(text, proposal),
                )
            )
    return result


def actors(text: str, names: Gazetteer | None = None) -> list[tuple[str, object]]:
    return [
        (_words(text, proposal), proposal.attributes["type"])
        for proposal in propose(text, names=names)
        if proposal.layer == "actor"
    ]


def _words(text: str, proposal: Proposal) -> str:
    return " … ".join(text[start:end] for start, end in proposal.extents)


@pytest.mark.parametrize(
    ("text", "source", "cue", "claim"),
    [
        (
            "“The harbour stays shut,” said Amal Haddad.",
            "Amal Haddad", "said", "The harbour stays shut",
        ),
        (
            '"The harbour stays shut," Amal Haddad said on Monday.',
            "Amal Haddad", "said", "The harbour stays shut",
        ),
        (
            "Amal Haddad said that the harbour would stay shut.",
            "Amal Haddad", "said", "the harbour would stay shut",
        ),
        (
            "Amal Haddad said the harbour would stay shut.",
            "Amal Haddad", "said", "the harbour would stay shut",
        ),
        (
            "Amal Haddad, who leads the dockers, told reporters that the harbour would stay shut.",
            "Amal Haddad", "told", "the harbour would stay shut",
        ),
        (
            "“We stay,” Amal Haddad said, “until the night shift is paid.”",
            "Amal Haddad", "said", "We stay … until the night shift is paid.",
        ),
        (
            "The harbour will stay shut, according to Amal Haddad.",
            "Amal Haddad", "according to", "The harbour will stay shut",
        ),
        (
            "According to Amal Haddad, the harbour will stay shut.",
            "Amal Haddad", "According to", "the harbour will stay shut",
        ),
        (
            "Amal Haddad: “The harbour will stay shut for weeks.”",
            "Amal Haddad", ":", "The harbour will stay shut for weeks.",
        ),
        (
            "The harbour, Amal Haddad argued, had been shut for no reason.",
            "Amal Haddad", "argued", "The harbour … had been shut for no reason",
        ),
        (
            "Amal Haddad did not say whether the harbour would open.",
            "Amal Haddad", "did not say", "whether the harbour would open",
        ),
        (
            "Amal Haddad spoke first. She warned that the harbour would stay shut.",
            "Amal Haddad", "warned", "the harbour would stay shut",
        ),
        (
            "Union officials said the harbour would stay shut.",
            "Union officials", "said", "the harbour would stay shut",
        ),
    ],
)  # fmt: skip
def test_who_says_what(text: str, source: str, cue: str, claim: str) -> None:
    assert (source, cue, claim) in said(text)


def test_a_quotation_that_ends_in_a_quotation_keeps_its_speaker() -> None:
    text = "\"They told us 'never again,'\" Lena Holm said on Monday."
    assert said(text) == [("Lena Holm", "said", "They told us 'never again,'")]


@pytest.mark.parametrize(
    "who", ["Amal Haddad, who leads the union", "Amal Haddad, head of the union"]
)
def test_a_quotation_is_taken_up_again_behind_a_word_on_the_speaker(who: str) -> None:
    text = f"“We will not go back,” said {who}, “until the night shift is paid.”"
    assert said(text) == [
        ("Amal Haddad", "said", "We will not go back … until the night shift is paid.")
    ]


def test_another_quotation_behind_a_word_on_the_speaker_is_not_taken_up() -> None:
    text = "“We stay,” said Amal Haddad, who called the offer, “Hopeless.”"
    assert said(text)[0] == ("Amal Haddad", "said", "We stay")


def test_a_question_of_an_interview_is_no_claim() -> None:
    text = "Q: Will you go back?\n\nHADDAD: Not until the night shift is paid."
    assert said(text) == [("HADDAD", ":", "Not until the night shift is paid")]


def test_one_speaker_says_two_things() -> None:
    text = "Amal Haddad said the harbour was shut, adding that the night shift was unpaid."
    assert [(source, claim) for source, _, claim in said(text)] == [
        ("Amal Haddad", "the harbour was shut"),
        ("Amal Haddad", "the night shift was unpaid"),
    ]


def test_a_quotation_over_paragraphs_is_one_claim() -> None:
    text = "“The harbour is shut,” said Amal Haddad. “It was shut in May.\n\n“It will be shut in June.”"
    claims = [claim for _, _, claim in said(text)]
    assert claims == ["The harbour is shut", "It was shut in May. … It will be shut in June."]


def test_a_title_is_no_claim() -> None:
    assert said("They sang “Yesterday” twice.") == []


def test_an_accusation_takes_a_stance() -> None:
    text = "Amal Haddad accused the port authority of hiding its losses."
    (claim,) = [item for item in propose(text) if item.layer == "claim"]
    assert claim.attributes["stance"] == "oppose"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The crowd cheered Mayor Lena Holm.", ("Lena Holm", "person")),
        ("They met Army Col. Piet Maas there.", ("Piet Maas", "person")),
        ("He works for the Institute for Harbour Studies in Oslo.",
         ("Institute for Harbour Studies", "organisation")),
        ("The Harbour Gazette printed it. We read the Harbour Gazette.",
         ("Harbour Gazette", "media")),
        ("They arrested Norwegian soldiers at dawn.", ("Norwegian soldiers", "government")),
        ("Then Norway closed its ports.", ("Norway", "government")),
    ],
)  # fmt: skip
def test_actors(text: str, found: tuple[str, str]) -> None:
    assert found in actors(text)


@pytest.mark.parametrize(
    ("text", "not_found"),
    [
        ("It happened in Norway on Monday.", "Norway"),
        ("It happened on Monday in May.", "Monday"),
        ("The Norwegian harbour was shut.", "Norwegian"),
    ],
)
def test_no_actors(text: str, not_found: str) -> None:
    assert not_found not in [name for name, _ in actors(text)]


def test_a_last_name_is_known_by_the_whole_one() -> None:
    assert actors("They met Lena Holm. Later they praised Holm.")[-1] == ("Holm", "person")


def test_the_actor_book_comes_first() -> None:
    book = Gazetteer(
        [Entry("Dockers’ Union", "organisation", ("Dockers’ Union", "the big union", "DU"))]
    )
    text = "Nobody asked the big union, nor DU, nor anybody called du."
    assert actors(text, book)[:2] == [("the big union", "organisation"), ("DU", "organisation")]
    assert "du" not in [name for name, _ in actors(text, book)]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("It was a disgraceful offer.", "negative"),
        ("It was an outstanding offer.", "positive"),
        ("It was not a disgraceful offer.", "positive"),
    ],
)
def test_sentiment(text: str, polarity: str) -> None:
    (found,) = [item for item in propose(text) if item.layer == "sentiment"]
    assert found.attributes["polarity"] == polarity


def test_bad_news_is_no_sentiment() -> None:
    text = "Two men were killed when a bomb exploded."
    assert not [item for item in propose(text) if item.layer == "sentiment"]


def test_a_language_without_lists_still_has_quotations() -> None:
    found = propose("« Nous restons ici jusqu'au bout », dit Amal Haddad.", "fr")
    assert [item.attributes["mode"] for item in found if item.layer == "claim"] == ["direct"]


PIECES = st.sampled_from(
    [
        "said",
        "told",
        "that",
        "who",
        "“",
        "”",
        '"',
        "'",
        "’",
        ",",
        ".",
        ";",
        ":",
        "—",
        "(",
        ")",
        "Amal",
        "Haddad",
        "the",
        "union",
        "harbour",
        "and",
        "but",
        "according",
        "to",
        "he",
        "they",
        "adding",
        "not",
        "was",
        "has",
        "“We",
        "stay,”",
        "Mr.",
        "Norwegian",
        "soldiers",
        "very",
        "disgraceful",
        "Ａ😀",
        "\u200b",
        "\n",
        "\n\n",
    ]
)


@settings(max_examples=100)
@given(st.lists(PIECES, max_size=60), st.sampled_from(["", " "]))
def test_every_proposal_can_become_a_mark(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    found = propose(text)
    assert found == propose(text)
    for proposal in found:
        assert proposal.reason
        assert 0 <= proposal.score <= 1
        last = 0
        for start, end in proposal.extents:
            assert last <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
            last = end
        for _, target in proposal.links:
            assert not isinstance(target, int) or 0 <= target < len(found)


@pytest.mark.parametrize(
    "unit",
    ["(", "'", "a", "said ", "he said, ", "Haddad, ", "Haddad ", "and ", "“no,” he said, ", "-", ",", "a-", "not ", "Mr. "],
)  # fmt: skip
def test_long_monotony_is_read_to_the_end(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert all(proposal.extents[-1][1] <= len(text) for proposal in propose(text))
